"""What each line is: body, title, byline, caption or furniture, decided for all lines of a page at once.

Each line is scored for each label by what it looks like, each pair of neighbours by whether the one can follow the
other (`scores.py`), and the best sequence is found by the Viterbi algorithm.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from math import inf
from typing import Final

from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.scores import Label, emission
from jianbao.reading.lines.steps import NEVER, Manner, Matrix, Step, manner_of, step_of, transition


def label_lines(seen: Sequence[Seen], furniture: frozenset[int] = frozenset()) -> tuple[list[Label], list[float]]:
    """The likeliest sequence of labels, and for each line how far the next best label of that line lies behind.

    `furniture` are places (in `seen`) that are known to be furniture.
    """
    if not seen:
        return [], []
    scores = [emission(seen, i, furniture) for i in range(len(seen))]
    steps = _steps(seen, manner_of(seen))
    possible = _possible(scores)
    best = scores[0][:]
    best[Label.BODY] -= 0.0 if seen[0].begins or seen[0].opens else 1.5
    back: list[list[int]] = []
    olds = possible[0]
    for step, score, labels in zip(steps, scores[1:], possible[1:], strict=True):
        row, came = [-inf] * _COUNT, [0] * _COUNT
        for label in labels:
            value = -inf
            for old in olds:
                other = best[old] + step[old][label]
                if other > value:
                    came[label], value = old, other
            row[label] = value + score[label]
        best, olds = row, labels
        back.append(came)
    best[Label.BODY] -= 4.0 * (1.0 - seen[-1].ends)
    label = max(olds, key=best.__getitem__)
    path = [label]
    for came in reversed(back):
        label = came[label]
        path.append(label)
    path.reverse()
    return [_LABELS[x] for x in path], _margins(scores, steps, possible, path)


_LABELS: Final = tuple(Label)
_COUNT: Final = len(_LABELS)
_BODY_TITLE: Final = (int(Label.BODY), int(Label.TITLE))
_FURNITURE: Final = (int(Label.FURNITURE),)


def _possible(scores: list[list[float]]) -> list[tuple[int, ...]]:
    """The labels that each line may have: what is known to be furniture is nothing else, only what reads as a
    signature signs, and only a caption goes on as one."""
    found: list[tuple[int, ...]] = []
    labels: tuple[int, ...] = ()
    for score in scores:
        if score[Label.FURNITURE] > NEVER:
            labels = _FURNITURE
        else:
            more = Label.CAPTION in labels or Label.MORE in labels
            labels = _BODY_TITLE
            if score[Label.BYLINE] > NEVER:
                labels += (int(Label.BYLINE),)
            if score[Label.CAPTION] > NEVER:
                labels += (int(Label.CAPTION),)
            if more:
                labels += (int(Label.MORE),)
        found.append(labels)
    return found


def _steps(seen: Sequence[Seen], manner: Manner) -> list[Matrix]:
    """The transitions between each two neighbours; the few ways in which these differ are weighed once."""
    known: dict[Step, Matrix] = {}
    steps = []
    for prev, cur in itertools.pairwise(seen):
        step = step_of(prev, cur)
        matrix = known.get(step)
        if matrix is None:
            matrix = known[step] = transition(step, manner)
        steps.append(matrix)
    return steps


def _margins(
    scores: list[list[float]], steps: list[Matrix], possible: list[tuple[int, ...]], path: list[int]
) -> list[float]:
    """For each line: its label's score in place, less the best other label's in the same place."""
    margins = []
    last = len(path) - 1
    for i, label in enumerate(path):
        score = scores[i]
        above = steps[i - 1][path[i - 1]] if i else _NOTHING
        next_, below = (path[i + 1], steps[i]) if i < last else (0, _NO_STEP)
        own, rest = 0.0, -inf
        for other in possible[i]:
            total = score[other] + above[other] + below[other][next_]
            if other == label:
                own = total
            elif total > rest:
                rest = total
        margins.append(own - rest)
    return margins


_NOTHING: Final = [0.0] * len(Label)
_NO_STEP: Final = [_NOTHING] * len(Label)
