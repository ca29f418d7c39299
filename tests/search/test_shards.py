"""Shards, rolls, columns and words: what goes in comes out."""

from __future__ import annotations

from array import array
from pathlib import Path

import jieba
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jianbao.search import inverting, segments
from jianbao.search.bulk import BulkCutter
from jianbao.search.folding import fold, fold_all, folded_pairs, simplified, tidy
from jianbao.search.grams import Text, grams_of, weighted_grams
from jianbao.search.query import Clause, needed_grams, parse
from jianbao.search.segments import build, build_plainly, patch
from jianbao.search.shards import bucket, decode, encode, script, unscript
from jianbao.search.tables import column, roll, suggestions
from jianbao.search.words import Cutter, counted

grams = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3)
numbers = st.sets(st.integers(0, 200_000), min_size=1, max_size=400).map(sorted)


@given(st.dictionaries(grams, numbers, max_size=12))
@settings(deadline=None)
def test_shards_come_back(lists: dict[str, list[int]]) -> None:
    postings = {
        gram: array("I", (n << 3 | (n + len(gram)) % 8 * (len(some) % 2) for n in some)) for gram, some in lists.items()
    }
    mark, back = decode(unscript(script("a/0001", encode(postings, b"mark"))))
    assert mark == b"mark"
    assert back == postings


def test_a_patched_shard_is_the_shard_built_anew() -> None:
    before = {"旧房": array("I", [1 << 3 | 1, 300 << 3 | 4]), "房改": array("I", [300 << 3])}
    after = {"旧房": array("I", [1 << 3 | 1, 7 << 3 | 2]), "改造": array("I", [7 << 3])}
    edits = [(300, "旧房", None), (7, "旧房", 2), (300, "房改", None), (7, "改造", 0)]
    built = script("c/0000", encode(before, b"mark"))
    assert patch("c/0000", built, edits) == script("c/0000", encode(after, b"mark"))


@settings(deadline=None, max_examples=30)
@example(articles=[["1👍𠮷"]], power=0, part=1 << 20)
@given(
    articles=st.lists(
        st.lists(st.text(st.sampled_from("旧房改造ab12 ，𠮷👍\U000e0101"), max_size=12), min_size=1), max_size=9
    ),
    power=st.integers(0, 6),
    part=st.sampled_from([1 << 20, 40]),
)
def test_many_articles_give_the_shards_of_each(
    articles: list[list[str]], power: int, part: int, cutter: Cutter, tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = []
    for parts in articles:
        counts = counted(cutter.words("\n".join(parts)))
        texts.append(Text(parts, "\n".join(counts), bytes(min(count, 255) for count in counts.values())))
    grams = sum(len(one) for parts in articles for one in parts)
    plainly = list(build_plainly("a", 1 << power, b"mark", map(weighted_grams, texts)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inverting, "_A_PART", part)
        patch.setattr(segments, "_FEW_GRAMS", 0)
        built = build(tmp_path_factory.getbasetemp(), "a", 1 << power, b"mark", texts, len(texts), grams)
        assert list(built) == plainly


def test_gaps_of_three_bytes_and_long_lists(tmp_path: Path) -> None:
    texts = [Text([str(i % 100 * (i % 70_000 < 300))], "", b"") for i in range(140_100)]
    plainly = build_plainly("a", 4, b"mark", map(weighted_grams, texts))
    assert list(build(tmp_path, "a", 4, b"mark", texts, len(texts), 200_000)) == list(plainly)


def test_damage_is_noticed() -> None:
    data = script("c/0000", b"".join(bytes([i % 251]) for i in range(5000)))
    place = len(data) // 2
    for wrong in (data[:place] + data[place + 4 :], data[:place] + b"AAAA" + data[place + 4 :]):
        with pytest.raises(ValueError, match="damaged"):
            unscript(wrong)


@given(st.text(min_size=1, max_size=3), st.integers(0, 14))
def test_buckets_stay_in_range(gram: str, power: int) -> None:
    assert 0 <= bucket(gram, 1 << power) < 1 << power
    assert bucket(gram, 1 << power) == bucket(gram[:2], 1 << power)


# -- folding and grams ---------------------------------------------------------------------------------------------
def test_folding() -> None:
    assert fold("５．７万Ｇ２０　舊城㎡ＷＩＦＩ") == "5.7万g20 旧城m2wifi"
    assert fold("裡面\u200b\u00ad的\t燈") == "里面的 灯"
    assert fold("𠮷野家") == "𠮷野家"
    assert fold("Café Nǐ hǎo lǜ x\u0302 İ") == "cafe ni hao lu x i"
    assert fold("й が ß ø") == "й が ß ø"
    assert tidy(" a\u3000 b ") == "a b"
    assert folded_pairs("舊城舊") == "舊旧"
    assert len(simplified()) > 4000


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.lists(st.text() | st.text(st.sampled_from("旧 \n\u3000㎡\uffff"))))
def test_many_texts_fold_as_each_does(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.text(st.sampled_from("旧房改造ab12 ，"), min_size=1, max_size=30), st.data())
def test_every_substring_s_grams_are_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))].strip()
    assert set(needed_grams(piece)) - {""} <= grams_of(text)


def test_weights_come_from_words_and_title() -> None:
    found, weights = weighted_grams(Text(["和服展", "产品和服务"], "和服\n产品\n服务", bytes([1, 1, 1])))
    assert weights["和服"] > 4
    assert 1 <= weights["服务"] <= 3
    assert "品和" in found
    assert "品和" not in weights


