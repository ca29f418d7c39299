"""When and where in the paper: from a scan's path, from masthead and folio lines, from what the articles say.

The first found wins: path, then masthead, then an estimate from the latest day that the articles speak of
(see the contract). The weekday beside a date is a checksum that can repair one misread figure.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from jianbao.model import Doubt, PaperDate

_DIGITS: Final = {c: str(i % 10) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
    "Ｏ": "0",
}
_NUMERAL: Final = "〇零○一二三四五六七八九十廿卅百"
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


class Place(NamedTuple):
    """What a path or a folio line says about a page; empty or None where it is silent."""

    date: PaperDate | None = None
    page: str = ""
    section: str = ""


_PATH_DAY: Final = re.compile(
    r"(?<!\d)(1[89]\d\d|20\d\d)(?:([-_./年])(0?[1-9]|1[0-2])(?:\2|月)(0?[1-9]|[12]\d|3[01])日?|"
    r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)"
)
_PATH_DAY_PAGE: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\d\d(?!\d))")
_PATH_DAY_FOLDER: Final = re.compile(
    r"(?<!\d)(1[89]\d\d|20\d\d)(?:[-_.年](0?[1-9]|1[0-2])月?|(0[1-9]|1[0-2]))/(0?[1-9]|[12]\d|3[01])日?(?=/)"
)
_PATH_MONTH: Final = re.compile(
    r"(?<!\d)(1[89]\d\d|20\d\d)(?:[-_.年](0[1-9]|1[0-2])月?(?!\d)|/(0[1-9]|1[0-2])月?(?=/))"
)
_PATH_YEAR: Final = re.compile(r"(?:^|/)(1[89]\d\d|20\d\d)(?:/|$)")
_PATH_PAGE: Final = re.compile(
    r"^(?:page|node|p|版|第)?[-_ .]*([A-Za-z]{0,2}\d{1,3})(?:[-_—~+&、，,][A-Za-z]{0,2}\d{1,3}(?=版|$))?(?:版)?"
    r"(?=$|[-_ .·—~+&、，,:：（(\[【\u4e00-\u9fff])",
    re.IGNORECASE,
)  # of a spread over two pages (02-03版) the first
_SECTION_PAGE: Final = re.compile(r"^([\u4e00-\u9fff·]{2,8})[-_ ]*(\d{1,3})版?$")  # 要闻01
_COPY: Final = re.compile(r"[-_ ]*(?:副本|复件|備份|备份|copy)[-_ ]*\d*$|\s*[（(]\d+[）)]$", re.IGNORECASE)
_PAPERS: Final = ("日报", "晚报", "早报", "晨报", "时报", "商报", "都市报", "日報", "晚報", "時報")
_MARKS: Final = " -_.·—:：、，,+&~（）()[]【】"
_CHINESE_PAGE: Final = re.compile(r"第?([一二三四五六七八九十]{1,3})版")
_WORDLESS: Final = re.compile(r"^(?:page|scan|img|image|ocr|text|txt|page|p|v)?\d*$", re.IGNORECASE)


def place_of(path: str) -> Place:
    """Date, page and section that a scan's path gives: `scans/2021-12-07/01-要闻.txt`, `20211207-01.txt`,
    `2021-12-07_A02.txt`, `2021/12/07/第3版.txt`, `rb2021120703.txt`."""
    path = path.replace("\\", "/")
    stem = re.sub(r"(?:\.parsed)?\.[A-Za-z0-9]{1,5}$", "", path)
    date, rest = _path_date(stem)
    tail = _COPY.sub("", rest.rsplit("/", 1)[-1].strip(" -_."))
    page = section = ""
    if chinese := _CHINESE_PAGE.search(tail):
        page, tail = str(read_number(chinese[1]) or ""), (tail[: chinese.start()] + tail[chinese.end() :])
    elif found := _PATH_PAGE.match(tail):
        page, tail = page_label(found[1]), tail[found.end() :]
    elif found := _SECTION_PAGE.match(tail):
        page, tail = page_label(found[2]), found[1]
    tail = tail.strip(_MARKS).removeprefix("版").strip(_MARKS)
    if re.search(r"[\u4e00-\u9fff]", tail) and len(tail) <= 12 and not tail.endswith(_PAPERS):
        section = tail
    return Place(date, page if date or page else "", section)


def _path_date(stem: str) -> tuple[PaperDate | None, str]:
    """The last date in a path, and the path without it."""
    for pattern, parts in (
        (_PATH_DAY_PAGE, 3),
        (_PATH_DAY, 3),
        (_PATH_DAY_FOLDER, 3),
        (_PATH_MONTH, 2),
        (_PATH_YEAR, 1),
    ):
        for found in reversed(list(pattern.finditer(stem))):
            numbers = [int(part) for part in found.groups() if part and part.isdigit()]
            date = real_date(*numbers) if len(numbers) == parts else None
            if date:
                return date, f"{stem[: found.start()]}/{stem[found.end() :]}" if parts > 1 else stem
    written = read_date(stem)  # 民国九年四月十二日/第四版
    return (written.date if written else None), stem


def page_label(text: str) -> str:
    """`01` → `1`, `a2` → `A02`: a plain number without zeros, a lettered one as it is usually printed."""
    letters, digits = re.match(r"([A-Za-z]*)0*(\d*)", text).groups()  # type: ignore[union-attr]
    if not letters:
        return digits or "0"
    return f"{letters.upper()}{int(digits or 0):02d}"


def real_date(year: int, month: int = 0, day: int = 0) -> PaperDate | None:
    """The date, if the calendar has it."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR or not 0 <= month <= 12:
        return None
    if day and not (month and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return PaperDate(year, month, day)


def read_number(text: str) -> int | None:
    """A number in figures or Chinese: `12`, `十二`, `廿三`, `二〇二一`, `三十`, `元`."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text)
    if text == "元":
        return 1
    if text and all(c in _DIGITS for c in text):
        return int("".join(_DIGITS[c] for c in text))
    if found := re.fullmatch(r"一千([八九])百([一二三四五六七八九]?十)?([一二三四五六七八九]?)", text):
        return 1000 + int(_DIGITS[found[1]]) * 100 + (read_number((found[2] or "") + found[3]) or 0)
    text = text.replace("廿", "二十").replace("卅", "三十").replace("零", "")
    found = re.fullmatch(r"(?:([一二三四五六七八九])百)?(?:([一二三四五六七八九]?)(十))?([一二三四五六七八九]?)", text)
    if not found or not text:
        return None
    hundreds, tens, ten, ones = found.groups()
    return (
        (int(_DIGITS[hundreds]) * 100 if hundreds else 0)
        + ((int(_DIGITS[tens]) if tens else 1) * 10 if ten else 0)
        + (int(_DIGITS[ones]) if ones else 0)
    )


_N: Final = rf"(?:\d{{1,2}}|[{_NUMERAL}]{{1,4}})"
WEEKDAY: Final = r"(?:(?:星期|礼拜|禮拜|周|週)\s*[一二三四五六日天曰1-6])"
_DAY: Final = re.compile(
    rf"(\d{{4}}|"
    rf"[{''.join(_DIGITS)}]{{4}}|一千[八九]百[一二三四五六七八九十]{{0,3}})\s*[年.\-/·]\s*({_N})\s*[月.\-/·]\s*({_N})\s*[日号號]?(?!\d)"
    rf"(?:[\s　，,（(]*({WEEKDAY}))?"
)
_MINGUO: Final = re.compile(
    rf"(?:中華|中华)?民[國国]\s*(\d{{1,3}}|[{_NUMERAL}元]{{1,4}})\s*年\s*({_N}|元|"
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
_ERA: Final = re.compile(rf"({'|'.join(_ERAS)})\s*([{_NUMERAL}元]{{1,3}})\s*年")


def read_date(text: str) -> Printed | None:
    """The first full date in a text: `2021年12月7日 星期二`, `二〇二一年十二月七日`, `民國九年四月十二日`; of an
    emperor's year (宣統三年八月十九日) the year alone, since its months are not ours."""
    text = _MISREAD.sub(lambda m: m[0].translate(_FIGURES), text)
    if found := _MINGUO.search(text):
        year = read_number(found[1])
        date = _dated((year or 0) + 1911 if year else 0, found[2].replace("正", "一"), found[3].removeprefix("初"))
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


_SPOKEN: Final = re.compile(r"(?<!\d)(?:((?:19|20)\d\d)年)?(?<!\d)(1[0-2]|[1-9])月(?:([12]\d|3[01]|[1-9])日)?")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


def estimate(texts: Iterable[str]) -> PaperDate | None:
    """The month of the latest day that these texts speak of, marked as an estimate; the year alone if no month
    goes with it; None if no year is named. A year is believed if it is named with a month, or twice."""
    latest: tuple[int, int] = (0, 0)
    years: dict[int, int] = {}
    for text in texts:
        for year in _YEAR.findall(text):
            years[int(year)] = years.get(int(year), 0) + 1
        for found in _SPOKEN.finditer(text):
            if found[1]:
                latest = max(latest, (int(found[1]), int(found[2])))
    often = [year for year, count in years.items() if count > 1 and year <= latest[0] + 2] if latest[0] else list(years)
    if often and max(often) > latest[0]:
        latest = (max(often), 0)
    return PaperDate(latest[0], latest[1], 0, estimated=True) if latest[0] else None


def date_doubt(printed: Printed) -> Doubt | None:
    """What an editor should know about a date read from a masthead."""
    if printed.date.estimated:
        return Doubt("date", f"报头用的是旧历，只知道在 {printed.date.iso} 年前后。", 0.1)
    if printed.repaired:
        return Doubt("date", f"报头日期与星期不符，已按星期改读为 {printed.date}，请核对。", 0.4)
    if printed.weekday_agrees is False:
        return Doubt("date", f"报头日期 {printed.date} 与所印星期不符，请核对。", 0.1)
    return None
