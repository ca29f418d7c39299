"""Reading and writing an article file: every fault named at its place, every sloppiness forgiven."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jianbao.articles import careful_reading
from jianbao.articles.document import article_of, read_document, write_document
from jianbao.articles.fields import BY_NAME, FIELDS, Form
from jianbao.articles.frontmatter import compose, quick
from jianbao.articles.values import ValueFaultError, normal, normal_list
from jianbao.model import Byline, PaperDate
from jianbao.problems import Problem, Severity, in_order

HERE = Path(__file__).parent
INVALID = sorted((HERE / "invalid").glob("*.md"))
VALID = sorted((HERE / "valid").glob("*.md"))


def test_the_fixtures_were_found() -> None:
    assert len(INVALID) > 40
    assert len(VALID) > 35
    assert {path.stem for path in INVALID} == {path.stem for path in (HERE / "invalid").glob("*.txt")}


def said(problems: list[Problem]) -> str:
    ordered = in_order(problems)
    return "".join(f"{problem.text(language)}\n" for problem in ordered for language in ("zh", "en"))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_what_is_wrong_is_said_where_it_is(path: Path) -> None:
    _, problems = read_document(path.read_bytes(), "articles/2024/x.md")
    assert problems
    expected = path.with_suffix(".txt")
    if os.environ.get("JIANBAO_REWRITE"):
        expected.write_text(said(problems), "utf-8")
    assert said(problems) == expected.read_text("utf-8")
    for problem in problems:
        assert "\n" not in problem.text("zh") + problem.text("en")
        assert problem.line > 0
        assert problem.code
        if problem.severity is Severity.ERROR:
            assert problem.hint.zh
            assert problem.hint.en


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_what_is_sloppy_is_forgiven(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    document, problems = read_document(path.read_bytes(), path.name)
    assert problems == []
    assert document is not None
    assert json.loads(json.dumps(dict(document.fields))) == expected["fields"]
    assert document.body == expected["body"]


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_what_was_read_is_written_in_the_one_form(path: Path) -> None:
    document, _ = read_document(path.read_bytes(), path.name)
    assert document is not None
    text = compose(document.fields, document.body)
    again, problems = read_document(text.encode(), path.name)
    assert again is not None
    assert not problems
    assert (again.fields, again.body) == (document.fields, document.body)
    assert compose(again.fields, again.body) == text


def test_an_article_is_what_its_file_says() -> None:
    text = (HERE / "valid" / "as-written.md").read_bytes()
    document, _ = read_document(text, "articles/2024/2024-03-08-01-01.md")
    assert document is not None
    article = document.article
    assert article.id == "2024-03-08-01-01"
    assert article.url == "2024/03/08/01/01/"
    assert article.bylines == (Byline("记者", "林晓"), Byline("首席记者", "陈江"))
    assert article.date == PaperDate(2024, 3, 8)
    assert (article.section, article.page) == ("要闻", "1")
    assert article.lead == "鹭汀河边的柳树绿了。"
    assert article.length == 10
    assert write_document(article, document.body).encode() == text


def test_a_field_can_be_found_again() -> None:
    document, _ = read_document((HERE / "valid" / "as-written.md").read_bytes(), "x.md")
    assert document is not None
    assert document.place("reporter") == (4, 11)
    assert document.place("kicker") == (2, 1)
    assert document.place("body") == (10, 1)


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)


@st.composite
def field_values(draw: st.DrawFn) -> dict[str, object]:
    """Normalised fields: what a file could say, whatever the characters."""
    fields: dict[str, object] = {"id": "2024-03-08-01-01"}
    for field in FIELDS:
        if field.form in (Form.ID, Form.DATE, Form.PAGE, Form.KIND, Form.REVIEW):
            continue
        try:
            if field.is_list:
                value: object = normal_list(field.name, tuple(draw(st.lists(texts, max_size=3))))
            else:
                value = normal(field.name, draw(texts))
        except ValueFaultError:
            continue
        if value:
            fields[field.name] = value
    fields["date"] = str(draw(st.sampled_from(["2024-03-08", "2024-03", "2024~"])))
    fields["page"] = draw(st.sampled_from(["1", "A02", "12"]))
    fields.setdefault("title", "题")
    return {name: fields[name] for name in BY_NAME if name in fields}


@given(field_values())
@example({"id": "2024-03-08-01-01", "title": "题", "author": normal_list("author", ("编辑：~", "~、林晓"))})
@settings(max_examples=300, deadline=None)
def test_any_fields_survive_writing_and_reading(fields: dict[str, object]) -> None:
    text = compose(fields, "正文")  # type: ignore[arg-type]
    document, problems = read_document(text.encode(), "x.md")
    assert document is not None, problems
    assert problems == []
    # Values that were normalised once do not change any more.
    assert document.fields == fields


@given(field_values())
@settings(max_examples=200, deadline=None)
def test_the_quick_way_reads_what_the_careful_way_reads(fields: dict[str, object]) -> None:
    front = compose(fields, "").removeprefix("---\n").removesuffix("---\n")  # type: ignore[arg-type]
    values = quick(front)
    if values is not None:
        careful_fields, _, _, problems = careful_reading.read(f"---\n{front}---\n", "x.md")
        assert problems == []
        made = {n: normal(n, v) if isinstance(v, str) else normal_list(n, v) for n, v in values.items()}
        assert {n: v for n, v in made.items() if v} == careful_fields


LINES = st.lists(
    st.one_of(
        st.builds(
            lambda key, colon, value: f"{key}{colon}{value}",
            st.sampled_from([*BY_NAME, "标题", "extra", " title", "- x", ""]),
            st.sampled_from([": ", ":", "：", ":\t", ":　", ": [", ': "', ": '"]),
            texts,
        ),
        texts,
    ),
    max_size=6,
)


@given(LINES)
@settings(max_examples=500, deadline=None)
def test_no_front_matter_breaks_the_reader(lines: list[str]) -> None:
    data = "\n".join(["---", *lines, "---", "正文"]).encode("utf-8", "surrogatepass")
    document, problems = read_document(data, "x.md")
    assert document is not None or problems
    quickly = quick("\n".join([*lines, ""]))
    if document is not None and quickly is not None and not problems:
        fields, _, body, careful_problems = careful_reading.read(data.decode(), "x.md")
        assert (fields, body) == (document.fields, document.body)
        assert careful_problems == []


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for whole in (data, b"---\n" + data, b"---\nid: 2024-03-08-01-01\ntitle: " + data + b"\n---\n" + data):
        document, problems = read_document(whole, "x.md")
        assert document is not None or problems
        assert all(re.match(r"x\.md:[\d ]", problem.text("zh")) for problem in problems)


def test_the_digest_tells_any_change() -> None:
    one = article_of({"id": "2024-03-08-01-01"}, "", "x.md", "d")
    assert one.digest == "d"
    a, b = (read_document(f"---\nid: 2024-03-08-01-01\ntitle: {t}\n---\n".encode(), "x.md")[0] for t in "甲乙")
    assert a is not None
    assert b is not None
    assert a.article.digest != b.article.digest


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("articles/2024/2024-03-08-01-01.md", False),
        ("articles/2024/柳树绿了.md", False),  # a name of the editor's own
        ("articles/2024/2024-03-08-01-01 副本.md", False),  # that the id is there twice is told
        ("articles/2024/2024-03-08-01-02.md", True),
        ("articles/undated-旧报-01.md", True),
    ],
)
def test_an_id_that_was_changed_is_told(path: str, told: bool) -> None:
    """Its address is dead now, which nobody who corrects a field expects."""
    document, problems = read_document("---\nid: 2024-03-08-01-01\ntitle: 柳树绿了\n---\n\n正文。\n".encode(), path)
    assert document is not None
    assert [(one.code, one.line, one.column) for one in problems] == ([("id-changed", 2, 5)] if told else [])


def test_brackets_around_those_who_sign_are_none_of_their_names() -> None:
    assert normal("reporter", "【记者 林晓】") == ("记者 林晓",)
    assert normal("author", "［周序］") == ("周序",)


def test_the_beginning_joins_paragraphs_as_print_does() -> None:
    """A teaser had a space behind the Chinese full stop."""
    front = "---\nid: 2024-03-08-01-01\ntitle: 春\ndate: 2024-03-08\n---\n"
    text = f"{front}\n雨停了。\n\n## 一、河\n\n他问：“走吗？”\n\n走\n\nyes\n"
    document, _ = read_document(text.encode(), "articles/2024/2024-03-08-01-01.md")
    assert document is not None
    assert document.article.lead == "雨停了。一、河 他问：“走吗？”走 yes"
