"""How well each label can follow each: what a line's end, a blank line and the beginning of the next line tell.

What blank lines and short lines mean is learnt from the page itself (`Manner`). Scores are log-odds (`weights.py`).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final, NamedTuple

from jianbao.reading.lines.captions import is_credited
from jianbao.reading.lines.edges import Begin, End
from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.neighbours import fits
from jianbao.reading.lines.weights import W

NEVER: Final = -30.0
Matrix = list[list[float]]  # how well each label (column) follows each (row)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page is set, as log-odds learnt from the lines of it that are beyond doubt.

    `gap_at_break` and `gap_inside`: how much a blank line speaks for a paragraph's end, and how little it is to
    be expected inside a sentence (a column break). `start`: by how a line begins,
    how much that speaks for the beginning of a paragraph.
    """

    gap_at_break: tuple[float, float]
    gap_inside: tuple[float, float]
    start: tuple[float, float, float]
    indented: float  # how little an indented line is to be expected inside a paragraph, where paragraphs are indented
    parts: float  # how far blank lines can be expected around titles: 1, or less on a page that has none


def manner_of(seen: Sequence[Seen]) -> Manner:
    """The manner of a page, from lines that surely end a paragraph (a sentence ends well short of the column)
    and lines that surely do not (no sentence ends)."""
    starts, goes_on = [1.0, 1.5, 0.5], [60.0, 1.5, 0.5]
    gap_end, gap_in = [1.0, 1.0], [40.0, 2.0]
    for upper, lower in itertools.pairwise(seen):
        if upper.ends is End.STOP:
            if upper.before and upper.width <= upper.before - 5:
                starts[lower.begins] += 1
                gap_end[lower.gap] += 1
        elif upper.ends is End.OPEN and fits(upper.width, upper.before):
            goes_on[lower.begins] += 1
            gap_in[lower.gap] += 1
    of_starts, of_rest = sum(starts), sum(goes_on)
    indented = starts[2] > 2.0 * starts[1] + 3.0  # then a short line is no sign
    odds = [log(a / of_starts) - log(b / of_rest) for a, b in zip(starts, goes_on, strict=True)]
    return Manner(
        (log(gap_end[0] / sum(gap_end)), log(gap_end[1] / sum(gap_end))),
        (log(gap_in[0] / sum(gap_in)), log(gap_in[1] / sum(gap_in))),
        (max(-3.5, min(0.0, odds[0])), 0.0 if indented else max(0.0, min(4.0, odds[1])), max(0.0, min(4.0, odds[2]))),
        min(_SUREST, -log(goes_on[2] / of_rest)) * min(1.0, (starts[2] - 0.5) / _INDENTS),
        min(1.0, 0.1 + 60.0 * sum(s.gap for s in seen[2:]) / len(seen)),
    )


_SUREST: Final = 6.0  # log-odds that one page can teach
_INDENTS: Final = 3.0  # so many paragraphs show that they are indented


class Step(NamedTuple):
    """What is seen of two neighbouring lines that bears on what the lower one is."""

    ends: End  # of the upper line
    complete: int  # whether a caption that ends with the upper line has ended: 1 likely, 2 its picture is credited
    gap: bool  # of the lower line, as the rest
    gap_below: bool
    opens: int
    begins: Begin


def step_of(prev: Seen, cur: Seen) -> Step:
    """The step from one line to the next."""
    complete = 2 if is_credited(prev.text) else int(prev.ends is End.STOP)
    return Step(prev.ends, complete, cur.gap, cur.gap_below, cur.opens, cur.begins)


def transition(step: Step, manner: Manner) -> Matrix:
    """How well each label (column) follows each (row) between two lines, as log-probabilities against
    lines in the middle of a paragraph: what a paragraph's first line shows is added where one begins."""
    ends, complete, gap, gap_below, opens, begins = step
    starts = W.opens * opens if opens else manner.start[begins]
    if gap_below and 0.0 < starts < 6.0:
        starts *= 0.4  # a first line alone in its column is rare; a short title is not
    inside, at_break = manner.gap_inside[gap], manner.gap_at_break[gap]
    ended = _ENDED[ends]
    goes_on = inside + log(0.99 - W.go_on * ended) - (_OPENS_INSIDE if opens == 2 else 0.0)
    if begins is Begin.INDENTED:  # inside a paragraph no line is indented
        goes_on -= manner.indented
    new = at_break + (starts if ends > End.COLON else min(starts, 2.0)) + log(0.001 + W.new * ended)
    stay = max(goes_on, new)
    leave = log(0.0003 + W.title_after_end * ended)
    parted = 0.0 if gap else manner.parts
    end = log(0.01 + 0.9 * ended)
    body = [
        stay, leave + W.title_parted * parted, leave + W.byline_parted * parted, leave + W.caption_parted * parted,
        NEVER, end,
    ]  # fmt: skip
    title = [starts + W.title_body, W.title_title_gap if gap else W.title_title, W.title_byline, -2.5, NEVER, -1.0]
    byline = [
        starts + W.byline_body, W.byline_title, W.byline_byline_gap if gap else W.byline_byline, -3.0, NEVER, -1.0,
    ]  # fmt: skip
    follows = -8.0 if complete == 2 else W.goes_on_caption if not gap and not complete else -3.0
    caption = [(0.0 if complete else -2.0) + max(0.0, starts) * 0.3, -1.0, -1.0, -1.0, follows, 0.0]
    furniture = [min(0.0, starts), 0.0, 0.0, 0.0, NEVER, 0.0]
    return [body, title, byline, caption, caption, furniture]


_OPENS_INSIDE: Final = 5.0  # 本报讯 or （记者 …） at the head of a line in the middle of a sentence: hardly ever
_ENDED: Final = {End.STOP: 0.97, End.BRACKET: 0.5, End.COLON: 0.2, End.QUOTE: 0.12, End.OPEN: 0.0}
