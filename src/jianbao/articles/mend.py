"""`check --fix`: mends what is certain in an article's file, and nothing else. Pure.

Each cure is tried alone and kept only if it takes faults away and brings none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Final

from jianbao.articles.careful_reading import nearest
from jianbao.articles.document import read_document
from jianbao.articles.edit import BOM, UneditableError, edited
from jianbao.articles.fields import BY_NAME, Fields, Form
from jianbao.articles.frontmatter import Parts, scalar, split, value_text
from jianbao.articles.values import ValueFaultError, article_id, normal
from jianbao.problems import Problem, Severity
from jianbao.yamltext import Items, Node, Scalar, parse

_BIDI: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_FENCE: Final = re.compile(r"(?m)^(?:[—–－‐‑]{1,3}|-{2}|-{4,5})[^\S\n]*(?=\r?$)")
_KEY: Final = re.compile(r"(?m)^([^\s:：#'\"\[\]{}-][^:：\r\n]{0,20}?)[^\S\r\n]*(：|:(?=[^\s]))[^\S\r\n]*")
_OTHER_NAME: Final = re.compile(r"(?m)^([^\s:：#'\"\[\]{}-][^:：\r\n]{0,20}?)(?=:[ \t\r\n])")
_SURE_TYPO: Final = frozenset({"reportor", "repoter", "titel", "tilte", "dtae", "sction", "secton", "subtilte"})
_QUOTABLE: Final = frozenset({"inner-colon", "special", "alias", "anchor", "tag", "after-quote", "dash"})


def mended(data: bytes, path: str) -> bytes | None:
    """The file with what is certain mended; None where there is nothing to mend."""
    mark = BOM if data.startswith(BOM) else b""
    try:
        text = data[len(mark) :].decode()
    except UnicodeDecodeError:
        return None
    before = text
    for cure in (_fences, _without_marks, _colons, _names, _quotes, _missing_id):
        made = cure(text, path)
        if made != text and _is_better(text, made, path):
            text = made
    text = _in_one_form(text, path)
    return mark + text.encode() if text != before else None


def _faults(text: str, path: str) -> list[Problem]:
    return read_document(text.encode(), path)[1]


def _is_better(before: str, after: str, path: str) -> bool:
    old, new = _faults(before, path), _faults(after, path)
    errors = [sum(one.severity is Severity.ERROR for one in faults) for faults in (old, new)]
    if errors[1] != errors[0]:
        # A fault that hid others may give way to those it hid.
        hidden = any(one.code in ("fence", "no-front-matter", "not-closed") for one in old)
        return errors[1] < errors[0] or hidden
    return len(new) < len(old)


def _fences(text: str, path: str) -> str:
    """Dashes of another kind around the front matter."""
    if split(text) != "fence":
        return text
    return _FENCE.sub("---", text, count=2)


def _without_marks(text: str, path: str) -> str:
    return _BIDI.sub("", text)


def _front(text: str, change: Callable[[str], str]) -> str:
    """The text with its front matter changed; as it is where there is none."""
    parts = split(text)
    if isinstance(parts, str):
        return text
    return text[: parts.front_start] + change(text[parts.front_start : parts.front_end]) + text[parts.front_end :]


def _colons(text: str, path: str) -> str:
    """`title：快讯` and `title:快讯` → `title: 快讯`, for fields that there are."""

    def changed(match: re.Match[str]) -> str:
        return f"{match[1]}: " if match[1] in BY_NAME or _meant(match[1]) else match[0]

    return _front(text, lambda front: _KEY.sub(changed, front))


def _meant(name: str) -> str | None:
    """The field that a wrong name certainly means."""
    if name in BY_NAME:
        return None
    for field in BY_NAME.values():
        if name in field.also or name.lower() == field.name:
            return field.name
    return nearest(name) if name.lower() in _SURE_TYPO else None


def _names(text: str, path: str) -> str:
    """`记者: …` → `reporter: …`, unless there is such a field already."""

    def changed(front: str) -> str:
        present = set(re.findall(r"(?m)^(\w+)[^\S\n]*[:：]", front))

        def one(match: re.Match[str]) -> str:
            meant = _meant(match[1])
            if not meant or meant in present:
                return match[0]
            present.add(meant)
            return meant

        return _OTHER_NAME.sub(one, front)

    return _front(text, changed)


def _quotes(text: str, path: str) -> str:
    """Values that YAML would misread get quotes: `title: 快讯: 通车` → `title: "快讯: 通车"`."""
    for fault in _faults(text, path):
        if fault.code not in _QUOTABLE:
            continue
        lines = text.split("\n")
        match = re.fullmatch(r"([a-z]+):[ \t]+(\S.*?)\s*(\r?)", lines[fault.line - 1])
        following = lines[fault.line] if fault.line < len(lines) else ""
        if not match or match[1] not in BY_NAME or following[:1] in (" ", "\t"):
            continue
        if BY_NAME[match[1]].form not in (Form.TEXT, Form.SECTION):
            continue
        value = match[2]
        if value[0] in "'\"" and value.count(value[0]) == 1:
            continue  # an open quote: where it should close is anybody's guess
        quoted = scalar(value) if scalar(value)[0] in "'\"" else f'"{value}"'
        lines[fault.line - 1] = f"{match[1]}: {quoted}{match[3]}"
        made = "\n".join(lines)
        text = made if _is_better(text, made, path) else text
    return text


def _missing_id(text: str, path: str) -> str:
    """A file that has lost its id bears it in its name."""
    parts = split(text)
    if isinstance(parts, str) or all(fault.code != "id-missing" for fault in _faults(text, path)):
        return text
    try:
        made = article_id(PurePosixPath(path).stem)
    except ValueFaultError:
        return text
    newline = "\r\n" if "\r\n" in text[: parts.body_start] else "\n"
    return f"{text[: parts.front_start]}id: {made}{newline}{text[parts.front_start :]}"


def _in_one_form(text: str, path: str) -> str:
    """Dates, pages, lists written as people like → the one form, where the file is sound otherwise."""
    parts = split(text)
    if isinstance(parts, str):
        return text
    for name, value in list(_sloppy(text, parts)):
        try:
            text = edited(text.encode(), {name: value}).decode()
        except UneditableError:
            continue
    return text


def _sloppy(text: str, parts: Parts) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    mapping, problems = parse(text[parts.front_start : parts.front_end], "")
    if mapping is None or problems:
        return
    fields: Fields = {}
    for name, node in mapping.values.items():
        field = BY_NAME.get(name)
        if field is None or not isinstance(node, Scalar):
            continue
        try:
            value = normal(name, node.text)
        except ValueFaultError:
            continue
        if value and _is_other(node, name, value):
            fields[name] = value
    yield from fields.items()


def _is_other(node: Node, name: str, value: str | tuple[str, ...]) -> bool:
    """Whether a value is written in another form than the one."""
    if isinstance(node, Items) or not isinstance(node, Scalar):
        return False
    form = BY_NAME[name].form
    if form in (Form.DATE, Form.PAGE, Form.KIND):
        return node.text != value and value_text(name, value) != node.text
    return form in (Form.NAMES, Form.WORDS, Form.REVIEW)
