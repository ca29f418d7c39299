"""Titles: how well one suits a text, and which of its lines is 引题, 主题, 副题 or 栏目.

A title shares rare word pieces with its own article and not with its neighbour's: two- and three-character
pieces are weighed by how few of the page's texts contain them (idf, from the page itself, so no word list).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from jianbao.text import visual_width

_PLAIN: Final = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")


def pieces(text: str) -> set[str]:
    """The two- and three-character pieces of a text, within its stretches between punctuation."""
    found: set[str] = set()
    for stretch in _PLAIN.split(text):
        found.update(stretch[i : i + 2] for i in range(len(stretch) - 1))
        found.update(stretch[i : i + 3] for i in range(len(stretch) - 2))
    return found


class Rarity:
    """How telling each piece is on this page: the logarithm of texts over texts that contain it."""

    def __init__(self, texts: Iterable[set[str]]) -> None:
        counts: Counter[str] = Counter()
        self._texts = 0
        for text in texts:
            counts.update(text)
            self._texts += 1
        self._counts = counts

    def of(self, piece: str) -> float:
        """The weight of a piece; nothing that every text has weighs much."""
        return math.log((self._texts + 1.0) / (self._counts.get(piece, 0) + 0.3)) * (len(piece) - 1)

    def overlap(self, title: set[str], text: set[str]) -> float:
        """The weighted share of a title's pieces that the text contains, 0 to 1."""
        whole = shared = 0.0
        for piece in title:
            weight = self.of(piece)
            whole += weight
            if piece in text:
                shared += weight
        return shared / whole if whole else 0.0


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


def _divisions(lines: Sequence[str], has_subhead: bool) -> list[_Division]:
    """Every way to divide lines into kicker, headline and subhead, with its score."""
    n = len(lines)
    found: list[_Division] = []
    for k in range(min(n, 2) if n > 1 else 1):
        for s in range(min(n - k, 3)):
            kickers, heads, subs = tuple(lines[:k]), tuple(lines[k : n - s]), tuple(lines[n - s :])
            if not heads or (has_subhead and subs):
                continue
            score = -1.2 * (len(heads) - 1) - 0.3 * max(0, len(subs) - 1)
            score += sum(_kickerish(line, heads[0]) for line in kickers)
            score += sum(_subheadish(line, heads[-1]) for line in subs)
            found.append((score, kickers, heads, subs))
    return found


_SAYS: Final = re.compile(
    r"(?:强调|指出|要求|表示|时说|说|提出|主持|主持召开|会议|回信|致信|举行|显示|宣布|发布|通知|印发|出台|意见|呼吁|提示|回应|答记者问|同意)(?:——|：|:)?$"
)


def _kickerish(line: str, headline: str) -> float:
    """How well a line looks as the 引题 above this headline."""
    score = 0.0
    if _TRAILING.search(line):
        score += 2.0
    if _SAYS.search(line):
        score += 1.5
    score += 0.03 * (visual_width(line) - visual_width(headline))
    if " " in headline and " " not in line:
        score += 0.8
    return score


def _subheadish(line: str, headline: str) -> float:
    """How well a line looks as the 副题 below this headline."""
    score = -0.2
    if line.startswith("记") or re.search(
        r"(?:纪实|侧记|综述|扫描|调查|报告|观察|启示录|速写|掠影|之[一二三四五六七八九十]|[①-⑩])$", line
    ):
        score += 2.0
    score += 0.03 * (visual_width(line) - visual_width(headline))
    if " " in headline and " " not in line:
        score += 0.6
    return score
