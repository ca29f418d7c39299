#!/usr/bin/env python3
"""How well pages are read: the district page and the laid-out pages of ../shared, and pages that `layouts.py` sets
from the articles of ../shared/corpus, with seeds of its own.

usage: python benchmarks/reading.py [--pages N] [--seed S] [--ablation] [--review] [--worst N] [--families ABCDEFG]

Scored with the functions of ../shared/tools/score_pages.py, in process. `own` counts the families that ../shared has,
`others` the rest.
"""

from __future__ import annotations

import argparse
import functools
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from layouts import SHARED, Page, lay_out  # noqa: E402

from jianbao.reading.as_json import page_json  # noqa: E402
from jianbao.reading.page import read_page  # noqa: E402

# ---------------------------------------------------------------- pages of ../shared


def shared_pages(folder: str) -> list[Page]:
    """The pages of one folder of ../shared with their gold."""
    pages = []
    for gold in sorted((SHARED / "gold" / folder).glob("*.json")):
        truth = json.loads(gold.read_text(encoding="utf-8"))
        text = (SHARED / "pages" / folder / truth["page"]).read_text(encoding="utf-8")
        pages.append((truth["page"], text, truth))
    return pages


@functools.cache
def scorer() -> SimpleNamespace:
    """The functions of score_pages.py, without running its main()."""
    source = (SHARED / "tools" / "score_pages.py").read_text(encoding="utf-8").removesuffix("main()\n")
    names: dict[str, Any] = {}
    exec(compile(source, "score_pages.py", "exec"), names)
    return SimpleNamespace(**names)


# ---------------------------------------------------------------- scoring


@dataclass
class Result:
    """The figures of one set of pages."""

    figures: dict[str, float]
    faults: list[tuple[str, list[str]]]
    review: dict[str, list[int]]  # field → [wrong and flagged, wrong and not, right and flagged, right and not]


FIGURES = ("article_f1", "exact", "headline", "kick_sub", "byline_f1", "role_f1", "para_f1", "caption_f1", "ms")


def score(pages: Iterable[Page], read: Callable[[str, str], dict[str, Any]] | None = None) -> Result:
    """Reads and scores pages as score_pages.py does, and counts what `review` caught."""
    read = read or (lambda text, name: page_json(read_page(text, name)))
    s = scorer()
    norm = s.norm
    arts, names, roles, paras, caps = (s.Tally() for _ in range(5))
    total = exact = heads = kicks = 0
    times: list[float] = []
    faults: list[tuple[str, list[str]]] = []
    review: dict[str, list[int]] = {f: [0, 0, 0, 0] for f in ("title", "kicker", "reporter", "body", "captions")}
    for name, text, truth in pages:
        start = time.perf_counter()
        got = read(text, name)["articles"]
        times.append(time.perf_counter() - start)
        match = s.match(truth["articles"], got)
        arts.tp += len(match)
        arts.fp += len(got) - len(match)
        arts.fn += len(truth["articles"]) - len(match)
        bad = [f"{len(got)} articles read of {len(truth['articles'])}"] if len(got) != len(truth["articles"]) else []
        for i, true in enumerate(truth["articles"]):
            total += 1
            mine, overlap = (got[match[i][0]], match[i][1]) if i in match else ({}, 0.0)
            head = i in match and norm(mine.get("headline")) == norm(true["headline"])
            kick = i in match and all(norm(mine.get(k)) == norm(true[k]) for k in ("kicker", "subhead"))
            exact, heads, kicks = exact + (overlap >= 0.98), heads + head, kicks + kick
            names.add(s.names(true), s.names(mine))
            roles.add(s.roles(true), s.roles(mine))
            ours, theirs = s.para_set(true), s.para_set(mine)
            paras.add(ours, theirs)
            caps.add(map(norm, true["captions"]), map(norm, mine.get("captions") or []))
            signed = sorted(s.roles(true)) == sorted(s.roles(mine))
            pictured = sorted(map(norm, true["captions"])) == sorted(map(norm, mine.get("captions") or []))
            doubted = set(mine.get("review") or [])
            for key, right in (
                ("title", head),
                ("kicker", kick),
                ("reporter", signed),
                ("body", overlap >= 0.98),
                ("captions", pictured),
            ):
                fields = {
                    "reporter": {"reporter", "correspondent", "author", "photographer", "editor"},
                    "kicker": {"kicker", "subtitle"},
                }
                flagged = bool(doubted & fields.get(key, {key}))
                review[key][2 * right + (not flagged)] += 1
            title = (true["kicker"], true["headline"], true["subhead"])
            if not (head and kick):
                bad.append(
                    f"title {title} read {(mine.get('kicker'), mine.get('headline'), mine.get('subhead'))} {sorted(doubted)}"  # noqa: E501
                )
            if overlap < 0.98:
                bad.append(f"body {overlap:.2f} {true['paragraphs'][0][:24]} {sorted(doubted)}")
            if not signed:
                bad.append(f"byline {s.roles(true)} read {s.roles(mine)}")
            if sorted(ours) != sorted(theirs):
                extra = [p[:14] + "…" + p[-10:] for p in theirs if p not in ours]
                bad.append(f"paragraphs {len(ours)} read {len(theirs)} {extra[:3]}")
            if not pictured:
                bad.append(f"captions {true['captions']} read {mine.get('captions')}")
        if bad:
            faults.append((name, bad))
    values = (arts.f1, exact / total, heads / total, kicks / total, names.f1, roles.f1, paras.f1, caps.f1)
    figures = dict(zip(FIGURES, (*values, 1000 * statistics.median(times)), strict=True))
    return Result(figures, faults, review)


