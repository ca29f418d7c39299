"""What stands on every page and belongs to no article: masthead, folio, date line, editors of the page, price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from unicodedata import numeric

from jianbao.model import Line
from jianbao.reading.furniture.date_lines import CREDIT, is_date_line, may_date, month_of
from jianbao.reading.furniture.edges import at_edge
from jianbao.reading.furniture.folio_line import folio_of, is_label, is_section, unspread
from jianbao.reading.furniture.imprint import is_imprint
from jianbao.reading.furniture.index import add_index
from jianbao.reading.furniture.masthead import add_masthead, names_page, own_name
from jianbao.reading.furniture.patterns import DATE_PART, NUMBER, NUMBER_SECTION, SECTIONS, WEEKDAY_ONLY, without_latin
from jianbao.reading.furniture.running_heads import running_heads
from jianbao.reading.furniture.scan_path import Place, page_label
from jianbao.reading.phrases.boxes import is_notice_title
from jianbao.reading.phrases.dates import Printed, read_date
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.reading.signatures.patterns import MARKERS


class Folio(NamedTuple):
    """What the furniture of a page says, and which lines it is."""

    lines: frozenset[int]
    place: Place
    printed: Printed | None


@dataclass(slots=True)
class _Search:
    """What has been found while the passes go over the lines (not blank, tidied): which are furniture, which of these
    bear the date or the page's label, and what they say. What was said first holds."""

    lines: Sequence[Line]
    found: set[int] = field(default_factory=set)
    marks: list[int] = field(default_factory=list)
    printed: Printed | None = None
    page: str = ""
    section: str = ""

    def take(self, i: int, page: str = "", section: str = "", *, mark: bool = False) -> None:
        """Line `i` is furniture and says this."""
        self.found.add(i)
        self.page = self.page or (page_label(page) if page else "")
        self.section = self.section or section
        if mark:
            self.marks.append(i)


def find_folio(lines: Sequence[Line]) -> Folio:
    """The furniture among these lines (not blank, tidied), with the place they name."""
    search = _Search(lines)
    _find_lines(search)
    _find_at_ends(search)
    _find_around_marks(search)
    _find_beside_edges(search)
    add_masthead(lines, search.found)
    add_index(lines, search.found)
    _leave_heads(search)
    _find_in_texts(search)
    said = [lines[i].text.strip() for i in sorted(search.found)]
    printed = search.printed or next(filter(None, map(read_date, said)), None)
    printed = printed or next(filter(None, map(month_of, said)), None)
    section = search.section or next((named[1] for text in said if (named := _PAGE_NAME.search(text))), "")
    place = Place(printed.date if printed else None, search.page, section)
    return Folio(frozenset(search.found), place, printed)


def _find_lines(search: _Search) -> None:
    """Lines that show by themselves what they are: with the date, with the page's label, who makes the page."""
    lines, found = search.lines, search.found
    for i, line in enumerate(lines):
        text = _WIDE.sub("\u3000", line.text.strip())
        if len(text) > _LONGEST:
            continue
        if _RULE.fullmatch(text):
            found.add(i)
            continue
        text = _SPACED_FIGURES.sub(lambda figures: figures[0].replace(" ", ""), text)
        text = _CIRCLED.sub(lambda figure: str(int(numeric(figure[0]))), text)
        plain = CREDIT.sub(" ", text)
        dated = may_date(lines, i, plain, found) and is_date_line(plain)
        if line.text.startswith("\u3000") and i and i - 1 not in found and not (dated and i < _HEAD):
            continue  # indented as text is, and not below a head that is set so
        if dated:
            search.printed = search.printed or read_date(plain)
            search.take(i, *folio_of(DATE_PART.sub(" ", plain)), mark=True)
            search.section = search.section or own_name(plain)
        elif is_label(text) and len(text) <= 24 and at_edge(lines, i) and not re.search(r"[。，]", text):
            search.take(i, *folio_of(text), mark=True)
        elif is_imprint(lines, i, text, i - 1 in found):
            first = text.split()[0]
            search.take(i, section=first if is_section(first) else "")


