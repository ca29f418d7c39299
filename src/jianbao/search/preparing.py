"""An article → what the index keeps of it: the work that is done once for each version, in any process."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from jianbao.search.folding import folded_pairs
from jianbao.search.grams import SearchEntry, haystack, printed_fields
from jianbao.search.prepared import Prepared, pack_words
from jianbao.search.related import COMMON_RARITY, keywords
from jianbao.search.shards import script
from jianbao.search.words import counted, cutter

if TYPE_CHECKING:
    from jianbao.search.bulk import BulkCutter

_MANY: Final = 16  # articles that are cut sooner together than one by one, the loading of numpy counted


@dataclass(frozen=True)
class Preparation:
    """Entry → what is kept of it: all the work that can be done in another process."""

    folder: Path
    together: ClassVar[int] = 64  # how many articles are best given at a time
    worth: ClassVar[int] = 200  # see workers.py; an article takes five milliseconds

    def parts(self, entries: Sequence[SearchEntry]) -> list[Sequence[SearchEntry]]:
        """The lists that entries are best given in: two at least, where there are enough for two."""
        size = min(self.together, max(_MANY, -(-len(entries) // 2)))
        return [entries[i : i + size] for i in range(0, len(entries), size)]

    def open(self, number: int) -> None:
        """Make what the processes share, for so many articles."""
        cutter(self.folder).open()
        if number >= _MANY:
            _bulk(self.folder)

    def __call__(self, entries: Sequence[SearchEntry]) -> list[Prepared]:
        """Cut, weigh and pack articles."""
        fields = [printed_fields(entry) for entry in entries]
        parts = [haystack(one) for one in fields]
        texts = [text for one in parts for text in (one[0], "\n".join(one[1:]))]
        cut = cutter(self.folder)
        words = _bulk(self.folder).words(texts) if len(entries) >= _MANY else list(map(cut.words, texts))
        return list(map(self._prepared, entries, fields, parts, words[0::2], words[1::2]))

    def _prepared(
        self,
        entry: SearchEntry,
        fields: dict[str, str | list[str]],
        parts: list[str],
        title: list[str],
        rest: list[str],
    ) -> Prepared:
        article = entry.article
        cut = cutter(self.folder)
        counts = counted(chain(title, rest))
        printed = "".join(value if isinstance(value, str) else "".join(value) for value in fields.values())
        fragment = script(fragment_name(article.id), as_json({"i": article.id, **fields, "f": folded_pairs(printed)}))
        telling = cut.telling(counts, COMMON_RARITY)
        words = pack_words(counts, telling)
        return Prepared(
            article.id,
            article.date.iso if article.date else "",
            article.digest,
            hashlib.blake2b(fragment + words, digest_size=16).hexdigest(),
            sum(map(len, parts)),
            str(fields.get("x", "")),
            "\n".join(fields.get("n", [])),
            fragment,
            words,
            keywords(counts, telling, title, cut.rarities),
        )


@lru_cache(maxsize=4)
def _bulk(folder: Path) -> BulkCutter:
    from jianbao.search.bulk import BulkCutter  # numpy is loaded only where there is much to do

    return BulkCutter(folder, cutter(folder))


def as_json(value: object) -> bytes:
    """The shortest JSON of a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def fragment_name(article: str) -> str:
    """The name of an article's text: a folder for each month, so that no folder grows too large."""
    month = article[:7] if re.match(r"[0-9]{4}-[0-9]{2}", article) else "undated"
    return f"text/{month}/{article}"
