"""Tables: prices, prizes, timetables. Their lines are neither titles nor to be joined: each stays as it is set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jianbao.reading.lines.edges import Begin, End
from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.scores import Label
from jianbao.reading.phrases.boxes import is_box_heading
from jianbao.reading.phrases.dates import WEEKDAY
from jianbao.reading.signatures.patterns import ROLE_TOKEN
from jianbao.text import is_han, unmatched

_CELLS: Final = re.compile(r" {2,}|\u3000+|\t+")
_NUMBERS: Final = re.compile(r"\d+(?:[.:：/%-]\d*)*|[一二三四五六七八九十]{1,3}[月日时]")
# What is on, and when: 19:30 电视剧…, 《城南旧事》 十月五日 六日
_BY_THE_CLOCK: Final = re.compile(r"(?:次日)?\d{1,2}[:：∶]\d{2}[ \u3000]*[^\d\s—-]")
_ENDS_BY_THE_CLOCK: Final = re.compile(r"[^。；]{2,20}(?:[ \u3000]+\d{1,2}[:：∶]\d{2})+")  # 一楼：少林寺 7：00 8：50
_WHEN: Final = re.compile(r"(?:[\d一二三四五六七八九十]{1,3}[月日时点分至、—-]+)+(?:起|止|[上下]午|晚)?")
_SCORE: Final = re.compile(  # of a match: 浙江队2:1山东泰山
    r"[\u4e00-\u9fff·]{2,12}\s*(?:[（(]\d{1,2}[）)])?\s*\d{1,3}\s*[:：∶比—-]\s*\d{1,3}\s*(?:[（(]\d{1,2}[）)])?\s*[\u4e00-\u9fff·]{2,12}"
)
_FIGURE: Final = re.compile(r"[+±—-]?\d+(?:[.:：/%-]\d*)*")  # in a cell of its own
_LEAST_CELLS: Final = 3  # a headline of two halves, or a byline, has two
_LONGEST_HEAD: Final = 4
_LEAST_NUMBERS: Final = 4  # or so many numbers,
_NUMERIC: Final = 0.4  # which are so much of the line; in prose they are less
_LEAST_LINES: Final = 2
_LEAST_ITEMS: Final = 3
_ITEM_MARKS: Final = "●○◆◇■□★☆▶▪◎·•"


def with_tables(seen: Sequence[Seen], labels: Sequence[Label]) -> tuple[list[Seen], list[Label]]:
    """The lines and labels, where rows of a table, at least two together, and items of lists are text that keeps its
    lines."""
    lines, found = list(seen), list(labels)
    _take_series(lines, found)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (end == start or not lines[end].gap) and _is_row_or_channel(lines, labels, end):
            end += 1
        rows = lines[start:end]
        numbered = 2 * sum(bool(_NUMBERS.search(s.text)) for s in rows) >= len(rows)
        if len(rows) >= (_LEAST_LINES if numbered else _LEAST_ITEMS):
            start, end = _whole(lines, found, start, end)
            _keep(lines, found, start, end)
        start = max(end, start + 1)
    _take_lists(lines, found)
    _take_boxes(lines, found)
    return lines, found


def _keep(lines: list[Seen], found: list[Label], first: int, end: int) -> None:
    """Makes lines text that each stay as they are set."""
    found[first:end] = [Label.BODY] * (end - first)
    lines[first:end] = [s._replace(ends=End.STOP, begins=Begin.ROW) for s in lines[first:end]]


def _whole(lines: Sequence[Seen], labels: Sequence[Label], first: int, end: int) -> tuple[int, int]:
    """Where the table around these rows begins and ends: right above them its columns are named, and lines of two cells
    with a number stand between them and the next line that is none."""

    def belongs(i: int) -> bool:
        free = labels[i] in (Label.BODY, Label.TITLE) and not lines[i].signature and not lines[i].ends
        return free and len(lines[i].text.split()) == _LEAST_PAIR and _DIGIT.search(lines[i].text) is not None

    while first and not lines[first].gap and belongs(first - 1) and lines[first - 1].width <= lines[first].width:
        first -= 1
    if first and not lines[first].gap and _is_head(lines[first - 1]):
        first -= 1
    while end < len(lines) and not lines[end].gap and belongs(end):
        end += 1
        while end < len(lines) and not lines[end].gap and _is_row_or_channel(lines, labels, end):
            end += 1
    return first, end


_DIGIT: Final = re.compile(r"\d")


def _take_lists(lines: list[Seen], found: list[Label]) -> None:
    """Makes the lines below the first of a block text where all look like titles, or names, and there are more than a
    head has, and no text stands below them: a list under its title."""
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and not lines[end].gap:
            end += 1
        title = found[start] is Label.TITLE and is_han(lines[start].text[0])
        listed = title and all(_may_be_listed(lines[i], found[i]) for i in range(start + 1, end))
        names = all(found[i] is Label.BYLINE for i in range(start + 1, end))
        below = found[end] if end < len(lines) else Label.FURNITURE
        if (
            listed
            and below in (Label.TITLE, Label.FURNITURE)
            and end - start > (_LEAST_PAIR if names else _LEAST_ITEMS)
        ):
            _keep(lines, found, start + 1, end)
        start = end


def _may_be_listed(s: Seen, label: Label) -> bool:
    """Whether a line may be one of a list: it looks like a title, or is names and nothing else."""
    if label is Label.BYLINE and s.signature:
        return not any(byline.role for byline in s.signature.bylines) and len(s.text.split()) > 1
    return label is Label.TITLE


def _take_series(lines: list[Seen], found: list[Label]) -> None:
    """Makes rows and items text that stand right below one another or each between blank lines, three or more of one
    kind (see `_go_together`), none with an end."""
    start = 0
    while start < len(lines):
        end = start + 1
        loose = end < len(lines) and lines[end].gap
        while end < len(lines) and lines[end].gap == loose and _go_together(lines, found, start, end):
            end += 1
        if end - start >= _LEAST_ITEMS and (end == len(lines) or lines[end].gap or not loose):
            _keep(lines, found, start, end)
        start = end


def _go_together(lines: Sequence[Seen], labels: Sequence[Label], first: int, i: int) -> bool:
    """Whether line `i` is one more row or item after the one at `first`: by its mark, by a word and ： before it, as a
    weekday, by its number, its unit or its cells."""
    line, head = lines[i], lines[first]
    if any(labels[n] not in (Label.BODY, Label.TITLE) or lines[n].ends or lines[n].signature for n in (first, i)):
        return False
    if line.text[0] == head.text[0] and line.text[0] in _ITEM_MARKS:
        return True
    if not line.gap and _FACT.fullmatch(line.text) and _FACT.fullmatch(head.text):
        return True
    if _WEEKDAY.match(head.text) and _WEEKDAY.match(line.text):
        return True
    if not (_NUMBERS.search(line.text) and _NUMBERS.search(head.text)):  # a quick look before the costly patterns
        return False
    one, other = _RANK.match(head.text), _RANK.match(line.text)
    if one and other:
        return int(other[1]) == int(one[1]) + i - first
    figure, unit = _FIGURE_LAST.fullmatch(line.text), _FIGURE_LAST.fullmatch(head.text)
    if figure and unit and figure[1] == unit[1]:
        return True
    return _is_pair(line.text) and _is_pair(head.text)


_FACT: Final = re.compile(r"[\u4e00-\u9fff]{2,4}[：:]\s*[^，；]{1,24}")  # of a box: 创立：一九五九年
_RANK: Final = re.compile(r"(\d{1,2})[.．、]\s*(?=[^\d\s])")  # 1.苏明 10秒01
_WEEKDAY: Final = re.compile(rf"{WEEKDAY}[：:\s]")  # 周一 清蒸鲈鱼 炒豆苗
_FIGURE_LAST: Final = re.compile(  # 1美元对人民币6.8677元
    r"[^，。；：]{1,20}?\d[\d.,]*\s*(元(?:[/／][\u4e00-\u9fff]{1,3})?|万元|亿元|点|％|%|℃|度|分|秒|米|公里|公斤|吨|人|户|个|次|倍)"
)


def _is_pair(text: str) -> bool:
    """Whether a line with numbers is a thing and its figure, or a day and what is on: 白菜　每公斤1.20元."""
    return len(_CELLS.split(text)) >= _LEAST_PAIR and not any(mark in text for mark in "，；。")


_LEAST_PAIR: Final = 2


def _are_cells(words: Sequence[str]) -> bool:
    """Whether words parted by single spaces are a row's cells: three or more, short, without a mark, and neither parts
    of one measure, as a headline has, nor characters set wide, nor what a wrapped signature has."""
    if len(words) < _LEAST_CELLS or any(mark in word for word in words for mark in "，。；：？！、“"):
        return False
    if any(map(ROLE_TOKEN.fullmatch, words)):
        return False
    sizes = {len(word) for word in words}
    if max(sizes) > _LONGEST_CELL or sum(len(word) == 1 and is_han(word) for word in words) >= _LEAST_PAIR:
        return False
    return any(is_han(word[0]) for word in words) and (len(sizes) > 1 or max(sizes) < _LEAST_CELLS)


_LONGEST_CELL: Final = 12


def _take_boxes(lines: list[Seen], found: list[Label]) -> None:
    """Makes the lines below a box's heading text, where none of them is: a box of facts."""
    for i, s in enumerate(lines):
        if found[i] is Label.TITLE and is_box_heading(s.text) and not s.gap_below:
            end = i + 1
            while end < len(lines) and not lines[end].gap and found[end] is Label.TITLE:
                end += 1
            if end - i > _LEAST_LINES and (end == len(lines) or lines[end].gap):
                _keep(lines, found, i + 1, end)


