"""Where one paragraph of a wrapped text ends and the next begins.

Every pair of neighbouring lines is weighed by the log-odds of four kinds of evidence: whether a sentence ends,
whether the line stops short of its column, whether the next begins two characters short (the indent is gone)
or indented, whether a blank line parts them. How much each is worth differs from page to page (blank lines
stand between paragraphs on one page and at column breaks on another), so the odds are learnt from the breaks of
the text itself that are beyond doubt, then applied to the rest.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from jianbao.reading.lines.edges import End, is_in_brackets
from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.neighbours import stops_short
from jianbao.reading.phrases.boxes import notice_odds
from jianbao.text import OPENERS

_PRIOR: Final = math.log(0.5)  # of a break, given that a sentence ends with the line


class Lead(IntEnum):
    """How far the lower of two lines reaches in its column, where an indent may have been lost."""

    SHORT = 0
    FULL = 1
    UNCLEAR = 2
    INDENTED = 3  # the indent is there


class Pair(NamedTuple):
    """The evidence between one line and the next."""

    ended: End
    short: int  # half-width units the upper line lacks
    lead: Lead
    gap: bool
    text: str  # the lower line


_INDENTS: Final = 2  # so many tell that a text indents its paragraphs


class Style(NamedTuple):
    """How a text sets paragraphs: the chance of each lead at a break, and inside a paragraph;
    the chance of a blank line at a break, and inside."""

    leads: tuple[tuple[float, float], ...]
    gap: tuple[float, float]


def split(seen: Sequence[Seen]) -> list[list[Seen]]:
    """The paragraphs of one article's body, each as its lines."""
    if not seen:
        return []
    if _unwrapped(seen):
        return [[s] for s in seen]
    pairs = _pairs(seen)
    leads, gap = _logs(learn(pairs))
    paragraphs = [[seen[0]]]
    for i, pair in enumerate(pairs):
        odds = _PRIOR + _UNENDED[pair.ended] + leads[pair.lead] + gap[pair.gap]
        if pair.short > 1:
            odds += next(value for least, value in _LONGEST_SHORT if pair.short >= least)
        begun = odds > -_SUREST and odds + _WORDS * _words(pair.text) > 0  # else no words could tell otherwise
        parted = seen[i + 1].parted and pair.ended >= End.BRACKET
        counted = _FIRST_ITEM.match(pair.text) and seen[i].text.endswith(("：", ":"))
        if begun or parted or counted or is_in_brackets(seen[i].text):
            paragraphs.append([])
        paragraphs[-1].append(seen[i + 1])
    return paragraphs


_FIRST_ITEM: Final = re.compile(r"(?:1|一)[.．、]|[（(][1一][）)]|①")
_SHORT: Final = 0.75  # of its column: what a subhead may be wide


def subheads(seen: Sequence[Seen], follows: bool) -> set[int]:
    """The places of subheads in a text: short lines that end no sentence, between the end of one and the next
    paragraph, which is indented, stands on one line, or fills its column. `follows`: text stands above the first."""
    whole = _unwrapped(seen)
    indents = [s for s in seen if s.indent]
    indented = len(indents) >= _INDENTS and not all(map(_is_short_head, indents))
    ended = [True, *(s.ends is End.STOP for s in seen)]
    found = {
        i
        for i, (s, below) in enumerate(itertools.pairwise(seen))
        if ended[i]
        and (whole or _words(below.text) >= _BEGINS or (below.indent if indented else _stops_early(s, below)))
        and not (s.opens or s.signature)
        and (not s.ends or _heads_though_ended(seen, i, whole, indented))
        and s.text[0] not in _MARKS
        and (whole or s.width <= _SHORT * max(s.before, s.after))
        and not any(notice_odds(one.text, True, one.gap, True)[0] > 0 for one in (s, below))
    }
    # A short line at the head of all text is one where others follow.
    return found if follows or seen[0].indent or len(found) > 1 else found - {0}


def _is_short_head(s: Seen) -> bool:
    """Whether an indented line may be a subhead, set so where paragraphs are not indented."""
    open_ = not s.ends or s.ends is End.QUOTE or s.text.endswith("——") or _NUMBER.fullmatch(s.text)
    return bool(open_) and s.width <= _SHORT * max(s.before, s.after)