# -- queries -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("旧房改造", [("旧房改造", "", False)]),
        (" 旧房　改造 ", [("旧房", "", False), ("改造", "", False)]),
        ('"旧房 改造" -电梯', [("旧房 改造", "", False), ("电梯", "", True)]),
        ('"旧房 改造', [("旧房 改造", "", False)]),
        ("“旧房 改造”", [("旧房 改造", "", False)]),
        ("“旧房", [("“旧房", "", False)]),
        (
            "title:舊房 Reporter:方晓 section:要闻",
            [("旧房", "title", False), ("方晓", "reporter", False), ("要闻", "section", False)],
        ),
        ("-reporter:方晓 房", [("方晓", "reporter", True), ("房", "", False)]),
        ("-19疫情", [("-19疫情", "", False)]),
        ("title:", [("title:", "", False)]),
        (
            "标题:旧房 记者：方晓 栏目： 要闻",
            [("旧房", "title", False), ("方晓", "reporter", False), ("要闻", "section", False)],
        ),
        ("title: 旧房 標題：“旧房 改造”", [("旧房", "title", False), ("旧房 改造", "title", False)]),
        ("-栏目：要闻 房", [("要闻", "section", True), ("房", "", False)]),
        ("栏目：", [("栏目:", "", False)]),
        ("本报记者：方晓", [("本报记者:方晓", "", False)]),
        ("「旧房 改造」 电梯", [("旧房 改造", "", False), ("电梯", "", False)]),
        ("「旧房」改造", [("「旧房」改造", "", False)]),
        ("<img src=x>", [("<img", "", False), ("src=x>", "", False)]),
        ("  ", []),
        ('""', []),
    ],
)
def test_queries(query: str, clauses: list[tuple[str, str, bool]]) -> None:
    assert [(c.text, c.field, c.negative) for c in parse(query)] == clauses


def test_exclusions_alone_exclude_where_filters_leave_something() -> None:
    assert parse("-旧房 -房", filtered=True) == (Clause("旧房", "", True, "-旧房"), Clause("房", "", True, "-房"))
    assert parse("-旧房") == (Clause("-旧房", whole="-旧房"),)


@given(st.text())
def test_any_text_can_be_asked(query: str) -> None:
    for clause in parse(query):
        assert isinstance(clause, Clause)
        assert clause.text.strip() == clause.text != ""


# -- tables and words ----------------------------------------------------------------------------------------------
def test_roll_is_short_for_what_is_regular() -> None:
    rows = [
        (f"2021-12-{day:02d}", f"2021-12-{day:02d}-{page:02d}-{n:02d}")
        for day in (6, 7, 8)
        for page in (1, 2)
        for n in (1, 2)
    ]
    assert roll(rows) == "=2021-12-06-01-01\n+,+;+,+;+,+"
    assert (
        roll([("", "undated-旧报-01"), ("2020-05", "2020-05-06-A02-01")])
        == "=|undated-旧报-01\n=2020-05|2020-05-06-A02-01\n"
    )


def test_columns() -> None:
    assert column([["乙"], [], ["甲", "乙"]]) == {"names": ["乙", "甲"], "rows": "\1\0\0\2\1\0"}


def test_suggestions_stand_under_their_first_and_last_character() -> None:
    parts = suggestions([("茶园", 0, 5), ("方晓", 1, 1)])
    assert sorted(map(tuple, parts[0])) == [("方晓", 1, 1), ("茶园", 0, 3)]


@pytest.fixture(scope="module")
def cutter(dictionary: Path) -> Cutter:
    return Cutter(dictionary)


TEXTS = [
    "回迁安置的钥匙发到了沈路平手里。竹滢艳、欧阳兰和王妍都说好。",
    "工程投资5.7万元，G20国家的学者来看过，A股3.5%，C++程序员也来了。",
    "南京市长江大桥下，乒乓球拍卖完了；研究生命起源的人喝了一杯。",
    "㙟㙠㙡𠮷𠮷字，呔！囧囧囧 旧 房 改造\n\n中华人民共和国中央人民政府",
]


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_jieba_s(cutter: Cutter, text: str) -> None:
    jieba.setLogLevel(60)
    theirs = [word for word in jieba.cut_for_search(text) if len(word) > 1 and word.strip()]
    assert [word for word in cutter.words(text) if len(word) > 1] == theirs


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(st.sampled_from("".join(TEXTS)), max_size=60), min_size=1, max_size=5))
def test_words_of_any_text_are_jieba_s(cutter: Cutter, texts: list[str]) -> None:
    theirs = [[word for word in jieba.cut_for_search(text) if len(word) > 1 and word.strip()] for text in texts]
    assert [cutter.words(text) for text in texts] == theirs
    assert BulkCutter(cutter.folder, cutter).words(texts) == theirs


def test_a_text_without_a_sign_between_is_cut_alone(cutter: Cutter) -> None:
    texts = ["旧房改造" * 400, "河道清淤"]
    assert BulkCutter(cutter.folder, cutter).words(texts) == [cutter.words(text) for text in texts]


def test_the_words_of_real_news_are_jieba_s(cutter: Cutter) -> None:
    import json
    import lzma

    corpus = Path(__file__).parents[2].parent / "shared" / "corpus" / "news-10k.jsonl.xz"
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        texts = [json.loads(next(lines))["body"] for _ in range(60)]
    theirs = [[word for word in jieba.cut_for_search(text) if len(word) > 1 and word.strip()] for text in texts]
    assert [cutter.words(text) for text in texts] == theirs
    assert BulkCutter(cutter.folder, cutter).words(texts) == theirs
