"""Articles in date order, parted into three segments; each has its own shards.

The old articles make one large segment, so that a query fetches few shards; the newest few hundred make a small
one, so that a new issue rewrites few shards. Where a segment ends follows from the articles alone, never from the
order in which they came: the same articles give the same bytes. A document's number is its rank by date in its
segment.
"""

from __future__ import annotations

import gc
import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from operator import and_, rshift
from typing import Final, NamedTuple

from jianbao.search.shards import Posting, bucket, decode, encode, script, unscript

STEPS: Final = (8192, 512)  # the large segment grows by the first, the middle one by the second
_BYTES_A_SHARD: Final = {"a": 4800, "b": 2400, "c": 1600}
_MOST: Final = 1 << 15


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


def build(segment: str, shards: int, mark: bytes, documents: Iterable[Weighted]) -> Iterator[tuple[str, bytes]]:
    """All shards of a segment from the grams of its documents in order."""
    entries: dict[str, array[int]] = {}  # gram → number << 3 | weight
    with _without_collecting():
        for number, (grams, weights) in enumerate(documents):
            for gram, weight in weights.items():
                if gram in entries:
                    entries[gram].append(number << 3 | weight)
                else:
                    entries[gram] = array("I", (number << 3 | weight,))
            plain = array("I", (number << 3,))
            for gram in grams.difference(weights):
                if gram in entries:
                    entries[gram].append(number << 3)
                else:
                    entries[gram] = plain[:]
        by_shard: list[list[str]] = [[] for _ in range(shards)]
        for gram in entries:
            by_shard[bucket(gram, shards)].append(gram)
        for number, grams_here in enumerate(by_shard):
            postings = {gram: _posting(entries.pop(gram)) for gram in grams_here}
            name = shard_name(segment, number)
            yield name, script(name, encode(postings, mark))


def _posting(entries: array[int]) -> Posting:
    if len(entries) == 1:
        weight = entries[0] & 7
        return Posting((entries[0] >> 3,), bytes((weight,)) if weight else b"")
    return Posting(array("I", map(rshift, entries, repeat(3))), bytes(map(and_, entries, repeat(7))))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Millions of small values and no circles: the garbage collector would only go round and round."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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
        old = postings.get(gram, Posting((), b""))
        weights = dict(zip(old.numbers, old.weights or bytes(len(old.numbers)), strict=True))
        weights.pop(number, None)
        if weight is not None:
            weights[number] = weight
        numbers = sorted(weights)
        if not numbers:
            postings.pop(gram, None)
        else:
            postings[gram] = Posting(array("I", numbers), bytes(map(weights.__getitem__, numbers)))
    return script(name, encode(postings, mark))
