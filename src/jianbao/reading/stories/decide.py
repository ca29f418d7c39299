"""Lines and articles decided together: a line is looked at again where the articles want a title.

`lines` labels each line by its looks and its neighbours', and does not know that an article has a title. Where one
has none, or body text was so labelled by a thin margin, these lines are tried as a title: what they lose as labels
is set against what the division into articles gains by it (both are log-odds). Weighed on pages of the benchmark.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from jianbao.reading.lines.edges import Begin, End
from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.scores import Label, emission
from jianbao.reading.lines.steps import Manner, manner_of, step_of, transition
from jianbao.reading.stories.divide import Division, divide
from jianbao.reading.stories.layout import Run, runs_and_gaps
from jianbao.reading.stories.seams import find_seams, reopen

_THIN: Final = 2.0  # body text of a margin below this is tried as a title
_FAR: Final = -6.0  # what as a label loses more is not tried
_MOST: Final = 6  # titles tried on one page
_GAIN: Final = 2.0  # what a title must bring
_LONGEST: Final = 3000  # lines; each title tried divides the page anew, and no newspaper's page is longer
_NO_TITLE: Final = "（(，。、；：！？）】》”’"  # no title begins so

Block = tuple[int, int]  # the first line and the last


class Decision(NamedTuple):
    """The labels with their margins, the captions' lines, and the articles."""

    labels: list[Label]
    margins: list[float]
    captions: list[list[Seen]]
    division: Division


def decide(seen: Sequence[Seen], labels: Sequence[Label], margins: Sequence[float]) -> Decision:
    """The articles, after second thoughts about labels."""
    best = _with(seen, labels, margins)
    for loss, (first, last) in _tries(seen, best)[:_MOST] if len(seen) <= _LONGEST else ():
        if Label.TITLE in best.labels[first : last + 1]:
            continue
        trial = list(best.labels)
        trial[first : last + 1] = [Label.TITLE] * (last + 1 - first)
        other = _with(seen, trial, best.margins)
        gain = other.division.score + loss - best.division.score - _GAIN
        if gain > 0.0:
            other.margins[first : last + 1] = [gain / 4.0] * (last + 1 - first)
            best = other
    return best


def _with(seen: Sequence[Seen], labels: Sequence[Label], margins: Sequence[float]) -> Decision:
    """The articles that these labels give."""
    runs, gaps, captions = runs_and_gaps(seen, labels)
    division = divide(runs, gaps)
    if seams := find_seams(runs, gaps, division.stories):
        division = divide(*reopen(runs, gaps, seams))
    return Decision(list(labels), list(margins), captions, division)


def _tries(seen: Sequence[Seen], decision: Decision) -> list[tuple[float, Block]]:
    """The lines worth trying as titles with what they lose as labels, the least loss first."""
    blocks: set[Block] = set()
    for i, (label, margin) in enumerate(zip(decision.labels, decision.margins, strict=True)):
        if margin < _THIN and label is Label.BODY:
            blocks.update(((i, i), (i - 1, i), (i, i + 1)))
    untitled = [story for story in decision.division.stories if not story.titles]
    place = {s.line.number: i for i, s in enumerate(seen)}
    for story in decision.division.stories:
        for upper, lower in itertools.pairwise(story.body):
            if isinstance(upper, Run) and isinstance(lower, Run):
                first = place[lower.lines[0].line.number]
                blocks.update(((first, first), (first, first + 1)))
    for story in untitled:
        first, last = place[story.body[0].lines[0].line.number], place[story.body[-1].lines[-1].line.number]
        blocks.update(((first, first), (first, first + 1), (last, last), (last - 1, last)))
    blocks = {block for block in blocks if _may_be_title(seen, decision.labels, *block)}
    if not blocks:
        return []
    lines = [
        s if s.begins <= Begin.INDENTED else s._replace(begins=Begin.PLAIN) for s in seen
    ]  # verses (verses.py) begin in their own way
    manner = manner_of(lines)
    furniture = {i for i, label in enumerate(decision.labels) if label is Label.FURNITURE}
    tries = [(_loss(lines, decision.labels, block, manner, furniture), block) for block in blocks]
    return sorted((one for one in tries if one[0] > _FAR), reverse=True)


def _may_be_title(seen: Sequence[Seen], labels: Sequence[Label], first: int, last: int) -> bool:
    """Whether these lines are body text now, and as a title would not stand in the middle of a sentence."""
    if first < 0 or last >= len(seen):
        return False
    for s, label in zip(seen[first : last + 1], labels[first : last + 1], strict=True):
        if label is not Label.BODY or s.signature or s.text[0] in _NO_TITLE or s.text[-1] in "。，、；":
            return False
    if first and labels[first - 1] is Label.BODY and seen[first - 1].ends < End.QUOTE:
        return False
    if last + 1 == len(seen) or labels[last + 1] is not Label.BODY:
        return True
    return bool(seen[last + 1].begins or seen[last + 1].opens)


def _loss(seen: Sequence[Seen], labels: Sequence[Label], block: Block, manner: Manner, furniture: Set[int]) -> float:
    """What labels lose by themselves (below 0) if these lines are a title."""
    first, last = block
    own = list(labels[first : last + 1])
    score = 0.0
    for sign, path in ((1.0, [Label.TITLE] * len(own)), (-1.0, own)):
        for i, label in enumerate(path, first):
            score += sign * emission(seen, i, furniture)[label]
        around = [*labels[max(0, first - 1) : first], *path, *labels[last + 1 : last + 2]]
        for i, (upper, lower) in enumerate(itertools.pairwise(around), max(1, first)):
            score += sign * transition(step_of(seen[i - 1], seen[i]), manner)[upper][lower]
    return score + (4.0 * (1.0 - seen[-1].ends) if last + 1 == len(seen) else 0.0)
