"""Articles in date order, parted into three segments; each has its own shards.

The old articles make one large segment, so that a query fetches few shards; the newest few hundred make a small
one, so that a new issue rewrites few shards. Where a segment ends follows from the articles alone, never from the
order in which they came: the same articles give the same bytes. A document's number is its rank by date in its
segment.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def build(
    segment: str, shards: int, mark: bytes, documents: Iterable[Mapping[str, int]]
) -> Iterator[tuple[str, bytes]]:
    """All shards of a segment from the weighted grams of its documents in order."""
    numbers: dict[str, array[int]] = {}
    heavy: dict[str, array[int]] = {}
    for number, grams in enumerate(documents):
        for gram, weight in grams.items():
            posting = numbers.get(gram)
            if posting is None:
                posting = numbers[gram] = array("I")
            if weight:
                weights = heavy.get(gram)
                if weights is None:
                    weights = heavy[gram] = array("I")
                weights.append(len(posting) << 3 | weight)
            posting.append(number)
    by_shard: list[list[str]] = [[] for _ in range(shards)]
    buckets: dict[str, int] = {}
    for gram in numbers:
        pair = gram[:2]
        place = buckets.get(pair)
        if place is None:
            place = buckets[pair] = bucket(pair, shards)
        by_shard[place].append(gram)
    del buckets
    for number, grams_here in enumerate(by_shard):
        postings = {}
        for gram in grams_here:
            posting = numbers.pop(gram)
            marks = bytearray()
            if gram in heavy:
                marks = bytearray(len(posting))
                for entry in heavy.pop(gram):
                    marks[entry >> 3] = entry & 7
            postings[gram] = Posting(posting, bytes(marks))
        name = shard_name(segment, number)
        yield name, script(name, encode(postings, mark))


Change = tuple[int, Mapping[str, int], Mapping[str, int]]  # number, grams before, grams after


def patches(changes: Iterable[Change], shards: int) -> dict[int, list[tuple[int, str, int | None]]]:
    """What corrected documents change, by shard: (document, gram, weight or None where it is gone)."""
    out: dict[int, list[tuple[int, str, int | None]]] = {}
    for number, before, after in changes:
        for gram in before.keys() | after.keys():
            weight = after.get(gram)
            if before.get(gram) != weight:
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
