"""What the blank lines of a page part, as far as lines that are beyond doubt show it: articles or less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jianbao.reading.lines.edges import End


def part_articles(
    ends: Sequence[End], gaps: Sequence[bool], indents: Sequence[bool], widths: Sequence[int], columns: Sequence[int]
) -> bool:
    """Whether blank lines stand between articles and not between paragraphs, nor in the middle of a sentence: of the
    paragraphs that surely begin, as the line above stops short or they are indented, many stand right below others.
    Each argument has one value a line; `gaps`: whether a blank line stands above it."""
    parted = close = 0
    for i in range(1, len(widths)):
        upper = ends[i - 1]
        if upper is End.STOP and (indents[i] or widths[i - 1] <= columns[i - 1] - _SHORT):
            parted, close = parted + gaps[i], close + (not gaps[i])
        elif gaps[i] and upper is End.OPEN and abs(widths[i - 1] - columns[i - 1]) <= _FULL and not indents[i]:
            return False
    return close >= _LEAST and close >= _SHARE * parted


_SHORT: Final = 5  # half-width units
_FULL: Final = 1
_LEAST: Final = 2
_SHARE: Final = 0.5
