"""What stands around the line of a page's date: the paper's name, the supplement's, slogans, who wrote its title."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from jianbao.model import Line
from jianbao.reading.furniture.imprint import is_imprint
from jianbao.reading.furniture.patterns import DATE_PART, LATIN, PAPER_NAME, SECTIONS, WEEKDAY_ONLY, without_latin
from jianbao.reading.signatures.patterns import MARKERS

OWN_NAME: Final = re.compile(r"[\u4e00-\u9fff·]{2,6}")  # of a page, that no list has: 体坛纵横 2013年7月22日 A14
LETTERED: Final = re.compile(r"(?:^|[\s　])[A-Z]\d{1,2}(?:$|[\s　])")


def own_name(text: str) -> str:
    """The name that a date line gives its page beside a number; "" where it says other things, or more."""
    words = [word for word in re.split(r"[\s　]+", DATE_PART.sub(" ", text)) if word]
    names = [word for word in words if not re.fullmatch(r"[A-Z]?\d{1,2}", word)]
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


_MASTHEAD: Final = 12  # lines, below which no imprint is looked for again


def add_masthead(lines: Sequence[Line], found: set[int]) -> None:
    """Adds the paper's name and its Latin letters, a lone weekday or page name, beside other furniture at the page's
    head or foot, and the imprint that follows them."""
    last = len(lines) - 1
    for i in (*range(min(8, len(lines))), *range(last, max(7, last - 8), -1)):
        text = without_latin(lines[i].text.strip())
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
        if i not in found and i - 1 in found and is_imprint(lines, i, lines[i].text.strip(), follows=True):
            found.add(i)


def _names_the_paper(lines: Sequence[Line], found: set[int]) -> bool:
    """Whether the first line, above the date line, is a name that does not end as papers' names do."""
    after = next(i for i in range(1, len(lines) + 1) if i not in found)
    if re.fullmatch(r"《[\u4e00-\u9fff]{2,10}》", lines[0].text.strip()):
        return True
    apart = after == len(lines) or lines[after].number - lines[after - 1].number > 1
    above = lines[1].number - lines[0].number == 1
    return apart and above and bool(re.fullmatch(r"[\u4e00-\u9fff]{2,8}", lines[0].text.strip()))
