"""The line that bears a page's date, told from dates in texts and below notices."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from jianbao.model import Line
from jianbao.reading.furniture.edges import at_edge, stands_alone
from jianbao.reading.furniture.masthead import LETTERED, OWN_NAME
from jianbao.reading.furniture.patterns import ANY_PAPER, DATE_PART, MONTH_ONLY, PAPER_NAME, PRINT, SECTIONS
from jianbao.reading.phrases.dates import WEEKDAY, Printed, read_date, real_date

_AROUND_DATE: Final = re.compile(
    r"第[A-Z\d一二三四五六七八九十]+版|总?第[\d〇零○一二三四五六七八九十百千]+[期号號]|[A-Za-z]{3,}|"
    r"[\s　|｜·,，（）()\-—:：\[\]［］【】/／]+|[A-Z]?\d{1,2}版?"
)
# Who made the page, in a line that also bears its date: 责编/李明, 策划：融媒体中心, 文字：林珊 周凯.
CREDIT: Final = re.compile(
    rf"(?:{PRINT.pattern}|(?:^|[\s　|｜])[\u4e00-\u9fff]{{2,6}}[：:])"
    r"\s*[\u4e00-\u9fff·]{2,8}(?:[、 ][\u4e00-\u9fff·]{2,4}(?![\u4e00-\u9fff：:/／]))*"
)


def is_date_line(text: str) -> bool:
    """Whether the line is little else than a date."""
    if len(text) > 60 or not read_date(text):
        return False
    rest = DATE_PART.sub("", text)
    if re.search(r"(?<=[\u4e00-\u9fff])，", rest):
        return False
    words = [word for word in _AROUND_DATE.split(rest) if word]
    papers = [word for word in words if ANY_PAPER.fullmatch(word) or PAPER_NAME.match(word)]
    rest = "".join([word for word in words if word not in SECTIONS and word not in papers])
    if len(rest) > 12 or re.search(r"[。，；！？]", rest):
        return False
    if OWN_NAME.fullmatch(rest) and (LETTERED.search(text) or _NUMBERED.search(text)):
        return True
    if not rest or words[-1] in papers:
        return True
    return bool(_NOT_A_BARE_DATE.search(text) or re.search(r"[期号號刊]$", rest))


def names_paper(text: str) -> bool:
    """Whether a line bears a paper's name beside its date, also where nothing parts them: 星城日报2005年6月8日."""
    return any(ANY_PAPER.fullmatch(word) for word in _AROUND_DATE.split(DATE_PART.sub(" ", text)))


_NUMBERED: Final = re.compile(r"(?:^|[\s　|｜·])\d{1,2}(?:$|[\s　|｜·])")
_NOT_A_BARE_DATE: Final = re.compile(rf"{WEEKDAY}|版")


def may_date(lines: Sequence[Line], i: int, text: str, found: Set[int]) -> bool:
    """Whether a date here can be the page's: at its edges, or with a weekday. A bare date may also stand below a
    notice: it is the page's only at its very edge, beside other furniture, or apart."""
    if i >= 10 and not at_edge(lines, i):
        return False
    if _NOT_A_BARE_DATE.search(text):
        return True
    if i < 10:
        return i < 3 or i - 1 in found or stands_alone(lines, i)
    return i == len(lines) - 1 and (i - 1 in found or stands_alone(lines, i))


def month_of(text: str) -> Printed | None:
    """The date of a monthly, of which the head tells no day."""
    found = MONTH_ONLY.fullmatch(text)
    date = real_date(int(found[1]), int(found[2])) if found else None
    return Printed(date, None) if date else None
