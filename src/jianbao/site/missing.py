"""404.html, which servers show at any address where there is nothing.

With base_url its links are absolute. Without, they start from the site's first folder and fail at deeper addresses,
the stylesheet too: then the page carries a few rules of its own, which its policy names by their hash, and says in
words where the first page is.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from jianbao.site.core import Site, View

STYLE: Final = (
    "html{font:100%/1.7 serif;color-scheme:light dark}"
    "header,main,footer{max-width:46rem;margin:auto}"
    "ul{display:flex;flex-wrap:wrap;gap:0 1rem;padding:0;list-style:none}"
)
_HASH: Final = f"sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}"


def missing_view(site: Site) -> View:
    """The one view of this module."""
    return site.view("404.html", "404.html", site.key("404"), _context, site)


def _context(site: Site) -> dict[str, object]:
    base = site.base_url
    return {
        "root": (urlsplit(base).path or "/") if base else "",
        "nav": "404",
        "canonical": "",
        "style": "" if base else Markup(STYLE),  # noqa: S704 (our own)
        "style_hash": "" if base else _HASH,
    }
