"""Runs of body text, the gaps between them, and the best division of all of them into articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from jianbao.reading import bylines as signing
from jianbao.reading.headlines import Rarity, pieces
from jianbao.reading.lines import Label, Seen
from jianbao.text import join, straighten, visual_width


@dataclass(slots=True)
class Group:
    """Neighbouring lines of one kind in a gap: a title's lines, or a byline's. `gap_above` and `gap_below` tell
    whether blank lines part it from what stands there."""

    kind: Literal["title", "byline"]
    lines: list[Seen]
    gap_above: bool = True
    gap_below: bool = True
    grams: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Run:
    """Body lines without title or byline between them."""

    lines: list[Seen]
    opens: float = 0.0  # 1 begins as only an article begins, .5 perhaps
    closes: bool = False  # ends as only an article ends
    signed: bool = False  # carries a signature of its own
    column: int = 0
    grams: set[str] = field(default_factory=set)
    lead: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Gap:
    """What stands between two runs."""

    groups: list[Group] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """One article's lines, sorted by what they are."""

    runs: list[Run]
    titles: list[Seen]
    bylines: list[Seen]
    inner: list[Seen] = field(default_factory=list)
    margin: float = 1.0

    def all_lines(self) -> Iterator[Seen]:
        """Every line of the article."""
        yield from self.titles
        yield from self.bylines
        yield from self.inner
        for run in self.runs:
            yield from run.lines


def runs_and_gaps(seen: Sequence[Seen], labels: Sequence[Label]) -> tuple[list[Run], list[Gap], list[list[Seen]]]:
    """Runs, the gaps before, between and after them (one more than runs), and the captions."""
    runs: list[Run] = []
    gaps: list[Gap] = [Gap()]
    captions: list[list[Seen]] = []
    fresh = True  # whether the next body line begins a run
    last: Seen | None = None
    for s, label in zip(seen, labels, strict=True):
        if label is Label.FURNITURE:
            continue
        if label is Label.CAPTION:
            captions.append([s])
            continue
        if label is Label.MORE and captions:
            captions[-1].append(s)
            continue
        if label is Label.BODY or label is Label.MORE:
            if not fresh and _parts(runs[-1], s):
                gaps.append(Gap())
                fresh = True
            if fresh:
                if len(gaps) == len(runs):
                    gaps.append(Gap())
                runs.append(Run([]))
                fresh = False
            runs[-1].lines.append(s)
            last = None
            continue
        kind: Literal["title", "byline"] = "title" if label is Label.TITLE else "byline"
        if not fresh:
            gaps.append(Gap())
            fresh = True
        groups = gaps[-1].groups
        if groups and groups[-1].kind == kind and last is not None and (not s.gap or kind == "byline"):
            groups[-1].lines.append(s)
            groups[-1].gap_below = s.gap_below
        else:
            groups.append(Group(kind, [s], s.gap, s.gap_below))
        last = s
    if len(gaps) == len(runs):
        gaps.append(Gap())
    for run in runs:
        _look(run)
    for gap in gaps:
        for group in gap.groups:
            group.grams = pieces(" ".join(s.text for s in group.lines)) if group.kind == "title" else set()
    return runs, gaps, captions


def _parts(run: Run, s: Seen) -> bool:
    """Whether a body line begins another article than the line above it, as far as these two tell."""
    upper = run.lines[-1]
    if upper.ends < 0.6:
        return False
    if s.text[0] in "（(" and s.text[-1] in "）)":
        return False
    if s.opens == 2:
        return True
    if upper.ends == 1.0 and s.gap and abs(s.before - s.after) >= 4 and s.before and s.after:
        return True  # another column's width: perhaps another article
    return _closing(run.lines)


def _closing(lines: Sequence[Seen]) -> bool:
    """Whether these lines end with a signature in brackets."""
    if not lines[-1].text.endswith(("）", ")")):
        return False
    tail = ""
    for s in lines[-3:]:
        tail = join(tail, s.text)
    found = signing.read_closing(straighten(tail))
    return found is not None and found.signature.margin > 0.2


def _look(run: Run) -> None:
    """Fills in what a run shows as a whole."""
    text = ""
    for s in run.lines:
        text = join(text, s.text)
    first = run.lines[0]
    head = straighten(text[:200])
    opening = signing.read_opening(head)
    run.opens = 1.0 if opening else first.opens / 2
    run.closes = _closing(run.lines)
    run.signed = run.closes or opening is not None
    widths: dict[int, int] = {}
    for s in run.lines:
        widths[s.width] = widths.get(s.width, 0) + 1
    run.column = max(widths, key=lambda w: (widths[w], w))
    run.grams = pieces(text)
    run.lead = pieces(text[:120])


_NONE: Final = -1e9
_LONGEST: Final = 16  # runs that one article may be made of


