"""Changes to an article's file that leave every other byte as the editor wrote it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from jianbao.articles.careful_reading import read as read_carefully
from jianbao.articles.careful_reading import tidy
from jianbao.articles.fields import BY_NAME, FIELDS, Fields, Value
from jianbao.articles.frontmatter import Parts, scalar, split, value_text
from jianbao.yamltext import Items, Scalar, parse
from jianbao.yamltext import Mapping as YamlMapping

BOM: Final = b"\xef\xbb\xbf"
_ORDER: Final = {field.name: number for number, field in enumerate(FIELDS)}


class UneditableError(Exception):
    """The file is written in a way that this change could not be made without touching more."""


def blocks_of(body: str) -> tuple[str, ...]:
    """The paragraphs of a body (text between blank lines), each without outer blanks."""
    return tuple(tidy(body[start:end]).strip() for start, end in _spans(body))


def edited(
    data: bytes, changes: Mapping[str, Value], blocks: Sequence[str] | None = None, kept: Sequence[int | None] = ()
) -> bytes:
    """The file with these fields changed (an empty value removes one) and, if given, these paragraphs;
    `kept` names for each the paragraph of the file it is, None for a new one."""
    mark = BOM if data.startswith(BOM) else b""
    text = data[len(mark) :].decode()
    parts = split(text)
    if isinstance(parts, str):
        raise UneditableError(parts)
    newline = "\r\n" if "\r\n" in text[: parts.body_start] else "\n"
    body = text[parts.body_start :]
    if blocks is not None:
        body = _rebuilt(body, blocks, kept, newline)
    head = text[: parts.body_start]
    if changes:
        head = _changed(head, parts, changes, newline)
    made = head + body
    _check(text, made, changes, blocks)
    return mark + made.encode()


def _check(before: str, after: str, changes: Mapping[str, Value], blocks: Sequence[str] | None) -> None:
    """The new text must read as the old one with these changes."""
    fields, extra, body, _ = read_carefully(before, "")
    new, new_extra, new_body, _ = read_carefully(after, "")
    wanted: Fields = {name: value for name, value in {**(fields or {}), **changes}.items() if value}
    if new != wanted or new_extra != extra:
        raise UneditableError("front matter")
    expected = tuple(blocks) if blocks is not None else blocks_of(body)
    if blocks_of(new_body) != tuple(block for block in expected if block):
        raise UneditableError("body")


def _spans(body: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start, position = -1, 0
    end = 0
    for line in body.splitlines(keepends=True):
        if line.strip():
            start = position if start < 0 else start
            end = position + len(line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
        elif start >= 0:
            spans.append((start, end))
            start = -1
        position += len(line)
    if start >= 0:
        spans.append((start, end))
    return spans


def _rebuilt(body: str, blocks: Sequence[str], kept: Sequence[int | None], newline: str) -> str:
    spans = _spans(body)
    out = [body[: spans[0][0]] if spans else newline]
    stay = {index for index in kept if index is not None}
    last = -1
    for number, (block, index) in enumerate(zip(blocks, kept, strict=True)):
        # A new paragraph in the place of an old one keeps the blank lines around it.
        place = index if index is not None else last + 1 if last + 1 not in stay and last + 1 < len(spans) else None
        if number:
            follows = place is not None and place and place == last + 1
            out.append(body[spans[last][1] : spans[place][0]] if follows and place else newline * 2)
        out.append(body[slice(*spans[index])] if index is not None else block.replace("\n", newline))
        last = place if place is not None else last
    out.append(body[spans[-1][1] :] if spans and body[spans[-1][1] :] else newline)
    return "".join(out)


def _changed(head: str, parts: Parts, changes: Mapping[str, Value], newline: str) -> str:
    front = head[parts.front_start : parts.front_end]
    for name in sorted(changes, key=_ORDER.__getitem__):
        mapping, problems = parse(front, "")
        if mapping is None or problems or front.lstrip().startswith("{"):
            raise UneditableError("front matter")
        front = _with(front, mapping, name, changes[name], newline)
    return head[: parts.front_start] + front + head[parts.front_end :]


def _with(front: str, mapping: YamlMapping, name: str, value: Value, newline: str) -> str:
    if name not in mapping.values:
        return _added(front, mapping, name, value, newline) if value else front
    key, node = mapping.keys[name], mapping.values[name]
    if not value and name != "title":
        return front[: _line_start(front, key.start)] + front[_entry_end(front, mapping, name) :]
    if isinstance(node, Scalar) and not node.text and node.start >= node.end:
        colon = front.index(":", key.end) + 1
        return f"{front[:colon]} {value_text(name, value)}{front[colon:]}"
    if isinstance(node, Items) and node.block and value and not isinstance(value, str):
        indent = front[_line_start(front, node.start) : node.start]
        lines = (newline + indent).join(f"- {scalar(item)}" for item in value)
        return front[: node.start] + lines + front[node.end :]
    written = value_text(name, value) if value else '""'
    if front[node.end - 1 : node.end] == "\n":  # a block scalar (| or >) ends where the next line begins
        written += newline
    return front[: node.start] + written + front[node.end :]


def _added(front: str, mapping: YamlMapping, name: str, value: Value, newline: str) -> str:
    """A new line, where the table's order has its place."""
    before = [one for one in mapping.values if _ORDER.get(one, 99) < _ORDER[name]]
    first = next(iter(mapping.keys.values()), None)
    indent = front[_line_start(front, first.start) : first.start] if first else ""
    if indent.strip():
        raise UneditableError("front matter")
    at = _entry_end(front, mapping, max(before, key=lambda one: _ORDER[one])) if before else 0
    lead = newline if at and front[at - 1] != "\n" else ""
    return f"{front[:at]}{lead}{indent}{name}: {value_text(name, value)}{newline}{front[at:]}"


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _entry_end(front: str, mapping: YamlMapping, name: str) -> int:
    """Where the line behind the field's entry begins."""
    end = max(mapping.values[name].end, mapping.keys[name].end)
    if front[end - 1 : end] == "\n":
        return end
    following = front.find("\n", end)
    return len(front) if following < 0 else following + 1


def is_field(name: str) -> bool:
    """Whether front matter knows a field of this name."""
    return name in BY_NAME
