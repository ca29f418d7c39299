"""An article → what the index keeps of it: the work that is done once for each version, in any process."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from jianbao.search.folding import folded_pairs
from jianbao.search.grams import SearchEntry, haystack, printed_fields
from jianbao.search.ledger import Prepared, pack_words
from jianbao.search.related import COMMON_RARITY, keywords
from jianbao.search.shards import script
from jianbao.search.words import cutter


@dataclass(frozen=True)
class Preparation:
    """Entry → what is kept of it: all the work that can be done in another process."""

    folder: Path

    def open(self) -> None:
        """Make what the processes share."""
        cutter(self.folder).open()

    def __call__(self, entry: SearchEntry) -> Prepared:
        """Cut, weigh and pack one article."""
        article = entry.article
        fields = printed_fields(entry)
        parts = haystack(fields)
        cut = cutter(self.folder)
        counts = cut.counts("\n".join(parts))
        fragment = script(
            fragment_name(article.id), as_json({"i": article.id, **fields, "f": folded_pairs(str(fields))})
        )
        words = pack_words(counts, {word for word in counts if cut.rarity(word) >= COMMON_RARITY})
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
            keywords(counts, cut.words(parts[0]), cut.rarity),
        )


def as_json(value: object) -> bytes:
    """The shortest JSON of a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def fragment_name(article: str) -> str:
    """The name of an article's text: a folder for each month, so that no folder grows too large."""
    month = article[:7] if re.match(r"[0-9]{4}-[0-9]{2}", article) else "undated"
    return f"text/{month}/{article}"
