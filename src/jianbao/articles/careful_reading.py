"""The careful way of reading an article file: every fault with its place, all of them in one go."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from jianbao.articles.addresses import unsafe_links
from jianbao.articles.faults import fault
from jianbao.articles.fields import BY_NAME, FIELDS, REVIEWABLE, Field, Fields, Form, Value
from jianbao.articles.frontmatter import Parts, split
from jianbao.articles.values import ValueFaultError, article_id, normal, normal_list
from jianbao.problems import Problem
from jianbao.yamltext import Items, Node, Scalar, parse
from jianbao.yamltext import Mapping as YamlMapping

LONGEST_FRONT: Final = 65_536
_MOST_OPEN_BRACKETS: Final = 200
_MARKER: Final = re.compile(r"(?m)^(<{7}|>{7}|\|{7})(?=[ \r\n]|$)")
_BIDI: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# `好 #1 名`: what an editor means as text, and YAML takes for a comment; `# …` with a space is one.
STUCK: Final = re.compile(r"[ \t]#(?=[^\s#])")
_ID_AS_MINTED: Final = re.compile(r"(?:[0-9]{4}(?:-[0-9]{2}){2}-[0-9A-Za-z]+|undated-.+)-[0-9]+").fullmatch
_BODY_BREAKS: Final = str.maketrans({"\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\ufeff": None})
_REVIEWABLE: Final = frozenset(REVIEWABLE)

Read = tuple[Fields | None, tuple[str, ...], str, list[Problem]]


def is_odd(fields: Mapping[str, Value], body: str, path: str) -> bool:
    """Whether an article read quickly wants a careful look after all."""
    review = fields.get("review", ())
    if "id" not in fields or ("title" not in fields and "title" not in review) or _lost_its_date(fields):
        return True
    if _named_otherwise(path, str(fields["id"])):
        return True
    if review and not _REVIEWABLE.issuperset(review):
        return True
    # One character is found far quicker than several, and most bodies have none of these.
    return (
        ("]" in body and "](" in body)
        or ("<" in body and "<<<<<<<" in body)
        or (">" in body and ">>>>>>>" in body)
        or ("[" in body and body.count("[") > _MOST_OPEN_BRACKETS)
    )


def read(text: str, path: str) -> Read:
    """Normalised fields (None where there is no article), names of unknown fields, the body, all faults."""
    problems: list[Problem] = list(_markers(text, path))
    parts = split(text)
    if isinstance(parts, str):
        return None, (), "", problems or [fault(path, 1, 1, parts)]
    if parts.front_end - parts.front_start > LONGEST_FRONT:
        return None, (), "", [*problems, fault(path, 1, 1, "front-too-long", LONGEST_FRONT)]
    problems += _hidden(text, path)
    body = text[parts.body_start :]
    problems += _in_body(body, parts.body_line, path)
    if any(problem.code == "merge-marker" and problem.line < parts.body_line for problem in problems):
        return None, (), "", problems
    mapping, faults = parse(text[parts.front_start : parts.front_end], path, parts.front_line)
    problems += faults
    if mapping is None:
        return None, (), "", problems
    fields, extra = _fields(mapping, path, problems)
    problems += _cut_short(text[parts.front_start : parts.front_end], mapping, path)
    _check_whole(fields, mapping, text, parts, path, problems)
    return (fields if "id" in fields else None), extra, tidy(body), problems


def tidy(body: str) -> str:
    """The body with plain line ends and without what cannot be seen."""
    return _BIDI.sub("", body.replace("\r\n", "\n").translate(_BODY_BREAKS)).strip("\n")


def place(text: str, name: str) -> tuple[int, int]:
    """Line and column of a field's value; of the first line of the front matter where it is missing."""
    parts = split(text)
    if isinstance(parts, str):
        return 1, 1
    if name == "body":
        return parts.body_line, 1
    mapping, _ = parse(text[parts.front_start : parts.front_end], "", parts.front_line)
    if mapping is None or name not in mapping.values:
        return parts.front_line, 1
    node = mapping.values[name]
    return node.line, node.column


@lru_cache(maxsize=4096)
def nearest(key: str) -> str | None:
    """The field a wrong name most likely means."""
    bare = key.strip().lower()
    names = {field.name: field.name for field in FIELDS}
    for field in FIELDS:
        names.update((also.lower(), field.name) for also in field.also)
    if bare in names:
        return names[bare]
    if bare.isascii():
        close = difflib.get_close_matches(bare, names, 1, 0.7)
        return names[close[0]] if close else None
    shared = {name: len(set(name) & set(bare)) / max(len(name), len(bare)) for name in names if not name.isascii()}
    best = max(shared, key=lambda name: shared[name])
    return names[best] if shared[best] >= 0.5 else None


def _fields(mapping: YamlMapping, path: str, problems: list[Problem]) -> tuple[Fields, tuple[str, ...]]:
    fields: Fields = {}
    extra: list[str] = []
    for key, node in mapping.values.items():
        field = BY_NAME.get(key)
        if field is None:
            extra.append(key)
            problems.append(_unknown(key, mapping.keys[key], path))
            continue
        value = _value(field, node, path, problems)
        if value:
            fields[key] = value
    return fields, tuple(extra)


def _cut_short(front: str, mapping: YamlMapping, path: str) -> Iterator[Problem]:
    for node in mapping.values.values():
        for one in node.items if isinstance(node, Items) else (node,):
            if isinstance(one, Scalar) and one.plain and one.text:
                rest = front[one.end :].partition("\n")[0]
                if STUCK.match(rest):
                    yield fault(path, one.line, one.column, "cut-short", rest.strip())


