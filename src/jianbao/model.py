"""What travels through Jianbao: frozen, slotted values, no behaviour beyond reading them.

text → `Line` → `ReadPage` of `ReadArticle` (what the machine read in a scan)
Markdown file → `Article` (metadata of a corrected article) → `View` (one output file; see site/views.py)
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from jianbao.doubts import Doubt


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page in points, origin at the top left. For PDF and OCR input to come."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page text, as extracted; `number` counts from 1. `size` is the font size in points."""

    number: int
    text: str
    box: Box | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """One signature: the role as printed (`首席记者`; empty where none is printed) and one person's name."""

    role: str
    name: str

    def __str__(self) -> str:
        return f"{self.role} {self.name}".strip()


@dataclass(frozen=True, slots=True, order=True)
class PaperDate:
    """A calendar date to the day, month or year (0 = unknown); `estimated` is EDTF's trailing `~`."""

    year: int
    month: int = 0
    day: int = 0
    estimated: bool = False

    def __str__(self) -> str:
        return self.iso + ("~" if self.estimated else "")

    @property
    def iso(self) -> str:
        """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`, without the mark of an estimate."""
        return _iso(self.year, self.month, self.day)

    @property
    def is_day(self) -> bool:
        """Whether the date is known to the day."""
        return self.day > 0

    @staticmethod
    def parse(text: str) -> PaperDate:
        """The exact form `YYYY[-MM[-DD]][~]`; ValueError for another form or a day no calendar has."""
        match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)", text)
        if not match:
            raise ValueError(text)
        year, month, day = (int(part or 0) for part in match.group(1, 2, 3))
        if year < 1 or (match[2] and not 1 <= month <= 12):
            raise ValueError(text)
        if match[3] and not 1 <= day <= calendar.monthrange(year, month)[1]:
            raise ValueError(text)
        return PaperDate(year, month, day, bool(match[4]))


@lru_cache(maxsize=1 << 14)  # asked for of every article several times
def _iso(year: int, month: int, day: int) -> str:
    if day:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}"


class Kind(StrEnum):
    """What an article is; everything but news is marked as such on the site."""

    NEWS = ""
    NOTICE = "公告"
    ADVERTISEMENT = "广告"


class ParagraphKind(StrEnum):
    """How a paragraph of the body is set."""

    TEXT = "text"
    SUBHEAD = "subhead"
    BOX = "box"  # the heading of a box inside the article: 核心阅读, 编者按, 链接


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, unwrapped and cleaned, one line of text."""

    text: str
    kind: ParagraphKind = ParagraphKind.TEXT


@dataclass(frozen=True, slots=True)
class SourceLines:
    """Lines (numbers from 1, ascending) of one scan, named by its path."""

    source: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """What the machine read as one article of a page. `lines` are all its line numbers, ascending."""

    headline: str | None
    paragraphs: tuple[Paragraph, ...]
    lines: tuple[int, ...]
    kicker: str | None = None
    subhead: str | None = None
    bylines: tuple[Byline, ...] = ()
    captions: tuple[str, ...] = ()
    column: str | None = None  # 栏目, printed in brackets: 【民生观察】
    kind: Kind = Kind.NEWS
    continues_on: int | None = None  # 下转第 N 版
    continued_from: int | None = None  # 上接第 N 版
    also: tuple[SourceLines, ...] = ()  # lines on other pages of the issue, once joined
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as the machine read it. Every line that is not blank is in exactly one of articles, furniture
    (masthead, folio, 责编 …) and unassigned. `source` is the path it was given; `page` the printed page's
    label (`1`, `A02`)."""

    source: str
    date: PaperDate | None
    page: str | None
    section: str | None
    articles: tuple[ReadArticle, ...]
    furniture: tuple[Line, ...] = ()
    unassigned: tuple[Line, ...] = ()
    doubts: tuple[Doubt, ...] = ()  # about date, page and section, for every article of the page


@dataclass(frozen=True, slots=True)
class Article:
    """The metadata of one article as it stands in its Markdown file; the body stays in the file.

    `path` is relative to the archive folder, POSIX; `digest` the hash of the file's bytes, so it changes
    with any correction; `lead` the first ~120 characters of the body as plain text; `length` the body's
    characters.
    """

    id: str
    title: str
    path: str
    digest: str
    date: PaperDate | None = None
    kicker: str = ""
    subtitle: str = ""
    bylines: tuple[Byline, ...] = ()
    section: str = ""
    page: str = ""
    column: str = ""
    kind: Kind = Kind.NEWS
    captions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    lead: str = ""
    length: int = 0

    @property
    def url(self) -> str:
        """The address below the site's root, `2021/12/07/01/03/`; made from the id alone."""
        return address_of(self.id)


_DATED_ID = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})-([^-]+)-([^-]+)")
_UNDATED_ID = re.compile(r"undated-(.+)-([^-]+)")


def is_article_id(text: str) -> bool:
    """Whether text has the form of an id: `2021-12-07-01-03` or `undated-NAME-NN`."""
    return bool(_DATED_ID.fullmatch(text) or _UNDATED_ID.fullmatch(text))


def address_of(article_id: str) -> str:
    """The address of an id, ending in a slash; ValueError where it is no id."""
    if match := _DATED_ID.fullmatch(article_id):
        return "/".join(match.groups()) + "/"
    if match := _UNDATED_ID.fullmatch(article_id):
        return f"undated/{match[1]}/{match[2]}/"
    raise ValueError(article_id)
