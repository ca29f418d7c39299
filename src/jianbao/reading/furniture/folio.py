"""What stands on every page and belongs to no article: masthead, folio, date line, editors of the page, price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from unicodedata import numeric

from jianbao.model import Line
from jianbao.reading.furniture.folio_line import folio_of, is_section, unspread
from jianbao.reading.furniture.masthead import LETTERED, OWN_NAME, ears, names_page, own_name
from jianbao.reading.furniture.patterns import (
    CONTACT,
    CONTACT_OF_PAPER,
    DATE_PART,
    FOLIO,
    INDEX,
    INDEX_HEAD,
    LATIN,
    MONTH_ONLY,
    NO_YEAR,
    NUMBER,
    NUMBER_SECTION,
    OF_THE_PAGE,
    PAPER,
    PAPER_NAME,
    PRINT,
    SECTIONS,
    WEB,
    WEEKDAY_ONLY,
)
from jianbao.reading.furniture.scan_path import Place, page_label
from jianbao.reading.phrases.boxes import is_notice_title
from jianbao.reading.phrases.dates import WEEKDAY, Printed, read_date, real_date
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.text import visual_width


class Folio(NamedTuple):
    """What the furniture of a page says, and which lines it is."""

    lines: frozenset[int]
    place: Place
    printed: Printed | None


_AROUND_DATE: Final = re.compile(
    r"第[A-Z\d一二三四五六七八九十]+版|总?第[\d〇零○一二三四五六七八九十百千]+[期号號]|[A-Za-z]{3,}|"
    r"[\s　|｜·,，（）()\-—:：\[\]［］【】/／]+|[A-Z]?\d{1,2}版?"
)
# Who made the page, in a line that also bears its date: 责编/李明, 策划：融媒体中心, 文字：林珊 周凯.
_CREDIT: Final = re.compile(
    rf"(?:{PRINT.pattern}|(?:^|[\s　|｜])[\u4e00-\u9fff]{{2,6}}[：:])"
    r"\s*[\u4e00-\u9fff·]{2,8}(?:[、 ][\u4e00-\u9fff·]{2,4}(?![\u4e00-\u9fff：:/／]))*"
)


_WIDE: Final = re.compile("[ \u3000\t]{3,}")


def _is_date_line(text: str) -> bool:
    """Whether the line is little else than a date."""
    if len(text) > 60 or not read_date(text):
        return False
    rest = DATE_PART.sub("", text)
    if re.search(r"(?<=[\u4e00-\u9fff])，", rest):
        return False
    rest = "".join([word for word in _AROUND_DATE.split(rest) if word not in SECTIONS and not PAPER_NAME.match(word)])
    if len(rest) > 12 or re.search(r"[。，；！？]", rest):
        return False
    if OWN_NAME.fullmatch(rest) and LETTERED.search(text):
        return True
    return not rest or bool(_NOT_A_BARE_DATE.search(text) or re.search(r"[报報期号號刊]$", rest))


_RULE: Final = re.compile(r"[|｜■□](?:\s*[|｜■□])*|[-—_=](?:\s*[-—_=]){2,}")  # a line drawn between articles
_SPACED_FIGURES: Final = re.compile(r"(?<!\d)\d(?: \d)+(?=[年月日])")  # 1 9 8 5年1 1月
_CIRCLED: Final = re.compile(r"[①-⑳](?=\s*版)")  # ④版
_HEAD: Final = 4  # lines, of which a page's head has no more


def find_folio(lines: Sequence[Line]) -> Folio:
    """The furniture among these lines (not blank, tidied), with the place they name."""
    found: set[int] = set()
    date_at: list[int] = []
    printed: Printed | None = None
    page = section = ""
    for i, line in enumerate(lines):
        text = _WIDE.sub("\u3000", line.text.strip())
        if len(text) > 90:
            continue
        if _RULE.fullmatch(text):
            found.add(i)
            continue
        text = _SPACED_FIGURES.sub(lambda figures: figures[0].replace(" ", ""), text)
        text = _CIRCLED.sub(lambda figure: str(int(numeric(figure[0]))), text)
        plain = _CREDIT.sub(" ", text)
        dated = _may_date(lines, i, plain, found) and _is_date_line(plain)
        if line.text.startswith("\u3000") and i and i - 1 not in found and not (dated and i < _HEAD):
            continue  # indented as text is, and not below a head that is set so
        if dated:
            found.add(i)
            date_at.append(i)
            printed = printed or read_date(plain)
            page, section = folio_of(DATE_PART.sub(" ", plain), page, section)
            section = section or own_name(plain)
        elif FOLIO.match(text) and len(text) <= 24 and _at_edge(lines, i) and not re.search(r"[。，]", text):
            found.add(i)
            date_at.append(i)
            page, section = folio_of(text, page, section)
        elif _is_imprint(lines, i, text, i - 1 in found):
            found.add(i)
            if is_section(first := text.split()[0]):
                section = section or first
    for i in (0, len(lines) - 1) if lines else ():
        both = NUMBER_SECTION.match(unspread(lines[i].text)) if i not in found else None
        if both and (both[2] or both[3]) in SECTIONS:
            found.add(i)
            date_at.append(i)
            page, section = page or page_label(both[1] or both[4]), section or both[2] or both[3]
    for i in sorted(date_at):
        for near in (i - 2, i - 1, i + 1, i + 2, i + 3):
            if not 0 <= near < len(lines) or near in found:
                continue
            text = lines[near].text.strip()
            between = range(min(i, near) + 1, max(i, near))
            if any(step not in found for step in between):
                continue
            if number := NUMBER.match(text):
                found.add(near)
                page = page or page_label(number[1])
            elif both := NUMBER_SECTION.match(unspread(text)):
                found.add(near)
                page, section = page or page_label(both[1] or both[4]), section or (both[2] or both[3])
            elif is_section(name := "".join(text.split())):
                found.add(near)
                section = section or name
            elif near == i + 1 < _HEAD and not section and names_page(lines, near):
                found.add(near)
                section = name
            elif WEEKDAY_ONLY.match(text) or re.fullmatch(r"[\u4e00-\u9fff\s　]{2,12}(?:[报報]|新闻|时报)", text):
                found.add(near)
    for edge in (range(min(3, len(lines))), range(len(lines) - 1, max(-1, len(lines) - 3), -1)):
        for i in edge:
            text = lines[i].text.strip()
            number = NUMBER.match(text)
            if i not in found and (text in SECTIONS or number) and found:
                found.add(i)
                section = section or (text if text in SECTIONS else "")
                page = page or (page_label(number[1]) if number else "")
    _add_masthead(lines, found)
    _add_index(lines, found)
    heads = {i for i in found if _heads_news(lines, i, found, section)}
    found -= heads
    section = "" if section in {lines[i].text.strip() for i in heads} else section
    said = [lines[i].text.strip() for i in sorted(found)]
    printed = printed or next(filter(None, map(read_date, said)), None) or next(filter(None, map(_month, said)), None)
    section = section or next((named[1] for text in said if (named := _PAGE_NAME.search(text))), "")
    return Folio(frozenset(found), Place(printed.date if printed else None, page, section), printed)


def _heads_news(lines: Sequence[Line], i: int, found: set[int], section: str) -> bool:
    """Whether a line heads what stands right below it rather than the page: 公告, or 图片新闻 and the like where the
    page has another name."""
    text = lines[i].text.strip()
    if i + 1 == len(lines) or i + 1 in found:
        return False
    if not is_notice_title(text) and (not is_standing_head(text) or section in ("", text)):
        return False
    return lines[i + 1].number == lines[i].number + 1


def _month(text: str) -> Printed | None:
    """The date of a monthly, of which the head tells no day."""
    found = MONTH_ONLY.fullmatch(text)
    date = real_date(int(found[1]), int(found[2])) if found else None
    return Printed(date, None) if date else None


def _may_date(lines: Sequence[Line], i: int, text: str, found: set[int]) -> bool:
    """Whether a date here can be the page's: at its edges, or with a weekday. A bare date may also stand below a
    notice: it is the page's only at its very edge, beside other furniture, or apart."""
    if i >= 10 and not _at_edge(lines, i):
        return False
    if _NOT_A_BARE_DATE.search(text):
        return True
    if i < 10:
        return i < 3 or i - 1 in found or _stands_alone(lines, i)
    return i == len(lines) - 1 and (i - 1 in found or _stands_alone(lines, i))


