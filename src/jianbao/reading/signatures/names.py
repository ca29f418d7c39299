"""People's names: how likely characters are as one, and the best cuts of a run of glued ones.

A name is weighed as a surname by its share of the population times its given characters by theirs
(`data/surnames.tsv`, `data/given.tsv`), and more where the archive already knows it; the best cut of a run of
glued names is found by dynamic programming, and how far the next best cut lies behind is its margin.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from jianbao.reading.signatures.traditional import as_weighed
from jianbao.text import is_han

# Newspaper names of two characters against three, and the rare four (compound surname and two characters):
# counted on signed bylines, 2 : 3 : 4 = 38 : 61 : 1.
_LENGTH: Final = {2: math.log(0.38), 3: math.log(0.61), 4: math.log(0.01)}
_UNKNOWN_SURNAME: Final = math.log(1e-6)
_UNKNOWN_GIVEN: Final = math.log(3e-7)
_DOUBLED: Final = math.log(0.02)  # the second character of a given name repeats the first in one name of fifty
# `（记者 张 波整理）` printed in one breath leaves 波整理 among the names: better one odd piece than two wrong names.
_LEFTOVER: Final = "整理"
_LEFTOVER_COST: Final = -15.0
_KNOWN_BONUS: Final = 5.0  # a name signed elsewhere in the archive is e^5 likelier than its letters alone
PLAUSIBLE: Final = -23.0  # below this log-likelihood letters alone do not make a name


@cache
def _surnames() -> dict[str, float]:
    table: dict[str, float] = {}
    for line in _lines("surnames.tsv"):
        surname, share = line.split("\t")
        table[surname] = math.log(float(share) / 100)
    return table


@cache
def _given() -> dict[str, float]:
    counts: dict[str, float] = {}
    for line in _lines("given.tsv"):
        level, chars = line.split("\t")
        for char in chars:
            counts[char] = 2 ** (int(level) / 2)
    total = math.log(sum(counts.values()))
    return {char: math.log(count) - total for char, count in counts.items()}


def _lines(name: str) -> list[str]:
    text = files("jianbao.reading.data").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def surname_of(name: str) -> str:
    """The surname a name begins with (compound before single), or an empty string."""
    table, weighed = _surnames(), as_weighed(name)
    return next((name[:n] for n in (2, 1) if len(name) > n and weighed[:n] in table), "")


@cache
def likelihood(name: str) -> float:
    """The logarithm of how likely these characters are as one person's name."""
    if not 2 <= len(name) <= 4 or not all(map(is_han, name)):
        return -60.0
    given, surnames, name = _given(), _surnames(), as_weighed(name)

    def letters(part: str) -> float:
        first = given.get(part[0], _UNKNOWN_GIVEN)
        if len(part) == 2 and part[0] == part[1]:
            return first + _DOUBLED  # 冉冉, 婷婷
        return first + sum(given.get(char, _UNKNOWN_GIVEN) for char in part[1:])

    if len(name) == 3 and name.endswith(_LEFTOVER):
        return letters(name[0]) + _LEFTOVER_COST
    best = -60.0 if len(name) == 4 else surnames.get(name[0], _UNKNOWN_SURNAME) + letters(name[1:])
    if len(name) > 2 and name[:2] in surnames:
        best = max(best, surnames[name[:2]] + letters(name[2:]))
    elif len(name) == 4:
        best = surnames.get(name[0], _UNKNOWN_SURNAME) + letters(name[1:]) - 5.0
    return best + _LENGTH[len(name)]


def made_of_names(run: str) -> bool:
    """Whether the whole run can be cut into likely names."""
    names = best_two(run, {})[0][1]
    return all(surname_of(name) and likelihood(name) >= PLAUSIBLE for name in names)


def is_name(text: str, known: Mapping[str, int] | None = None) -> bool:
    """Whether the text by itself is one person's name: a known one, one with a dot, or a likely one."""
    if known and text in known:
        return True
    if "·" in text:
        return bool(re.fullmatch(r"[\u3400-\u9fffA-Za-z.]+(?:·[\u3400-\u9fffA-Za-z.]+)+", text)) and len(text) <= 20
    return (bool(surname_of(text)) and likelihood(text) >= PLAUSIBLE) or is_foreign(text)


# Tibetan names are made of two such parts, and have no surname; longer Mongolian ones hold such a syllable group.
_TIBETAN: Final = re.compile(
    r"(?:(?:次仁|卓玛|扎西|德吉|央宗|多吉|罗布|顿珠|尼玛|达瓦|边巴|巴桑|普布|米玛|拉巴|平措|旺堆|格桑|白玛|索朗|索南|洛桑|丹增|旦增|贡嘎|曲珍|央金|拉姆|晋美|仁增|土登|"
    r"嘉措|加措|强巴|桑珠|坚赞|才让|旦巴|贡布|扎巴|群培|群宗|卓嘎|曲扎|阿旺|益西|仓决|措姆|玉珍|旺姆|旺久|次旺|次旦|次珍|欧珠|江村|江白|赤列|班久|朗杰|维色|"
    r"久美|永青|西绕|仁青|彭措|金美|罗珠|云旦|泽仁|降央|翁姆|拉珍|拥忠|措毛|卓么|吉毛|东主|加羊|尕藏|桑杰|完么|南杰|德庆|白珍|国吉|普赤|贡桑|旦珍|确吉|顿旦|"
    r"巴姆|桑吉|拉毛|杰布|旺扎|觉阿|旺杰|斯曲|珠扎|旺秀|多布|才旦|才仁|才旺|文毛){2})"
)
_MONGOLIAN: Final = re.compile(
    r"[\u4e00-\u9fff]{0,3}(?:吉勒|格日|日勒|巴雅|巴特|苏日|乌日|萨日|其其|其木|阿拉|青格|毕力|特木|额尔|敖日|娜仁|牧仁|斯琴|格根|吉雅|布仁|朝克|哈斯|朝格|呼和|图雅|"
    r"图力|德力|吉日|那日|宝音|乌云|孟和|满都|通拉|萨仁|阿木)[\u4e00-\u9fff]{1,4}"
)


def is_foreign(run: str) -> bool:
    """Whether these four to six characters are one name of a people that has no surnames of one character."""
    if len(run) == 4 and _TIBETAN.fullmatch(run):
        return True
    return 4 <= len(run) <= 6 and bool(_MONGOLIAN.fullmatch(run)) and not made_of_names(run)


Way = tuple[float, tuple[str, ...]]


def best_two(run: str, known: Mapping[str, int]) -> tuple[Way, Way]:
    """The best and the next best cut into pieces of two to four characters, with their scores."""
    nothing: Way = (-math.inf, ())
    start: Way = (0.0, ())
    best: list[list[Way]] = [[start], *([] for _ in run)]
    for end in range(2, len(run) + 1):
        paths: list[Way] = []
        for length in (2, 3, 4):
            if length > end:
                break
            name = run[end - length : end]
            count = known.get(name, 0)
            score = likelihood(name) + (_KNOWN_BONUS + math.log1p(count) if count else 0.0)
            paths += [(before + score, (*names, name)) for before, names in best[end - length]]
        best[end] = sorted(paths, key=lambda path: -path[0])[:2]
    found = best[len(run)]
    if not found:
        return (0.0, (run,)), nothing
    return found[0], found[1] if len(found) > 1 else nothing
