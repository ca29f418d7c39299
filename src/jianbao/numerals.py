"""Numbers in Chinese characters, as newspapers print dates, pages and parts with them."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = {c: str(i % 10) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
    "Ｏ": "0",
}
NUMERALS: Final = "〇零○一二三四五六七八九十廿卅百元"  # what numbers are written with
BEFORE_REPUBLIC: Final = 1911  # 民國元年 is 1912


def read_number(text: str) -> int | None:
    """A number in figures or Chinese: `12`, `十二`, `廿三`, `二〇二一`, `三十`, `元`."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text)
    if text == "元":
        return 1
    if text and all(c in DIGITS for c in text):
        return int("".join(DIGITS[c] for c in text))
    if found := re.fullmatch(r"一千([八九])百([一二三四五六七八九]?十)?([一二三四五六七八九]?)", text):
        return 1000 + int(DIGITS[found[1]]) * 100 + (read_number((found[2] or "") + found[3]) or 0)
    text = text.replace("廿", "二十").replace("卅", "三十").replace("零", "")
    found = re.fullmatch(r"(?:([一二三四五六七八九])百)?(?:([一二三四五六七八九]?)(十))?([一二三四五六七八九]?)", text)
    if not found or not text:
        return None
    hundreds, tens, ten, ones = found.groups()
    return (
        (int(DIGITS[hundreds]) * 100 if hundreds else 0)
        + ((int(DIGITS[tens]) if tens else 1) * 10 if ten else 0)
        + (int(DIGITS[ones]) if ones else 0)
    )
