"""Runs of body text and, in the gaps between them, titles and bylines: the pieces a page is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from jianbao.reading.lines.captions import goes_on
from jianbao.reading.lines.edges import Begin, End
from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.scores import Label
from jianbao.reading.phrases.boxes import is_source_line
from jianbao.reading.signatures import in_text
from jianbao.reading.signatures.patterns import EXCERPT
from jianbao.reading.titles.headlines import pieces
from jianbao.text import join_all, straighten


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
    lead: str = ""  # how its text begins, where a title is most often repeated


@dataclass(slots=True)
class Gap:
    """What stands between two runs."""

    groups: list[Group] = field(default_factory=list)


def runs_and_gaps(seen: Sequence[Seen], labels: Sequence[Label]) -> tuple[list[Run], list[Gap], list[list[Seen]]]:
    """Runs, the gaps before, between and after them (one more than runs), and the captions."""
    runs: list[Run] = []
    gaps: list[Gap] = [Gap()]
    captions: list[list[Seen]] = []
    fresh = True  # whether the next body line begins a run
    last: Seen | None = None
    before: Seen | None = None  # the caption's line last seen
    for s, label in zip(seen, labels, strict=True):
        if label is Label.FURNITURE:
            continue
        if label is Label.CAPTION:
            if captions and not s.gap and captions[-1][-1] is before and goes_on(before.text, s.text):
                captions[-1].append(s)
            else:
                captions.append([s])
            before = s
            continue
        if label is Label.MORE and captions:
            captions[-1].append(s)
            before = s
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
        if CHAPTER.match(s.text):  # it heads a part, whatever stands right above it
            groups.append(Group(kind, [s], s.gap, s.gap_below))
        elif groups and groups[-1].kind == kind and last is not None and (not s.gap or kind == "byline"):
            groups[-1].lines.append(s)
            groups[-1].gap_below = s.gap_below
        else:
            groups.append(Group(kind, [s], s.gap, s.gap_below))
        last = s
    if len(gaps) == len(runs):
        gaps.append(Gap())
    for run in runs:
        look(run)
    for gap in gaps:
        for group in gap.groups:
            group.grams = pieces(" ".join(s.text for s in group.lines)) if group.kind == "title" else set()
    return runs, gaps, captions


CHAPTER: Final = re.compile(r"第[一二三四五六七八九十]{1,3}[章节編编][ \u3000]")


def _parts(run: Run, s: Seen) -> bool:
    """Whether a body line begins another article than the line above it, as far as these two tell."""
    upper = run.lines[-1]
    if upper.ends < End.BRACKET:
        return False
    if (s.text[0] in "（(" and s.text[-1] in "）)") or s.text.startswith(("答：", "答:")):
        return False
    if s.text.startswith("问：") and any(line.text.startswith(("问：", "答：")) for line in run.lines):
        return False  # who answers signs each answer
    if s.opens == 2:
        return True
    if upper.begins is s.begins is Begin.VERSE:
        return False  # one poem, or poems of one poet
    if upper.ends is End.STOP and s.gap and abs(s.before - s.after) >= 4 and s.before and s.after:
        return True  # another column's width: perhaps another article
    return _closing(run.lines)


_ABOUT_AUTHOR: Final = re.compile(r"[（(]\s*(?:本文)?作者(?:单位|系|为|是|[：:])[^（）()。]{2,60}[）)]$")


def _closing(lines: Sequence[Seen]) -> bool:
    """Whether these lines end with a signature in brackets, after a text."""
    if not lines[-1].text.endswith(("）", ")")):
        return False
    text = join_all(s.text for s in lines[-3:])
    if _ABOUT_AUTHOR.search(text) or EXCERPT.search(text):
        return True
    found = in_text.read_closing(straighten(text))
    return found is not None and bool(found.text) and found.signature.margin > 0.2


def look(run: Run) -> None:
    """Fills in what a run shows as a whole."""
    text = join_all(s.text for s in run.lines)
    first = run.lines[0]
    head = straighten(text[:200])
    opening = in_text.read_opening(head)
    run.opens = 1.0 if opening else first.opens / 2
    run.closes = _closing(run.lines) or is_source_line(run.lines[-1].text)
    run.signed = run.closes or opening is not None
    widths: dict[int, int] = {}
    for s in run.lines:
        widths[s.width] = widths.get(s.width, 0) + 1
    run.column = max(widths, key=lambda w: (widths[w], w))
    if first.before == first.after > run.column:
        run.column = first.before
    run.grams = pieces(text)
    run.lead = text[:120]