def _heads_though_ended(seen: Sequence[Seen], i: int, whole: bool, indented: bool) -> bool:
    """Whether a line that ends as text may be a subhead all the same: a question, a quotation, what ends with a dash, a
    number by itself."""
    s = seen[i]
    if s.text.endswith("——") or _NUMBER.fullmatch(s.text):
        return True
    return (indented and _asks(seen, i, whole)) or (s.ends is End.QUOTE and _is_closed(seen, i, whole))


_NUMBER: Final = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,2}[）)]?")


def _asks(seen: Sequence[Seen], i: int, whole: bool) -> bool:
    """Whether a question or cry stands by itself where paragraphs are indented: that it is the end of the one above,
    no short line there tells."""
    s, below = seen[i], seen[i + 1]
    if s.text[-1] not in "？！" or s.indent or not below.indent or "。" in s.text or _SPOKEN.match(s.text):
        return False
    return _is_closed(seen, i, whole)


def _is_closed(seen: Sequence[Seen], i: int, whole: bool) -> bool:
    """Whether the text above surely ends a paragraph, as its last line is short."""
    return whole or not i or stops_short(seen[i - 1])


_SPOKEN: Final = re.compile(r"[\u4e00-\u9fff]{1,8}[：:]|[“‘]")  # 问：, not a heading


def _stops_early(s: Seen, below: Seen) -> bool:
    """Whether a line stops where no text would, the next one filling the column."""
    column = max(s.before, s.after)
    word = _WORD.match(below.text)
    bare = s.width - (_LEAD if s.indent else 0)
    return bare + (len(word[0]) if word else 0) <= _EARLY * column and -2 <= column - below.width <= 2


_BEGINS: Final = 4.0  # log-odds of first words that surely begin something: 问：, 1．
_EARLY: Final = 0.66
_LEAD: Final = 4  # half-width units of an indent


def _unwrapped(seen: Sequence[Seen]) -> bool:
    """Whether each line is a whole paragraph: some are far wider than a column, and all end a sentence but for short
    ones, which are subheads."""
    widest = max(max(s.width, min(s.before, s.after)) for s in seen)
    return widest > 64 and all(s.ends >= End.QUOTE or s.width <= 0.5 * widest for s in seen)


_REACH: Final = 8  # lines above or below that tell how wide the column is


def _widest(window: Sequence[tuple[int, float]]) -> int:
    """The column's width, from lines' widths with what each counts; of two as common the wider."""
    counts: dict[int, float] = {}
    for width, weight in window:
        counts[width] = counts.get(width, 0.0) + weight
    if len(counts) == 1:
        return window[0][0]
    most, column = 0.0, 0
    for width, count in counts.items():
        score = count + 0.5 * counts.get(width - 1, 0.0)
        if score > most or (score == most and width > column):
            most, column = score, width
    return column


def _pairs(seen: Sequence[Seen]) -> list[Pair]:
    """The evidence between each line and the next. A line that ends with a mark may hang out of its column, so it
    counts half for the column's width."""
    n = len(seen)
    weighed = [(s.width, 0.5 if s.text[-1] in _MARKS else 1.0) for s in seen]
    # The column's width as it is seen from each line upwards, and downwards; at the edges the other way.
    below = [_widest(weighed[i + 1 : i + 1 + _REACH] or weighed[max(0, i - _REACH) : i]) for i in range(n)]
    pairs = []
    for i, (upper, lower) in enumerate(itertools.pairwise(seen)):
        following = seen[i + 2].text if i + 2 < n else ""
        short = 0
        if upper.ends is not End.OPEN:
            above = _widest(weighed[max(0, i - _REACH) : i] or weighed[i + 1 : i + 1 + _REACH])
            column = max(above, min(below[i], upper.width))
            short = column - upper.width - _unwilling(upper.width, column, lower.text)
        pairs.append(Pair(upper.ends, short, _lead(lower, below[i + 1], following), lower.gap, lower.text))
    return pairs


_MARKS: Final = "，。、；：！？”’）》】"
_WORD: Final = re.compile(r"[A-Za-z0-9.,%@/:_~-]+")


