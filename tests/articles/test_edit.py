"""A change to a file touches its own bytes and no other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.articles.document import read_document
from jianbao.articles.edit import UneditableError, blocks_of, edited
from jianbao.articles.fields import BY_NAME, FIELDS, Fields, Value

FILE = """\
---
# 一
id: 2024-03-08-01-01
title: "柳树绿了"   # 题
reporter:
  - 记者 林晓
  - 陈江   # 通讯员？
section:   要闻
weather: {早: 晴, 晚: 雨}
captions: [河边, '桥上']
kicker: >
  春到
  鹭汀
subtitle:
source: scans/2024-03-08/01.txt#L1-L4
---

第一段。


第二段
还是第二段。

第三段。
"""

CHANGES: list[tuple[dict[str, Value], str, str]] = [
    ({"title": "杨柳绿了"}, 'title: "柳树绿了"   # 题', "title: 杨柳绿了   # 题"),
    ({"title": "快讯: 通车"}, '"柳树绿了"', '"快讯: 通车"'),
    ({"title": "他说“好”"}, '"柳树绿了"', "他说“好”"),
    ({"section": "民生"}, "section:   要闻", "section:   民生"),
    ({"section": ""}, "section:   要闻\n", ""),
    ({"captions": ("河边", "桥下")}, "[河边, '桥上']", "[河边, 桥下]"),
    ({"captions": ()}, "captions: [河边, '桥上']\n", ""),
    (
        {"reporter": ("记者 林晓", "王琳", "李 刚")},
        "  - 记者 林晓\n  - 陈江   # 通讯员？",
        "  - 记者 林晓\n  - 王琳\n  - 李 刚   # 通讯员？",
    ),
    ({"kicker": "夏到鹭汀"}, "kicker: >\n  春到\n  鹭汀\n", "kicker: 夏到鹭汀\n"),
    ({"subtitle": "一夜之间"}, "subtitle:\n", "subtitle: 一夜之间\n"),
    ({"date": "2024-03-08"}, "  - 陈江   # 通讯员？\n", "  - 陈江   # 通讯员？\ndate: 2024-03-08\n"),
    ({"page": "2"}, "section:   要闻\n", "section:   要闻\npage: 2\n"),
    ({"page": "A02", "tags": ("河",)}, "section:   要闻\n", "section:   要闻\npage: A02\n"),
    (
        {"review": ("title",)},
        "source: scans/2024-03-08/01.txt#L1-L4\n",
        "source: scans/2024-03-08/01.txt#L1-L4\nreview: [title]\n",
    ),
]


@pytest.mark.parametrize(("changes", "old", "new"), CHANGES, ids=lambda one: str(one)[:24])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_field_is_changed_where_it_stands(changes: Fields, old: str, new: str, newline: str) -> None:
    changes = {name: value for name, value in changes.items() if name != "tags"}
    if changes.get("reporter"):
        changes["reporter"] = ("记者 林晓", "王琳", "李刚")
        new = new.replace("李 刚", "李刚")
    assert FILE.count(old) == 1
    expected = FILE.replace(old, new).replace("\n", newline).encode()
    assert edited(FILE.replace("\n", newline).encode(), changes) == expected


def test_several_at_once() -> None:
    made = edited(FILE.encode(), {"title": "甲", "date": "2024-03-08", "captions": (), "tags": ("乙",)})
    document, problems = read_document(made, "x.md")
    assert document is not None
    assert [problem.code for problem in problems] == ["unknown-key"]
    assert document.fields["title"] == "甲"
    assert document.fields["tags"] == ("乙",)
    assert "captions" not in document.fields


def test_blocks_are_paragraphs() -> None:
    assert blocks_of("\n\n　甲\n乙  \r\n\r\n \t\n丙\n") == ("甲\n乙", "丙")


BODY = ["第一段。", "第二段\n还是第二段。", "第三段。"]


@pytest.mark.parametrize(
    ("blocks", "kept", "old", "new"),
    [
        (["第一段。", "新第二段。", "第三段。"], [0, None, 2], "第二段\n还是第二段。", "新第二段。"),
        (["第一段。", "第三段。"], [0, 2], "\n\n\n第二段\n还是第二段。\n\n第三段", "\n\n第三段"),
        ([*BODY, "第四段。"], [0, 1, 2, None], "第三段。\n", "第三段。\n\n第四段。\n"),
        (["零。", *BODY], [None, 0, 1, 2], "\n第一段。", "\n零。\n\n第一段。"),
        (["新一。", *BODY[1:]], [None, 1, 2], "第一段。", "新一。"),
    ],
)
def test_a_paragraph_is_changed_where_it_stands(blocks: list[str], kept: list[int | None], old: str, new: str) -> None:
    made = edited(FILE.encode(), {}, blocks, kept).decode()
    head, _, body = made.rpartition("---\n")
    assert head == FILE.rpartition("---\n")[0]
    assert blocks_of(body) == tuple(blocks)
    if "零" not in blocks[0]:
        assert body == FILE.rpartition("---\n")[2].replace(old, new)


words = st.text("甲乙丙丁ab1 :#,'\"[]{}&*!|>%@`-—“”\\", min_size=1, max_size=8)


@st.composite
def changes(draw: st.DrawFn) -> Fields:
    from jianbao.articles.values import ValueFaultError, normal, normal_list

    made: Fields = {}
    names = [field.name for field in FIELDS if field.name not in ("id", "review", "date", "page", "kind")]
    for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=5)):
        try:
            is_list = BY_NAME[name].is_list
            made[name] = (
                normal_list(name, tuple(draw(st.lists(words, max_size=2)))) if is_list else normal(name, draw(words))
            )
        except ValueFaultError:
            continue
    if not made.get("title", "题"):
        del made["title"]
    return made


@given(changes(), st.sampled_from(["\n", "\r\n"]), st.sampled_from([b"", b"\xef\xbb\xbf"]))
@settings(max_examples=400, deadline=None)
def test_any_change_is_made_and_nothing_else(made: Fields, newline: str, mark: bytes) -> None:
    before = mark + FILE.replace("\n", newline).encode()
    after = edited(before, made)
    old, new = (read_document(data, "x.md")[0] for data in (before, after))
    assert old is not None
    assert new is not None
    wanted = {name: value for name, value in {**old.fields, **made}.items() if value}
    assert dict(new.fields) == wanted
    assert after.startswith(mark)
    lines = set(after.decode("utf-8-sig").split(newline))
    touched = ("title", "section", "captions", "kicker", "subtitle", "source", "reporter")
    for line in FILE.split("\n"):
        if not line.startswith((*touched, "  ")):
            assert line in lines
    # And back again: the same values, if not the same quotes.
    back = edited(after, {name: old.fields.get(name, () if BY_NAME[name].is_list else "") for name in made})
    again = read_document(back, "x.md")[0]
    assert again is not None
    assert again.fields == old.fields


@pytest.mark.parametrize("text", ["", "没有抬头", "---\n{id: 2024-03-08-01-01, title: 题}\n---\n"])
def test_what_cannot_be_edited_safely_is_not(text: str) -> None:
    with pytest.raises(UneditableError):
        edited(text.encode(), {"title": "新题"})
