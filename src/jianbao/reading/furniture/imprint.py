"""Who makes a page or the paper, its price, number and address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianbao.model import Line
from jianbao.reading.furniture.edges import at_edge, stands_alone
from jianbao.reading.furniture.patterns import (
    CONTACT,
    CONTACT_OF_PAPER,
    MONTH_ONLY,
    NO_YEAR,
    OF_THE_PAGE,
    PAPER,
    PRINT,
    WEB,
)


def is_imprint(lines: Sequence[Line], i: int, text: str, follows: bool) -> bool:
    """Whether a line names the page's editors, the paper's price, number or address. `follows`: the line above is
    furniture."""
    if (len(text) > 3 and WEB.fullmatch(text)) or OF_THE_PAGE.fullmatch(text):
        return True
    if PRINT.search(text) and not text.endswith("。") and (len(text) < 50 or CONTACT.search(text)):
        return True
    if not (follows or at_edge(lines, i, 6)) or re.search(r"[。，；]", text):
        return False
    if NO_YEAR.fullmatch(text) or (follows and MONTH_ONLY.fullmatch(text)):
        return True
    if PAPER.search(text):
        return i < 6 or follows or stands_alone(lines, i) or not text.endswith("社")
    if CONTACT_OF_PAPER.match(text) and CONTACT.search(text):
        return True
    return bool(CONTACT.search(text)) and len(text) <= 60 and (i < 6 or follows or stands_alone(lines, i))
