"""Dates as newspapers print them above their pages. The weekday beside one is a checksum that can repair one misread
figure."""

from __future__ import annotations

import calendar
import re
from typing import Final, NamedTuple

from jianbao.doubts import Doubt, Why
from jianbao.model import PaperDate
from jianbao.numerals import BEFORE_REPUBLIC, DIGITS, NUMERALS, read_number

_WEEKDAYS: Final = {c: i for i, c in enumerate("一二三四五六日")} | {
    "天": 6,
    "曰": 6,
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
}
# Figures that OCR takes for each other, most alike first.
_ALIKE: Final = (
    "17",
    "38",
    "56",
    "68",
    "08",
    "06",
    "14",
    "27",
    "39",
    "58",
    "49",
    "35",
    "89",
    "12",
    "13",
    "23",
    "69",
    "79",
    "47",
    "05",
)
_FIRST_YEAR, _LAST_YEAR = 1815, 2199  # the first modern Chinese periodical (察世俗) is of 1815


def real_date(year: int, month: int = 0, day: int = 0) -> PaperDate | None:
    """The date, if the calendar has it."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR or not 0 <= month <= 12:
        return None
    if day and not (month and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return PaperDate(year, month, day)


_N: Final = rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,4}})"
WEEKDAY: Final = r"(?:(?:星期|礼拜|禮拜|周|週)\s*[一二三四五六日天曰1-6])"
_DAY: Final = re.compile(
    rf"(\d{{4}}|"
    rf"[{''.join(DIGITS)}]{{4}}|一千[八九]百[一二三四五六七八九十]{{0,3}})\s*[年.\-/·]\s*({_N})\s*[月.\-/·]\s*({_N})\s*[日号號]?(?!\d)"
    rf"(?:[\s　，,（(]*({WEEKDAY}))?"
)
_MINGUO: Final = re.compile(
    rf"(?:中華|中华)?民[國国]\s*(\d{{1,3}}|[{NUMERALS}]{{1,4}})\s*年\s*({_N}|元|"
    rf"正)\s*月\s*(初?{_N})\s*日?(?:[\s　，,（(]*({WEEKDAY}))?"
)


class Printed(NamedTuple):
    """A date found in a text, whether its weekday agrees (None: none printed), and where it stood."""

    date: PaperDate
    weekday_agrees: bool | None
    repaired: bool = False
    as_printed: PaperDate | None = None  # the date that was repaired


# Letters that OCR reads for figures: 2O21年l2月.
_MISREAD: Final = re.compile(r"(?<![A-Za-z])(?=[OoIl]?[0-9])[0-9OolI]{1,4}(?=\s*[年月日])")
_FIGURES: Final = str.maketrans("OoIl", "0011")
_ERAS: Final = {"同治": 1862, "光緒": 1875, "光绪": 1875, "宣統": 1909, "宣统": 1909}
_ERA: Final = re.compile(rf"({'|'.join(_ERAS)})\s*([{NUMERALS}]{{1,3}})\s*年")


def read_date(text: str) -> Printed | None:
    """The first full date in a text: `2021年12月7日 星期二`, `二〇二一年十二月七日`, `民國九年四月十二日`; of an
    emperor's year (宣統三年八月十九日) the year alone, since its months are not ours."""
    text = _MISREAD.sub(lambda m: m[0].translate(_FIGURES), text)
    if found := _MINGUO.search(text):
        year = read_number(found[1])
        date = _dated(
            (year or 0) + BEFORE_REPUBLIC if year else 0, found[2].replace("正", "一"), found[3].removeprefix("初")
        )
    elif found := _DAY.search(text):
        date = _dated(read_number(found[1]) or 0, found[2], found[3])
    elif (found := _ERA.search(text)) and (year := read_number(found[2])):
        return Printed(PaperDate(_ERAS[found[1]] + year - 1, estimated=True), None)  # its months are the moon's
    else:
        return None
    if not found[4]:
        return Printed(date, None) if date else None
    weekday = _WEEKDAYS[found[4][-1]]
    if date and weekday_of(date) == weekday:
        return Printed(date, True)
    mended = _mend(found, weekday) if found.re is _DAY else None
    if mended:
        return Printed(mended, True, True, date)
    return Printed(date, False) if date else None


def _dated(year: int, month: str, day: str) -> PaperDate | None:
    return real_date(year, read_number(month) or 0, read_number(day) or 0) if month and day else None


def weekday_of(date: PaperDate) -> int:
    """Monday = 0."""
    return calendar.weekday(date.year, date.month, date.day)


def _mend(found: re.Match[str], weekday: int) -> PaperDate | None:
    """The date with the one misread figure put right, where only one reading is the likeliest; otherwise None."""
    parts = [found[1], found[2], found[3]]
    if not all(part.isascii() for part in parts):
        return None
    candidates: list[tuple[int, PaperDate]] = []
    for which in (2, 1, 0):
        for place, digit in enumerate(parts[which]):
            for rank, pair in enumerate(_ALIKE):
                if digit not in pair:
                    continue
                other = pair.replace(digit, "", 1)
                changed = parts[which][:place] + other + parts[which][place + 1 :]
                year, month, day = (int(changed if i == which else part) for i, part in enumerate(parts))
                date = real_date(year, month, day) if which or place == 3 else None  # no decade is misread unseen
                if date and date.is_day and weekday_of(date) == weekday:
                    candidates.append((rank + (20 if which < 2 else 0), date))
    candidates.sort(key=lambda c: c[0])
    if not candidates or (len(candidates) > 1 and candidates[1][0] - candidates[0][0] < 3):
        return None
    return candidates[0][1]


def date_doubt(printed: Printed) -> Doubt | None:
    """What an editor should know about a date read from a masthead."""
    if printed.date.estimated:
        return Doubt("date", Why.OLD_CALENDAR, 0.1, (str(printed.date.iso),))
    if printed.repaired:
        return Doubt("date", Why.REPAIRED_DATE, 0.4, (str(printed.date),))
    if printed.weekday_agrees is False:
        return Doubt("date", Why.WRONG_WEEKDAY, 0.1, (str(printed.date),))
    return None