def _is_head(line: Seen) -> bool:
    """Whether a line names a table's columns: short words parted by spaces."""
    words = line.text.split()
    return len(words) >= _LEAST_CELLS and max(map(len, words)) <= _LONGEST_HEAD and not line.signature


def _is_row_or_channel(lines: Sequence[Seen], labels: Sequence[Label], i: int) -> bool:
    """Whether a line is a row, or says where what is on below it is on: 中央台 above 19:00 新闻联播."""
    if _is_row(lines[i], labels[i]):
        return True
    below = lines[i + 1] if i + 1 < len(lines) else None
    channel = below and not below.gap and _CHANNEL.fullmatch(lines[i].text) and _BY_THE_CLOCK.match(below.text)
    return bool(channel) and labels[i] in (Label.BODY, Label.TITLE)


_CHANNEL: Final = re.compile(
    r"[\u4e00-\u9fff\dA-Z-]{2,10}(?:台|频道|卫视|[一二三四五六七八]套|影院|电影院|剧院|剧场|书场)"
)


def _is_row(line: Seen, label: Label) -> bool:
    if label not in (Label.BODY, Label.TITLE) or line.signature or "。" in line.text:
        return False
    if len(_CELLS.split(line.text)) >= _LEAST_CELLS:
        return True
    words = line.text.split()
    if not line.opens and _are_cells(words) and not unmatched(line.text):
        return True
    if (
        _BY_THE_CLOCK.match(line.text)
        or _ENDS_BY_THE_CLOCK.fullmatch(line.text)
        or _SCORE.fullmatch(line.text)
        or (len(words) > 1 and all(map(_WHEN.fullmatch, words[1:])))
    ):
        return True
    figures = sum(bool(_FIGURE.fullmatch(word)) for word in words)
    if figures > 1 and len(words) >= _LEAST_CELLS and 2 * figures >= len(words):
        return True
    numbers = _NUMBERS.findall(line.text)
    return len(numbers) >= _LEAST_NUMBERS and sum(map(len, numbers)) >= _NUMERIC * len(line.text)
