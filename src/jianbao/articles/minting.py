"""New ids: `2021-12-07-01-03`, or `undated-NAME-03` for a page whose date is not known to the day. Pure.

An id is never given twice, also not after its article is gone, and every system can hold a file of its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import PurePosixPath

from jianbao.model import PaperDate

_LONGEST_NAME = 80  # bytes of NAME in UTF-8: with the rest of the path well below what Windows allows


def prefix_of(date: PaperDate | None, page: str | None, source: str) -> str:
    """What the ids of a page begin with."""
    if date is not None and date.is_day and not date.estimated:
        return f"{date.iso}-{_label(page or '')}"
    return f"undated-{_name(source)}"


def path_of(article_id: str) -> str:
    """Where the file of a new article goes."""
    year = re.match(r"([0-9]{4})-", article_id)
    return f"articles/{year[1] if year else 'undated'}/{article_id}.md"


class Mint:
    """Gives ids that none of `known` is or was."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.last: dict[str, int] = {}
        for one in known:
            self.know(one)

    def know(self, article_id: str) -> None:
        """Never give this one."""
        prefix, _, number = unicodedata.normalize("NFC", article_id).casefold().rpartition("-")
        digits = re.match(r"[0-9]{1,9}", number)
        if digits:
            self.last[prefix] = max(self.last.get(prefix, 0), int(digits[0]))

    def next(self, prefix: str) -> str:
        """The next id that begins so."""
        key = unicodedata.normalize("NFC", prefix).casefold()
        self.last[key] = self.last.get(key, 0) + 1
        return f"{prefix}-{self.last[key]:02d}"


def _label(page: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFKC", page) if c.isascii() and c.isalnum())[:8]
    if not kept:
        return "00"
    letters = kept.rstrip("0123456789")
    return letters + kept[len(letters) :].zfill(2)


def _name(source: str) -> str:
    path = PurePosixPath(source)
    parts = [*path.parts[:-1], path.stem]
    text = "-".join(parts[1:] if parts[:1] == ["scans"] else parts)
    kept = re.sub(r"[^\w]+|_+", "-", unicodedata.normalize("NFC", text)).strip("-")
    data = kept.encode()
    if len(data) > _LONGEST_NAME:
        kept = data[:60].decode("utf-8", "ignore").rstrip("-") + "-" + blake2b(data, digest_size=4).hexdigest()
    return kept or blake2b(source.encode(), digest_size=4).hexdigest()