def divide(runs: Sequence[Run], gaps: Sequence[Gap]) -> list[Story]:
    """The division of runs and gaps into articles that is best for the whole page."""
    if not runs:
        return []
    n = len(runs)
    rarity = Rarity(run.grams for run in runs)
    joins = [0.0, *(_join_score(runs[k - 1], runs[k], gaps[k], rarity) for k in range(1, n))]
    # best[k][s]: runs before k are divided, and of gap k the first s groups went to the article above.
    best: list[list[tuple[float, int, int]]] = [[(_NONE, 0, 0)] * (len(gap.groups) + 1) for gap in gaps]
    best[0] = [(0.0, 0, 0)] + [(_NONE, 0, 0)] * len(gaps[0].groups)
    for k in range(1, n + 1):
        for i in range(k - 1, max(-1, k - 1 - _LONGEST), -1):
            joined = sum(joins[i + 1 : k])
            if joined < -25:
                break
            grams = set().union(*(run.grams for run in runs[i:k])) if k - i > 1 else runs[i].grams
            overlaps = {id(g): rarity.overlap(g.grams, grams) for gap in (gaps[i], gaps[k]) for g in gap.groups}
            leads = {id(g): rarity.overlap(g.grams, runs[i].lead) for gap in (gaps[i], gaps[k]) for g in gap.groups}
            for taken, (before, _, _) in enumerate(best[i]):
                if before <= _NONE / 2:
                    continue
                for given in range(len(gaps[k].groups) + 1):
                    if k == n and given < len(gaps[k].groups):
                        continue
                    head, tail = gaps[i].groups[taken:], gaps[k].groups[:given]
                    score = before + joined + _article_score(runs[i:k], head, tail, overlaps, leads)
                    score += _cut_score(gaps[k].groups, given)
                    if score > best[k][given][0]:
                        best[k][given] = (score, i, taken)
    stories: list[Story] = []
    k, given = n, len(gaps[n].groups)
    while k > 0:
        _, i, taken = best[k][given]
        head, tail = gaps[i].groups[taken:], gaps[k].groups[:given]
        groups = [*head, *tail]
        inner = [s for gap in gaps[i + 1 : k] for group in gap.groups for s in group.lines]
        stories.append(
            Story(
                list(runs[i:k]),
                [s for g in groups if g.kind == "title" for s in g.lines],
                [s for g in groups if g.kind == "byline" for s in g.lines],
                inner,
            )
        )
        k, given = i, taken
    return stories[::-1]


def _cut_score(groups: Sequence[Group], given: int) -> float:
    """The cost of parting a gap's groups here: those set close together belong together."""
    if 0 < given < len(groups) and not groups[given].gap_above:
        return -4.0
    return 0.0


def _article_score(
    runs: Sequence[Run],
    head: Sequence[Group],
    tail: Sequence[Group],
    overlaps: dict[int, float],
    leads: dict[int, float],
) -> float:
    """How good these groups above and below are as one article's title and byline."""
    score = 0.0
    titles_above = [g for g in head if g.kind == "title"]
    titles_below = [g for g in tail if g.kind == "title"]
    signed_above = sum(g.kind == "byline" for g in head)
    signed_below = sum(g.kind == "byline" for g in tail)
    if titles_above and titles_below:
        score -= 5.0
    elif not titles_above and not titles_below:
        score -= 3.0
    score -= 2.5 * max(0, len(titles_above) - 1) + 2.5 * max(0, len(titles_below) - 1)
    for group in (*titles_above, *titles_below):
        score += 7.0 * overlaps[id(group)] + 2.0 * leads[id(group)] - 1.0
    own = any(run.signed for run in runs)
    signatures = signed_above + signed_below + own
    score -= 1.0 if not signatures else 1.5 * (signatures - 1)
    score -= 2.0 * signed_below + (2.5 if signed_above and head[-1].kind == "title" else 0.0)
    if titles_below and not tail[-1].gap_below and tail[-1].kind == "title":
        score -= 2.0
    if titles_above and not head[0].gap_above and head[0].kind == "title":
        score -= 1.0
    return score


_NUMBERED: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑩]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]|[▍▌■◆●★▶►])"
)


def _join_score(above: Run, below: Run, gap: Gap, rarity: Rarity) -> float:
    """How well two runs look as parts of one article, the gap's titles being subheads inside it."""
    score = -1.0 if gap.groups else 2.0
    score -= 8.0 * below.opens
    if above.closes:
        score -= 6.0
    if abs(above.column - below.column) > 2:
        score -= 3.0
    score += 3.0 * rarity.overlap(below.grams, above.grams) * 2
    if not gap.groups:
        return score
    for group in gap.groups:
        if group.kind == "byline":
            return score - 10.0
        width = visual_width(group.lines[0].text)
        score -= 3.0 * (len(group.lines) - 1)
        score -= 2.5 if width > below.column else 0.0
        score += 3.0 if _NUMBERED.match(group.lines[0].text) else 0.0
    return score - 1.5 * (len(gap.groups) - 1)
