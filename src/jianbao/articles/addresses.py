"""The links of a body, and whether a newspaper's reader may be led there."""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import unquote

LINK: Final = re.compile(
    r"\[([^\[\]\n]{1,500})\]\("
    r"([^()\s<>\x00-\x1f]{1,2000}(?:\([^()\s<>\x00-\x1f]{0,200}\)[^()\s<>\x00-\x1f]{0,200})?)"
    r'(?:[ ]+"[^"\n]{0,200}")?\)'
)
_SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto"})


def unsafe_links(body: str) -> list[tuple[int, str]]:
    """Links that lead nowhere a newspaper's reader should be led, with their index in `body`."""
    return [(match.start(2), match[2]) for match in LINK.finditer(body) if not is_safe(match[2])]


def is_safe(address: str) -> bool:
    """Whether a link's address is http, https, mailto or relative, however it is disguised."""
    bare = address
    for _ in range(3):
        bare = unquote(html.unescape(bare))
    bare = re.sub(r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", "", bare).lower()
    if bare.startswith(("//", "\\", "/\\")):
        return False
    scheme = re.match(r"([^/?#:]*):", bare)
    return scheme is None or scheme[1] in _SAFE_SCHEMES
