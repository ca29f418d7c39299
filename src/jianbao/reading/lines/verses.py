"""Verse: many short lines without a mark below a poet's name, which look like titles and are none; and lines of one
measure that each end with a mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jianbao.reading.lines.edges import Begin, End, is_in_brackets
from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.scores import Label
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.reading.titles.headlines import is_genre

_LEAST: Final = 5  # lines; a title below its byline has fewer
_WIDEST: Final = 40
_NEXT_TITLE: Final = 3  # lines of the title that may follow the verse


def with_verses(seen: Sequence[Seen], labels: Sequence[Label]) -> tuple[list[Seen], list[Label]]:
    """The lines and labels, where a long run of titles right below a byline is the text that the byline signs."""
    found, lines = list(labels), list(seen)
    done = 0  # lines of the verse above
    for i, label in enumerate(labels):
        under_title = i > 0 and labels[i - 1] is Label.TITLE and not (seen[i].gap and seen[i].gap_below)
        if label is not Label.BYLINE and not (label is Label.TITLE and seen[i].signature and under_title):
            continue
        if i < done or i + 1 == len(labels) or labels[i + 1] is not Label.TITLE:
            continue
        end = i + 1
        while end < len(labels) and labels[end] is Label.TITLE and seen[end].width <= _WIDEST:
            end += 1
        if end < len(labels) and labels[end] in (Label.BODY, Label.BYLINE) and not _begins_next(seen[end], labels[end]):
            last, text = end - 1, end
            while end > i + 1 and not seen[end].gap:  # what stands right above the next text is its title
                end -= 1
            if end == i + 1 and last - i > _LEAST:  # of one line, where no blank line tells
                end = last
            start = next((j for j in range(end - 1, i, -1) if seen[j].gap), end)
            if end - start <= _NEXT_TITLE and (end == text or (end - start == 1 and _names_column(seen[start].text))):
                end = start
        if end - i - 1 >= _LEAST:
            done = end
            found[i:end] = [Label.BYLINE, *[Label.BODY] * (end - i - 1)]
            lines[i + 1 : end] = [s._replace(ends=End.STOP, begins=Begin.VERSE) for s in seen[i + 1 : end]]
    return _with_heads(lines, found)


def _names_column(text: str) -> bool:
    """Whether a line names the column or the kind of what stands below it: 【书评】."""
    return bool(is_in_brackets(text)) or is_genre(text) or is_standing_head(text)


def _begins_next(s: Seen, label: Label) -> bool:
    """Whether a short line below a blank one, that was taken for text, rather is the title of what follows verse."""
    return label is Label.BODY and s.gap and not s.ends and s.width <= _TITLE


def _with_heads(seen: list[Seen], labels: list[Label]) -> tuple[list[Seen], list[Label]]:
    """The lines and labels, where short lines between a text or title and lines of one measure are these lines' title
    and poet (快板 / 夸食堂 / 赵喜 / 吃饭不用自己煮，), and a lone one between two poems of one poet is the second's."""
    column = max((s.before for s in seen), default=0)
    last = -1  # the last line of the poem above
    for first in range(1, len(seen) - _METRE + 1):
        lines = seen[first : first + _METRE]
        if seen[first - 1].text[-1] in _STOPS or not _is_measured(lines, column):
            continue
        top = first
        while top and first - top < _NEXT_TITLE and _may_head(seen[top - 1], lines[0]) and labels[top - 1] in _OPEN:
            top -= 1
        if top == first or (top and not (seen[top].gap or labels[top - 1] is Label.TITLE or seen[top - 1].ends)):
            continue
        end = first
        while end < len(seen) and not (seen[end].gap and end > first) and seen[end].width == lines[0].width:
            end += 1
        named = [i for i in range(top, first) if seen[i].signature]
        heads = [i for i in range(top, first) if i not in named]
        one_of_several = _SEVERAL.search(seen[top].text) if first - top > 1 else last == top - 1 and not named
        labels[top:first] = [Label.TITLE] * (first - top)
        if named and named[-1] > top:
            labels[named[-1]] = Label.BYLINE
        if one_of_several and heads[-1] == first - 1:
            labels[first - 1] = Label.BODY
            seen[first - 1] = seen[first - 1]._replace(ends=End.STOP, begins=Begin.VERSE)
        labels[first:end] = [Label.BODY] * (end - first)
        seen[first:end] = [s._replace(ends=End.STOP, begins=Begin.VERSE) for s in seen[first:end]]
        last = end - 1
    return seen, labels


def poem_names(lines: Sequence[Seen]) -> set[int]:
    """The places of lines in a text that name the poem below them, among several of one poet."""
    return {
        i
        for i, s in enumerate(lines)
        if s.begins is Begin.VERSE
        and s.text[-1] not in _STOPS
        and _is_measured(lines[i + 1 : i + 1 + _METRE], 2 * _WIDEST)
    }


_OPEN: Final = (Label.BODY, Label.TITLE, Label.BYLINE)
_SEVERAL: Final = re.compile(r"[二两三四五六七八九十]首(?:$|[（(])|组诗")


def _may_head(s: Seen, verse: Seen) -> bool:
    """Whether a line may stand above a poem as its title or poet: short, without an end."""
    return not s.ends and s.width <= max(verse.width, _TITLE) and s.text[-1] not in _STOPS


_TITLE: Final = 20  # half-width units


def _is_measured(lines: Sequence[Seen], column: int) -> bool:
    """Whether lines of one width that end with a mark stop well short of the page's column."""
    widths = {s.width for s in lines}
    return (
        len(lines) == _METRE
        and len(widths) == 1
        and widths.pop() < _SHORT * column
        and all(s.text[-1] in _STOPS for s in lines)
    )


_SHORT: Final = 0.8


_METRE: Final = 4  # lines of one measure: prose ends so many lines with a mark once in a thousand paragraphs
_STOPS: Final = "，。、；：！？…”』」"


def is_verse(lines: Sequence[Seen]) -> bool:
    """Whether the lines of a text are lines of verse, each to stand by itself: found by `with_verses`, or with a mark
    at the end of each and either of one measure or sentences."""
    if all(s.begins is Begin.VERSE for s in lines):
        return True
    if len(lines) < _METRE or lines[0].width > _WIDEST:
        return False
    if any(s.text[-1] not in _STOPS for s in lines):
        return _is_free(lines)
    if all(s.ends is End.STOP for s in lines):
        return True
    widths = {len(s.text.rstrip(_STOPS)) for s in lines}
    return len(widths) == 1 or (len(widths) == 2 and len(lines) >= 2 * _METRE)


def _is_free(lines: Sequence[Seen]) -> bool:
    """Whether lines are free verse: without a mark anywhere, as prose is on old pages only, and there it fills its
    column."""
    widths = {s.width for s in lines[:-1]}
    plain = not any(mark in s.text for s in lines for mark in _STOPS) and not any(s.signature for s in lines)
    return plain and len(widths) > 1 and max(s.width for s in lines) <= _WIDEST
