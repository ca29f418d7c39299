"""What of an article can be found, and by which grams: single characters, pairs, triples of Latin and digits.

Matching goes by characters, because a reader's string rarely begins and ends where a segmenter cuts. A gram's
weight says how much the article is about it: it comes from the words (a pair that straddles two words weighs
nothing, so 和服 ranks below where it is only 产品和服务), by the BM25 formula with a fixed mean length, so that
no other article changes it.

Where a title begins and ends is a gram too: its first and its last two characters with `EDGE` after them. So an
article that is titled exactly as the query can be told before its text is there, from shards that are read anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import add
from typing import Final, NamedTuple

from jianbao.model import Article
from jianbao.search.folding import fold_all, tidy

TITLE: Final = 4  # added to the weight (0–3) of a gram that stands in the title
EDGE: Final = "|"  # no letter or digit: no text has such a gram of three
BEGINS, ENDS = 1, 2  # the weights of a gram with `EDGE`
EDGED: Final = 0xEC000  # characters from here on, of private use, make no such gram: `codes.py` has no room for them
_MEAN_LENGTH: Final = 512
_LATIN: Final = re.compile(r"[0-9a-z]{3,}")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """An article and its body as plain text, paragraphs parted by newlines."""

    article: Article
    text: str


class Text(NamedTuple):
    """What of an article makes its grams: folded strings (the title first), words parted by newlines, their counts."""

    parts: Sequence[str]
    words: str
    counts: bytes

    def pairs(self) -> Iterable[tuple[str, int]]:
        """Each word with its count."""
        return zip(self.words.split("\n"), self.counts, strict=True) if self.counts else ()


def printed_fields(entry: SearchEntry) -> dict[str, str | list[str]]:
    """What the reader's browser gets of an article, by one-letter names; empty fields are left out."""
    article = entry.article
    fields: dict[str, str | list[str]] = {
        "t": tidy(article.title),
        "k": tidy(article.kicker),
        "s": tidy(article.subtitle),
        "y": "\n".join(filter(None, map(tidy, entry.text.split("\n")))),
        "c": [tidy(caption) for caption in article.captions],
        "b": [tidy(str(byline)) for byline in article.bylines],
        "n": list(dict.fromkeys(tidy(byline.name) for byline in article.bylines)),
        "g": [tidy(tag) for tag in article.tags],
        "x": tidy(article.section),
        "d": str(article.date) if article.date else "",
        "p": article.page,
    }
    return {name: value for name, value in fields.items() if value}


def haystack(fields: dict[str, str | list[str]]) -> list[str]:
    """The folded strings a query is looked for in, the title first; no hit spans two of them."""
    title = fields.get("t", "")
    out = [title if isinstance(title, str) else ""]
    for name in "ksycbg":
        value = fields.get(name, "")
        out += value.split("\n") if isinstance(value, str) else value
    return fold_all(out)


def grams_of(text: str) -> set[str]:
    """All grams of a folded string."""
    out: set[str] = set()
    for run in text.split():
        out.update(run)
        out.update(map(add, run, run[1:]))
    for latin in _LATIN.findall(text):
        out.update(latin[i : i + 3] for i in range(len(latin) - 2))
    return out


def bare(text: str) -> str:
    """Without the signs around it."""
    begin, end = 0, len(text)
    while begin < end and not text[begin].isalnum():
        begin += 1
    while begin < end and not text[end - 1].isalnum():
        end -= 1
    return text[begin:end]


def edges(title: str) -> list[tuple[str, int]]:
    """The first and the last two characters of a folded title, signs around it left out, with their weights. Both at
    once are only those of a title that is nothing else."""
    bared = bare(title)
    first, last = bared[:2], bared[-2:]
    found = [(first, BEGINS), (last, ENDS)]
    if first == last:
        found = [(first, BEGINS + ENDS if len(bared) == 2 else BEGINS)]
    return [(pair, weight) for pair, weight in found if len(pair) == 2 and " " not in pair and max(pair) < chr(EDGED)]


def weigh(counts: Iterable[tuple[str, int]], length: int) -> dict[str, int]:
    """Weight 1–3 of the grams inside words; counts are words and how often each occurs."""
    often: dict[str, int] = {}
    for word, count in counts:
        if len(word) == 2:
            often[word] = often.get(word, 0) + count
        elif len(word) > 2:
            for i in range(len(word) - 1):
                pair = word[i : i + 2]
                often[pair] = often.get(pair, 0) + count
    middle, high = weight_limits(length)
    return {gram: 1 if n < middle else 2 if n < high else 3 for gram, n in often.items()}


def weight_limits(length: int) -> tuple[float, float]:
    """How often a gram must occur in an article of this length to weigh 2, and 3."""
    step = max(64, 1 << max(length - 1, 1).bit_length())  # coarse, so that a few characters more change nothing
    norm = 1.2 * (0.25 + 0.75 * min(step, 8192) / _MEAN_LENGTH / 2)
    return 1.0 * norm / 1.2, 1.55 * norm / 0.65  # where BM25's tf·2.2/(tf+norm) passes 1.0 and 1.55


def weighted_grams(text: Text) -> tuple[set[str], dict[str, int]]:
    """All grams of an article, and the weights of those that weigh, `TITLE` added where the title has it."""
    parts = text.parts
    grams = grams_of("\n".join(parts))
    weights = {gram: weight for gram, weight in weigh(text.pairs(), sum(map(len, parts))).items() if gram in grams}
    for gram in grams_of(parts[0]):
        weights[gram] = weights.get(gram, 0) + TITLE
    for pair, weight in edges(parts[0]):
        weights[pair + EDGE] = weight
        grams.add(pair + EDGE)
    return grams, weights
