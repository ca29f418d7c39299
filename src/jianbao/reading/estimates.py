"""The date of a page that bears none, from what its articles say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from jianbao.model import PaperDate

_SPOKEN: Final = re.compile(r"(?<!\d)(?:((?:19|20)\d\d)年)?(?<!\d)(1[0-2]|[1-9])月(?:([12]\d|3[01]|[1-9])日)?")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


def estimate(texts: Iterable[str]) -> PaperDate | None:
    """The month of the latest day that these texts speak of, marked as an estimate; the year alone if no month
    goes with it; None if no year is named. A year is believed if it is named with a month, or twice."""
    latest: tuple[int, int] = (0, 0)
    years: dict[int, int] = {}
    for text in texts:
        for year in _YEAR.findall(text):
            years[int(year)] = years.get(int(year), 0) + 1
        for found in _SPOKEN.finditer(text):
            if found[1]:
                latest = max(latest, (int(found[1]), int(found[2])))
    often = [year for year, count in years.items() if count > 1 and year <= latest[0] + 2] if latest[0] else list(years)
    if often and max(often) > latest[0]:
        latest = (max(often), 0)
    return PaperDate(latest[0], latest[1], 0, estimated=True) if latest[0] else None
