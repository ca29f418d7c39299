"""What the browser reads beside shards and fragments: the roll of articles, the columns for facets. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from jianbao.search.folding import fold
from jianbao.search.shards import bucket, varint

_REGULAR: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([A-Za-z]*)([0-9]+)-([0-9]+)")


def roll(rows: Iterable[tuple[str, str]]) -> str:
    """Dates and ids, in order, in hardly more than one character each.

    `+` the next number on the same page, `,` the next page's first article, `;` the next day's (whose page and
    number are those the day before began with); anything else in full: `=ID` or `=DAY|ID`, ended by a newline.
    """
    out: list[str] = []
    last: tuple[str, str, str, str] | None = None  # day, page letters, page digits, number
    began: tuple[str, str, str] | None = None
    for day, article in rows:
        match = _REGULAR.fullmatch(article)
        if not match or match[1] != day:
            out.append(f"={day}|{article}\n")
            last = began = None
            continue
        letters, page, number = match[2], match[3], match[4]
        here = (day, letters, page, number)
        new_day = last is None or last[0] != day
        if last is not None and last[:3] == here[:3] and number == _next(last[3]):
            out.append("+")
        elif last is not None and last[:2] == here[:2] and page == _next(last[2]) and number == _first(last[3]):
            out.append(",")
        elif last is not None and began == here[1:] and day == _tomorrow(last[0]):
            out.append(";")
        else:
            out.append(f"={article}\n")
        last = here
        if new_day:
            began = (letters, page, number)
    return "".join(out)


def _next(digits: str) -> str:
    return str(int(digits) + 1).zfill(len(digits))


def _first(digits: str) -> str:
    return "1".zfill(len(digits))


def _tomorrow(day: str) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return ""


def column(values: Sequence[Sequence[str]]) -> dict[str, object]:
    """For each document its values: their sorted names, and for each document how many and which, as varints in
    a Latin-1 string."""
    names = sorted({value for row in values for value in row})
    places = {name: place for place, name in enumerate(names)}
    out = bytearray()
    for row in values:
        out += varint(len(row))
        for value in row:
            out += varint(places[value])
    return {"names": names, "rows": out.decode("latin-1")}


WORD, NAME = 0, 1


def offered(number: int) -> int:
    """The level at which a keyword of so many articles is offered while the reader types; 0: not at all."""
    return number.bit_length() if number > 1 else 0


def suggestions(words: Iterable[tuple[str, int, int]]) -> list[list[list[object]]]:
    """Parts of the list of suggestions, by the bucket of a word's first and of its last character; each row is
    the word, its kind and a level that grows with the logarithm of how often it occurs, so that it rarely changes."""
    rows = [(word, kind, number.bit_length()) for word, kind, number in words]
    count = 1
    while count * 150 < len(rows) and count < 256:
        count *= 2
    parts: list[set[tuple[str, int, int]]] = [set() for _ in range(count)]
    for row in rows:
        folded = fold(row[0]).strip()
        for character in {folded[:1], folded[-1:]} - {""}:
            parts[bucket(character, count)].add(row)
    return [[list(row) for row in sorted(part)] for part in parts]
