"""How alike the parts of one text are in their words: two articles that run together are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jianbao.reading.titles.headlines import Rarity, pairs

_TELLING: Final = 150  # different pairs of characters; a part that has fewer tells nothing


def least_alike(paragraphs: Sequence[str], rarity: Rarity) -> float:
    """Of all ways to part a text between two paragraphs the one whose parts share least: how much of the weight of the
    lighter one's pairs, 0 to 1; 1 where no way leaves two parts that are long enough. Takes time in proportion."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for i, text in enumerate(paragraphs):
        for pair in pairs(text):
            first.setdefault(pair, i)
            last[pair] = i
    ways = len(paragraphs) + 1
    # What changes from one way to the next: pairs that are met first above it, and last; those on both sides.
    come, gone, both = [0] * ways, [0] * ways, [0.0] * ways
    come_weight, gone_weight = [0.0] * ways, [0.0] * ways
    for pair, begin in first.items():
        end, weight = last[pair], rarity.weight(pair)
        come[begin + 1] += 1
        come_weight[begin + 1] += weight
        gone[end + 1] += 1
        gone_weight[end + 1] += weight
        both[begin + 1] += weight
        both[end + 1] -= weight
    least, shared, above, above_weight = 1.0, 0.0, 0, 0.0
    below, below_weight = len(first), sum(come_weight)
    for way in range(1, len(paragraphs)):
        shared += both[way]
        above, above_weight = above + come[way], above_weight + come_weight[way]
        below, below_weight = below - gone[way], below_weight - gone_weight[way]
        if min(above, below) >= _TELLING:
            least = min(least, max(0.0, shared) / min(above_weight, below_weight))
    return least
