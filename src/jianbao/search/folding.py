"""One spelling for width, case, accents and traditional or simplified characters; `static/search-text.js` folds the
same way.

Folding goes code point by code point (NFKC, lower case, simplified), so that a place in the folded text leads
back to the place in the printed one. Spaces and control characters become one space, format characters nothing, and
so do the accents of Latin letters: nobody types those of café, or of pinyin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

_SPACES: Final = re.compile(r"\s+")
_ACCENTS: Final = re.compile("([a-z])?[\u0300-\u036f]+")  # alone: over a letter that has no character with it
_BETWEEN: Final = "\uffff"  # no character: folding leaves it alone


@cache
def simplified() -> dict[str, str]:
    """Traditional character → simplified one; source and licence stand in the file."""
    text = files("jianbao.search").joinpath("data/traditional.txt").read_text(encoding="utf-8")
    groups = " ".join(line for line in text.splitlines() if not line.startswith("#")).split()
    return {old: group[0] for group in groups for old in group[1:]}


def fold_character(character: str) -> str:
    """What one code point is compared as: usually one character, sometimes several (`㎡` → `m2`) or none."""
    table = simplified()
    out = []
    for part in unicodedata.normalize("NFKC", character).lower():
        category = unicodedata.category(part)
        if category[0] == "Z" or category == "Cc":
            out.append(" ")
        elif category not in ("Cf", "Cs"):
            plain = _ACCENTS.fullmatch(unicodedata.normalize("NFD", part))
            out.append((plain[1] or "") if plain else table.get(part, part))
    return "".join(out)


class _Folded(dict[str, str]):
    """What characters are compared as, filled as they turn up."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = fold_character(character)
        return folded


class _Pairs(dict[str, str]):
    """The traditional characters in one code point, filled as they turn up."""

    def __missing__(self, character: str) -> str:
        self[character] = found = "".join(filter(simplified().__contains__, unicodedata.normalize("NFKC", character)))
        return found


_FOLDED: Final = _Folded()
_PAIRS: Final = _Pairs()


def fold(text: str) -> str:
    """The text as it is compared. (`str.translate` takes three times as long.)"""
    return _SPACES.sub(" ", "".join(map(_FOLDED.__getitem__, text)))


def fold_all(texts: Sequence[str]) -> list[str]:
    """`fold` of each, in one go."""
    joined = _BETWEEN.join(texts)
    if not texts or joined.count(_BETWEEN) >= len(texts):  # no text should have this; one that has is folded alone
        return [fold(text) for text in texts]
    return fold(joined).split(_BETWEEN)


def tidy(text: str) -> str:
    """The text as it is shown: composed characters, one space for any run of spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def folded_pairs(text: str) -> str:
    """`traditional simplified traditional simplified…` for the characters of a text that change, sorted: a reader
    of the text need not load the whole table."""
    found = set("".join(map(_PAIRS.__getitem__, set(text))))
    table = simplified() if found else {}
    return "".join(character + table[character] for character in sorted(found))


def traditional_table() -> str:
    """The whole table for the browser: groups of a simplified character and its traditional ones."""
    groups: dict[str, str] = {}
    for old, new in simplified().items():
        groups[new] = groups.get(new, new) + old
    return " ".join(groups.values())
