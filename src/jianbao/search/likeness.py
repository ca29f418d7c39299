"""The lists of related articles of a whole archive at once: what `related.nearest` says of each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from jianbao.search.codes import changes
from jianbao.search.related import COMMON, LEAST_LIKENESS, MOST_RELATED

_AT_A_TIME: Final = 200_000  # pairs of articles with a keyword in common

Ints = npt.NDArray[np.int64]


def all_nearest(
    ids: Sequence[str], keywords: Iterable[tuple[str, str, int]]
) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Each article with those most like it and their likeness; `ids` sorted, `keywords`: (word, article, weight) in
    the order of the words."""
    words, articles, weights = _rows(ids, keywords)
    begins = changes(words)
    sizes = np.diff(np.append(begins, len(words)))
    telling = np.repeat((sizes > 1) & (sizes <= COMMON), sizes)
    starts, sizes = np.repeat(begins, sizes)[telling], np.repeat(sizes, sizes)[telling]
    owners, theirs = articles[telling], weights[telling]
    order = np.argsort(owners, kind="stable")
    owners, theirs, starts, sizes = owners[order], theirs[order], starts[order], sizes[order]
    first = np.searchsorted(owners, np.arange(len(ids) + 1))
    pairs = np.append(0, np.cumsum(sizes))
    article = 0
    while article < len(ids):
        stop = int(np.searchsorted(pairs[first], pairs[first[article]] + _AT_A_TIME, side="right")) - 1
        stop = min(max(stop, article + 1), len(ids))
        piece = slice(int(first[article]), int(first[stop]))
        one, other, likeness = _likest(owners[piece], theirs[piece], starts[piece], sizes[piece], articles, weights)
        bounds = np.searchsorted(one, np.arange(article, stop + 1)).tolist()
        rows = [(ids[place], score) for place, score in zip(other.tolist(), likeness.tolist(), strict=True)]
        for number in range(stop - article):
            yield ids[article + number], rows[bounds[number] : bounds[number + 1]]
        article = stop


def _rows(ids: Sequence[str], keywords: Iterable[tuple[str, str, int]]) -> tuple[Ints, Ints, Ints]:
    """Words and articles by number, and the weights."""
    places = {article: place for place, article in enumerate(ids)}
    words, articles, weights = array("q"), array("q"), array("q")
    number, last = -1, None
    for word, article, weight in keywords:
        if word != last:
            number, last = number + 1, word
        words.append(number)
        articles.append(places[article])
        weights.append(weight)
    return _numbers(words), _numbers(articles), _numbers(weights)


def _numbers(values: Any) -> Ints:  # noqa: ANN401 (an array.array, which numpy's types do not know)
    return np.array(values, np.int64)


def _likest(
    owners: Ints, theirs: Ints, starts: Ints, sizes: Ints, articles: Ints, weights: Ints
) -> tuple[Ints, Ints, Ints]:
    """(article, other, likeness) for the keywords of some articles, the likest first for each."""
    row = np.repeat(np.arange(len(owners)), sizes)
    at = starts[row] + np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    one, other, likeness = owners[row], articles[at], theirs[row] * weights[at]
    apart = one != other
    one, other, likeness = one[apart], other[apart], likeness[apart]
    if not len(one):
        return one, other, likeness
    order = np.lexsort((other, one))
    one, other, likeness = one[order], other[order], likeness[order]
    begins = np.flatnonzero(np.append(True, (one[1:] != one[:-1]) | (other[1:] != other[:-1])))
    one, other, likeness = one[begins], other[begins], np.add.reduceat(likeness, begins)
    like = likeness >= LEAST_LIKENESS
    one, other, likeness = one[like], other[like], likeness[like]
    order = np.lexsort((other, -likeness, one))
    one, other, likeness = one[order], other[order], likeness[order]
    rank = np.arange(len(one)) - np.searchsorted(one, one)
    kept = rank < MOST_RELATED
    return one[kept], other[kept], likeness[kept]
