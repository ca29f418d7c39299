"""Pages whose text was not wrapped: each line is a whole paragraph, however long.

There a line that ends no sentence is no paragraph, so what stands at the head of a block, above the first whole
paragraph, is a headline (or signs). Width and indents, which tell that on other pages, say nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jianbao.reading.lines.edges import End

_WIDEST: Final = 64  # half-width units; a column of wrapped text is seldom wider, and its full lines end no sentence
_LEAST: Final = 3  # lines as wide as that end a sentence,
_SHARE: Final = 0.8  # and that is nearly all of them: the line of the date is another
_MOST: Final = 4  # lines of one head
_NARROW: Final = 24  # half-width units; a narrower line is the last of a paragraph, or a cry
_FAR: Final = 0.66


def is_unwrapped(widths: Sequence[int], ends: Sequence[End]) -> bool:
    """Whether the page has lines far wider than a column, and a sentence ends with nearly all of these."""
    wide = [end for width, end in zip(widths, ends, strict=False) if width > _WIDEST]
    ended = sum(end >= End.QUOTE for end in wide)
    return ended >= _LEAST and ended >= _SHARE * len(wide)


def has_short_paragraphs(widths: Sequence[int], ends: Sequence[End], gaps: Sequence[bool]) -> bool:
    """Whether lines narrower than that are whole paragraphs all the same: a sentence ends with many, what has no end is
    far narrower, but for the line of the date. Text that was wrapped has full lines without an end. `gaps`: whether a
    blank line stands above each."""
    lines = [*zip(widths, ends[: len(widths)], gaps, strict=True)]
    paragraphs = sorted(width for width, end, _ in lines if end >= End.QUOTE and width > _NARROW)
    if len(paragraphs) < _LEAST:
        return False
    usual = paragraphs[len(paragraphs) // 2]
    in_row = 0
    for i, (width, end, gap) in enumerate(lines):
        in_row = 0 if end >= End.QUOTE else 1 if gap else in_row + 1
        if in_row > _MOST:  # so many are a table, or verse
            return False
        if (
            end < End.QUOTE
            and i >= _HEAD
            and width > _FAR * usual
            and i + 1 < len(lines)
            and _goes_on(lines[i : i + 2])
        ):
            return False
    return True


def _goes_on(lines: Sequence[tuple[int, End, bool]]) -> bool:
    """Whether the second line can be what follows a full line of wrapped text: no blank line stands above it, and it is
    no longer, and as long where no sentence ends with it."""
    (width, _, _), (below, end, gap) = lines
    return not gap and (below <= width + _HANGS if end >= End.QUOTE else abs(below - width) <= _HANGS)


_HANGS: Final = 2  # half-width units, by which a mark may hang out of its column
_HEAD: Final = 3  # lines of the page's head, which are no text


def block_heads(widths: Sequence[int], ends: Sequence[End], gaps: Sequence[bool]) -> frozenset[int]:
    """The places of the lines that stand below a blank one, where a text has ended, and above the first line that ends
    a sentence and is wider than each of them. `gaps`: whether a blank line stands above each."""
    found: set[int] = set()
    head: list[int] | None = []
    for i, (width, end, gap) in enumerate(zip(widths, ends, gaps, strict=False)):
        if gap or not i:
            head = [] if i and ends[i - 1] >= End.BRACKET else None
        if head is None:
            continue
        if end < End.COLON and len(head) < _MOST:
            head.append(i)
            continue
        if end is End.COLON and head:  # 编辑同志：
            continue
        if head and end is End.STOP and width > max(widths[n] for n in head):
            found.update(head)
        head = None
    return frozenset(found)
