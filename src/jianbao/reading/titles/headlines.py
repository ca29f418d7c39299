"""Titles: how well one suits a text, and which of its lines is 引题, 主题, 副题 or 栏目.

A title shares rare word pieces with its own article and not with its neighbour's: two- and three-character
pieces are weighed by how few of the page's texts contain them (idf, from the page itself, so no word list).
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import add
from typing import Final, NamedTuple

from jianbao.reading.titles.kickers import CLOSED_KICKER, DASH, TRAILING, goes_on, subhead_odds
from jianbao.reading.titles.two_lines import one_headline_odds

_PLAIN: Final = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")


def pairs(text: str) -> set[str]:
    """The two-character pieces of a text, within its stretches between punctuation."""
    found: set[str] = set()
    for stretch in _PLAIN.split(text):
        found.update(map(add, stretch, stretch[1:]))
    return found


def pieces(text: str) -> set[str]:
    """The two- and three-character pieces of a text, within its stretches between punctuation."""
    found: set[str] = set()
    for stretch in _PLAIN.split(text):
        twos = [*map(add, stretch, stretch[1:])]
        found.update(twos)
        found.update(map(add, twos, stretch[2:]))
    return found


class _Weights(dict[str, float]):
    """The weight of each piece, found when it is first asked for; nothing that every text has weighs much."""

    def __init__(self, counts: Counter[str], texts: int) -> None:
        super().__init__()
        self._counts = counts
        self._logs = [math.log((texts + 1.0) / (count + 0.3)) for count in range(texts + 1)]

    def __missing__(self, piece: str) -> float:
        weight = self[piece] = self._logs[self._counts.get(piece, 0)] * (len(piece) - 1)
        return weight


class Rarity:
    """How telling each piece is on this page: the logarithm of texts over texts that contain it."""

    def __init__(self, texts: Iterable[set[str]]) -> None:
        counts: Counter[str] = Counter()
        number = 0
        for text in texts:
            counts.update(text)
            number += 1
        self.weight = _Weights(counts, number).__getitem__

    def overlap(self, title: set[str], text: set[str]) -> float:
        """The weighted share of a title's pieces that the text contains, 0 to 1."""
        whole = self.whole(title)
        return self.whole(title & text) / whole if whole else 0.0

    def whole(self, pieces: Iterable[str]) -> float:
        """The weight of pieces together, the same in whatever order a set gives them."""
        return math.fsum(map(self.weight, pieces))


class Titles(NamedTuple):
    """The lines of a title, told apart. `margin` is how sure the division is."""

    headline: str | None
    kicker: str | None = None
    subhead: str | None = None
    column: str | None = None
    margin: float = 1.0


_COLUMN: Final = re.compile(
    r"^\s*(?:[【\[〔［]([^】\]〕］]{2,14})[】\]〕］]|[■□▌◆◇●○◎★☆▍▎►▶]\s*([\u4e00-\u9fff·]{2,8}))\s*$"
)
# What kind of piece it is, printed over its headline as a column's name is.
_GENRE: Final = re.compile(
    r"(?:社论|社論|小小说|微型小说|散文|随笔|杂文|诗歌|童话|寓言|报告文学|[短时来快微述]评|[短時述]評|来论|本报社论|编辑点评|点评|(?:新闻)?特写|(?:记者|采访)?手记|采访札记|编[后余]|(?:小说|长篇|长篇小说|纪实|图书|好书|新书|独家)?(?:连载|連載))[：:]?"
)


def is_genre(text: str) -> bool:
    """Whether a line says what kind of piece stands below it, and nothing else."""
    return bool(_GENRE.fullmatch(text.strip()))


_LEADING_COLUMN: Final = re.compile(r"^\s*[【〔]([^】〕]{2,14})[】〕]\s*(?=\S)")


# Below a title: （组诗节选）, （外二首）, （连载之三）
OF_TITLE: Final = re.compile(
    r"[（(](?:组诗|[长短]诗|歌词|小说|诗歌|散文|随笔|杂文|寓言|童话|相声|快板|小品|书评|影评|节选|选[章登载]|外[一二三四五六]首|小小说|微型小说|散文诗?|连载|组诗节选|[上中下]|[一二三四五六七八九十]{1,3})"
    r"[^（）()]{0,6}[）)]|[（(](?:\d{4}|[〇零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日[）)]"
)


