"""A page's running head in the midst of a text: where a column ended, or one page was read on from another."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from jianbao.model import Line, PaperDate
from jianbao.reading.furniture.date_lines import is_date_line, names_paper
from jianbao.reading.furniture.folio_line import folio_of, is_section
from jianbao.reading.furniture.patterns import ANY_PAPER, LABEL, NUMBER, NUMBER_SECTION
from jianbao.reading.phrases.dates import read_date


def running_heads(lines: Sequence[Line], found: Set[int], date: PaperDate | None, page: str) -> set[int]:
    """Lines that hold the paper's name and date, or the page's label alone, and a number beside such a line.
    `found`: the furniture so far; `date` and `page`: what it says. The paper's name with the page's own date is a head
    wherever it stands; anything else only where it cuts a sentence in two."""
    dated = {i for i, line in enumerate(lines) if i not in found and _bears_date(line.text, date)}
    labels = {i for i, line in enumerate(lines) if i not in found and _is_label(line.text.strip())}
    if page:
        labels = {i for i in labels if folio_of(lines[i].text.strip())[0] == page}
    elif len(labels) > 1:
        labels = set()  # an index of several pages
    numbers = {near for i in dated | labels for near in (i - 1, i + 1) if _is_number(lines, near)} - found
    heads = dated | labels | numbers
    sure = {i for i in dated if date}
    sure |= {i for i in numbers if i - 1 in sure or i + 1 in sure}
    return sure | {i for i in heads if _cuts(lines, i, heads)}


def _bears_date(text: str, date: PaperDate | None) -> bool:
    """Whether a line holds a paper's name and a date, the page's where that is known, and little else."""
    if not _SHORTEST <= len(text.strip()) <= _LONGEST or not ("报" in text or "報" in text) or not names_paper(text):
        return False
    printed = read_date(text)
    return printed is not None and (date is None or printed.date == date) and is_date_line(text.strip())


_SHORTEST: Final = 10  # characters
_LONGEST: Final = 40


def _is_label(text: str) -> bool:
    """Whether a line is the page's label and nothing else, or a number with the paper's name or a section's."""
    if len(text) > _LONGEST_LABEL:
        return False
    if both := NUMBER_SECTION.match(text):
        name = both[2] or both[3]
        return is_section(name) or bool(ANY_PAPER.fullmatch(name))
    return bool(LABEL.fullmatch(text))


_LONGEST_LABEL: Final = 12


def _is_number(lines: Sequence[Line], i: int) -> bool:
    return 0 <= i < len(lines) and bool(NUMBER.match(lines[i].text.strip()))


def _cuts(lines: Sequence[Line], i: int, heads: Set[int]) -> bool:
    """Whether the line, with the heads beside it, stands between two halves of a sentence."""
    above, below = i - 1, i + 1
    while above in heads:
        above -= 1
    while below in heads:
        below += 1
    if above < 0 or below >= len(lines) or lines[below].text[:1].isspace():
        return False
    last = lines[above].text.rstrip()[-1:]
    return last.isalnum() or last in _GOES_ON


_GOES_ON: Final = frozenset("，、,“‘（《")