_LONGEST: Final = 90  # characters
_WIDE: Final = re.compile("[ \u3000\t]{3,}")
_RULE: Final = re.compile(r"[|｜■□](?:\s*[|｜■□])*|[-—_=](?:\s*[-—_=]){2,}")  # a line drawn between articles
_SPACED_FIGURES: Final = re.compile(r"(?<!\d)\d(?: \d)+(?=[年月日])")  # 1 9 8 5年1 1月
_CIRCLED: Final = re.compile(r"[①-⑳](?=\s*版)")  # ④版
_HEAD: Final = 4  # lines, of which a page's head has no more


def _find_at_ends(search: _Search) -> None:
    """A number with a section's name as the first line of all or the last."""
    for i in (0, len(search.lines) - 1) if search.lines else ():
        both = NUMBER_SECTION.match(unspread(search.lines[i].text)) if i not in search.found else None
        if both and (both[2] or both[3]) in SECTIONS:
            search.take(i, both[1] or both[4], both[2] or both[3], mark=True)


def _find_around_marks(search: _Search) -> None:
    """Beside the lines that bear date or label, only furniture between: a number, a section's name, the paper's."""
    lines, found = search.lines, search.found
    for i in sorted(search.marks):
        for near in (i - 2, i - 1, i + 1, i + 2, i + 3):
            if not 0 <= near < len(lines) or near in found:
                continue
            if any(step not in found for step in range(min(i, near) + 1, max(i, near))):
                continue
            text = without_latin(lines[near].text.strip())
            if number := NUMBER.match(text):
                search.take(near, number[1])
            elif both := NUMBER_SECTION.match(unspread(text)):
                search.take(near, both[1] or both[4], both[2] or both[3])
            elif is_section(name := "".join(text.split())) or (
                near == i + 1 < _HEAD and not search.section and names_page(lines, near)
            ):
                search.take(near, section=name)
            elif WEEKDAY_ONLY.match(text) or _NAME_OF_PAPER.fullmatch(text):
                search.take(near)


_NAME_OF_PAPER: Final = re.compile(r"[\u4e00-\u9fff\s　]{2,12}(?:[报報]|新闻|时报)")


def _find_beside_edges(search: _Search) -> None:
    """A section's name or a number alone in the first or last lines of a page that has other furniture."""
    last = len(search.lines) - 1
    for i in (*range(min(3, last + 1)), *range(last, max(-1, last - 2), -1)):
        text = search.lines[i].text.strip()
        number = NUMBER.match(text)
        if i not in search.found and search.found and (text in SECTIONS or number):
            search.take(i, number[1] if number else "", text if text in SECTIONS else "")


def _leave_heads(search: _Search) -> None:
    """Gives back what heads an article."""
    heads = {i for i in search.found if _heads_news(search.lines, i, search.found, search.section)}
    search.found -= heads
    if search.section in {search.lines[i].text.strip() for i in heads}:
        search.section = ""


def _heads_news(lines: Sequence[Line], i: int, found: set[int], section: str) -> bool:
    """Whether a line heads what stands right below it rather than the page: 公告, or 图片新闻 and the like where the
    page has another name."""
    text = lines[i].text.strip()
    if i + 1 == len(lines) or i + 1 in found:
        return False
    if not is_notice_title(text) and (not is_standing_head(text) or section in ("", text)):
        return False
    return lines[i + 1].number == lines[i].number + 1 or lines[i + 1].text.strip()[0] in MARKERS


def _find_in_texts(search: _Search) -> None:
    """Running heads in the midst of texts."""
    date = search.printed.date if search.printed else None
    for i in sorted(running_heads(search.lines, search.found, date, search.page)):
        text = search.lines[i].text.strip()
        search.printed = search.printed or read_date(text)
        search.take(i, folio_of(DATE_PART.sub(" ", text))[0])


_PAGE_NAME: Final = re.compile(r"版名[：:]\s*([\u4e00-\u9fff·]{2,10})")  # in files that papers' sites give
