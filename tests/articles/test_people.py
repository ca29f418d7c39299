"""Who signed: what the page says, what stands in the front matter, and what editors write there are one thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.articles.fields import NAMES_FIELDS
from jianbao.articles.people import byline, parted, written
from jianbao.model import Byline
from jianbao.reading.page import read_page
from jianbao.reading.signatures.bylines import read_signature
from jianbao.roles import ROLES, SHORT, Role, field_of_role

GOLDEN = sorted((Path(__file__).parents[1] / "reading" / "golden").glob("*.txt"))


def bylines(text: str, field: str = "author") -> list[tuple[str, str]]:
    """Roles and names that an item of the field gives, the field's own role left out."""
    own = {field.name: field.role for field in NAMES_FIELDS}[field]
    made = [byline(person, field, own) for person in parted(text, own)]
    return [("" if one.role == own else one.role, one.name) for one in made]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("张三 李四", [("", "张三"), ("", "李四")]),
        ("王 妍", [("", "王妍")]),
        ("John Smith", [("", "John Smith")]),
        ("市民 汪先生", [("市民", "汪先生")]),
        ("读者 温玉兰", [("读者", "温玉兰")]),
        ("图书馆 廖馨", [("图书馆", "廖馨")]),
        ("市委书记 向东流", [("市委书记", "向东流")]),
        ("外语系02级 丁一凡", [("外语系02级", "丁一凡")]),
        ("柳湾镇 一名电工", [("柳湾镇", "一名电工")]),
        ("一名电工", [("", "一名电工")]),
        ("城东小学 四（1）班 林小桥", [("城东小学 四（1）班", "林小桥")]),
        ("县人武部 政委 施正", [("县人武部 政委", "施正")]),
        ("县农技站 徐福生、市文联 王琳", [("县农技站", "徐福生"), ("市文联", "王琳")]),
        ("解答 区司法局律师 孔立", [("解答 区司法局律师", "孔立")]),
        ("机床厂工人 马长顺 李小山", [("机床厂工人", "马长顺"), ("机床厂工人", "李小山")]),
        ("县委宣传部", [("", "县委宣传部")]),
        ("县委宣传部 市文联", [("", "县委宣传部"), ("", "市文联")]),
        ("本报评论员", [("", "本报评论员")]),
        ("口述 张三 文 李四", [("口述", "张三"), ("文", "李四")]),
        ("张三 口述、李四 整理", [("口述", "张三"), ("整理", "李四")]),
        ("整理/张三", [("整理", "张三")]),
        ("文/图 林晓", [("文/图", "林晓")]),
        ("图/文 林晓", [("图/文", "林晓")]),
        ("林晓/陈江", [("", "林晓"), ("", "陈江")]),
        ("老河口守望者：王明", [("老河口守望者", "王明")]),
        ("读者：王明", [("读者", "王明")]),
        ("王明（县文联） 李四", [("县文联", "王明"), ("", "李四")]),
        ("王明（外一首）", [("", "王明（外一首）")]),
        ("王明/译 李四/整理", [("译", "王明"), ("整理", "李四")]),
        ("县文联：王明、李四", [("县文联", "王明"), ("县文联", "李四")]),
    ],
)
def test_an_author(text: str, people: list[tuple[str, str]]) -> None:
    assert bylines(text) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("首席记者 林晓 记者 陈江 王琳", [("首席记者", "林晓"), ("记者", "陈江"), ("记者", "王琳")]),
        ("整理/本报记者 林晓", [("整理/本报记者", "林晓")]),
        ("记者 林晓 整理", [("记者", "林晓")]),
        ("记者：林晓 陈江", [("记者", "林晓"), ("记者", "陈江")]),
        ("记者林晓、陈江", [("记者", "林晓"), ("记者", "陈江")]),
        ("本报记者", [("", "本报记者")]),
        ("记者", []),
    ],
)
def test_a_reporter(text: str, people: list[tuple[str, str]]) -> None:
    assert bylines(text, "reporter") == people


@pytest.mark.parametrize(
    ("role", "field"),
    [
        ("图书馆", "author"), ("图", "photographer"), ("供图", "photographer"), ("图片/摄影", "photographer"),
        ("文并摄", "photographer"), ("文/图", "author"), ("市委书记", "author"), ("", "reporter"),
    ],
)  # fmt: skip
def test_the_field_of_a_role(role: str, field: str) -> None:
    assert field_of_role(role) == field


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_who_signed_a_page_is_who_stands_in_the_front_matter(path: Path) -> None:
    """An office or a unit is no second person, and nobody is lost."""
    for article in read_page(path.read_text("utf-8"), path.name).articles:
        for field in NAMES_FIELDS:
            signed = [one for one in article.bylines if field_of_role(one.role) == field.name]
            kept = [bylines(written(one, field.role), field.name) for one in signed]
            assert kept == [[("" if one.role in (field.role, one.name) else one.role, one.name)] for one in signed]


WORDS = st.one_of(
    st.sampled_from(
        ["记者", "本报记者", "县农技站", "书记", "摄", "文", "图", "整理", "口述", "读者", "图书馆", "守望者"]
    ),
    st.sampled_from(["张三", "李", "四", "王妍", "欧阳", "Tom", "四（1）班", "02级"]),
    st.sampled_from(["、", "/", "：", "（", "）", "及", "~", "和"]),
)
TEXTS = st.lists(WORDS | st.just(" "), max_size=9).map("".join).map(lambda text: " ".join(text.split()))
OWN = st.sampled_from(["", "作者", "摄影", "责编", "通讯员"])


@settings(max_examples=600)
@given(TEXTS, OWN)
def test_a_person_is_a_person_when_read_again(text: str, own: str) -> None:
    for person in parted(text, own):
        assert parted(person, own) == (person,)


@given(
    st.lists(st.text("县农技站书四工人守望乡", min_size=1, max_size=7), min_size=1, max_size=2)
    .map(" ".join)
    .filter(lambda role: field_of_role(role) == "author"),
    st.text("张王李妍晓江", min_size=2, max_size=3),
)
def test_no_role_makes_two_of_one(role: str, name: str) -> None:
    [person] = parted(written(Byline(role, name), "作者"), "作者")
    made = byline(person, "author", "作者")
    assert (made.role.replace(" ", ""), made.name) == (role.replace(" ", ""), name)


@pytest.mark.parametrize("role", [*ROLES, *SHORT], ids=lambda role: role.word)
def test_a_role_means_the_same_on_the_page_and_in_the_front_matter(role: Role) -> None:
    for word in filter(None, (role.word, role.traditional)):
        assert field_of_role(word) == role.field
        printed = [f"{word} 王明", f"{word}：王明", f"{word}/王明", *([f"王明 {word}"] if role.follows else [])]
        for text in printed:
            assert parted(text) == (f"{word} 王明",), text
        if role.signs and role in ROLES:
            signed = read_signature(f"{word} 王明", {})
            assert signed and [(one.role, one.name) for one in signed.bylines] == [(word, "王明")], word