_MASTHEAD: Final = 12  # lines, below which no imprint is looked for again


def _add_masthead(lines: Sequence[Line], found: set[int]) -> None:
    """Adds the paper's name and its Latin letters, a lone weekday or page name, beside other furniture at the page's
    head or foot, and the imprint that follows them."""
    last = len(lines) - 1
    for i in (*range(min(8, len(lines))), *range(last, max(7, last - 8), -1)):
        text = lines[i].text.strip()
        if i in found:
            continue
        named = bool(PAPER_NAME.match(text))
        if i - 1 in found or i + 1 in found:
            plain = named or text in SECTIONS or bool(WEEKDAY_ONLY.match(text) or LATIN.fullmatch(text))
        else:
            plain = not i and named and (bool(found) or (last > 0 and lines[1].number - lines[0].number > 1))
        if not i and i + 1 in found and not plain:
            plain = _names_the_paper(lines, found)
        if plain:
            found.add(i)
            if i == 1 and 0 not in found and PAPER_NAME.match(lines[0].text.strip()):
                found.add(0)  # the name above its Latin letters
    found.update(ears(lines, found))
    for i in range(1, min(_MASTHEAD, len(lines))):  # 机关报, the address below the paper's name
        if i not in found and i - 1 in found and _is_imprint(lines, i, lines[i].text.strip(), follows=True):
            found.add(i)


