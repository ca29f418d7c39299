"""What stands around the line of a page's date: its name, the supplement's, slogans, who wrote its title."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from jianbao.model import Line
from jianbao.reading.furniture.patterns import DATE_PART, PAPER_NAME
from jianbao.reading.signatures.patterns import MARKERS

OWN_NAME: Final = re.compile(r"[\u4e00-\u9fff·]{2,6}")  # of a page, that no list has: 体坛纵横 2013年7月22日 A14
LETTERED: Final = re.compile(r"(?:^|[\s　])[A-Z]\d{1,2}(?:$|[\s　])")


def own_name(text: str) -> str:
    """The name that a date line gives its page beside a lettered number; "" where it says other things, or more."""
    words = [word for word in re.split(r"[\s　]+", DATE_PART.sub(" ", text)) if word]
    names = [word for word in words if not re.fullmatch(r"[A-Z]\d{1,2}", word)]
    if len(words) != 2 or len(names) != 1 or not OWN_NAME.fullmatch(names[0]) or PAPER_NAME.match(names[0]):
        return ""
    return names[0]


def names_page(lines: Sequence[Line], i: int) -> bool:
    """Whether a word right below the date line, with a blank line and then a headline below it, is the page's name."""
    if not OWN_NAME.fullmatch(lines[i].text.strip()) or lines[i].number - lines[i - 1].number > 1:
        return False
    return i + 1 < len(lines) and lines[i + 1].number - lines[i].number > 1 and _is_short(lines[i + 1].text, _HEADLINE)


_HEADLINE: Final = 24  # characters


def ears(lines: Sequence[Line], found: Set[int]) -> set[int]:
    """What stands at the page's head above the line of the paper's name and date, or among other furniture below it and
    apart from the first headline. `found`: the furniture so far."""
    dated = next((i for i in sorted(found) if i <= _LINES and DATE_PART.search(lines[i].text)), None)
    if dated is None:
        return set()
    more: set[int] = set()
    if any(PAPER_NAME.match(word) for word in lines[dated].text.split()):
        above = [i for i in range(dated) if i not in found]
        more.update(above if all(_is_ear(lines, i, i + 1) for i in above) else ())
    end = dated + 1
    while end < len(lines) and end - dated <= _LINES and lines[end].number == lines[end - 1].number + 1:
        end += 1
    below = [i for i in range(dated + 1, end) if i not in found]
    among = 0 < len(below) < end - dated - 1  # without other furniture it may be the headline
    if among and end - dated <= _LINES and _begins_article(lines, end) and all(_is_ear(lines, i, i - 1) for i in below):
        more.update(below)
    return more


def _begins_article(lines: Sequence[Line], i: int) -> bool:
    """Whether a headline and its text stand here, not a text alone nor who signs it."""
    if i + 1 >= len(lines) or lines[i + 1].number > lines[i].number + 1:
        return False
    head, text = lines[i].text, lines[i + 1].text
    if not _is_short(head, _HEADLINE) or head[0].isspace() or head[0] in MARKERS or _SIGNED.search(head):
        return False
    indented = any(line.text[0].isspace() for line in lines[i + 1 : i + 3])  # who signs may stand between
    return indented or abs(len(text) - len(head)) > _RAGGED


_LINES: Final = 4
_EAR: Final = 12  # characters
_RAGGED: Final = 2  # characters, by which the lines of one column differ
_SIGNED: Final = re.compile(r"记者|記者|通讯员|[文图摄]$")


def _is_ear(lines: Sequence[Line], i: int, beside: int) -> bool:
    return _is_short(lines[i].text, _EAR) and abs(lines[i].number - lines[beside].number) == 1


def _is_short(text: str, most: int) -> bool:
    return len(text.strip()) <= most and not re.search(r"[。，；！？]", text)
