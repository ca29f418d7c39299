"""Titles: how well one suits a text, and which of its lines is 引题, 主题, 副题 or 栏目.

A title shares rare word pieces with its own article and not with its neighbour's: two- and three-character
pieces are weighed by how few of the page's texts contain them (idf, from the page itself, so no word list).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import add
from typing import Final, NamedTuple

_PLAIN: Final = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")


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
        self._of = _Weights(counts, number).__getitem__

    def overlap(self, title: set[str], text: set[str]) -> float:
        """The weighted share of a title's pieces that the text contains, 0 to 1."""
        whole = self.whole(title)
        return self.whole(title & text) / whole if whole else 0.0

    def whole(self, pieces: Iterable[str]) -> float:
        """The weight of pieces together, the same in whatever order a set gives them."""
        return math.fsum(map(self._of, pieces))


class Titles(NamedTuple):
    """The lines of a title, told apart. `margin` is how sure the division is."""

    headline: str | None
    kicker: str | None = None
    subhead: str | None = None
    column: str | None = None
    margin: float = 1.0


_COLUMN: Final = re.compile(r"^\s*(?:[【\[〔［]([^】\]〕］]{2,14})[】\]〕］]|[■▌◆●★☆▍]\s*([\u4e00-\u9fff·]{2,8}))\s*$")
_LEADING_COLUMN: Final = re.compile(r"^\s*[【〔]([^】〕]{2,14})[】〕]\s*(?=\S)")
_DASH: Final = re.compile(r"^\s*(?:——|—|－－|--)\s*")
_TRAILING: Final = re.compile(r"\s*(?:——|—|：|:)\s*$")


def arrange(lines: Sequence[str]) -> Titles:
    """The parts of a title from its lines, top to bottom."""
    rest = [line.strip() for line in lines if line.strip()]
    column = None
    if len(rest) > 1 and (found := _COLUMN.match(rest[0])):
        column, rest = found[1] or found[2], rest[1:]
    elif rest and (found := _LEADING_COLUMN.match(rest[0])):
        column, rest = found[1], [rest[0][found.end() :], *rest[1:]]
    subhead: list[str] = []
    for i in range(1, len(rest)):
        if _DASH.match(rest[i]):
            subhead, rest = [_DASH.sub("", rest[i]), *rest[i + 1 :]], rest[:i]
            break
    if not rest:
        return Titles(None, column=column)
    best = max(_divisions(rest, bool(subhead)), key=lambda d: d[0])
    others = [d[0] for d in _divisions(rest, bool(subhead)) if d[1:] != best[1:]]
    margin = min(1.0, (best[0] - max(others)) / 3.0) if others else 1.0
    _, kickers, heads, subs = best
    return Titles(_one(heads), _TRAILING.sub("", _one(kickers) or "") or None, _one([*subs, *subhead]), column, margin)


def _one(lines: Sequence[str]) -> str | None:
    return " ".join(lines) or None


