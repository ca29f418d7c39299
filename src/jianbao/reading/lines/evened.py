"""What an extraction did to a whole page is undone before it is read: blanks before every line, a blank line below
every line. Both say nothing of the page, and hide what indents and blank lines do say."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from jianbao.model import Line

_LEAST: Final = 12  # lines that are not blank; fewer show no manner
_NEARLY_ALL: Final = 0.9
_BLANKS: Final = " \u3000\t"


def evened(lines: Sequence[Line], texts: Sequence[str]) -> tuple[list[Line], list[str]]:
    """The lines and their texts without the blanks that nearly all lines begin with, and without one of the blank lines
    wherever they stand between nearly all lines."""
    shown = [i for i, text in enumerate(texts) if text.strip()]
    if len(shown) < _LEAST:
        return list(lines), list(texts)
    deep = _common([texts[i] for i in shown])
    kept = [*range(len(texts))]
    gaps = [lower - upper - 1 for upper, lower in itertools.pairwise(shown)]
    if sum(gap > 0 for gap in gaps) >= _NEARLY_ALL * len(gaps):
        dropped = {upper + 1 for upper, gap in zip(shown, gaps, strict=False) if gap}
        kept = [i for i in kept if i not in dropped]
    return [lines[i] for i in kept], [_without(texts[i], deep) if deep else texts[i] for i in kept]


def _common(texts: Sequence[str]) -> int:
    """How many blanks nearly all texts begin with."""
    leads = sorted(len(text) - len(text.lstrip(_BLANKS)) for text in texts)
    return leads[int((1 - _NEARLY_ALL) * len(leads))]


def _without(text: str, blanks: int) -> str:
    return text[min(blanks, len(text) - len(text.lstrip(_BLANKS))) :]
