#!/usr/bin/env python3
"""Fits src/jianbao/reading/data/titles.tsv: which of a title's two lines is the headline (kickers.py); with --two-lines
data/two_lines.tsv: whether both are (two_lines.py).

usage: python benchmarks/fit_titles.py [--two-lines] [--strength X] [--test] > src/jianbao/reading/data/….tsv

Logistic regression with an L1 penalty (so that only telling words are kept), by proximal gradient steps, on the
titles of ../shared/corpus that `layouts.kept_out` does not keep for the pages of the benchmark. 引题 and 副题 are
weighted as they come on laid-out pages, where half of the 副题 have a dash that settles it. With --test a fifth of
these is left out of the fitting and scored.
"""

from __future__ import annotations

import argparse
import logging
import math
import re
import sys
from collections import Counter, defaultdict

import jieba
from corpus import rows
from layouts import kept_out

from jianbao.reading.titles.kickers import features
from jianbao.reading.titles.two_lines import pair_features

SUBHEAD = 0.45  # a 副题 without a dash, to an 引题, as laid-out pages have them
RAREST = 6  # titles that a word must stand in
FREE = ("bias", "length")  # not pulled towards nothing

Example = tuple[dict[str, float], float, float]  # features, 1 for a 副题, weight


def examples() -> list[tuple[str, Example]]:
    """Titles of two lines, each with its headline."""
    found = []
    for row in rows():
        title, kicker, subtitle = (re.sub(r"\s+", " ", row[k] or "").strip() for k in ("title", "kicker", "subtitle"))
        if bool(kicker) == bool(subtitle) or kept_out(row["title"]):
            continue
        if kicker:
            pair, is_subhead = (re.sub(r"[—：\s]+$", "", kicker), title), 0.0
        else:
            pair, is_subhead = (title, re.sub(r"^[—\s]+", "", subtitle)), 1.0
        if all(pair):
            found.append((title, (dict(features(*pair)), is_subhead, SUBHEAD if is_subhead else 1.0)))
    return found


LONG = 13  # characters of a headline that a column may not hold
WRAPPED = 0.35  # a headline divided here, to one whose halves the paper parted


def two_lines() -> list[tuple[str, Example]]:
    """Titles of two lines: 1 where both are the headline."""
    jieba.setLogLevel(logging.ERROR)
    found = []
    for row in rows():
        title, kicker, subtitle = (re.sub(r"\s+", " ", row[k] or "").strip() for k in ("title", "kicker", "subtitle"))
        if kept_out(row["title"]):
            continue
        headline = re.sub(r"[（(][^（）()]*[）)]$", "", title).strip()
        pairs: list[tuple[str, str, float, float]] = []
        if kicker and headline and not kicker.endswith(("—", "：")):
            pairs.append((kicker, headline, 0.0, 1.0))
        if subtitle and headline and not subtitle.startswith("—"):
            pairs.append((headline, subtitle, 0.0, SUBHEAD))
        halves = headline.split(" ")
        if len(halves) == 2 and all(3 <= len(half) <= 20 for half in halves):
            pairs.append((halves[0], halves[1], 1.0, 1.0))
        elif len(halves) == 1 and len(headline) >= LONG and (place := division(headline)):
            pairs.append((headline[:place], headline[place:], 1.0, WRAPPED))
        found += [(title, (dict(pair_features(above, below)), y, w)) for above, below, y, w in pairs]
    return found


def division(title: str) -> int:
    """Where a title would be divided: between two words, near a place not far from its middle; 0 where it cannot."""
    aim = len(title) * (0.36 + 0.28 * (sum(map(ord, title)) % 100) / 100)
    ends, place = [], 0
    for word in jieba.cut(title):
        place += len(word)
        ends.append(place)
    inner = [n for n in ends if 4 <= n <= len(title) - 4]
    open_to = [n for n in inner if title[n] not in "”》）、，：；！？" and title[n - 1] not in "“《（"]
    return min(open_to, key=lambda n: abs(n - aim), default=0)


def fit(data: list[Example], strength: float, rounds: int = 400) -> dict[str, float]:
    """The weights: steps against the gradient, each weight with a step of its own size (the inverse of how strongly
    the loss can bend along it), then drawn towards nothing by the penalty; with momentum."""
    counts = Counter(name for found, _, _ in data for name in found)
    kept = {name for name, count in counts.items() if count >= RAREST}
    data = [({k: v for k, v in found.items() if k in kept}, y, w) for found, y, w in data]
    bend: dict[str, float] = defaultdict(float)
    for found, _, w in data:
        size = sum(map(abs, found.values()))
        for name, value in found.items():
            bend[name] += 0.25 * w * abs(value) * size
    weights = dict.fromkeys(sorted(kept), 0.0)
    ahead, pace = dict(weights), 1.0
    for _ in range(rounds):
        slope: dict[str, float] = defaultdict(float)
        for found, y, w in data:
            score = sum(ahead[name] * value for name, value in found.items())
            error = w * (1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score)))) - y)
            for name, value in found.items():
                slope[name] += error * value
        faster = (1.0 + math.sqrt(1.0 + 4.0 * pace * pace)) / 2.0
        for name, old in weights.items():
            moved = ahead[name] - slope[name] / bend[name]
            pull = 0.0 if name.endswith(FREE) else strength / bend[name]
            new = math.copysign(max(0.0, abs(moved) - pull), moved)
            weights[name], ahead[name] = new, new + (pace - 1.0) / faster * (new - old)
        pace = faster
    return {name: weight for name, weight in weights.items() if abs(weight) >= 0.05}


def error(weights: dict[str, float], data: list[Example]) -> float:
    """The share of titles, weighted, that are taken for the other kind."""
    wrong = sum(w for found, y, w in data if (sum(weights.get(k, 0.0) * v for k, v in found.items()) > 0) != y)
    return wrong / sum(w for _, _, w in data)


KICKERS = (
    "# How the two lines of a title speak for 引题 above headline (-) or headline above 副题 (+): log-odds, and",
    "# what shows them (kickers.features): a line's length and signs, and words that it begins or ends with.",
    "# Fitted by benchmarks/fit_titles.py.",
)
TWO_LINES = (
    "# How the two lines of a title speak for one headline (+) or for one with a 引题 or 副题 (-): log-odds, and what",
    "# shows them (two_lines.pair_features). Fitted by benchmarks/fit_titles.py --two-lines.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--two-lines", action="store_true")
    parser.add_argument("--strength", type=float)
    parser.add_argument("--test", action="store_true")
    options = parser.parse_args()
    found = two_lines() if options.two_lines else examples()
    strength = options.strength or (1.0 if options.two_lines else 0.5)
    if options.test:
        parts = [[e for title, e in found if (sum(map(ord, title)) % 5 == 0) == left_out] for left_out in (False, True)]
        weights = fit(parts[0], strength)
        print(len(weights), "weights; wrong", [round(error(weights, part), 4) for part in parts], file=sys.stderr)
        return
    weights = fit([example for _, example in found], strength)
    print("\n".join(TWO_LINES if options.two_lines else KICKERS))
    levels: dict[float, list[str]] = defaultdict(list)
    for name, weight in sorted(weights.items()):
        levels[round(weight, 2) if "…" not in name else round(weight * 5) / 5].append(name)
    for level in sorted(levels):
        if level:
            print(f"{level:.4g}", *levels[level], sep="\t")


if __name__ == "__main__":
    main()
