"""Pages of the republic's years: no full stops, a 、 at most; headlines indented or marked ◎ in the middle of a column.

Where no sentence ends with a mark, other signs must serve: a line that stops short of its column ends a paragraph,
and so does the line above a headline. A headline is short, carries no 、, and is indented, marked, or stands where
a paragraph has ended. What only the last sign tells weighs little, and comes under review.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from jianbao.reading.lines.edges import End
from jianbao.text import visual_width

_TRADITIONAL: Final = re.compile(
    "[國會為與時來學縣區議員業東車開門間問聞報電話說對長張陳劉吳鄭馬黃趙錢孫萬億個這後發經過進處專紀錄續價聲據當將軍銀號務產廣積極難稱則無從應選舉銷買賣]"
)
_STOPS: Final = re.compile("[。！？]")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_MARKS: Final = re.compile("[、，。；：,]")
_MARKED: Final = re.compile(r"^[◎○●△▲□■◆◇☆★⊙※◉]\s*(?=\S)")
_INDENT: Final = re.compile(r"^(?:\u3000{1,6}| {2,12})(?=\S)")
_SECTION: Final = re.compile(
    r"(?:本[埠市省邑縣港京]|國內|國外|外埠|各[地省縣]|地方|世界|中外|緊要|重要|特別|社會|教育|經濟|商業|工商|體育|婦女)?"
    r"(?:要聞|新聞|要電|電訊|專電|瑣聞|消息|通訊|雜訊|零訊|雜聞|通信|近聞|簡訊|彙聞|彙誌|彙錄|紀事)(?:[一二三四]|摘要|彙誌)?|"
    r"社[論評說]|時[評論]|短評|小說|文苑|副刊|自由談|譯電|公電|命令|快信摘要|選論|來論|論說|談話|諧談|筆記|雜俎|插畫|專載|特載|時事日誌"
)
_WIDEST_COLUMN: Final = 64  # half-width units
LEANS: Final = 6.0
MAY_BE: Final = 4.0


class Old(NamedTuple):
    """What the manner of an old page adds to a line's looks: how surely a paragraph ends with it, and the log-odds
    that it is a headline."""

    ends: End
    lean: float
    opens: bool  # the first line below a headline


def is_old(texts: Sequence[str]) -> bool:
    """Whether a page is set in traditional characters, so that marked lines may be headlines."""
    text = "".join(texts[:400])
    characters = len(_HAN.findall(text))
    return characters >= 40 and len(_TRADITIONAL.findall(text)) * 40 > characters


def is_section(text: str) -> bool:
    """Whether the line is the heading that old papers print over a group of items: 本埠新聞, 專電."""
    return bool(_SECTION.fullmatch(_MARKED.sub("", text.strip())))


def looks(texts: Sequence[str], ends: Sequence[End], columns: Sequence[int], gaps: Sequence[bool]) -> list[Old]:
    """The looks of a page's lines (with their indents) in the old manner; a page with full stops shows by its marks
    alone what is a headline. `columns` are the usual widths around each
    line, `gaps` whether a blank line stands above it."""
    text = "".join(texts)
    stops = len(_STOPS.findall(text)) * 150 >= len(_HAN.findall(text))
    found: list[Old] = []
    ended = True
    widths = [visual_width(text.rstrip()) for text in texts]
    usual = _usual(widths)
    for text, end, width, around, gap in zip(texts, ends, widths, columns, gaps, strict=True):
        bare = _MARKED.sub("", text.strip())
        column = around if around >= 0.6 * usual else usual
        short = visual_width(bare) <= 0.75 * column or visual_width(bare) <= 12
        lean = 0.0
        if not _MARKS.search(bare) and short:
            marked = _MARKED.match(text.strip()) or _INDENT.match(text)
            lean = LEANS if marked or is_section(text) else MAY_BE if (ended or gap) and not stops else 0.0
        if stops:
            found.append(Old(end, lean, False))
            continue
        if lean:
            if found and not found[-1].lean:
                found[-1] = found[-1]._replace(ends=End.STOP)
            ended = True
        else:
            whole = width > _WIDEST_COLUMN and text.rstrip()[-1] in "、，。；"  # a text that was not wrapped
            ended = end is End.STOP or width <= column - 2 or whole
        found.append(
            Old(End.STOP if ended and not lean else End.OPEN, lean, not lean and bool(found and found[-1].lean))
        )
    if found and not stops:
        found[-1] = found[-1]._replace(ends=End.STOP)
    return found


def _usual(widths: Sequence[int]) -> int:
    """The commonest width of the page's lines, headlines aside."""
    counts: dict[int, int] = {}
    for width in widths:
        if width >= 16:
            counts[width] = counts.get(width, 0) + 1
    return max(counts, key=lambda width: (counts[width], width), default=0)


class Parted(NamedTuple):
    """A title's lines, told apart: the heading of its section, the title itself, the ▲ lines below it."""

    section: str | None
    titles: list[str]
    below: list[str]


def part(lines: Sequence[str]) -> Parted:
    """The lines of a title in the old manner, without their marks."""
    rest = list(lines)
    section = None
    while rest and is_section(rest[0]) and (len(rest) > 1 or section is None):
        section, rest = _MARKED.sub("", rest[0].strip()), rest[1:]
    titles = [line for i, line in enumerate(rest) if not i or line[0] not in "▲△"]
    below = [_MARKED.sub("", line) for i, line in enumerate(rest) if i and line[0] in "▲△"]
    if not titles and section:
        return Parted(None, [section], below)
    return Parted(section, [_MARKED.sub("", line) for line in titles], below)
