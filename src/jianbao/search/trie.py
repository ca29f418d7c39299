"""jieba's dictionary as arrays on disk, to look words up for many texts at a time.

One hash table holds every beginning of every word: its key is the place of what it goes on from (below 0x10000 a
first character, else 0x10000 + a place in the table) and the next character, its value the score of the word, or
NaN where it is only a beginning. The file is mapped, not read: processes share it.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from math import isnan
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from jianbao.search.dictionary import Longer, Part, make_dictionary, read_head, read_part

Ints: TypeAlias = npt.NDArray[np.int64]
Keys: TypeAlias = npt.NDArray[np.uint64]
Scores: TypeAlias = npt.NDArray[np.float64]

_SIZE: Final = 20  # bits of a place: twice as many as there are beginnings
_MASK: Final = (1 << _SIZE) - 1
_POINTS: Final = 0xA000  # jieba's words have no characters beyond
_FIRST: Final = 0x10000
_FACTOR: Final = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio (Knuth, TAOCP 3, 6.4)
_WHOLE: Final = (1 << 64) - 1


class Trie:
    """The file, mapped."""

    def __init__(self, folder: Path) -> None:
        data = np.memmap(make_trie(folder), np.uint64, "r")
        self._keys: Keys = data[: 1 << _SIZE]
        self._scores: Scores = data[1 << _SIZE : 2 << _SIZE].view(np.float64)
        self._key_at, self._score_at = self._keys.data, self._scores.data  # quicker, one at a time
        self.singles: Scores = np.array(data[2 << _SIZE :].view(np.float64))  # by code point; NaN: no word

    def matches(self, points: Ints) -> Iterator[tuple[int, Ints, Scores]]:
        """The words of two characters, of three… in a text: (length, where, scores)."""
        points = np.append(points, np.zeros(32, np.int64))
        where = np.flatnonzero((points[:-32] < _POINTS) & (points[1:-31] < _POINTS))
        node = points[where]
        length = 1
        while len(where):
            hits, slots = self._find((node << 16 | points[where + length]).astype(np.uint64))
            where, node, length = where[hits], slots + _FIRST, length + 1
            scores = self._scores[slots]
            known = ~np.isnan(scores)
            yield length, where[known], scores[known]

    def has(self, word: str) -> bool:
        """Whether there is a word of two characters or more."""
        node = ord(word[0])
        slot = -1
        for character in word[1:]:
            key = node << 16 | ord(character)
            slot = (key * _FACTOR & _WHOLE) >> (64 - _SIZE)
            while (there := self._key_at[slot]) != key:
                if not there:
                    return False
                slot = slot + 1 & _MASK
            node = slot + _FIRST
        return not isnan(self._score_at[slot])

    def _find(self, keys: Keys) -> tuple[Ints, Ints]:
        """Which of the keys there are, and their places."""
        slots = _hash(keys)
        out = np.full(len(keys), -1, np.int64)
        pending = np.arange(len(keys))
        while len(pending):
            got = self._keys[slots]
            hit = got == keys[pending]
            out[pending[hit]] = slots[hit]
            on = ~hit & (got != 0)
            pending, slots = pending[on], slots[on] + 1 & _MASK
        hits = np.flatnonzero(out >= 0)
        return hits, out[hits]


def make_trie(folder: Path) -> Path:
    """The file in `folder`, made from the dictionary's where it is missing."""
    words = make_dictionary(folder)
    path = words.with_suffix(".trie")
    if not path.exists():
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        with temporary.open("wb") as file:
            for array in _arrays(words):
                file.write(array.tobytes())
        temporary.replace(path)
    return path


def _arrays(words: Path) -> tuple[Any, ...]:
    """Keys, scores, scores of single characters."""
    singles = np.full(_POINTS, np.nan)
    keys, scores = np.zeros(1 << _SIZE, np.uint64), np.full(1 << _SIZE, np.nan)
    head = read_head(words)
    with words.open("rb") as file:
        places = iter(head["places"].items())
        while some := list(islice(places, 500)):
            parts = [read_part(file, place) for _, place in some]
            for (character, _), part in zip(some, parts, strict=True):
                if part.score is not None:
                    singles[ord(character)] = part.score
            _plant(keys, scores, parts)
    return keys, scores, singles


def _plant(keys: Keys, scores: Scores, parts: Iterable[Part]) -> None:
    """Put all that begins with some characters into the table."""
    levels: dict[int, Longer] = {2: {}}
    for part in parts:
        for pair, (score, longer) in part.pairs.items():
            levels[2][pair] = score
            for word, its in (marshal.loads(longer) if longer else {}).items():  # noqa: S302 (our own file)
                levels.setdefault(len(word), {})[word] = its
    nodes: dict[str, int] = {}
    for length in sorted(levels):
        level = levels[length]
        before = [ord(word[0]) if length == 2 else nodes[word[:-1]] for word in level]
        wanted = np.array([node << 16 | ord(word[-1]) for node, word in zip(before, level, strict=True)], np.uint64)
        slots = _insert(keys, wanted)
        scores[slots] = [np.nan if score is None else score for score in level.values()]
        nodes = {word: _FIRST + int(slot) for word, slot in zip(level, slots, strict=True)}


def _insert(table: Keys, keys: Keys) -> Ints:
    """Put keys into the table; their places."""
    slots = _hash(keys)
    pending = np.arange(len(keys))
    while len(pending):
        here = slots[pending]
        free = np.flatnonzero(table[here] == 0)
        _, first = np.unique(here[free], return_index=True)
        placed = free[first]
        table[here[placed]] = keys[pending[placed]]
        left = np.ones(len(pending), bool)
        left[placed] = False
        pending = pending[left]
        slots[pending] = slots[pending] + 1 & _MASK
    return slots


def _hash(keys: Keys) -> Ints:
    with np.errstate(over="ignore"):
        return (keys * np.uint64(_FACTOR) >> np.uint64(64 - _SIZE)).astype(np.int64)