def _lead(line: Seen, column: int, following: str) -> Lead:
    """How a line begins, as its width tells: two characters short where an indent was lost."""
    if line.indent:
        return Lead.INDENTED
    lack = column - line.width
    if line.text[-1] in _MARKS and line.ends is not End.STOP:
        lack = lack + 2 if lack in (1, 2) else lack  # the mark hangs out of the shorter line
    if 3 <= lack <= 6 and line.ends is not End.STOP:
        return Lead.UNCLEAR if _unwilling(line.width, column, following) and lack > 4 else Lead.SHORT
    if line.ends is End.STOP:
        return Lead.FULL if -2 <= lack <= 1 else Lead.UNCLEAR
    return Lead.FULL if -3 <= lack <= 2 else Lead.UNCLEAR


def _unwilling(width: int, column: int, following: str) -> int:
    """How much of a line's lack is owed to what follows: a number or Latin word that is not divided, an opening
    quote that may not end a line."""
    opened = len(following) - len(following.lstrip(OPENERS))
    word = _WORD.match(following, opened)
    size = 2 * opened + (len(word[0]) if word else 0 if not opened else 2)
    return max(0, column - width) if width + size > column else 0


@cache
def _openings() -> tuple[re.Pattern[str], list[float]]:
    """Every opening of `data/openings.tsv` in one expression, a group for each, and the log-odds of each group."""
    text = files("jianbao.reading.data").joinpath("openings.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile("|".join(f"({pattern})" for _, pattern in rows)), [0.0, *(float(odds) for odds, _ in rows)]


def _words(text: str) -> float:
    """The log-odds of a line's first words."""
    pattern, odds = _openings()
    found = pattern.match(text)
    return odds[found.lastindex or 0] if found else 0.0


def learn(pairs: Sequence[Pair]) -> Style:
    """The style of a text from its sure breaks (a sentence ends well short of the margin) and sure non-breaks
    (no sentence ends)."""
    at_break, inside = [0.9, 0.25, 0.7, 0.25], [0.6, 40.0, 4.0, 0.1]
    gaps, no_gaps = [1.0, 1.0], [29.0, 1.0]
    for pair in pairs:
        if pair.ended == 1.0 and pair.short >= 5 and _words(pair.text) > -5:
            at_break[pair.lead] += 1
            gaps[pair.gap] += 1
        elif pair.ended < 0.3:
            inside[pair.lead] += 1
            no_gaps[pair.gap] += 1
    if (
        inside[Lead.INDENTED] < 3 and at_break[Lead.INDENTED] > 1
    ):  # not this text's manner: who signs a notice is set so, too
        inside[Lead.INDENTED] = 0.1
    if sum(pair.lead == Lead.INDENTED for pair in pairs) >= _INDENTS:  # what is not indented begins no paragraph here
        at_break = [
            0.1 * at_break[Lead.SHORT],
            0.1 * at_break[Lead.FULL],
            0.3 * at_break[Lead.UNCLEAR],
            at_break[Lead.INDENTED] + 1.0,
        ]
    total, rest = sum(at_break), sum(inside)
    return Style(
        tuple((a / total, b / rest) for a, b in zip(at_break, inside, strict=True)),
        (gaps[1] / sum(gaps), no_gaps[1] / sum(no_gaps)),
    )


_UNENDED: Final = {End.STOP: 0.0, End.BRACKET: -1.5, End.COLON: -3.0, End.QUOTE: -2.5, End.OPEN: -11.0}
_LONGEST_SHORT: Final = ((6, 4.5), (3, 2.5), (2, 0.7))
_WORDS: Final = 0.8  # what the log-odds of first words count for beside the rest
_SUREST: Final = 16 * _WORDS  # the greatest of them in `data/openings.tsv`


def _logs(style: Style) -> tuple[list[float], tuple[float, float]]:
    """The log-odds of a new paragraph by how the lower line begins, and by whether a blank line parts the two."""
    at_break, within = style.gap
    return (
        [math.log(a / b) for a, b in style.leads],
        (math.log((1 - at_break) / (1 - within)), math.log(at_break / within)),
    )