def _names_the_paper(lines: Sequence[Line], found: set[int]) -> bool:
    """Whether the first line, above the date line, is a name that does not end as papers' names do."""
    after = next(i for i in range(1, len(lines) + 1) if i not in found)
    if re.fullmatch(r"《[\u4e00-\u9fff]{2,10}》", lines[0].text.strip()):
        return True
    apart = after == len(lines) or lines[after].number - lines[after - 1].number > 1
    above = lines[1].number - lines[0].number == 1
    return apart and above and bool(re.fullmatch(r"[\u4e00-\u9fff]{2,8}", lines[0].text.strip()))


def _add_index(lines: Sequence[Line], found: set[int]) -> None:
    """Adds what stands on other pages: 今日导读 and, below it or by themselves, lines that end in a page's number."""
    run: list[int] = []
    for i, line in enumerate(lines):
        text = line.text.strip()
        if text.endswith(_ENDS_INDEX) and INDEX.fullmatch(text) and i not in found:
            run.append(i)
            continue
        _take_index(lines, run, found)
        run = []
    _take_index(lines, run, found)


_ENDS_INDEX: Final = ("版", "版）", "版)", *"0123456789")


def _take_index(lines: Sequence[Line], run: Sequence[int], found: set[int]) -> None:
    headed = bool(run) and run[0] > 0 and bool(INDEX_HEAD.fullmatch("".join(lines[run[0] - 1].text.split())))
    if len(run) > 1 or headed:
        found.update(run)
        found.update([run[0] - 1] if headed else [])


_PAGE_NAME: Final = re.compile(r"版名[：:]\s*([\u4e00-\u9fff·]{2,10})")  # in files that papers' sites give
_NOT_A_BARE_DATE: Final = re.compile(rf"{WEEKDAY}|版")


def _is_imprint(lines: Sequence[Line], i: int, text: str, follows: bool) -> bool:
    """Whether a line names the page's editors, the paper's price, number or address. `follows`: the line above is
    furniture."""
    if (len(text) > 3 and WEB.fullmatch(text)) or OF_THE_PAGE.fullmatch(text):
        return True
    if PRINT.search(text) and not text.endswith("。") and (len(text) < 50 or CONTACT.search(text)):
        return True
    if not (follows or _at_edge(lines, i, 6)) or re.search(r"[。，；]", text):
        return False
    if NO_YEAR.fullmatch(text) or (follows and MONTH_ONLY.fullmatch(text)):
        return True
    if PAPER.search(text):
        return i < 6 or follows or _stands_alone(lines, i) or not text.endswith("社")
    if CONTACT_OF_PAPER.match(text) and CONTACT.search(text):
        return True
    return bool(CONTACT.search(text)) and len(text) <= 60 and (i < 6 or follows or _stands_alone(lines, i))


def _stands_alone(lines: Sequence[Line], i: int) -> bool:
    """Whether a blank line stands above."""
    return i > 0 and lines[i].number - lines[i - 1].number > 1


def _at_edge(lines: Sequence[Line], i: int, reach: int = 12) -> bool:
    """Whether the line is among the first or last of the page, or stands apart, short, between blanks."""
    if i < reach or i >= len(lines) - reach:
        return True
    alone = lines[i].number - lines[i - 1].number > 1 and lines[i + 1].number - lines[i].number > 1
    return alone and visual_width(lines[i].text) <= 44
