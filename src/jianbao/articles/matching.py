"""Texts recognised again: which new reading is which old article, and which paragraph is which.

Likeness is measured by shingles, so that a mended character, a moved break or a new cut does not hide it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

_NOISE: Final = re.compile(r"[\s\W_]+")
ALIKE: Final = 0.5


@lru_cache(maxsize=32768)
def shingles(text: str) -> frozenset[str]:
    """The two- and three-character pieces of a text, punctuation and blanks aside."""
    bare = _NOISE.sub("", text)
    if len(bare) < 6:
        return frozenset([bare]) if bare else frozenset()
    return frozenset(bare[i : i + 3] for i in range(len(bare) - 2))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller lies in the larger, 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same or one is a part of the other, but for mended characters."""
    if one == other:
        return True
    return overlap(shingles(one), shingles(other)) >= ALIKE


def pairs(
    new: Sequence[frozenset[str]],
    old: Sequence[frozenset[str]],
    least: float = 0.3,
    same: Callable[[int, int], bool] = lambda i, j: False,
) -> dict[int, int]:
    """Which of `new` is which of `old`, one to one, the greatest common text first; what is the `same` by other
    signs, its title, goes before somewhat more of text."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    weighed = [(common * (1.5 if same(i, j) else 1.0), common, i, j) for common, i, j in common_texts(new, old)]
    for _, common, i, j in sorted(weighed, key=lambda one: (-one[0], one[2], one[3])):
        if i not in found and j not in taken and common >= least * min(len(new[i]), len(old[j])):
            found[i] = j
            taken.add(j)
    return found


def common_texts(new: Sequence[frozenset[str]], old: Sequence[frozenset[str]]) -> list[tuple[int, int, int]]:
    """(number of common shingles, index in new, index in old) wherever there are any."""
    where: defaultdict[str, list[int]] = defaultdict(list)
    for j, texts in enumerate(old):
        for one in texts:
            where[one].append(j)
    found: list[tuple[int, int, int]] = []
    for i, texts in enumerate(new):
        counts = Counter(j for one in texts for j in where.get(one, ()))
        found += [(count, i, j) for j, count in counts.items()]
    return found


def aligned(base: Sequence[str], side: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs (index in base, index in side) of paragraphs that are the same, a part, or a changed version of
    each other; a paragraph may be in several pairs where it was parted or joined."""
    links: list[tuple[int, int]] = []
    i = j = 0
    for match in SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks():
        links += _in_gap(base, side, range(i, match.a), range(j, match.b))
        links += [(match.a + n, match.b + n) for n in range(match.size)]
        i, j = match.a + match.size, match.b + match.size
    return links


def _in_gap(base: Sequence[str], side: Sequence[str], rows: range, columns: range) -> list[tuple[int, int]]:
    if not rows or not columns:
        return []
    links = [(i, j) for i in rows for j in columns if alike(base[i], side[j])]
    lone_rows = [i for i in rows if all(i != link[0] for link in links)]
    lone_columns = [j for j in columns if all(j != link[1] for link in links)]
    if len(lone_rows) == len(lone_columns) and not links:  # rewritten one by one
        links += zip(lone_rows, lone_columns, strict=True)
    elif len(lone_rows) == len(lone_columns) == 1:
        before = [j for i, j in links if i < lone_rows[0]]
        if all(j < lone_columns[0] for j in before) and all(j > lone_columns[0] for i, j in links if i > lone_rows[0]):
            links.append((lone_rows[0], lone_columns[0]))
    return links


def text_of(title: str, blocks: Iterable[str], captions: Iterable[str] = ()) -> frozenset[str]:
    """The shingles by which an article is known again."""
    return shingles("\n".join([title, *blocks, *captions]))
