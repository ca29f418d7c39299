"""Where on its page a line stands: at an edge, or apart from others."""

from __future__ import annotations

from collections.abc import Sequence

from jianbao.model import Line
from jianbao.text import visual_width


def stands_alone(lines: Sequence[Line], i: int) -> bool:
    """Whether a blank line stands above."""
    return i > 0 and lines[i].number - lines[i - 1].number > 1


def at_edge(lines: Sequence[Line], i: int, reach: int = 12) -> bool:
    """Whether the line is among the first or last of the page, or stands apart, short, between blanks."""
    if i < reach or i >= len(lines) - reach:
        return True
    alone = lines[i].number - lines[i - 1].number > 1 and lines[i + 1].number - lines[i].number > 1
    return alone and visual_width(lines[i].text) <= 44
