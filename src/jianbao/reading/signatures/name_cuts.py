"""Glued names cut apart: `王妍竹滢艳` is 王妍 and 竹滢艳."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from jianbao.reading.signatures.names import best_two, is_foreign, surname_of
from jianbao.reading.signatures.units import is_organisation
from jianbao.text import is_han


class Cut(NamedTuple):
    """Names in the order they stand, and the distance of the next best cut (0 a coin toss, 1 safe)."""

    names: tuple[str, ...]
    margin: float


def cut(run: str, known: Mapping[str, int] | None = None) -> Cut:
    """The names in a run of characters without separators."""
    if len(run) <= 3 or not all(map(is_han, run)) or is_organisation(run) or is_foreign(run):
        return Cut((run,), 1.0)
    first, second = best_two(run, known or {})
    if len(run) == 4 and len(first[1]) == 2 and not all(map(surname_of, first[1])):
        return Cut((run,), 0.3)  # 次仁多吉: a whole name that has no Chinese surname
    return Cut(first[1], min(1.0, (first[0] - second[0]) / 6.0))
