"""Three ways to one: nothing a person wrote is lost, nothing the machine read is dropped without a word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.articles.fields import FIELDS, Fields
from jianbao.articles.merge import Conflict, keep_body, merge_body, merge_fields

SPRING = "鹭汀河边的柳树绿了，孩子们跑去放风筝。"
SUMMER = "夏天的雨下了三天三夜，河水涨到了桥面。"
AUTUMN = "稻谷归仓的时候，镇上照例要唱五天大戏。"
WINTER = "头一场雪落下来，渡口的老船工也歇了业。"


def mended(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def test_both_sides_changes_are_taken() -> None:
    ours, theirs = mended(SPRING, "柳", "杨"), mended(SUMMER, "三天", "四天")
    merged = merge_body([SPRING, SUMMER, AUTUMN], [ours, SUMMER, AUTUMN], [SPRING, theirs, AUTUMN])
    assert merged.blocks == (ours, theirs, AUTUMN)
    assert merged.kept == (0, None, 2)
    assert merged.conflicts == ()


def test_a_conflict_keeps_the_editors_words_and_is_recorded() -> None:
    ours, theirs = mended(SPRING, "柳", "杨"), mended(SPRING, "柳", "槐")
    merged = merge_body([SPRING, SUMMER], [ours, SUMMER], [theirs, SUMMER])
    assert merged.blocks == (ours, SUMMER)
    assert merged.conflicts == (Conflict("body", ours, theirs),)


def test_the_same_correction_on_both_sides_is_one() -> None:
    better = mended(SPRING, "柳", "杨")
    merged = merge_body([SPRING, SUMMER], [better, SUMMER], [better, SUMMER])
    assert merged.blocks == (better, SUMMER)
    assert merged.conflicts == ()


def test_a_deleted_paragraph_stays_deleted() -> None:
    assert merge_body([SPRING, SUMMER], [SPRING], [SPRING, SUMMER]).blocks == (SPRING,)
    changed = mended(SUMMER, "三天", "四天")
    merged = merge_body([SPRING, SUMMER], [SPRING], [SPRING, changed])
    assert merged.blocks == (SPRING,)
    assert merged.conflicts == (Conflict("body", "", changed),)


def test_paragraphs_parted_and_joined() -> None:
    half, rest = SPRING[:10], SPRING[10:]
    # The machine parts one the editor left alone, joins two he left alone.
    assert merge_body([SPRING, AUTUMN], [SPRING, AUTUMN], [half, rest, AUTUMN]).blocks == (half, rest, AUTUMN)
    assert merge_body([half, rest, AUTUMN], [half, rest, AUTUMN], [SPRING, AUTUMN]).blocks == (SPRING, AUTUMN)
    # Where he changed one of them nothing appears twice and nothing is lost.
    mine = mended(half, "柳", "杨")
    merged = merge_body([half, rest, AUTUMN], [mine, rest, AUTUMN], [SPRING, AUTUMN])
    assert merged.blocks == (mine, rest, AUTUMN)
    assert [conflict.machine for conflict in merged.conflicts] == [SPRING]
    merged = merge_body([SPRING, AUTUMN], [mended(SPRING, "柳", "杨"), AUTUMN], [half, rest, AUTUMN])
    assert merged.blocks == (mended(SPRING, "柳", "杨"), AUTUMN)


def test_an_addition_goes_where_it_was_read() -> None:
    ours = mended(SPRING, "柳", "杨")
    assert merge_body([SPRING, AUTUMN], [ours, AUTUMN], [SPRING, SUMMER, AUTUMN]).blocks == (ours, SUMMER, AUTUMN)
    both = merge_body([SPRING, AUTUMN], [SPRING, WINTER, AUTUMN], [SPRING, SUMMER, AUTUMN]).blocks
    assert sorted(both) == sorted((SPRING, SUMMER, WINTER, AUTUMN))
    same = merge_body([SPRING, AUTUMN], [SPRING, SUMMER, AUTUMN], [SPRING, SUMMER, AUTUMN])
    assert same.blocks == (SPRING, SUMMER, AUTUMN)


def test_a_moved_paragraph_is_not_doubled() -> None:
    ours = mended(SUMMER, "三天", "四天")
    merged = merge_body([SPRING, SUMMER, AUTUMN], [SPRING, ours, AUTUMN], [SUMMER, SPRING, AUTUMN])
    assert merged.blocks.count(ours) == 1
    assert SUMMER not in merged.blocks


paragraphs = st.sampled_from(
    [SPRING, SUMMER, AUTUMN, WINTER, mended(SPRING, "柳", "杨"), mended(SPRING, "柳", "槐"), SPRING[:9], SPRING[9:]]
    + [f"第{n}段说的是第{n}件完全不同的事情。" for n in "甲乙丙丁戊己庚辛"]
    + ["## 小标题", "短"]
)
bodies = st.lists(paragraphs, max_size=6, unique=True)


def test_a_body_that_was_checked_stays_and_what_the_machine_would_change_is_told() -> None:
    theirs = mended(SPRING, "柳", "杨")
    kept = keep_body([SPRING, SUMMER], [theirs, AUTUMN, SUMMER])
    assert kept.blocks == (SPRING, SUMMER) and kept.kept == (0, 1)
    assert kept.conflicts == (Conflict("body", SPRING, theirs), Conflict("body", "", AUTUMN))
    assert keep_body([SPRING, SUMMER], [SPRING, SUMMER]).conflicts == ()


@given(bodies, bodies, bodies)
@settings(max_examples=700, deadline=None)
def test_no_editors_paragraph_is_lost(base: list[str], ours: list[str], theirs: list[str]) -> None:
    merged = merge_body(base, ours, theirs)
    for block in ours:
        if block not in base:
            assert merged.blocks.count(block) >= 1
    for block, index in zip(merged.blocks, merged.kept, strict=True):
        assert index is None or ours[index] == block
    # What the machine newly reads stands in the text or is told.
    told = "\n".join(conflict.machine for conflict in merged.conflicts)
    for block in theirs:
        if block not in base:
            assert block in merged.blocks or block in told or any(block in one for one in ours)


@given(bodies, bodies, bodies)
@settings(max_examples=400, deadline=None)
def test_merging_again_changes_nothing(base: list[str], ours: list[str], theirs: list[str]) -> None:
    merged = merge_body(base, ours, theirs)
    again = merge_body(theirs, merged.blocks, theirs)
    assert again.blocks == merged.blocks
    assert again.conflicts == ()


@given(bodies, bodies)
@settings(max_examples=400, deadline=None)
def test_one_side_alone_decides(base: list[str], other: list[str]) -> None:
    assert merge_body(base, other, base).blocks == tuple(other)
    assert merge_body(base, base, other).blocks == tuple(other)
    merged = merge_body(base, other, other)
    assert merged.blocks == tuple(other)
    assert merged.conflicts == ()


def test_fields() -> None:
    base: Fields = {"title": "甲", "section": "要闻", "reporter": ("林晓",), "review": ("title", "date")}
    ours: Fields = {"title": "乙", "section": "要闻", "reporter": ("林晓",), "review": ("title", "date")}
    theirs: Fields = {"title": "丙", "section": "民生", "reporter": ("林晓", "陈江"), "review": ("section",)}
    merged = merge_fields(base, ours, theirs)
    assert merged.changes == {"section": "民生", "reporter": ("林晓", "陈江"), "review": ("section",)}
    assert merged.conflicts == (Conflict("title", "乙", "丙"),)


def test_a_field_taken_off_review_has_been_checked() -> None:
    base: Fields = {"title": "甲", "review": ("title",)}
    ours: Fields = {"title": "甲"}
    merged = merge_fields(base, ours, {"title": "丙", "review": ("title",)})
    assert merged.changes == {}
    assert merged.conflicts == (Conflict("title", "甲", "丙"),)
    assert merged.checked == {"title"}
    # It stays checked when the base has moved on.
    later = merge_fields({"title": "丙", "review": ("title",)}, ours, {"title": "丁"}, merged.checked)
    assert later.changes == {}


def test_a_field_the_machine_no_more_reads_goes_with_it() -> None:
    base: Fields = {"title": "甲", "kicker": "引"}
    assert merge_fields(base, base, {"title": "甲"}).changes == {"kicker": ""}
    kept = merge_fields(base, {"title": "甲", "kicker": "引题"}, {"title": "甲"})
    assert kept.changes == {}
    assert kept.conflicts == (Conflict("kicker", "引题", ""),)


texts = st.sampled_from(["", "甲", "乙", "丙"])
lists = st.lists(st.sampled_from(["甲", "乙"]), max_size=2, unique=True).map(tuple)
some_fields = st.fixed_dictionaries(
    {field.name: lists if field.is_list else texts for field in FIELDS if field.name not in ("id", "review")}
).map(lambda fields: {name: value for name, value in fields.items() if value})
reviews = st.lists(st.sampled_from(["title", "date", "body"]), unique=True).map(tuple)


some_fields = st.builds(lambda fields, names: {**fields, "review": names}, some_fields, reviews)


@given(some_fields, some_fields, some_fields)
@settings(max_examples=400, deadline=None)
def test_no_editors_field_is_lost(base: Fields, ours: Fields, theirs: Fields) -> None:
    merged = merge_fields(base, ours, theirs)
    told = {conflict.field for conflict in merged.conflicts}
    result = {**ours, **merged.changes}
    for field in FIELDS:
        before, here, there = (one.get(field.name, () if field.is_list else "") for one in (base, ours, theirs))
        if field.name in ("id", "review"):
            continue
        if here != before:
            assert result.get(field.name, type(here)()) == here
        if there not in (before, here) and here != before:
            assert field.name in told
    for name in set(base["review"]) - set(ours["review"]):
        assert name not in result.get("review", ())
    again = merge_fields(theirs, {n: v for n, v in result.items() if v}, theirs, merged.checked)
    assert again.changes == {}
    assert again.conflicts == ()
