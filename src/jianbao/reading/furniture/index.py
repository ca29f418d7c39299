"""What a front page tells of the others: 今日导读, and lines that end in a page's number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jianbao.model import Line
from jianbao.reading.furniture.patterns import INDEX, INDEX_HEAD


def add_index(lines: Sequence[Line], found: set[int]) -> None:
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