_Division = tuple[float, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_WRAPPED: Final = -2.5  # log-odds of a headline set in two lines against one with a kicker


def _divisions(lines: Sequence[str], has_subhead: bool) -> list[_Division]:
    """Every way to divide lines into kicker, headline and subhead, with the log of its likelihood."""
    n = len(lines)
    found: list[_Division] = []
    for k in range(min(n, 3)):
        for s in range(min(n - k, 3)):
            kickers, heads, subs = tuple(lines[:k]), tuple(lines[k : n - s]), tuple(lines[n - s :])
            if has_subhead and subs:
                continue
            score = _WRAPPED * (len(heads) - 1) - 1.5 * max(0, k - 1) - 1.5 * max(0, s - 1)
            if kickers:
                score -= _softplus(subhead_odds(kickers[-1], heads[0]))
            if subs:
                score -= _softplus(-subhead_odds(heads[-1], subs[0]))
            found.append((score, kickers, heads, subs))
    return found


def _softplus(x: float) -> float:
    return math.log1p(math.exp(-abs(x))) + max(x, 0.0)


# Logistic regression on 4,500 titles of two lines: is the second line the 副题 of the first (+), or the first the
# 引题 of the second (-)? Fitted with equal weight to both; then 引题 are taken to be three times as common.
_ODDS: Final[dict[str, tuple[float, float]]] = {
    "bias": (-1.11, -1.2), "length": (-0.59, 1.24), "square": (0.08, -0.13), "short": (-2.08, 0.86),
    "longer below": (0.51, 0.0),
    "space": (0.42, -1.74), "digit": (0.25, 0.96), "comma": (-0.42, -0.79), "list": (-1.13, 0.32),
    "quoted": (1.31, -1.08),
    "quote": (0.72, -0.54), "book": (-0.84, 0.6), "cry": (0.73, -0.17), "says": (-0.93, 0.4), "series": (0.0, 2.47),
    "attends": (0.0, 2.81), "of": (-0.16, 1.48), "office": (-0.78, 0.08), "for": (0.0, -0.72), "about": (-0.35, 0.0),
    "event": (0.66, 0.39), "goes on": (0.0, 0.61), "numbers": (0.0, 0.42),
}  # fmt: skip
_SIGNS: Final = {
    "space": re.compile(" "),
    "digit": re.compile(r"\d"),
    "comma": re.compile("，"),
    "list": re.compile("、"),
    "quoted": re.compile(r"^“.*”$"),
    "quote": re.compile("“"),
    "book": re.compile("《"),
    "cry": re.compile(r"[！？!?]$"),
    "says": re.compile(
        r"(?:强调|指出|要求|表示|说|提出|会议|召开|回信|致信|举行|显示|宣布|发布|公布|通知|印发|出台|呼吁|提示|回应|问|同意|启动|推进)$"
    ),
    "series": re.compile(
        r"(?:[①-⑩\d]|之[一二三四五六七八九十]|纪实|侧记|综述|扫描|调查|报告|观察|启示录|速写|掠影|创作谈|故事|报道|意识|感悟|述评|巡礼|探访|印象|为例|群像)$"
    ),
    "attends": re.compile(r"(?:主持|出席|讲话|参加|陪同|致辞|审议)$"),
    "of": re.compile(r"^(?:访|记|写在|读|评|论|来自|从|看|再读|学习)"),
    "office": re.compile(
        r"(?:[省市县区州镇乡村局部委办院厅司会团队]|公司|集团|代表|委员|主任|书记|总统|总理|司令员|发言人|部门)$"
    ),
    "event": re.compile(
        r"(?:出炉|揭晓|落幕|闭幕|开幕|成功|揭牌|开工|竣工|投产|上线|获批|出版|逝世|当选|夺冠|亮相|出台|完成|发射|开馆|通车|开通|试航|下线|完工|抵达|"
        r"回升|增长|下降|提升|改善|揭幕|来袭|破[^，]{1,6}|超[^，]{1,8})$"
    ),
    "goes on": re.compile(
        r"^(?:涉及|共|将|已|超|达|预计|最高|日均|其中|包括|总|累计|较|比|同比|近|约|首批|签约|投资|覆盖|惠及|可|拟|明年|今年|今起|原则上|支持|实现|搭载)"
    ),
    "numbers": re.compile(r"\d[^\d]+\d"),
    "for": re.compile("^[为让]"),
    "about": re.compile("^[就在对]"),
}


def subhead_odds(above: str, below: str) -> float:
    """Log-odds that of two title lines the lower is the 副题 of the upper, rather than the upper its 引题."""
    if _TRAILING.search(above):
        return -4.0
    if _DASH.match(below):
        return 5.0
    odds = sum(_ODDS["bias"]) + (_ODDS["longer below"][0] if len(above) < len(below) else 0.0)
    for which, line in enumerate((above, below)):
        size = len(line) / 10
        for name, value in (("length", size), ("square", size * size), ("short", float(len(line) <= 6))):
            odds += _ODDS[name][which] * value
        for name, sign in _SIGNS.items():
            if sign.search(line):
                odds += _ODDS[name][which]
    return odds
