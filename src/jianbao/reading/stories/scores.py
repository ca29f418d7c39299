"""How good some runs are as one article, with these titles and bylines: the evidence that `divide.py` weighs.

A title fits a text by the telling words that they share, two runs fit together by theirs; signatures, openings, blank
lines, marks and numbers before subheads tell the rest. Scores are log-odds.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from jianbao.reading.phrases.boxes import is_box_heading, is_note, is_notice_title
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.reading.signatures.pen_names import WIDE
from jianbao.reading.stories.layout import CHAPTER, Gap, Group, Run
from jianbao.reading.titles.headlines import FIRST_PART, Rarity
from jianbao.reading.titles.kickers import CLOSED_KICKER, DASH, subhead_odds
from jianbao.text import is_ornament, visual_width


class Fit:
    """How much of a title's telling pieces the text of some runs has, weighed once for each title and run."""

    def __init__(self, runs: Sequence[Run], rarity: Rarity) -> None:
        self._runs, self._rarity = runs, rarity
        self._held: dict[tuple[int, int], set[str]] = {}
        self._leads: dict[tuple[int, int], float] = {}
        self._wholes: dict[int, float] = {}

    def of(self, title: Group, first: int, end: int) -> tuple[float, float]:
        """The share of the title's pieces in runs `first` to `end` (not included), and in the lead of the first."""
        whole = self._wholes.get(id(title))
        if whole is None:
            whole = self._wholes[id(title)] = self._rarity.whole(title.grams)
        if not whole:
            return 0.0, 0.0
        held = self._in(title, first)
        if end > first + 1:
            held = held.union(*(self._in(title, run) for run in range(first + 1, end)))
        place = id(title), first
        lead = self._leads.get(place)
        if lead is None:
            lead = self._leads[place] = self._rarity.whole(_in_lead(title, self._runs[first])) / whole
        return self._rarity.whole(held) / whole, lead

    def _in(self, title: Group, run: int) -> set[str]:
        place = id(title), run
        held = self._held.get(place)
        if held is None:
            held = self._held[place] = title.grams & self._runs[run].grams
        return held


def _in_lead(title: Group, run: Run) -> list[str]:
    """The title's pieces that the run's lead has."""
    return [piece for piece in title.grams if piece in run.lead]


def is_standing(text: str) -> bool:
    """Whether a title announces a notice, short news, the weather … so that it begins something of its own."""
    return is_notice_title(text) or is_standing_head(text)


def first_subhead(head: Sequence[Group]) -> int:
    """The place in a head of its first subhead: a title below who signs, where another stands above, or one that only a
    part has (第一章 总则); its length where there is none."""
    kinds = [group.kind for group in head]
    for n in range(1, len(head)):
        if kinds[n - 1] == kinds[n] == "title" and _PART.match(head[n].lines[0].text):
            return n
    return 2 if kinds == ["title", "byline", "title"] else len(kinds)


def go_on(upper: Gap, lower: Gap) -> bool:
    """Whether the titles of two gaps look like one subhead after the other: the same mark, 一、 and 二、."""
    if len(upper.groups) != 1 or len(lower.groups) != 1:
        return False
    one, other = upper.groups[0].lines[0].text, lower.groups[0].lines[0].text
    if one[0] == other[0] and not one[0].isalnum() and one[0] not in "“《":
        return bool(_NUMBERED.match(one))
    if (_PART.match(one) and _PART.match(other)) or (WIDE.fullmatch(one) and WIDE.fullmatch(other)):
        return True
    alike = upper.groups[0].gap_above == lower.groups[0].gap_above
    return alike and bool(_HEADED.match(one) and _HEADED.match(other))


_HEADED: Final = re.compile(r"[\u4e00-\u9fff]{2,4}[：:]")  # 治水：堵住三十八个排污口


def cut_score(groups: Sequence[Group], given: int) -> float:
    """The cost of parting a gap's groups here: those set close together belong together."""
    if not 0 < given < len(groups) or groups[given].gap_above:
        return 0.0
    # Who signs the text right above also stands right above the next headline where no blank line parts anything.
    signs = groups[given - 1].kind == "byline" and not groups[0].gap_above and not groups[-1].gap_below
    return 0.0 if signs else -4.0


