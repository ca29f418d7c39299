"""Articles in date order, parted into three segments; each has its own shards.

The old articles make one large segment, so that a query fetches few shards; the newest few hundred make a small
one, so that a new issue rewrites few shards. Where a segment ends follows from the articles alone, never from the
order in which they came: the same articles give the same bytes. A document's number is its rank by date in its
segment.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Final, NamedTuple

from jianbao.search.grams import Text, weighted_grams
from jianbao.search.shards import Entries, bucket, decode, encode, script, unscript
from jianbao.work.collecting import without_collecting

STEPS: Final = (8192, 512)  # the large segment grows by the first, the middle one by the second
_BYTES_A_SHARD: Final = {"a": 4000, "b": 1500, "c": 900}
_MOST: Final = 1 << 15
_FEW_GRAMS: Final = 50_000  # fewer are sorted into shards before numpy is loaded
_MOST_NUMBERED: Final = 1 << 19  # documents that the quick way can number


class Segment(NamedTuple):
    """The articles [start, end) of the date order; `name` is its folder."""

    name: str
    start: int
    end: int


def partition(days: Sequence[str], steps: tuple[int, int] = STEPS) -> list[Segment]:
    """The segments of articles in date order, given their dates. No day is parted."""

    def at_day(place: int) -> int:
        return bisect_left(days, days[place]) if place < len(days) else place

    size = len(days)
    first = at_day(size // steps[0] * steps[0])
    second = max(first, at_day(size // steps[1] * steps[1]))
    bounds = zip("abc", (0, first, second), (first, second, size), strict=True)
    return [Segment(*bound) for bound in bounds if bound[1] < bound[2]]


def generation(ids: Sequence[str]) -> bytes:
    """Four bytes that change when a document's number may have changed."""
    return hashlib.blake2b("\n".join(ids).encode(), digest_size=4).digest()


def shard_count(name: str, grams: int) -> int:
    """How many shards a segment has, given the sum of its articles' grams: a power of two."""
    wanted = grams * 1.35 / _BYTES_A_SHARD[name]
    count = 1
    while count * 1.4 < wanted and count < _MOST:
        count *= 2
    return count


def shard_name(segment: str, number: int) -> str:
    """The name of a shard: its path below `search/` without the ending."""
    return f"{segment}/{number:04x}"


Weighted = tuple[set[str], dict[str, int]]  # a document's grams, and the weights of those that weigh


def build(
    folder: Path, segment: str, shards: int, mark: bytes, texts: Iterable[Text], size: int, grams: int
) -> Iterator[tuple[str, bytes]]:
    """All shards of a segment from its `size` documents in order; `grams`: about how many these have in all.
    `folder` is for what does not fit into memory."""
    if grams < _FEW_GRAMS or size > _MOST_NUMBERED:
        yield from build_plainly(segment, shards, mark, map(weighted_grams, texts))
        return
    from jianbao.search.inverting import invert  # numpy is loaded only where there is much to do

    for number, sections in enumerate(invert(folder, shards, mark, texts, grams)):
        name = shard_name(segment, number)
        yield name, script(name, sections)


def build_plainly(segment: str, shards: int, mark: bytes, documents: Iterable[Weighted]) -> Iterator[tuple[str, bytes]]:
    """The same from the grams of its documents, in a way that is easy to follow and needs much time and memory."""
    entries: dict[str, Entries] = defaultdict(partial(array, "I"))
    find = entries.__getitem__
    with without_collecting():
        for number, (grams, weights) in enumerate(documents):
            base = number << 3
            _consume(map(array.append, map(find, weights), map(base.__or__, weights.values())))
            _consume(map(array.append, map(find, grams.difference(weights)), repeat(base)))
        by_shard: list[list[str]] = [[] for _ in range(shards)]
        for gram in entries:
            by_shard[bucket(gram, shards)].append(gram)
        for number, grams_here in enumerate(by_shard):
            name = shard_name(segment, number)
            yield name, script(name, encode({gram: entries.pop(gram) for gram in grams_here}, mark))


_consume: Final = deque[None](maxlen=0).extend  # runs through an iterator as fast as it goes


Change = tuple[int, Weighted, Weighted]  # number, grams before, grams after


def patches(changes: Iterable[Change], shards: int) -> dict[int, list[tuple[int, str, int | None]]]:
    """What corrected documents change, by shard: (document, gram, weight or None where it is gone)."""
    out: dict[int, list[tuple[int, str, int | None]]] = {}
    for number, before, after in changes:
        for gram in before[0] | after[0]:
            weight = after[1].get(gram, 0) if gram in after[0] else None
            if weight != (before[1].get(gram, 0) if gram in before[0] else None):
                out.setdefault(bucket(gram, shards), []).append((number, gram, weight))
    return out


def patch(name: str, data: bytes, changes: Iterable[tuple[int, str, int | None]]) -> bytes:
    """A shard with some documents' grams changed; the same bytes as building it anew."""
    mark, postings = decode(unscript(data))
    for number, gram, weight in changes:
        kept = [entry for entry in postings.get(gram, ()) if entry >> 3 != number]
        if weight is not None:
            insort(kept, number << 3 | weight)
        if kept:
            postings[gram] = array("I", kept)
        else:
            postings.pop(gram, None)
    return script(name, encode(postings, mark))
