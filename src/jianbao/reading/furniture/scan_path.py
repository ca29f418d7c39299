"""What a scan's path says of its page: `scans/2021-12-07/01-要闻.txt`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from jianbao.model import PaperDate
from jianbao.numerals import read_number
from jianbao.reading.phrases.dates import read_date, real_date


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
    """The last date in a path, and the path without it; of a day that no calendar has (2021-02-30) the month, as an
    estimate."""
    impossible: tuple[PaperDate, str] | None = None
    for pattern, parts in (
        (_PATH_DAY_PAGE, 3),
        (_PATH_DAY, 3),
        (_PATH_DAY_FOLDER, 3),
        (_PATH_MONTH, 2),
        (_PATH_YEAR, 1),
    ):
        if impossible and parts < 3:
            return impossible
        for found in reversed(list(pattern.finditer(stem))):
            numbers = [int(part) for part in found.groups() if part and part.isdigit()]
            date = real_date(*numbers) if len(numbers) == parts else None
            rest = f"{stem[: found.start()]}/{stem[found.end() :]}" if parts > 1 else stem
            if date:
                return date, rest
            if len(numbers) == parts == 3:
                impossible = PaperDate(numbers[0], numbers[1], estimated=True), rest
    written = read_date(stem)  # 民国九年四月十二日/第四版
    return (written.date if written else None), stem


def page_label(text: str) -> str:
    """`01` → `1`, `a2` → `A02`: a plain number without zeros, a lettered one as it is usually printed."""
    letters, digits = re.match(r"([A-Za-z]*)0*(\d*)", text).groups()  # type: ignore[union-attr]
    if not letters:
        return digits or "0"
    return f"{letters.upper()}{int(digits or 0):02d}"
