"""双行主题: whether two plain lines of a title are one headline, set in two lines, rather than 引题 and 主题.

A logistic regression weighs the same signs as `kickers.py` does between 引题 and 副题, and how alike the lines are. Its
weights are in `data/two_lines.tsv`, fitted by `benchmarks/fit_titles.py --two-lines`: headlines of two halves, and long
ones divided between two words near their middle, against titles that have a 引题 or 副题.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from jianbao.reading.titles.kickers import TRAILING, features

_FARTHEST: Final = 10  # characters; lines whose lengths differ by more differ no more


def pair_features(above: str, below: str) -> Iterator[tuple[str, float]]:
    """What the regression looks at, by name: what `kickers.features` does, and how alike the lines are."""
    yield from features(above, below)
    apart = abs(len(above) - len(below))
    yield "apart length", min(apart, _FARTHEST) / _FARTHEST
    yield "whole length", (len(above) + len(below)) / 20
    if not apart:
        yield "as long", 1.0
        yield f"as long {min(len(above), 14)}", 1.0
    if (" " in above) != (" " in below):
        yield "halves above" if " " in above else "halves below", 1.0
    if above[:1] == below[:1]:
        yield "begin alike", 1.0
    if _PLACE.match(above):
        yield "place above" if len(above) <= _NAME else "of a place above", 1.0


# Where something happened stands over what did, as a 引题: 广东清源县.
_PLACE: Final = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|"
    "陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|全国"
)
_NAME: Final = 8  # characters


@cache
def _weights() -> dict[str, float]:
    text = files("jianbao.reading.data").joinpath("two_lines.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(weight) for weight, *names in rows for name in names}


@lru_cache(maxsize=1024)
def one_headline_odds(above: str, below: str, *, of_more: bool = False) -> float:
    """Log-odds that two title lines are one headline, rather than a headline with its 引题 or 副题. `of_more`: they are
    two of three or four."""
    named = len(above) <= _COLUMNS_NAME and len(above) != len(below)
    if named or _NO_FIRST_HALF.search(above) or TRAILING.search(above) or _NO_SECOND_HALF.match(below):
        return _LEAST
    weights = _weights()
    odds = sum(weights.get(name, 0.0) * value for name, value in pair_features(above, below))
    return max(_LEAST, min(_MOST, odds + _PRIOR - (_IN_MORE if of_more else 0.0)))


_COLUMNS_NAME: Final = 5  # characters; who or what is over a headline is often named so shortly: 快板, 场外音
# What a paper prints again and again over headlines, or a series: 班组长论坛, 记者走江岸③.
_NO_FIRST_HALF: Final = re.compile(
    r"^[▶►▲◆■●□★※]|[①-⑩]$|之[一二三四五六七八九十]$|(?:报告|通报|研究|统计|参与|召开|强调|指出|要求|(?<![参比开来])赛|接力|运动会|大会|[\u4e00-\u9fff]杯)$|[\u4e00-\u9fff]·[\u4e00-\u9fff]|"
    r"^[\u4e00-\u9fff·]{1,6}(?:论坛|論壇|茶座|信箱|园地|之窗|之声|漫谈|杂谈|走笔|[随絮时]谈|天地|视点|聚焦|广角|调查|札记|访谈|专访|专栏|"
    r"讲坛|来[信函电]|來[信函電]|沙龙|点滴|一角|故事|人物|风采|剪影|掠影|诗选|经验|快评)$"
)
_NO_SECOND_HALF: Final = re.compile(r"[访記记][^者录忆得住]|写在|.*[①-⑩]$|总投资|涉及|预计|其中|包括")
_PRIOR: Final = -1.2  # on pages of the benchmark few are, on pages written for the purpose more
_IN_MORE: Final = 1.0  # there one of each is oftener
_LEAST: Final = -2.5
_MOST: Final = 5.0
