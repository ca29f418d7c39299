"""What is kept of one article for the search, and its words packed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from itertools import chain, repeat
from typing import NamedTuple


class Prepared(NamedTuple):
    """What is kept of one article: its text fragment (a script), its words, what they weigh."""

    id: str
    day: str
    source: str
    digest: str
    grams: int
    section: str
    people: str  # names parted by newlines
    fragment: bytes
    words: bytes
    keywords: tuple[tuple[str, int], ...]


def pack_words(counts: Mapping[str, int], telling: Iterable[str]) -> bytes:
    """Words and how often each occurs (at most 255); those that tell something stand first."""
    words = list(telling)
    size = len(words)
    words += [*dict.fromkeys(chain(words, counts))][size:]
    numbers = bytes(map(min, map(counts.__getitem__, words), repeat(255)))
    return zlib.compress(size.to_bytes(4, "little") + numbers + b"\0" + "\n".join(words).encode(), 1)


def unpack_words(data: bytes) -> tuple[str, bytes, int]:
    """The inverse of `pack_words`: words parted by newlines, how often each occurs, how many of them tell something."""
    raw = zlib.decompress(data)
    counts, _, words = raw[4:].partition(b"\0")
    return words.decode(), counts, int.from_bytes(raw[:4], "little")


def telling_words(data: bytes) -> tuple[list[str], bytes]:
    """The words that tell something, and how often each occurs."""
    words, counts, size = unpack_words(data)
    return words.split("\n", size)[:size], counts[:size]
