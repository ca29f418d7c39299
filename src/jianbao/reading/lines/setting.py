"""How a page is set, as far as blanks and widths show it before anything is decided: columns, indents, lines set in
the middle or far to the right, text that was not wrapped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from jianbao.reading.lines.edges import End
from jianbao.reading.lines.unwrapped import block_heads, has_short_paragraphs, is_unwrapped
from jianbao.text import visual_width

_WINDOW: Final = 7
_NARROWEST: Final = 12  # half-width units; a narrower line tells nothing about its column


class Setting(NamedTuple):
    """Of a page's lines by their places: widths in half-width units (without the blanks before a line set in the
    middle); the usual widths of the lines above and below; the lines set in the middle; whether the text is unwrapped,
    and then the heads of its blocks."""

    widths: list[int]
    before: list[int]
    after: list[int]
    middle: frozenset[int]
    unwrapped: bool
    heads: frozenset[int]


def setting_of(texts: Sequence[str], ends: Sequence[End], gaps: Sequence[bool]) -> Setting:
    """The setting of lines that are not blank. `texts`: with the blanks before them; `ends`: as in `Seen`."""
    widths = [visual_width(text.rstrip()) for text in texts]
    before, after = usual_widths(widths)
    if (wide := is_unwrapped(widths, ends)) or has_short_paragraphs(widths, ends, gaps):
        widest = [max(widths)] * len(widths)  # there is no column but the whole page
        indents = sum(_lead(text) > 0 and bool(end) for text, end in zip(texts, ends, strict=False))
        if indents > 1 and not wide:  # which tell heads from text
            return Setting(widths, widest, widest, frozenset(), False, frozenset())
        return Setting(widths, widest, widest, frozenset(), True, block_heads(widths, ends, gaps))
    middle = _in_the_middle(texts, widths, [*map(max, before, after)])
    if middle:
        widths = [visual_width(text.strip()) if i in middle else widths[i] for i, text in enumerate(texts)]
        before, after = usual_widths(widths)
    return Setting(widths, before, after, middle, False, frozenset())


def is_right(text: str, width: int) -> bool:
    """Whether a short line is set far to the right. `width`: with the blanks before it."""
    return width - visual_width(text) >= max(_FAR_RIGHT, width / 2) and len(text) <= _LONGEST_SIGNATURE


_FAR_RIGHT: Final = 10  # half-width units
_LONGEST_SIGNATURE: Final = 24  # characters


def _in_the_middle(texts: Sequence[str], widths: Sequence[int], columns: Sequence[int]) -> frozenset[int]:
    """The lines with as much room before them as behind, and other than paragraphs have."""
    leads = [_lead(text) for text in texts]
    counts: dict[int, int] = {}
    for lead in leads:
        if 1 < lead <= _DEEPEST:
            counts[lead] = counts.get(lead, 0) + 1
    usual = max(counts, key=lambda lead: (counts[lead], -lead), default=0)
    if counts.get(usual, 0) < _INDENTS:
        usual = _TWO
    return frozenset(
        i
        for i, (lead, width, column) in enumerate(zip(leads, widths, columns, strict=True))
        if min(lead, column - width) > 1 and lead != usual and abs(lead - (column - width)) <= _ASKEW
    )


_DEEPEST: Final = 8  # half-width units, that a paragraph is indented
_TWO: Final = 4  # two characters, as most papers indent
_INDENTS: Final = 3
_ASKEW: Final = 2  # half-width units, by which one side is wider than the other


def _lead(text: str) -> int:
    """The width of the blanks before a line."""
    bare = text.lstrip()
    return visual_width(text[: len(text) - len(bare)]) if len(bare) < len(text) else 0


def usual_widths(widths: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each line the commonest width among the lines above it (itself not) and among those below."""
    above = _running_mode(widths)
    below = _running_mode(widths[::-1])[::-1]
    return above, below


def _running_mode(widths: Sequence[int]) -> list[int]:
    modes: list[int] = []
    window: dict[int, int] = {}
    mode = 0
    for i, width in enumerate(widths):
        modes.append(mode)
        if width >= _NARROWEST:
            window[width] = window.get(width, 0) + 1
        if i >= _WINDOW and (old := widths[i - _WINDOW]) >= _NARROWEST:
            window[old] -= 1
            if not window[old]:
                del window[old]
        if width != mode:  # one more of the commonest leaves it the commonest
            most = 0.0
            mode = 0
            for w, count in window.items():
                score = count + 0.5 * window.get(w - 1, 0)
                if score > most or (score == most and w < mode):
                    most, mode = score, w
    return modes
