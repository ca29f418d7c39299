"""What the blank lines of a page part, as far as lines that are beyond doubt show it: articles, paragraphs, neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from jianbao.reading.lines.edges import End


class BlankLines(NamedTuple):
    """What a blank line says where the text above it has ended. `articles`: one so high (in lines) parts articles, 0
    where none surely does; `paragraphs`: each paragraph ends with one."""

    articles: int
    paragraphs: bool


def blank_lines_of(
    ends: Sequence[End], heights: Sequence[int], indents: Sequence[bool], widths: Sequence[int], columns: Sequence[int]
) -> BlankLines:
    """What they say on a page. Each argument has one value a line; `heights`: how many blank lines stand above it.

    The paragraphs that surely begin, as the line above stops short or they are indented, tell: many right below others
    say that blank lines part more than paragraphs; none does, that these are parted; then two may part articles."""
    parted = close = divided = high = 0
    for i in range(1, len(widths)):
        upper, height = ends[i - 1], heights[i]
        high += upper is End.STOP and height > 1
        if upper is End.STOP and (indents[i] or widths[i - 1] <= columns[i - 1] - _SHORT):
            parted, close = parted + (height > 0), close + (not height)
        elif height and upper is End.OPEN and abs(widths[i - 1] - columns[i - 1]) <= _FULL and not indents[i]:
            divided += 1
    if divided:  # blank lines stand where columns end
        return BlankLines(0, False)
    if close >= _LEAST and close >= _SHARE * parted:
        return BlankLines(1, False)
    paragraphs = parted >= _LEAST_PARTED and close <= _STRAY * parted
    return BlankLines(2 if paragraphs and _LEAST <= high <= _SHARE * parted else 0, paragraphs)


_SHORT: Final = 5  # half-width units
_FULL: Final = 1
_LEAST: Final = 2
_SHARE: Final = 0.5
_LEAST_PARTED: Final = 4
_STRAY: Final = 0.15
