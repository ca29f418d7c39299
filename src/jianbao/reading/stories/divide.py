"""One decision for the whole page: which runs are one article, and whose each gap's titles and bylines are.

Every possible article (some neighbouring runs, with some groups of the gap above as its head and some of the gap
below as its tail) is an edge from one cut to another; the best division is the best path over all edges. The best
path through every other cut is known too, and what it lacks to the best one is the margin of each decision.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from jianbao.reading.lines.looks import Seen
from jianbao.reading.phrases.boxes import is_box_heading
from jianbao.reading.stories.layout import Gap, Group, Run
from jianbao.reading.stories.scores import (
    Fit,
    article_score,
    blanks_of,
    cut_score,
    first_subhead,
    go_on,
    join_score,
)
from jianbao.reading.titles.headlines import Rarity

_LONGEST: Final = 16  # runs that one article may be made of
_MORE_SUBHEADS: Final = 3.0  # a text whose first part has a subhead has others
_SET_ALIKE: Final = 5.0  # and more so what is set as that one; weighed by hand
_SERIES: Final = 6.0  # for each subhead that goes on as the one before
_HOPELESS: Final = -25.0  # a join worse than this is not tried

Cut = tuple[int, int]  # before run k; the first s groups of gap k go to the article above


@dataclass(slots=True)
class Story:
    """One article's lines, sorted by what they are. `body` holds its runs and, between them, titles that are
    subheads inside it. `above` and `below` are the margins of its first and last cut, `inside` of its joins."""

    titles: list[Seen]
    bylines: list[Seen]
    body: list[Run | Group]
    above: float = math.inf
    below: float = math.inf
    inside: float = math.inf
    overlap: float = 1.0  # what its title shares with its text

    def all_lines(self) -> Iterator[Seen]:
        """Every line of the article."""
        yield from self.titles
        yield from self.bylines
        for part in self.body:
            yield from part.lines


class Division(NamedTuple):
    """A page's articles, and how good they are together."""

    stories: list[Story]
    score: float


class _Edge(NamedTuple):
    start: Cut
    end: Cut
    score: float
    overlap: float


def divide(runs: Sequence[Run], gaps: Sequence[Gap]) -> Division:
    """The division of runs and gaps into articles that is best for the whole page."""
    if not runs:
        return Division([], 0.0)
    edges = _edges(runs, gaps)
    last = (len(runs), len(gaps[-1].groups))
    forward, came = _best_paths(edges, (0, 0))
    backward, _ = _best_paths([_Edge(e.end, e.start, e.score, 0.0) for e in reversed(edges)], last)
    best = forward[last]
    through: dict[int, dict[int, float]] = {}
    over: dict[int, float] = {}
    for cut, score in forward.items():
        if cut in backward:
            through.setdefault(cut[0], {})[cut[1]] = score + backward[cut]
    for edge in edges:
        if edge.start in forward and edge.end in backward:
            total = forward[edge.start] + edge.score + backward[edge.end]
            for k in range(edge.start[0] + 1, edge.end[0]):
                over[k] = max(over.get(k, -math.inf), total)

    def margin(cut: Cut) -> float:
        others = [score for s, score in through[cut[0]].items() if s != cut[1]]
        return best - max([*others, over.get(cut[0], -math.inf)], default=-math.inf)

    stories: list[Story] = []
    cut = last
    while cut != (0, 0):
        edge = came[cut]
        head = gaps[edge.start[0]].groups[edge.start[1] :]
        first = first_subhead(head)
        groups = [*head[:first], *gaps[cut[0]].groups[: cut[1]]]
        body: list[Run | Group] = [*head[first:], runs[edge.start[0]]]
        for k in range(edge.start[0] + 1, cut[0]):
            body += [*gaps[k].groups, runs[k]]
        inner = [best - max(through.get(k, {}).values(), default=-math.inf) for k in range(edge.start[0] + 1, cut[0])]
        stories.append(
            Story(
                [s for g in groups if g.kind == "title" for s in g.lines] or _title_over_box(body),
                [s for g in groups if g.kind == "byline" for s in g.lines],
                body,
                margin(edge.start) if edge.start[0] else math.inf,
                margin(cut) if cut[0] < len(runs) else math.inf,
                min(inner, default=math.inf),
                edge.overlap,
            )
        )
        cut = edge.start
    return Division(stories[::-1], best)


def _title_over_box(body: list[Run | Group]) -> list[Seen]:
    """Takes the headline out of a body that has none above or below: the one below the text, but above a box."""
    for i, (part, below) in enumerate(itertools.pairwise(body)):
        if isinstance(part, Group) and isinstance(below, Group) and is_box_heading(below.lines[0].text):
            del body[i]
            return part.lines
    return []


def _best_paths(edges: Sequence[_Edge], start: Cut) -> tuple[dict[Cut, float], dict[Cut, _Edge]]:
    """The best score from a cut to every other, and the last edge on the way; edges in order of their start."""
    best: dict[Cut, float] = {start: 0.0}
    came: dict[Cut, _Edge] = {}
    for edge in edges:
        if edge.start in best:
            score = best[edge.start] + edge.score
            if score > best.get(edge.end, -math.inf):
                best[edge.end], came[edge.end] = score, edge
    return best, came


def _one_more(first: Group, gap: Gap) -> float:
    """What it tells for the title in a gap being a subhead that a text's first part has one."""
    if len(gap.groups) != 1:
        return 0.0
    one = gap.groups[0]
    alike = len(one.lines) == len(first.lines) == 1 and (one.gap_above, one.gap_below) == (
        first.gap_above,
        first.gap_below,
    )
    return _MORE_SUBHEADS + (_SET_ALIKE if alike and first.gap_above else 0.0)


def _edges(runs: Sequence[Run], gaps: Sequence[Gap]) -> list[_Edge]:
    """Every article that the page allows, ordered by where it begins and ends."""
    n = len(runs)
    rarity = Rarity(run.grams for run in runs)
    fit = Fit(runs, rarity)
    blanks = blanks_of(runs, gaps)
    joins = [0.0, *(join_score(runs[k - 1], runs[k], gaps[k], rarity, blanks) for k in range(1, n))]
    edges: list[_Edge] = []
    for i in range(n):
        joined = 0.0
        for k in range(i + 1, min(n, i + _LONGEST) + 1):
            if k > i + 1:
                joined += joins[k - 1] + (_SERIES if k > i + 2 and go_on(gaps[k - 2], gaps[k - 1]) else 0.0)
                if joined < _HOPELESS:
                    break
            near = {id(g): fit.of(g, i, k) for g in (*gaps[i].groups, *gaps[k].groups) if g.kind == "title"}
            for taken in range(len(gaps[i].groups) + 1) if i else (0,):
                head = gaps[i].groups[taken:]
                for given in range(len(gaps[k].groups) + 1) if k < n else (len(gaps[n].groups),):
                    tail = gaps[k].groups[:given]
                    score = (
                        joined + article_score(runs[i:k], head, tail, near, blanks) + cut_score(gaps[k].groups, given)
                    )
                    if first_subhead(head) < len(head):
                        score += sum(_one_more(head[-1], gap) for gap in gaps[i + 1 : k])
                    shared = max((near[id(g)][0] for g in (*head, *tail) if g.kind == "title"), default=0.0)
                    edges.append(_Edge((i, taken), (k, given), score, shared))
    return edges
