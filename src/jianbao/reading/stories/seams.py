"""Seams: places where two articles may meet with neither title nor byline between them.

An article with its title below it may be followed on the page by nothing that tells: the next article's text stands
directly under the text of one whose title is above it. Read as one article, such a text bears two titles, one at
each end, or its neighbour bears one too many. Where that is so, the best place to part it is sought: after a
paragraph, the upper title's words above, the lower one's below, perhaps with another width of column. `divide` then
decides whether it is parted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from jianbao.reading.lines.edges import End
from jianbao.reading.lines.looks import Seen
from jianbao.reading.stories.divide import Story
from jianbao.reading.stories.layout import Gap, Run, look
from jianbao.reading.titles.headlines import pieces
from jianbao.text import join_all

_LEAD = 60  # characters of a text's beginning, which a headline most often repeats
_NEAR = 8  # lines that tell how wide a column is
_LEAST = 3  # lines of the shortest article

Seam = tuple[Run, int]  # the line of the run with which another article may begin


def find_seams(runs: Sequence[Run], gaps: Sequence[Gap], stories: Sequence[Story]) -> list[Seam]:
    """The best place to part each article that has a title at both ends, or has one at one end and could have had
    one at the other that went, as one too many, to its neighbour."""
    place = {id(run): i for i, run in enumerate(runs)}
    found = []
    for story in stories:
        own = {s.line.number for s in story.titles}
        first = next(part for part in story.body if isinstance(part, Run))
        above = _titles(gaps[place[id(first)]], own, -1)
        below = _titles(gaps[place[id(story.body[-1])] + 1], own, 0)
        if above and below and own and (seam := _best(story, above, below)):
            found.append(seam)
    return found


def _titles(gap: Gap, own: set[int], nearest: int) -> list[Seen]:
    """The lines of the titles in a gap that are an article's own, or else the nearest of several."""
    titles = [group.lines for group in gap.groups if group.kind == "title"]
    mine = [lines for lines in titles if lines[0].line.number in own]
    if not mine and len(titles) > 1:
        mine = [titles[nearest]]
    return [s for lines in mine for s in lines]


def reopen(runs: Sequence[Run], gaps: Sequence[Gap], seams: Sequence[Seam]) -> tuple[list[Run], list[Gap]]:
    """Runs and gaps with these runs parted, nothing standing in the new gaps."""
    places = {id(run): place for run, place in seams}
    parted: list[Run] = []
    between: list[Gap] = [gaps[0]]
    for run, gap in zip(runs, gaps[1:], strict=True):
        place = places.get(id(run))
        if place:
            upper, lower = Run(run.lines[:place]), Run(run.lines[place:])
            look(upper)
            look(lower)
            parted += [upper, lower]
            between += [Gap(), gap]
        else:
            parted.append(run)
            between.append(gap)
    return parted, between


def _best(story: Story, above: Sequence[Seen], below: Sequence[Seen]) -> Seam | None:
    """The place where the two titles' words part best, if there is any."""
    upper, lower = ({p for p in pieces(join_all(s.text for s in title)) if len(p) == 2} for title in (above, below))
    runs = [part for part in story.body if isinstance(part, Run)]
    text = "".join(s.text for run in runs for s in run.lines)
    places = [(piece, text.find(piece), text.rfind(piece)) for title in (upper, lower) for piece in title]
    if not upper or not lower:
        return None

    def parted(at: int) -> float:
        """How much more of each title stands on its own side of this place than on the other."""
        score = 0.0
        for place, (_, first, last) in enumerate(places):
            if first >= 0:
                side = (first < at) - (last >= at)
                score += side / len(upper) if place < len(upper) else -side / len(lower)
        lead = text[at : at + _LEAD]
        return score + sum(piece in lead for piece in lower) / len(lower)

    best, most = None, -math.inf
    start = 0
    for run in runs:
        breaks = set(_breaks(run.lines))
        for i, line in enumerate(run.lines):
            if i in breaks:
                wider = abs(_width(run.lines[max(0, i - _NEAR) : i]) - _width(run.lines[i : i + _NEAR]))
                score = parted(start) + 0.15 * min(4, wider)
                if score > most:
                    best, most = (run, i), score
            start += len(line.text)
    return best


def _breaks(lines: Sequence[Seen]) -> list[int]:
    """The lines that may begin an article's text: those after a sentence's end, above and below them enough lines,
    that begin a paragraph by their looks."""
    return [
        i
        for i in range(_LEAST, len(lines) - _LEAST + 1)
        if lines[i - 1].ends >= End.BRACKET and (lines[i].gap or lines[i].begins or lines[i].opens or _short(lines, i))
    ]


def _short(lines: Sequence[Seen], i: int) -> bool:
    """Whether the line above stops short of its column."""
    return lines[i - 1].width < _width(lines[i - _LEAST : i]) - 3


def _width(lines: Sequence[Seen]) -> int:
    """The commonest width of these lines."""
    widths = [s.width for s in lines]
    return max(widths, key=lambda w: (widths.count(w), w))