def _unknown(key: str, at: Scalar, path: str) -> Problem:
    if near := nearest(key):
        return fault(path, at.line, at.column, "unknown-key", key, near)
    known = "、".join(field.name for field in FIELDS)
    return fault(path, at.line, at.column, "unknown-key-far", key, known)


def _value(field: Field, node: Node, path: str, problems: list[Problem]) -> Value:
    """The field's normalised value; empty where it is at fault."""
    try:
        if isinstance(node, Scalar):
            value = normal(field.name, node.text)
            if field.form is Form.REVIEW:
                _check_review(value, node, path, problems)
            return value
        if isinstance(node, YamlMapping):
            problems.append(fault(path, node.line, node.column, "is-map", field.name))
            return ""
        if not isinstance(node, Items):
            return ""
        if not field.is_list:
            if node.items:
                problems.append(fault(path, node.line, node.column, "is-list", field.name))
            return ""
    except ValueFaultError as wrong:
        problems.append(fault(path, node.line, node.column, wrong.code, *wrong.shown))
        return ""
    return _items(field, node, path, problems)


def _items(field: Field, node: Items, path: str, problems: list[Problem]) -> tuple[str, ...]:
    kept: list[str] = []
    for item in node.items:
        if isinstance(item, Scalar):
            try:
                values = normal_list(field.name, (item.text,))
            except ValueFaultError as wrong:
                problems.append(fault(path, item.line, item.column, wrong.code, *wrong.shown))
                continue
            if field.form is Form.REVIEW:
                _check_review(values, item, path, problems)
            kept += values
        else:
            code = "inner-list" if isinstance(item, Items) else "is-map"
            problems.append(fault(path, item.line, item.column, code, field.name))
    return normal_list(field.name, tuple(kept))


def _check_review(values: Value, node: Node, path: str, problems: list[Problem]) -> None:
    for value in values:
        if value not in _REVIEWABLE:
            known = "、".join(REVIEWABLE)
            problems.append(fault(path, node.line, node.column, "review", value, known))


def _check_whole(
    fields: Fields, mapping: YamlMapping, text: str, parts: Parts, path: str, problems: list[Problem]
) -> None:
    """What must be there."""
    at = {problem.line for problem in problems}
    if "id" not in fields and not _spoken_of("id", mapping, at):
        stem = PurePosixPath(path).stem
        try:
            suggested = article_id(stem)
        except ValueFaultError:
            suggested = "2021-12-07-01-03"
        problems.append(fault(path, parts.front_line, 1, "id-missing", suggested))
    if "id" in fields and (named := _named_otherwise(path, str(fields["id"]))):
        at_id = mapping.values["id"]
        problems.append(fault(path, at_id.line, at_id.column, "id-changed", named, fields["id"]))
    if "title" not in fields and "title" not in fields.get("review", ()) and not _spoken_of("title", mapping, at):
        node = mapping.values.get("title")
        line, column = (node.line, node.column) if node else (parts.front_line, 1)
        key = mapping.keys.get("title")
        behind = text[parts.front_start + key.end : parts.front_end].partition("\n")[0] if key else ""
        is_comment = behind.lstrip(": \t").startswith("#")
        problems.append(fault(path, line, column, "title-comment" if is_comment else "title-missing"))
    if _lost_its_date(fields) and not _spoken_of("date", mapping, at):
        node = mapping.values.get("date")
        problems.append(
            fault(path, node.line if node else parts.front_line, node.column if node else 1, "date-missing")
        )


def _named_otherwise(path: str, id_: str) -> str:
    """The id that the file is named after where it is not its own; "" where all is well, or the name is no id."""
    if path.endswith(f"/{id_}.md"):
        return ""
    try:
        named = article_id(unicodedata.normalize("NFC", PurePosixPath(path).stem))
    except ValueFaultError:
        return ""
    return named if named != id_ and _ID_AS_MINTED(named) else ""


def _lost_its_date(fields: Mapping[str, Value]) -> bool:
    """Whether an article cut from a page has no date, though nothing says that there was none to find."""
    return "date" not in fields and "source" in fields and "date" not in fields.get("review", ())


def _spoken_of(name: str, mapping: YamlMapping, lines: set[int]) -> bool:
    """Whether a fault already tells why the field has no value."""
    node = mapping.values.get(name)
    return name in mapping.broken or (node is not None and node.line in lines)


def _markers(text: str, path: str) -> Iterator[Problem]:
    for count, match in enumerate(_MARKER.finditer(text)):
        if count < 10:
            yield fault(path, text.count("\n", 0, match.start()) + 1, 1, "merge-marker", match[1])


def _hidden(text: str, path: str) -> Iterator[Problem]:
    if _BIDI.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            if match := _BIDI.search(line):
                yield fault(path, number, match.start() + 1, "bidi", f"{ord(match[0]):04X}")


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Where a character stands in a text, both counted from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _in_body(body: str, first_line: int, path: str) -> Iterator[Problem]:
    for index, address in unsafe_links(body):
        line, column = line_and_column(body, index)
        yield fault(path, first_line + line - 1, column, "link", address[:60])
    unclosed = body.count("[") - body.count("]")
    if unclosed > _MOST_OPEN_BRACKETS:
        line, column = line_and_column(body, body.index("["))
        yield fault(path, first_line + line - 1, column, "brackets", unclosed)
