"""A segment from nothing: the entries of all its articles, sorted into shards. The bytes are those of `shards.encode`.

What does not fit into little memory goes through files: entries are parted by the shard they belong to, each part
is sorted and encoded alone. So a hundred thousand articles take no more memory than ten thousand.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from jianbao.search.codes import BATCH, Numbers, Units, buckets, changes, characters, entries
from jianbao.search.grams import Text
from jianbao.search.shards import varint

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_A_PART: Final = 1 << 20  # entries that are sorted at a time
_ENTRY: Final = np.uint64(22)
_UNITS: Final = 5  # of UTF-16 in a gram at most: two characters of two, and `EDGE`


def invert(folder: Path, shards: int, mark: bytes, texts: Iterable[Text], grams: int) -> Iterator[list[bytes]]:
    """The sections of each shard in order. `grams`: about how many entries there will be."""
    parts = 1
    while parts < shards and parts * _A_PART < grams:
        parts *= 2
    with ExitStack() as stack:
        files: list[Any] = [stack.enter_context(tempfile.TemporaryFile(dir=folder)) for _ in range(parts)]
        for some in _gathered(texts):
            place = buckets(some >> _ENTRY, shards) // np.uint32(shards // parts)
            order = np.argsort(place.astype(np.uint16), kind="stable")
            bounds = np.searchsorted(place[order], np.arange(parts + 1))
            some = some[order]
            for number, file in enumerate(files):
                file.write(some[bounds[number] : bounds[number + 1]].tobytes())
        for number, file in enumerate(files):
            file.seek(0)
            some = np.frombuffer(bytearray(file.read()), np.uint64)
            file.close()
            some.sort()
            yield from _Part(some, shards, number * (shards // parts), shards // parts).shards(mark)


def _gathered(texts: Iterable[Text]) -> Iterator[Numbers]:
    """Entries, about so many at a time that they can be parted in one go."""
    rest, first = iter(texts), 0
    held: list[Numbers] = []
    size = 0
    while batch := list(islice(rest, BATCH)):
        held.append(entries(batch, first))
        first += len(batch)
        size += len(held[-1])
        if size > _A_PART // 2:
            yield np.concatenate(held)
            held, size = [], 0
    if held:
        yield np.concatenate(held)


class _Part:
    """Sorted entries of some consecutive shards, laid out as shards want them."""

    def __init__(self, some: Numbers, shards: int, first: int, number: int) -> None:
        grams = some >> _ENTRY
        begins = changes(grams)
        sizes = np.diff(np.append(begins, len(some)))
        grams = grams[begins]
        one, two, three = characters(grams)
        units = 1 + (two > 0) + (three > 0) + (one > 0xFFFF) + (two > 0xFFFF)
        shard = buckets(grams, shards)
        order = np.lexsort((three, two, one, units, shard))
        sizes, self.units, shard = sizes[order], units[order], shard[order]
        ends = np.cumsum(sizes)
        starts = ends - sizes
        total = len(some)
        gather = np.repeat(begins[order] - starts, sizes) + np.arange(total)
        some = some[gather]
        documents = (some >> np.uint64(3) & np.uint64((1 << 19) - 1)).astype(np.uint32)
        weights = (some & np.uint64(7)).astype(np.uint8)
        gaps = np.diff(documents, prepend=documents[:1])
        gaps[starts] = documents[starts]
        top = np.maximum.reduceat(gaps, starts) if total else gaps
        heavy = np.maximum.reduceat(weights, starts) > 0 if total else weights > 0
        width = 1 + (top > 0xFF) + (top > 0xFFFF)
        self.bounds = np.searchsorted(shard, np.arange(first, first + number + 1))
        self.planes = _planes(one[order], two[order], three[order])
        self.counts = np.minimum(sizes, 255).astype(np.uint8)
        self.kinds = (width + 4 * heavy).astype(np.uint8)
        self.more = _Column(sizes.astype("<u4"), sizes >= 255, np.ones_like(sizes), self.bounds)
        wide = np.repeat(width, sizes)
        self.low = _Column((gaps & 0xFF).astype(np.uint8), None, sizes, self.bounds)
        self.middle = _Column((gaps >> 8 & 0xFF).astype(np.uint8), wide > 1, sizes, self.bounds)
        self.high = _Column((gaps >> 16).astype(np.uint8), wide > 2, sizes, self.bounds)
        self.weights = _Column(weights, np.repeat(heavy, sizes), sizes, self.bounds)

    def shards(self, mark: bytes) -> Iterator[list[bytes]]:
        """Their sections, as `shards.encode` gives them."""
        for i in range(len(self.bounds) - 1):
            start, end = int(self.bounds[i]), int(self.bounds[i + 1])
            groups = [start + int(at) for at in changes(self.units[start:end])]
            head, planes = bytearray(mark), []
            for begin, stop in zip(groups, [*groups[1:], end], strict=False):  # (a shard may be empty)
                length = int(self.units[begin])
                head += varint(length) + varint(stop - begin)
                planes += [self.planes[plane, begin:stop].tobytes() for plane in range(2 * length)]
            head.append(0)
            yield [
                bytes(head) + b"".join(planes),
                self.counts[start:end].tobytes() + self.more[i] + self.kinds[start:end].tobytes(),
                self.low[i],
                self.middle[i] + self.high[i],
                self.weights[i],
            ]


class _Column:
    """Values of entries (of which some are left out), from which the bytes of a shard are cut."""

    def __init__(self, values: npt.NDArray[Any], kept: npt.NDArray[np.bool_] | None, sizes: Ints, bounds: Ints) -> None:
        places = np.append(0, np.cumsum(sizes))[bounds]
        self._values = values if kept is None else values[kept]
        self._places: Ints = places if kept is None else np.append(0, np.cumsum(kept))[places]

    def __getitem__(self, shard: int) -> bytes:
        return self._values[self._places[shard] : self._places[shard + 1]].tobytes()


def _planes(one: Units, two: Units, three: Units) -> Bytes:
    """UTF-16BE of grams, a row for each place of a byte."""
    units = np.zeros((_UNITS, len(one)), np.uint16)
    place = np.zeros(len(one), np.intp)
    for points in (one, two, three):
        there = np.flatnonzero(points)
        astral = np.flatnonzero(points > 0xFFFF)
        units[place[there], there] = points[there]  # of astral ones both halves are set below
        units[place[astral], astral] = 0xD800 + ((points[astral] - 0x10000) >> 10)
        place[there] += 1
        units[place[astral], astral] = 0xDC00 + (points[astral] & 0x3FF)
        place[astral] += 1
    planes: Bytes = np.empty((2 * _UNITS, len(one)), np.uint8)
    planes[0::2] = units >> 8
    planes[1::2] = units & 0xFF
    return planes