def ablation(pages: Sequence[Page]) -> None:
    """What each feature brings: the figures without it."""
    from contextlib import ExitStack
    from unittest.mock import patch

    from jianbao.reading.lines import labelling, steps
    from jianbao.reading.signatures import bylines
    from jianbao.reading.signatures.name_cuts import Cut
    from jianbao.reading.stories import article, divide, paragraphs, scores
    from jianbao.reading.titles import headlines

    def plain_step(step: object, manner: object) -> list[list[float]]:
        return [[0.0] * 4 + [labelling.NEVER, 0.0] for _ in labelling.Label]

    def greedy(run: str, known: object = None) -> Cut:
        return Cut(tuple(run[i : i + 3] for i in range(0, len(run), 3)) if len(run) > 4 else (run,), 1.0)

    fixed = steps.Manner((-0.7, -0.7), (-0.05, -3.0), (0.0, 0.0, 3.0), 0.0, 1.0)
    without: dict[str, list[Any]] = {
        "all features": [],
        "no word overlap": [
            patch.object(scores.Fit, "of", lambda self, title, first, end: (0.3, 0.3)),
            patch.object(scores, "_likeness", lambda above, below, rarity: 0.3),
        ],
        "lines without neighbours": [patch.object(labelling, "transition", plain_step)],
        "page's manner not learnt": [patch.object(labelling, "manner_of", lambda seen: fixed)],
        "lost indents not seen": [
            patch.object(
                paragraphs, "_lead", lambda s, w, f: paragraphs.Lead.INDENTED if s.indent else paragraphs.Lead.UNCLEAR
            )
        ],
        "first words not weighed": [patch.object(paragraphs, "_words", lambda text: 0.0)],
        "names cut greedily": [patch.object(bylines, "cut", greedy)],
        "title lines not told apart": [
            patch.object(article, "arrange", lambda rows: headlines.Titles(" ".join(rows) or None)),
        ],
        "subhead odds even": [patch.object(headlines, "subhead_odds", lambda a, b: 0.0)],
        "articles not joined": [patch.object(divide, "_LONGEST", 1)],
    }
    print(f"\n{'without':28}" + "".join(f"{name:>11}" for name in FIGURES[:-1]))
    for name, patches in without.items():
        with ExitStack() as stack:
            for one in patches:
                stack.enter_context(one)
            figures = score(pages).figures
        print(f"{name:28}" + "".join(f"{figures[f]:11.4f}" for f in FIGURES[:-1]), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60, help="pages of each family")
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--families", default="ABCDEFG")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--review", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    options = parser.parse_args()
    sets: list[tuple[str, list[Page]]] = [
        ("district", shared_pages("district")),
        ("laid-out", shared_pages("laid-out")),
    ]
    for family in options.families:
        seeds = range(options.seed, options.seed + options.pages)
        name = f"own {family}" if family in "ABC" else f"other {family}"
        sets.append((name, [lay_out(family, seed) for seed in seeds]))
    for kind in ("own", "other"):
        if together := [page for name, pages in sets for page in pages if name.startswith(f"{kind} ")]:
            sets.append((f"{kind}, all", together))
    print(f"{'':14}{'pages':>6}" + "".join(f"{name:>11}" for name in FIGURES))
    for name, pages in sets:
        result = score(pages)
        print(f"{name:14}{len(pages):6}" + "".join(f"{result.figures[f]:11.4f}" for f in FIGURES), flush=True)
        if options.worst and not name.endswith("all"):
            for page, bad in result.faults[: options.worst]:
                print(f"  {page}")
                for fault in bad:
                    print(f"    {fault}")
        if options.review and name.endswith("all"):
            print("  review: wrong and flagged, wrong and not, right and flagged, right and not")
            for key, counts in result.review.items():
                print(f"  {key:10} {counts[0]:5} {counts[1]:5} {counts[2]:5} {counts[3]:5}")
    if options.ablation:
        ablation([page for name, pages in sets for page in pages if name.endswith("all")])


if __name__ == "__main__":
    main()