def article_score(
    runs: Sequence[Run],
    head: Sequence[Group],
    tail: Sequence[Group],
    fit: dict[int, tuple[float, float]],
    blanks: Blanks,
) -> float:
    """How good these groups above and below are as one article's title and byline."""
    above = [g for g in head if g.kind == "title"]
    below = [g for g in tail if g.kind == "title"]
    signed_above, signed_below = len(head) - len(above), len(tail) - len(below)
    score = -5.0 if above and below else 0.0 if above or below else -3.0
    if is_note(runs[0].lines[0].text):
        score = -4.0 if above or below else 0.0  # an editor's note has no title
    score -= _spread(above) + _spread(below)
    for group in (*above, *below):
        shared, in_lead = fit[id(group)]
        score += 9.0 * shared + 2.0 * in_lead - 1.5
        score -= 5.0 if _PART.match(group.lines[0].text) else 0.0
    if any(is_standing(g.lines[0].text) for g in below):
        score -= 4.0  # 公告, 天气预报 stand above what they announce
    if len(above) + len(below) == 1 and CLOSED_KICKER.search((above or below)[0].lines[-1].text):
        score -= 1.5
    signatures = signed_above + signed_below + sum(run.signed for run in runs)
    score -= 1.0 if not signatures else 1.5 * (signatures - 1)
    score -= 2.0 * signed_below + (2.5 if signed_above and head[-1].kind == "title" else 0.0)
    if head and head[0].kind == "byline" and head[0].gap_below and not head[0].gap_above:
        score -= 3.0  # who signs the text above
    if below and not tail[-1].gap_below and tail[-1].kind == "title":
        score -= 2.0
    if blanks.any and above and not head[0].gap_above and head[0].kind == "title":
        score -= 1.0
    return score


# Of an article, not its title.
_PART: Final = re.compile(
    r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)]|"
    r"0\d[ \u3000]*(?=[\u4e00-\u9fff])|[①-⑩]|\d{1,2}[.．、](?!\d)|[\u4e00-\u9fff]{2,3}[一二三四五六七八九十\d][：:]|"
    + CHAPTER.pattern
)


def _spread(titles: Sequence[Group]) -> float:
    """The cost of a title in several groups with blank lines between; small where the upper reads as a 引题."""
    return sum(
        0.6 if subhead_odds(upper.lines[-1].text, lower.lines[0].text) < -3.0 else 2.5
        for upper, lower in itertools.pairwise(titles)
    )


_NUMBERED: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑩]|\d{1,2}[、.．](?!\d)|"
    r"0\d[ \u3000]*(?=[\u4e00-\u9fff])|第[一二三四五六七八九十]|"
    r"[\u4e00-\u9fff]{2,3}[一二三四五六七八九十\d][：:]|[▍▌■◆●★▶►○◇☆▪])"
)


def _likeness(above: Run, below: Run, rarity: Rarity) -> float:
    """How much the words that two runs share speak for one article."""
    shared = rarity.overlap(below.grams, above.grams)
    odds = max(_LEAST_LIKE, min(_MOST_LIKE, _LIKE * math.log(max(shared, 1e-6) / _EVEN)))
    return odds * min(1.0, min(len(above.grams), len(below.grams)) / _TELLING)


# Of the weighted pieces of a text's second half the first has .065 in the median, the next article .004; the log-odds
# of the share were counted on 3,000 pairs of the corpus.
_LIKE: Final = 1.5
_EVEN: Final = 0.021
_LEAST_LIKE: Final = -2.5
_MOST_LIKE: Final = 3.0
_TELLING: Final = 300  # pieces; what is shorter tells less


