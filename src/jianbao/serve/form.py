"""An article as a form and back: what is typed → which fields and paragraphs change. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from jianbao.articles.careful_reading import tidy
from jianbao.articles.document import Document
from jianbao.articles.edit import blocks_of, edited
from jianbao.articles.faults import fault
from jianbao.articles.fields import BY_NAME, FIELDS, Field, Fields, Form, Value
from jianbao.articles.frontmatter import split
from jianbao.articles.values import ValueFaultError, normal, normal_list
from jianbao.problems import Problem

# The fields that a person fills in; `review` is the ticks beside them.
EDITABLE: Final[tuple[Field, ...]] = tuple(one for one in FIELDS if one.form not in (Form.ID, Form.REVIEW))
_KEY: Final = re.compile(r"([a-z]+)[ \t]*:")
NAMES: Final[tuple[str, ...]] = (*(one.name for one in EDITABLE), "body")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent: the text of each field as typed (line ends `\\n`), the fields ticked as checked, and the
    digest of the file that the form was made from."""

    texts: Mapping[str, str]
    checked: frozenset[str] = frozenset()
    digest: str = ""


@dataclass(slots=True)
class Changes:
    """What is to be written; `problems` by field where a text cannot be the value of its field."""

    fields: Fields = field(default_factory=dict)
    blocks: tuple[str, ...] | None = None
    kept: tuple[int | None, ...] = ()
    problems: dict[str, Problem] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.fields) or self.blocks is not None


def texts_of(document: Document) -> dict[str, str]:
    """What stands in the boxes of an article's form."""
    texts = {one.name: typed(one.name, document.fields.get(one.name, "")) for one in EDITABLE}
    return {**texts, "body": document.body}


def typed(name: str, value: Value) -> str:
    """A value as it stands in its box: one line for each item of a list, words parted by 、."""
    if isinstance(value, str):
        return value
    return ("、" if BY_NAME[name].form is Form.WORDS else "\n").join(value)


def value_of(name: str, text: str) -> Value:
    """The value that is meant; ValueFaultError where none can be."""
    if BY_NAME[name].form in (Form.NAMES, Form.TEXTS):
        return normal_list(name, tuple(text.split("\n")))
    return normal(name, text)


def changes_of(document: Document, sent: Sent) -> Changes:
    """What the form changes in the file it was made from. A box that was left alone changes nothing."""
    changes, before = Changes(), texts_of(document)
    path = document.article.path
    for name in NAMES:
        text = sent.texts.get(name, before[name])
        if text == before[name]:
            continue
        if name == "body":
            _change_body(document, text, changes)
            continue
        try:
            value = value_of(name, text)
        except ValueFaultError as wrong:
            line, column = document.place(name)
            changes.problems[name] = fault(path, line, column, wrong.code, *wrong.shown)
            continue
        if value != document.fields.get(name, () if BY_NAME[name].is_list else ""):
            changes.fields[name] = value
    review = document.article.review
    if sent.checked.intersection(review):
        changes.fields["review"] = tuple(name for name in review if name not in sent.checked)
    return changes


def _change_body(document: Document, text: str, changes: Changes) -> None:
    parts = split(document.text)
    assert not isinstance(parts, str)
    old, new = blocks_of(document.text[parts.body_start :]), blocks_of(tidy(text))
    if old == new:
        return
    kept: list[int | None] = [None] * len(new)
    for at, there, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        kept[there : there + size] = range(at, at + size)
    changes.blocks, changes.kept = new, tuple(kept)


def written(data: bytes, changes: Changes) -> bytes:
    """The file with these changes and every other byte as it was; UneditableError where that cannot be done."""
    return edited(data, changes.fields, changes.blocks, changes.kept) if changes else data


@dataclass(frozen=True, slots=True)
class Rejoined:
    """A form brought up to a file that changed meanwhile: `texts` for its boxes, and of the fields changed on
    both sides what the file has now."""

    texts: dict[str, str]
    theirs: dict[str, str]


def rejoined(base: Document | None, sent: Sent, now: Document) -> Rejoined:
    """Keep what the person typed, take what only the file changed. Without the `base` that the form was made
    from nobody can tell who changed what, so every difference is shown."""
    before, file = texts_of(base) if base else {}, texts_of(now)
    texts: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for name in NAMES:
        mine = sent.texts.get(name, before.get(name, file[name]))
        if name in before and mine == before[name]:
            texts[name] = file[name]
            continue
        texts[name] = mine
        if mine != file[name] and file[name] != before.get(name):
            theirs[name] = file[name]
    return Rejoined(texts, theirs)


def by_field(text: str, problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    """Problems in a file's text by the field in whose lines they stand, "" for those of none."""
    parts, lines = split(text), text.splitlines()
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        name = "title" if problem.code == "title-missing" else ""
        if not name and not isinstance(parts, str):
            name = "body" if problem.line >= parts.body_line else _key_above(lines[: problem.line])
        found.setdefault(name if name in NAMES else "", []).append(problem)
    return found


def _key_above(lines: Sequence[str]) -> str:
    for line in reversed(lines):
        if match := _KEY.match(line):
            return match[1]
    return ""
