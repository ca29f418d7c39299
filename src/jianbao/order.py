"""The order in which articles are printed, and labels of pages as addresses have them."""

from __future__ import annotations

import re
from functools import lru_cache

from jianbao.model import Article

_PARTS = re.compile(r"[0-9]+|[^0-9]+").findall
_END, _LAST = "\x01", "~"  # before and after all that `natural` gives


def in_print_order(article: Article) -> str:
    """Sort key: date, page, number on the page; what is unknown comes last. Articles of one page stand together. It is
    a text, so that a database orders articles in the same way."""
    date = article.date
    day = f"{date.year:04d}{date.month or 13:02d}{date.day or 32:02d}" if date else _LAST
    page = f"{natural(article.page)}{_END}{padded(article.page)}" if article.page else _LAST
    return f"{day}{page}{_END}{_END.join(map(natural, article.id.split('-')))}{_END}{article.id}"


@lru_cache(maxsize=1 << 12)
def natural(label: str) -> str:
    """Sort key of a label with numbers in it: 2 before 10 before A1. A number is preceded by how many digits it has."""
    found = []
    for part in _PARTS(label):
        digits = part.lstrip("0") if part.isascii() and part.isdigit() else None
        found.append(f"1{part}{_END}" if digits is None else f"0{len(digits):03d}{digits}")
    return "".join(found)


@lru_cache(maxsize=1 << 12)
def padded(label: str) -> str:
    """A page's label as addresses have it: `1` → `01`, `A2` → `A02`; `00` where the page is unknown."""
    if not label:
        return "00"
    return re.sub(r"[0-9]+$", lambda digits: digits[0].zfill(2), label)