# Before the head of a first part.
FIRST_PART: Final = re.compile(r"(?P<plain>一、)|(?P<bracket>[（(]一[）)])")
# Below a law's title: （2023年11月24日市人民代表大会通过）
PASSED: Final = re.compile(
    r"[（(](?:\d{4}|[〇零一二三四五六七八九]{4})年[^（）()。]{4,80}(?:通过|修订|修正|公布|发布|批准|施行)[）)]"
)


def arrange(lines: Sequence[str]) -> Titles:
    """The parts of a title from its lines, top to bottom."""
    rest = [line.strip() for line in lines if line.strip()]
    column = None
    first = next((i for i, line in enumerate(rest[:2]) if _COLUMN.match(line)), 0)
    if len(rest) > first + 1 and (found := _COLUMN.match(rest[first]) or _GENRE.fullmatch(rest[0])):
        column, rest = next(filter(None, found.groups()), found[0].rstrip("：:")), [*rest[:first], *rest[first + 1 :]]
    elif rest and (found := _LEADING_COLUMN.match(rest[0])):
        column, rest = found[1], [rest[0][found.end() :], *rest[1:]]
    subhead: list[str] = []
    for i in range(1, len(rest)):
        if DASH.match(rest[i]) or (i + 1 == len(rest) and (OF_TITLE.fullmatch(rest[i]) or PASSED.fullmatch(rest[i]))):
            subhead, rest = [DASH.sub("", rest[i]), *rest[i + 1 :]], rest[:i]
            break
    if not rest:
        return Titles(None, column=column)
    best = max(_divisions(rest, bool(subhead)), key=lambda d: d[0])
    others = [
        (best[0] - d[0]) / (_OTHERWISE if len(d[2]) == len(best[2]) else _ONE_OR_NOT)
        for d in _divisions(rest, bool(subhead))
        if d[1:] != best[1:]
    ]
    margin = min(1.0, *others) if others else 1.0
    _, kickers, heads, subs = best
    return Titles(_one(heads), TRAILING.sub("", _one(kickers) or "") or None, _one([*subs, *subhead]), column, margin)


def _one(lines: Sequence[str]) -> str | None:
    return " ".join(lines) or None


_OTHERWISE: Final = 3.0  # log-odds that leave no doubt,
_ONE_OR_NOT: Final = 5.0  # and none whether two lines are one headline: no page shows how usual that is in a newspaper

_Division = tuple[float, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_WHOLE: Final = 1.5  # of one line each; weighed on heads of three lines in the corpus: 61 of 89 right without, 74 with
_ON: Final = 1.0  # of one whose second line goes on the phrase of the first,
_TORN: Final = -6.0  # and of a division there


def _divisions(lines: Sequence[str], has_subhead: bool) -> list[_Division]:
    """Every way to divide lines into kicker, headline and subhead, with the log of its likelihood."""
    n = len(lines)
    found: list[_Division] = []
    for k in range(min(n, 3)):
        for s in range(min(n - k, 3)):
            kickers, heads, subs = tuple(lines[:k]), tuple(lines[k : n - s]), tuple(lines[n - s :])
            if has_subhead and subs:
                continue
            score = (
                sum(_as_one(*pair, n) for pair in itertools.pairwise(heads))
                - 1.5 * max(0, len(heads) - 2)
                - 1.5 * max(0, k - 1)
                - 1.5 * max(0, s - 1)
            )
            score += _WHOLE if k == s == len(heads) == 1 else 0.0
            if any(
                goes_on(*pair)
                for pair in (*itertools.pairwise((*kickers, *heads[:1])), (heads[-1], *subs[:1]))
                if len(pair) == 2
            ):
                score += _TORN
            if kickers:
                score -= _softplus(subhead_odds(kickers[-1], heads[0]))
                if len(kickers) > 1 and CLOSED_KICKER.search(kickers[0]):
                    score -= 3.0  # a headline of two lines is below it
            if subs:
                score -= _softplus(-subhead_odds(heads[-1], subs[0]))
            found.append((score, kickers, heads, subs))
    return found


def _as_one(above: str, below: str, lines: int) -> float:
    """How well two of the lines look as one headline."""
    return _ON if goes_on(above, below) else one_headline_odds(above, below, of_more=lines > 2)


def _softplus(x: float) -> float:
    return math.log1p(math.exp(-abs(x))) + max(x, 0.0)
