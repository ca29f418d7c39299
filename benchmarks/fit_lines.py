#!/usr/bin/env python3
"""Fits the weights of src/jianbao/reading/lines/weights.py on pages that benchmarks/layouts.py lays out.

usage: python benchmarks/fit_lines.py [--pages N] [--rounds N]

One weight after the other is moved a step up or down and kept where the structured hinge loss falls: how far the
best wrong labelling of a page (each wrong line counting for it) comes above the true one. A pull towards the
weights set by hand keeps what the pages do not show. Prints the weights; they are copied by hand.
"""

from __future__ import annotations

import argparse
import sys

from layouts import lay_out

from jianbao.model import Line
from jianbao.reading.furniture.folio import find_folio
from jianbao.reading.lines import labelling as module
from jianbao.reading.lines.looks import see
from jianbao.reading.lines.weights import W
from jianbao.text import tidy

COST = 1.0  # by which a wrong line must lose; lines that go on with a caption are left out


def prepare(family: str, seed: int):  # noqa: ANN201
    _, text, truth = lay_out(family, seed)
    if seed % 6 == 0:  # a scan that lost every blank line
        kept = [i for i, t in enumerate(text.split("\n")) if t.strip()]
        text = "\n".join(text.split("\n")[i] for i in kept)
        truth["labels"] = [truth["labels"][i] for i in kept]
    rows = [Line(i + 1, t) for i, t in enumerate(text.split("\n"))]
    texts = [tidy(row.text) for row in rows]
    present = [Line(row.number, t) for row, t in zip(rows, texts, strict=True) if t.strip()]
    folio = find_folio(present)
    seen = see(rows, texts)
    true = [
        int(module.Label.FURNITURE) if i in folio.lines else int(module.Label[truth["labels"][s.line.number - 1]])
        for i, s in enumerate(seen)
    ]
    return seen, folio.lines, true, module.manner_of(seen)


def loss(page) -> float:  # noqa: ANN001
    seen, furniture, true, manner = page
    scores = [module.emission(seen, i, furniture) for i in range(len(seen))]
    steps = module._steps(seen, manner)
    gold = scores[0][true[0]] + sum(
        steps[i - 1][true[i - 1]][true[i]] + scores[i][true[i]] for i in range(1, len(seen))
    )
    best = [x + (COST if label != true[0] and label != 4 else 0.0) for label, x in enumerate(scores[0])]
    for i in range(1, len(seen)):
        step, row = steps[i - 1], []
        for label in range(6):
            value = max(best[old] + step[old][label] for old in range(6))
            row.append(value + scores[i][label] + (COST if label != true[i] and label != 4 else 0.0))
        best = row
    return min(40.0, max(0.0, max(best) - gold))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    pages = [prepare(family, 50_000 + i) for family in "ABC" for i in range(options.pages)]
    names = [name for name in vars(type(W)) if not name.startswith("_")]
    start = {name: getattr(W, name) for name in names}

    def total() -> float:
        pull = sum(((getattr(W, name) - start[name]) / (0.3 + abs(start[name]))) ** 2 for name in names)
        return sum(map(loss, pages)) / len(pages) + 0.01 * pull

    now = total()
    print("start", round(now, 4), file=sys.stderr)
    size = 0.6
    for round_ in range(options.rounds):
        for name in names:
            value = getattr(W, name)
            step = size * max(
                0.1 if abs(value) < 1 and value in (start[name],) and 0 < value < 0.4 else 0.7, abs(value) * 0.5
            )
            for other in (value + step, value - step):
                if name in ("go_on", "new", "title_after_end") and not 0.001 < other < 0.9:
                    continue
                setattr(W, name, other)
                then = total()
                if then < now - 1e-6:
                    now, value = then, other
                    break
            setattr(W, name, value)
        print(round_, round(now, 4), file=sys.stderr)
        size *= 0.6
    for name in names:
        print(
            f"    {name} = {getattr(W, name):.2f}"
            + ("" if name not in ("go_on", "new", "title_after_end") else f"  # {getattr(W, name):.4f}")
        )


if __name__ == "__main__":
    main()
