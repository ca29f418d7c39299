"""Cutting many texts at once: the words that `words.py` gives one text, by steps that numpy takes for all of them.

Texts fall into blocks between signs, of ten characters or so. jieba's maximum-probability path goes through a block
from its end to its beginning; here all blocks go together, the last character of each, then the last but one. The
sums are the same sums in the same order, so the cuts are the same, ties and all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from jianbao.search.codes import changes
from jianbao.search.dictionary import WORD_SIGNS
from jianbao.search.trie import Ints, Trie
from jianbao.search.words import Cutter

_LONGEST: Final = 500  # a block longer than this is cut alone: all others would have to wait for it
Bools = npt.NDArray[np.bool_]


class BulkCutter:
    """Cuts lists of texts with the dictionary in a folder."""

    def __init__(self, folder: Path, plain: Cutter) -> None:
        self._trie = Trie(folder)
        self._plain = plain
        self._unseen = plain.unseen
        self._kind = _character_kinds()

    def words(self, texts: Sequence[str]) -> list[list[str]]:
        """`Cutter.words` of each text."""
        joined = "\n".join(texts)
        points = np.frombuffer(joined.encode("utf-32-le"), np.dtype("<u4")).astype(np.int64)
        inside = self._kind[np.minimum(points, len(self._kind) - 1)]
        starts, stops = _runs(inside)
        if not len(starts):
            return [[] for _ in texts]
        if int((stops - starts).max()) > _LONGEST:
            return [self._plain.words(text) for text in texts]
        ends = self._ends(points, inside, starts, stops)
        begins, finishes, kinds = _pieces(ends, inside, starts, stops)
        bounds = np.searchsorted(begins, [0, *accumulate(len(text) + 1 for text in texts)])
        found = list(map(joined.__getitem__, map(slice, begins.tolist(), finishes.tolist())))
        return [
            self._plain.spelt(found[a:b], kinds[a:b], self._trie.has)
            for a, b in zip(bounds.tolist(), bounds[1:].tolist(), strict=False)
        ]

    def _ends(self, points: Ints, inside: Bools, starts: Ints, stops: Ints) -> Ints:
        """For each place where the likeliest word that begins there ends."""
        size = len(points)
        steps = np.zeros(size, np.int64)  # how far a place is from the end of its block
        steps[inside] = np.repeat(stops, stops - starts) - np.flatnonzero(inside)
        where, lengths, scores = self._matches(points, steps)
        single = self._trie.singles[np.minimum(points, len(self._trie.singles) - 1)]
        unseen = np.isnan(single)
        single = np.where(unseen, self._unseen, single)
        best = np.zeros(size + 1)
        ends = np.arange(1, size + 1)
        order = np.argsort(starts - stops, kind="stable")  # the longest blocks first
        stops, sizes = stops[order], (stops - starts)[order]
        # the words that begin at each step, the shorter ones first
        order = np.lexsort((lengths, steps[where]))
        where, lengths, scores = where[order], lengths[order], scores[order]
        group = steps[where] * 64 + lengths
        firsts = changes(group)
        queue = list(zip(group[firsts].tolist(), firsts.tolist(), [*firsts[1:].tolist(), len(group)], strict=False))
        queue.reverse()
        many = np.searchsorted(-sizes, -np.arange(1, int(sizes[0]) + 1), side="right")
        for step, count in enumerate(many.tolist(), 1):
            here = stops[:count] - step
            none = unseen[here]
            alone = single[here] + best[here + 1]
            best[here] = np.where(none, -np.inf, alone)
            while queue and queue[-1][0] >> 6 == step:
                code, first, last = queue.pop()
                place = where[first:last]
                chance = scores[first:last] + best[place + (code & 63)]
                better = chance >= best[place]
                place = place[better]
                best[place] = chance[better]
                ends[place] = place + (code & 63)
            if none.any():
                lost = np.isneginf(best[here])
                best[here[lost]] = alone[lost]
        return ends

    def _matches(self, points: Ints, steps: Ints) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
        """All words that the dictionary has in the text: where, how long, their scores."""
        places, lengths, scores = [], [], []
        for length, where, some in self._trie.matches(points):
            places.append(where)
            lengths.append(np.full(len(where), length))
            scores.append(some)
        if not places:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        return np.concatenate(places), np.concatenate(lengths), np.concatenate(scores)


def _pieces(ends: Ints, inside: Bools, starts: Ints, stops: Ints) -> tuple[Ints, Ints, bytes]:
    """The words of two characters and more and the runs of single ones, in order: where they begin and end, and of
    what kind they are: 0 two characters, 1 more, 2 a run."""
    begins = np.zeros(len(ends), bool)
    here, limit = starts, stops
    while len(here):
        begins[here] = True
        here = ends[here]
        on = here < limit
        here, limit = here[on], limit[on]
    first = np.flatnonzero(begins)
    last = ends[first]
    alone = last - first == 1
    # a run: single characters one after the other within a block
    follows = np.append(False, alone[1:] & alone[:-1] & (first[1:] == last[:-1]))
    run_ends = last[np.flatnonzero(~np.append(follows[1:], False))]
    heads = ~follows
    first, alone = first[heads], alone[heads]
    long = run_ends - first
    kept = long > 1
    kinds = np.where(alone, 2, np.minimum(long - 1, 2) - 1).astype(np.uint8)
    return first[kept], run_ends[kept], kinds[kept].tobytes()


def _runs(inside: Bools) -> tuple[Ints, Ints]:
    """Where runs of true begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]])))
    return edges[0::2], edges[1::2]


def _character_kinds() -> Bools:
    """By code point: whether jieba looks for words in it; the last stands for all beyond."""
    kinds = np.zeros(0xA001, bool)
    kinds[0x4E00:0x9FD6] = True
    kinds[[ord(character) for character in WORD_SIGNS]] = True
    return kinds
