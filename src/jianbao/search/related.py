"""What an article is about, and which others are about the same.

Keywords weigh by jieba's own table of how rare words are, not by this archive: so a corrected article changes its
own keywords and no other's, and the lists of related articles stay what they were but where it enters or leaves.
The incremental way gives the very lists that computing all anew gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final, Protocol

Weighted = Sequence[tuple[str, int]]  # words with weights, or articles with likenesses, the greatest first

MOST_KEYWORDS: Final = 12
MOST_RELATED: Final = 8
COMMON: Final = 250  # a keyword of more articles than this tells nothing about likeness
LEAST_LIKENESS: Final = 300
COMMON_RARITY: Final = 4.5  # jieba's rarity below which a word says little: 表示, 进行, 工作
_VERY_RARE: Final = 9
_TITLE_COUNTS: Final = 3


def keywords(
    counts: Mapping[str, int], telling: Iterable[str], title: Iterable[str], rarities: Mapping[str, float]
) -> tuple[tuple[str, int], ...]:
    """The words that tell most about an article, with weights; words of the title count more. `telling`: the words
    that are at least `COMMON_RARITY` rare."""
    titled = set(title)
    weights = []
    for word in telling:
        often = counts[word] + _TITLE_COUNTS if word in titled else counts[word]
        rare = rarities[word]
        if often > 1 or rare > _VERY_RARE:
            weights.append((-round(rare * (1 + log(often))), word))
    weights.sort()
    foremost = [other for _, other in weights[:40]]
    out: list[tuple[str, int]] = []
    for weight, word in weights:
        # a piece that occurs only inside a longer word (会主 in 委员会主席) tells nothing of its own
        if not any(word in other and word != other and counts[other] >= counts[word] for other in foremost):
            out.append((word, -weight))
            if len(out) == MOST_KEYWORDS:
                break
    return tuple(out)


class Lookup(Protocol):
    """Where keywords and lists are kept."""

    def keywords(self, article: str) -> Weighted:
        """An article's keywords."""
        ...

    def with_keyword(self, word: str) -> Weighted:
        """The articles that have a keyword."""
        ...

    def related(self, article: str) -> Weighted:
        """An article's list as it is kept."""
        ...


def nearest(article: str, lookup: Lookup) -> list[tuple[str, int]]:
    """The articles most like one, computed anew."""
    scores: dict[str, int] = {}
    for word, weight in lookup.keywords(article):
        others = lookup.with_keyword(word)
        if len(others) <= COMMON:
            for other, theirs in others:
                scores[other] = scores.get(other, 0) + weight * theirs
    scores.pop(article, None)
    return _best(scores.items())


def _best(scored: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    kept = [one for one in scored if one[1] >= LEAST_LIKENESS]
    kept.sort(key=lambda one: (-one[1], one[0]))
    return kept[:MOST_RELATED]


@dataclass
class Change:
    """What the keywords of changed articles were before: enough to bring all lists up to date."""

    before: dict[str, Weighted] = field(default_factory=dict)
    had: dict[str, int] = field(default_factory=dict)  # how many articles had each of these keywords before

    def lists(self, alive: Callable[[str], bool], lookup: Lookup) -> dict[str, list[tuple[str, int]]]:
        """The new lists of every article whose list may differ."""
        again = {article for article in self.before if alive(article)}
        for word, number in self.had.items():
            others = lookup.with_keyword(word)
            if (number > COMMON) != (len(others) > COMMON):
                again.update(other for other, _ in others)
        rest: dict[str, Weighted] = {}  # of each keyword that tells, the articles that are not done anew anyway

        def telling(word: str) -> Weighted:
            if word not in rest:
                others = lookup.with_keyword(word)
                rest[word] = [one for one in others if one[0] not in again] if len(others) <= COMMON else ()
            return rest[word]

        entering: dict[str, dict[str, int]] = {}  # article → changed articles with their likeness to it
        had: set[str] = set()  # articles that may have one of these in their lists
        for changed, old in self.before.items():
            new = lookup.keywords(changed) if alive(changed) else ()
            for word, _ in old:
                for other, _ in telling(word):
                    entering.setdefault(other, {}).setdefault(changed, 0)
                    had.add(other)
            for word, weight in new:
                for other, theirs in telling(word):
                    likeness = entering.setdefault(other, {})
                    likeness[changed] = likeness.get(changed, 0) + weight * theirs
        out: dict[str, list[tuple[str, int]]] = {}
        for other, likeness in entering.items():
            if (other not in had and max(likeness.values()) < LEAST_LIKENESS) or not alive(other):
                continue
            now = list(lookup.related(other))
            if any(one in likeness for one, _ in now):
                again.add(other)  # one leaves or moves: another may come in its place
            elif (then := _best([*now, *likeness.items()])) != now:
                out[other] = then
        out.update((article, nearest(article, lookup)) for article in again)
        return out
