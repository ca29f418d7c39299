"""The lines between `---` and `---`: found, read fast where they are plain, and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jianbao.articles.fields import BY_NAME, FIELDS, Form, Value


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the two parts of an article's text begin and end, as indexes; lines count from 1."""

    front_start: int
    front_end: int
    front_line: int
    body_start: int
    body_line: int


_OPENING: Final = re.compile(r"(?:[^\S\r\n]*\r?\n)*---[^\S\r\n]*\r?(?:\n|$)")
_CLOSING: Final = re.compile(r"(?m)^---[^\S\r\n]*\r?(?:\n|\Z)")
_LIKE_A_FENCE: Final = re.compile(r"\s*(?:[—–－‐‑]{1,3}|-{1,2}|-{4,})[^\S\n]*\r?(?:\n|$)")


def split(text: str) -> Parts | str:
    """The parts of an article, or the code of what is missing: empty, no-front-matter, fence, not-closed."""
    if not text.strip("\ufeff \t\r\n\u3000"):
        return "empty"
    opening = _OPENING.match(text)
    if not opening:
        return "fence" if _LIKE_A_FENCE.match(text) else "no-front-matter"
    start = opening.end()
    closing = _CLOSING.search(text, start)
    if not closing:
        return "not-closed"
    end = closing.end()
    return Parts(start, closing.start(), text.count("\n", 0, start) + 1, end, text.count("\n", 0, end) + 1)


# A line that means the same to every YAML reader: a key, and a text, quoted text or list without surprises.
_LINE: Final = re.compile(
    r"([a-z]+):(?: (?:\[([^\[\]{}\"'&*!|>%@`?\n]*)\]|([^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n]*)|\"([^\"\\\n]*)\"))? *\n"
)


def quick(front: str) -> dict[str, str | tuple[str, ...]] | None:
    """The values of plain front matter as written by the program and most people; None where it takes the
    careful reader to be sure. Never reads anything else than that one would."""
    values: dict[str, str | tuple[str, ...]] = {}
    position, size = 0, len(front)
    match = _LINE.match
    while position < size:
        found = match(front, position)
        if not found:
            return None
        key, items, bare, quoted = found.groups()
        if key in values:
            return None
        if bare is not None:
            if ": " in bare or " #" in bare or bare[-1] == ":" or ":\u3000" in bare or "\t" in bare:
                return None
            values[key] = bare
        elif items is not None:
            parts = items.split(",")
            if items.strip(" ") and any(_is_unsure(part.strip(" ")) for part in parts):
                return None
            values[key] = tuple(parts) if items.strip(" ") else ()
        elif quoted is not None:
            values[key] = quoted
        else:
            return None
        position = found.end()
    return values


def _is_unsure(item: str) -> bool:
    return not item or item[0] in "-#:" or item[-1] == ":" or ": " in item or " #" in item or "\t" in item


_PLAIN: Final = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~][^\n\"'\\]*")
_LOOKS_TYPED: Final = re.compile(
    r"[-+]?[0-9_.,:]*|[-+]?[0-9.]+e[-+]?[0-9]+|0x[0-9a-f]+|0o[0-7]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"|true|false|yes|no|on|off|null|y|n|~|\.(?:inf|nan)",
    re.IGNORECASE,
)


def scalar(text: str, *, in_list: bool = False) -> str:
    """A text as YAML that every reader takes for exactly this text; without quotes where it can be."""
    plain = (
        _PLAIN.fullmatch(text)
        and ": " not in text
        and " #" not in text
        and text[-1] not in ": "
        and not (in_list and re.search(r"[,\[\]{}]", text))
        and not _LOOKS_TYPED.fullmatch(text)
        and text.isprintable()
    )
    if plain:
        return text
    if not text.isprintable():
        escaped = "".join(_escaped(character) for character in text)
        return f'"{escaped}"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable() or character == "\u3000":
        return character
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def value_text(name: str, value: Value) -> str:
    """A field's value as it is written behind its colon."""
    if not isinstance(value, str):
        if name == "source" and len(value) == 1:
            return scalar(value[0])
        return "[" + ", ".join(scalar(item, in_list=True) for item in value) + "]"
    form = BY_NAME[name].form
    if form is Form.DATE or (form is Form.PAGE and value.isdigit() and str(int(value)) == value):
        return value
    return scalar(value)


def compose(fields: Mapping[str, Value], body: str) -> str:
    """An article file's text. Fields stand in the table's order; empty ones are left out but for the title."""
    lines = ["---"]
    for field in FIELDS:
        value = fields.get(field.name)
        if value:
            lines.append(f"{field.name}: {value_text(field.name, value)}")
        elif field.name == "title":
            lines.append('title: ""')
    text = "\n".join([*lines, "---", ""])
    body = body.strip("\n")
    return f"{text}\n{body}\n" if body else text