class Blanks(NamedTuple):
    """What blank lines mean on a page, as far as it shows: some stand around titles (`any`); they stand only where an
    article ends (`part`), none stands between an article's head and its text (`never_below`), or one does below the
    only head that surely is one, a feature's (`in_feature`): what has none is a subhead. `around`: every head
    that surely is one has them above and below, and no text has."""

    any: bool
    part: bool
    never_below: bool
    in_feature: bool
    around: bool


def blanks_of(runs: Sequence[Run], gaps: Sequence[Gap]) -> Blanks:
    """What they mean on the page with these runs and gaps."""
    between = [gap.groups for gap in gaps[1:-1] if gap.groups]
    inside = any(s.gap for run in runs for s in run.lines[1:])
    heads = [
        gap.groups
        for gap, run in zip(gaps[:-1], runs, strict=True)
        if gap.groups and (run.opens == 1.0 or [group.kind for group in gap.groups[-2:]] == ["title", "byline"])
    ]
    return Blanks(
        any(group.gap_above or group.gap_below for groups in between for group in groups),
        not inside and sum(groups[0].gap_above for groups in between) >= _LEAST_BLANKS,
        len(heads) >= _LEAST_BLANKS and not any(groups[-1].gap_below for groups in heads),
        len(heads) == 1 and heads[0][-1].gap_below and any(DASH.match(s.text) for s in heads[0][0].lines),
        not inside and len(heads) > _LEAST_BLANKS and all(g[0].gap_above and g[-1].gap_below for g in heads[1:]),
    )


_LEAST_BLANKS: Final = 2
_PARTED: Final = 4.0  # weighed by hand
_AS_HEADS: Final = 2.0  # also
_IN_FEATURE: Final = 12.0  # also
_OVER_PARTS: Final = 6.0  # also: what stands right over the head of a first part is no subhead
_ORNAMENT: Final = 12.0  # ＊　＊　＊ stands between the parts of one text
_OF_ITS_OWN: Final = 3.0
_COMMENT: Final = re.compile(r"[短快微时]评|手记|编[后余]")


def join_score(above: Run, below: Run, gap: Gap, rarity: Rarity, blanks: Blanks) -> float:
    """How well two runs look as parts of one article, the gap's titles being subheads inside it."""
    if any(group.kind == "byline" for group in gap.groups):
        return -12.0
    if not gap.groups and any(is_ornament(s.text) for s in (above.lines[-1], below.lines[0])):
        return _ORNAMENT
    if below.opens == 1.0:
        return -10.0
    score = (-1.0 if gap.groups else 2.0) - 8.0 * below.opens - 6.0 * above.closes
    if abs(above.column - below.column) > 2:
        score -= 3.0
    if gap.groups and FIRST_PART.match(below.lines[0].text) and not below.lines[0].ends:
        score -= _OVER_PARTS
    score += _likeness(above, below, rarity)
    for group in gap.groups:
        text = group.lines[0].text
        has_headline = len(group.lines) > 1 or len(gap.groups) > 1
        plain = len(gap.groups) == len(group.lines) == 1 and not below.signed
        in_feature = blanks.in_feature and plain and group.gap_above and not group.gap_below
        if is_box_heading(text):
            comments = has_headline and _COMMENT.search(text)  # 短评 with a headline is of its own
            score += -_OF_ITS_OWN if comments else 8.0
            if not comments:
                continue
        score -= 6.0 if is_standing(text) else 0.0
        score -= 3.0 * (len(group.lines) - 1) + (2.5 if visual_width(text) > below.column else 0.0)
        score += 3.0 if _NUMBERED.match(text) and len(group.lines) == 1 else 0.0
        score -= 0.0 if in_feature else 1.5 * group.lines[0].lean
        score += 1.0 if blanks.any and not group.gap_below and not group.gap_above else 0.0
        if in_feature:
            score += _IN_FEATURE
        elif blanks.part and not group.gap_below:
            score += -_PARTED if group.gap_above else _PARTED
        elif blanks.never_below and group.gap_below:
            score += _PARTED
        elif (blanks.never_below and group.gap_above) or (blanks.around and group.gap_above and group.gap_below):
            score -= _AS_HEADS
    return score - 3.0 * max(0, len(gap.groups) - 1)
