"""Grams as numbers, many articles at a time: what `grams.py` says of one article, said with numpy of many. Pure.

A gram is 42 bits: two code points, or one and 0; three Latin letters or digits begin above all code points, a pair at
an edge of a title above these. With
the document and the weight below them an entry is one number, and sorting numbers is what inverts an archive: the
dictionary of a million grams that it replaces missed the processor's cache at every step.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from jianbao.search.grams import EDGE, TITLE, Text, edges, weight_limits

Numbers: TypeAlias = npt.NDArray[np.uint64]
Units: TypeAlias = npt.NDArray[np.uint32]

BATCH: Final = 128  # articles at a time; must stay below 256
_POINT: Final = np.uint64(21)
_LOCAL: Final = np.uint64(16)  # within a batch: 8 bits for the article, 8 for a count
_TRIPLE: Final = 0x110000
_EDGED: Final = _TRIPLE + (1 << 14)
_EMPTY: Final = np.zeros(0, np.uint64)


def entries(texts: Sequence[Text], first: int) -> Numbers:
    """gram << 22 | document << 3 | weight of all articles of a batch, sorted by gram; `first`: the first's number."""
    whole = ["\n".join(text.parts) for text in texts]
    points = _points("\n".join(whole))
    titles = [len(text.parts[0]) for text in texts]
    lengths = [len(one) + 1 for one in whole]
    owner = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)[: len(points)]
    found = _distinct(_grams(points, owner))
    if not len(found):
        return found
    weights = np.zeros(len(found), np.uint64)
    keys, sums = _words(texts)
    at = np.minimum(np.searchsorted(found, keys), len(found) - 1)
    there = found[at] == keys
    limits = np.array([weight_limits(sum(map(len, text.parts))) for text in texts])
    which = (keys[there] >> np.uint64(8) & np.uint64(255)).astype(np.intp)
    often = sums[there]
    weights[at[there]] = 1 + (often >= limits[which, 0]).astype(np.uint64) + (often >= limits[which, 1])
    stretches = [*chain.from_iterable((title, length - title) for title, length in zip(titles, lengths, strict=True))]
    titled = np.repeat(np.arange(len(stretches)) % 2 == 0, stretches)[: len(points)]
    only_titles = np.where(titled, points, np.uint32(0))
    weights[np.searchsorted(found, _distinct(_grams(only_titles, owner)))] += np.uint64(TITLE)
    edged, edge_weights = _edges(texts)  # above all others, and sorted
    found, weights = np.concatenate([found, edged]), np.concatenate([weights, edge_weights])
    documents = (found >> np.uint64(8) & np.uint64(255)) + np.uint64(first)
    result: Numbers = found >> _LOCAL << np.uint64(22) | documents << np.uint64(3) | weights
    return result


def _points(text: str) -> Units:
    """Code points, 0 for what parts words."""
    points = np.frombuffer(text.encode("utf-32-le"), np.dtype("<u4")).astype(np.uint32)
    points[(points == 32) | (points == 10)] = 0
    return points


def _grams(points: Units, owner: Numbers) -> Numbers:
    """gram << 16 | article << 8 of all grams in a text, as they come."""
    wide = points.astype(np.uint64)
    own = owner << np.uint64(8)
    one = points > 0
    two = one[1:] & one[:-1]
    latin = ((points >= 97) & (points <= 122)) | ((points >= 48) & (points <= 57))
    three = np.flatnonzero(latin[2:] & latin[1:-1] & latin[:-2])
    first = np.uint64(_TRIPLE) + (wide[three] << np.uint64(7)) + wide[three + 1]
    return np.concatenate(
        [
            (wide[one] << _POINT) << _LOCAL | own[one],
            ((wide[:-1][two] << _POINT) | wide[1:][two]) << _LOCAL | own[:-1][two],
            (first << _POINT | wide[three + 2]) << _LOCAL | own[three],
        ]
    )


def _edges(texts: Sequence[Text]) -> tuple[Numbers, Numbers]:
    """The pairs at the edges of titles: gram << 16 | article << 8, and their weights."""
    rows = sorted(
        (((_EDGED + ord(pair[0])) << 21 | ord(pair[1])) << 16 | i << 8, weight)
        for i, text in enumerate(texts)
        for pair, weight in edges(text.parts[0])
    )
    keys, weights = zip(*rows, strict=True) if rows else ((), ())
    return np.array(keys, np.uint64), np.array(weights, np.uint64)


def _words(texts: Sequence[Text]) -> tuple[Numbers, Numbers]:
    """The pairs of characters inside words: gram << 16 | article << 8, and how often."""
    rows = [(i, text) for i, text in enumerate(texts) if text.counts]
    if not rows:
        return _EMPTY, _EMPTY
    points = _points("\n".join(text.words for _, text in rows))
    counts = np.frombuffer(b"".join(text.counts for _, text in rows), np.uint8).astype(np.uint64)
    owners = np.repeat(np.array([i for i, _ in rows], np.uint64), [len(text.counts) for _, text in rows])
    wide, word = points.astype(np.uint64), np.cumsum(points == 0)
    inside = np.flatnonzero((points[1:] > 0) & (points[:-1] > 0))
    below = owners[word[inside]] << np.uint64(8) | counts[word[inside]]
    keys = np.sort((wide[inside] << _POINT | wide[inside + 1]) << _LOCAL | below)
    if not len(keys):
        return _EMPTY, _EMPTY
    places = keys >> np.uint64(8)
    begins = changes(places)
    return places[begins] << np.uint64(8), np.add.reduceat(keys & np.uint64(255), begins)


def _distinct(keys: Numbers) -> Numbers:
    keys.sort()
    kept: Numbers = keys[changes(keys)]
    return kept


def changes(values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Where runs of equal values begin."""
    if not len(values):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))


def buckets(grams: Numbers, shards: int) -> Units:
    """`shards.bucket` of many grams."""
    first, second, _ = characters(grams)
    with np.errstate(over="ignore"):
        value = (np.uint32(2166136261) ^ first) * np.uint32(16777619)
        value = np.where(second > 0, (value ^ second) * np.uint32(16777619), value)
        value = (value ^ (value >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    result: Units = (value ^ (value >> np.uint32(13))) & np.uint32(shards - 1)
    return result


def characters(grams: Numbers) -> tuple[Units, Units, Units]:
    """The code points of grams; 0 where there is none."""
    first = (grams >> _POINT).astype(np.uint32)
    second = (grams & np.uint64((1 << 21) - 1)).astype(np.uint32)
    edged = first >= _EDGED
    triple = (first >= _TRIPLE) & ~edged
    pair = first - np.uint32(_TRIPLE)
    third = np.where(triple, second, np.where(edged, np.uint32(ord(EDGE)), np.uint32(0)))
    second = np.where(triple, pair & np.uint32(127), second)
    first = np.where(triple, pair >> np.uint32(7), np.where(edged, first - np.uint32(_EDGED), first))
    return first, second, third
