#!/usr/bin/env python3
"""Fits src/jianbao/reading/data/titles.tsv: which of a title's two lines is the headline (kickers.py).

usage: python benchmarks/fit_titles.py [--strength X] [--test] > src/jianbao/reading/data/titles.tsv

Logistic regression with an L1 penalty (so that only telling words are kept), by proximal gradient steps, on the
titles of ../shared/corpus that `layouts.kept_out` does not keep for the pages of the benchmark. 引题 and 副题 are
weighted as they come on laid-out pages, where half of the 副题 have a dash that settles it. With --test a fifth of
these is left out of the fitting and scored.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections import Counter, defaultdict

from corpus import rows
from layouts import kept_out

from jianbao.reading.titles.kickers import features

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strength", type=float, default=0.5)
    parser.add_argument("--test", action="store_true")
    options = parser.parse_args()
    found = examples()
    if options.test:
        parts = [[e for title, e in found if (sum(map(ord, title)) % 5 == 0) == left_out] for left_out in (False, True)]
        weights = fit(parts[0], options.strength)
        print(len(weights), "weights; wrong", [round(error(weights, part), 4) for part in parts], file=sys.stderr)
        return
    weights = fit([example for _, example in found], options.strength)
    print("# How the two lines of a title speak for 引题 above headline (-) or headline above 副题 (+): log-odds, and")
    print("# what shows them (kickers.features): a line's length and signs, and words that it begins or ends with.")
    print("# Fitted by benchmarks/fit_titles.py.")
    levels: dict[float, list[str]] = defaultdict(list)
    for name, weight in sorted(weights.items()):
        levels[round(weight, 2) if "…" not in name else round(weight * 5) / 5].append(name)
    for level in sorted(levels):
        if level:
            print(f"{level:.4g}", *levels[level], sep="\t")


if __name__ == "__main__":
    main()
