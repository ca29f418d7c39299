"""Where one paragraph of a wrapped text ends and the next begins.

Every pair of neighbouring lines is weighed by the log-odds of four kinds of evidence: whether a sentence ends,
whether the line stops short of its column, whether the next begins two characters short (the indent is gone)
or indented, whether a blank line parts them. How much each is worth differs from page to page (blank lines
stand between paragraphs on one page and at column breaks on another), so the odds are learnt from the breaks of
the text itself that are beyond doubt, then applied to the rest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from jianbao.reading.lines import Seen
from jianbao.text import OPENERS, visual_width

_PRIOR: Final = math.log(0.5)  # of a break, given that a sentence ends with the line


class Pair(NamedTuple):
    """The evidence between one line and the next."""

    ended: float
    short: int  # half-width units the upper line lacks
    short_first: bool
    full_first: bool
    indent: bool
    gap: bool


def split(seen: Sequence[Seen], style: Style | None = None) -> list[list[Seen]]:
    """The paragraphs of one article's body, each as its lines."""
    if not seen:
        return []
    pairs = [_pair(seen, i) for i in range(len(seen) - 1)]
    style = style or learn(pairs)
    paragraphs = [[seen[0]]]
    for i, pair in enumerate(pairs):
        if log_odds(pair, style) > 0:
            paragraphs.append([])
        paragraphs[-1].append(seen[i + 1])
    return paragraphs


class Style(NamedTuple):
    """How this page sets paragraphs: the chance of each sign at a break, and within a paragraph."""

    short_first: tuple[float, float]
    indent: tuple[float, float]
    gap: tuple[float, float]


def _local(seen: Sequence[Seen], i: int, forward: bool) -> int:
    """The column's width around a line, seen from it upwards or downwards within the article."""
    lines = seen[i + 1 : i + 9] if forward else seen[max(0, i - 8) : i]
    lines = lines or (seen[max(0, i - 8) : i] if forward else seen[i + 1 : i + 9])
    counts: dict[int, int] = {}
    for s in lines:
        counts[s.width] = counts.get(s.width, 0) + 1
    return max(counts, key=lambda w: (counts[w] + 0.5 * counts.get(w - 1, 0), w)) if counts else 0


def _pair(seen: Sequence[Seen], i: int) -> Pair:
    upper, lower = seen[i], seen[i + 1]
    column = max(_local(seen, i, forward=False), min(_local(seen, i, forward=True), upper.width))
    below = _local(seen, i + 1, forward=True)
    lack = below - lower.width
    inner = visual_width(lower.text)
    return Pair(
        upper.ends,
        column - upper.width - _unwilling(upper.width, column, lower.text),
        3 <= lack <= 6 and (i + 2 == len(seen) or lower.ends != 1.0),
        -2 <= lack <= 1 and inner == lower.width,
        lower.indent,
        lower.gap,
    )


_WORD: Final = re.compile(r"[A-Za-z0-9.,%@/:_~-]+")


def _unwilling(width: int, column: int, following: str) -> int:
    """How much of a line's lack is owed to what follows: a number or Latin word that is not divided, an opening
    quote that may not end a line."""
    opened = len(following) - len(following.lstrip(OPENERS))
    word = _WORD.match(following, opened)
    size = 2 * opened + (len(word[0]) if word else 0 if not opened else 2)
    return max(0, column - width) if width + size > column else 0


def learn(pairs: Sequence[Pair]) -> Style:
    """The style of a text from its sure breaks (a sentence ends well short of the margin) and sure non-breaks
    (no sentence ends)."""
    breaks = [p for p in pairs if p.ended == 1.0 and p.short >= 5]
    inside = [p for p in pairs if p.ended < 0.3]

    def rate(sign: str, of: Sequence[Pair], expected: float, weight: float) -> float:
        return (sum(bool(getattr(p, sign)) for p in of) + expected * weight) / (len(of) + weight)

    return Style(
        (rate("short_first", breaks, 0.6, 2.0), rate("short_first", inside, 0.015, 40.0)),
        (rate("indent", breaks, 0.3, 1.0), rate("indent", inside, 0.003, 20.0)),
        (rate("gap", breaks, 0.5, 2.0), rate("gap", inside, 0.03, 30.0)),
    )


def log_odds(pair: Pair, style: Style) -> float:
    """The log-odds that a new paragraph begins with the lower line."""
    odds = _PRIOR
    odds += {1.0: 0.0, 0.6: -1.5, 0.5: -2.0, 0.45: -2.0}.get(pair.ended, -7.0)
    if pair.short >= 6:
        odds += 4.5
    elif pair.short >= 3:
        odds += 2.5
    elif pair.short >= 2:
        odds += 0.7
    for sign, (at_break, within) in zip((pair.short_first, pair.indent, pair.gap), style, strict=True):
        odds += math.log(at_break / within) if sign else math.log((1 - at_break) / (1 - within))
    return odds
