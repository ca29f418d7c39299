"""What a folio line says: the page's label and its section."""

from __future__ import annotations

import re
from typing import Final

from jianbao.numerals import read_number
from jianbao.reading.furniture.patterns import (
    ANY_PAPER,
    AT_EDGE,
    FOLIO,
    LABEL,
    NUMBER,
    NUMBER_SECTION,
    PAPER_NAME,
    PRINT,
    SECTIONS,
)
from jianbao.reading.furniture.scan_path import page_label


def folio_of(text: str) -> tuple[str, str]:
    """Page label and section in a folio line; empty where it does not say them."""
    parts = re.split(r"[\s　|｜/／\[\]［］【】〖〗]+", _ENGLISH.sub(" ", _SPREAD.sub(_closed_up, text)))
    text = " ".join([part for part in parts if not ANY_PAPER.fullmatch(part) and not PAPER_NAME.match(part)]).strip(
        " ·—-"
    )
    words = [word for word in re.split(r"[ :：]", text) if is_section(word)]
    if found := LABEL.search(text):
        number = next(part for part in found.groups() if part)
        label = page_label(number) if number.isascii() else str(read_number(number) or "")
        after = re.match(r"[\s　:：|｜/／·—-]*([\u4e00-\u9fff·]{2,10})(?![\u4e00-\u9fff：:])", text[found.end() :])
        name = after[1].strip("·") if after and not PRINT.search(f"{after[1]}：") else ""
        name = "" if _NO_NAME.match(name) else name
        own = [word for word in words if word in SECTIONS or not text.startswith(word)]  # 校园周刊 may be the paper
        return label, name if name in SECTIONS or not words else (own or [name or words[0]])[0]
    if both := NUMBER_SECTION.match(text):
        return page_label(both[1] or both[4]), both[2] or both[3]
    if found := FOLIO.match(text):  # A04 民生·社会
        return page_label(next(part for part in found.groups()[:4] if part)), found[5].strip("·")
    if number_only := AT_EDGE.search(text) or NUMBER.match(text):
        page = page_label(next(part for part in number_only.groups() if part))
    else:
        page = next((part for part in parts if _LETTERED.fullmatch(part)), "")
    return page, words[0] if words else ""


def _closed_up(found: re.Match[str]) -> str:
    return "".join(found[0].split())


_SPREAD: Final = re.compile(  # 城 市 新 闻
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff]){2,7}(?=[ \u3000]|$)"
)
_ENGLISH: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,}\.?")  # Wednesday
_NO_NAME: Final = re.compile(r"总第$|第[〇零一二三四五六七八九十百千]+[号號期]|(?:农历|夏历|阴历)")
_LETTERED: Final = re.compile(r"[A-Z]\d{1,2}")  # A08, wherever in its line


def is_section(text: str) -> bool:
    """Whether this is a name that papers give their pages, also one with its own or a second: 社会·法制, 副刊·浮桥."""
    first, _, own = text.partition("·")
    if first not in SECTIONS and not _WEEKLY.fullmatch(first) and not _is_news_of(first):
        return False
    return not own or own in SECTIONS or bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", own))


def _is_news_of(text: str) -> bool:
    """Whether this is a section's name with 新闻 behind it: 本市新闻."""
    return len(text) == 4 and text[:2] in SECTIONS and text[2:] in ("新闻", "要闻")


_WEEKLY: Final = re.compile(r"[\u4e00-\u9fff]{2,4}(?:周刊|专刊|特刊|副刊|画刊)")


def unspread(text: str) -> str:
    """A line without the blanks between its Chinese characters: 社会 新 闻 7."""
    return _BETWEEN.sub("", text)


def is_label(text: str) -> bool:
    """Whether a line begins with the page's label, or is nothing but the paper's name and the label: 星城日报 二版."""
    if FOLIO.match(text):
        return True
    name, *rest = re.split(r"[\s　|｜]+", text)
    return len(rest) == 1 and bool(ANY_PAPER.fullmatch(name) and LABEL.fullmatch(rest[0]))


_BETWEEN: Final = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff](?:[ \u3000]|$))")
