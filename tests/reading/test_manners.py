"""One article after another in every manner of setting: what it is must not hang on blank lines, indents and widths.

Each is read among others on a page, set in nine manners. `AMBIGUOUS` holds what the text itself does not tell.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from manners import MANNERS, Made, Manner, Part, laid_out

from jianbao.model import ParagraphKind, ReadArticle
from jianbao.reading.page import read_page

INVENTED = yaml.safe_load(Path(__file__).with_name("manners.yaml").read_text(encoding="utf-8"))
AMBIGUOUS: dict[str, tuple[int, ...]] = {  # by manner; without blank lines (1, 5) a headline may be a subhead
    "questions as subheads": (6,),  # or a paragraph of one question
    "quotations as subheads": (1, 5),
    "plain subheads": (1, 5),
    "an obituary": (1, 3),  # who announces it, or a kicker
    "results by rank": (1,),
    "one paragraph, unsigned": (1, 5),
}


def made(of: dict[str, Any]) -> Made:
    kinds = {"# ": "subhead", "| ": "line"}
    parts: list[Part] = [(kinds[t[:2]], t[2:]) if t[:2] in kinds else ("text", t) for t in of["body"]]  # type: ignore[misc]
    return Made(tuple(of["heads"]), of.get("byline", ""), tuple(parts))


BESIDE = [made(one) for one in INVENTED["beside"]]


def plain(text: str | None) -> str:
    return re.sub(r"[\s—]", "", text or "")


def headline(article: ReadArticle) -> str:
    return plain(article.kicker) + plain(article.headline) + plain(article.subhead)


@pytest.mark.parametrize("case", INVENTED["cases"], ids=lambda case: case["name"])
def test_read_in_every_manner(case):
    article = made(case)
    missed = []
    for number, manner in enumerate(MANNERS):
        others = BESIDE[number % 5 :] + BESIDE[: number % 5]
        page = read_page(laid_out([others[0], article, *others[1:3]], manner), "page.txt")
        try:
            check(case, article, [others[0], article, *others[1:3]], page.articles)
        except AssertionError as error:
            missed.append((number, str(manner), str(error)))
    assert {number for number, *_ in missed} == set(AMBIGUOUS.get(case["name"], ())), missed


def check(case: dict[str, Any], article: Made, on_page: list[Made], found: tuple[ReadArticle, ...]) -> None:
    """The page's headlines, and the article's subheads, paragraphs, captions and signatures."""
    assert [headline(one) for one in found] == [plain("".join(one.heads)) for one in on_page]
    read = found[1]
    texts = [plain(p.text) for p in read.paragraphs if p.kind is ParagraphKind.TEXT]
    subheads = [plain(p.text) for p in read.paragraphs if p.kind is not ParagraphKind.TEXT]
    assert subheads == [plain(text) for kind, text in article.parts if kind == "subhead"]
    if case.get("texts", True):
        assert texts == [plain(text) for kind, text in article.parts if kind != "subhead"]
    if "captions" in case:
        assert [plain(caption) for caption in read.captions] == [plain(caption) for caption in case["captions"]]
    if "signed" in case:
        assert [str(byline) for byline in read.bylines] == case["signed"]


def test_five_kinds_on_one_page():
    """Drawn by lot: now and then two do not go well together, but hardly ever."""
    dice, right, pages = random.Random(5), 0, 60
    for _ in range(pages):
        articles = [made(case) for case in dice.sample(INVENTED["cases"], 5)]
        found = [headline(one) for one in read_page(laid_out(articles, dice.choice(MANNERS)), "page.txt").articles]
        right += sum(plain("".join(one.heads)) in found for one in articles)
    assert right >= 0.94 * 5 * pages


def test_what_is_ambiguous_is_little():
    cases = len(INVENTED["cases"]) * len(MANNERS)
    assert sum(map(len, AMBIGUOUS.values())) < 0.05 * cases
    assert all(isinstance(manner, Manner) for manner in MANNERS)
