"""Texts that run together: their halves share no words, and the review says so."""

from itertools import pairwise
from pathlib import Path

from jianbao.reading.page import read_page
from jianbao.reading.stories.article import UNLIKE
from jianbao.reading.stories.coherence import least_alike
from jianbao.reading.titles.headlines import Rarity, pieces

SCANS = sorted((Path(__file__).resolve().parents[2] / "scans").rglob("*.txt"))


def texts():
    """The paragraphs of the sample archive's articles, page by page."""
    for scan in SCANS:
        page = read_page(scan.read_text("utf-8"), scan.name)
        yield [[p.text for p in a.paragraphs] for a in page.articles if sum(len(p.text) for p in a.paragraphs) > 250]


def test_two_articles_as_one_are_less_alike_than_either():
    below = above = 0
    for articles in texts():
        rarity = Rarity(pieces("\n".join(article)) for article in articles)
        for one, other in pairwise(articles):
            together = least_alike([*one, *other], rarity)
            assert together < min(least_alike(one, rarity), least_alike(other, rarity))
            below += together < UNLIKE
        above += sum(least_alike(article, rarity) < UNLIKE for article in articles)
    assert below >= 5
    assert above == 0


def test_short_parts_tell_nothing():
    rarity = Rarity([pieces("河上修了一座桥。"), pieces("学校开了运动会。")])
    assert least_alike(["河上修了一座桥。", "学校开了运动会。"], rarity) == 1.0
    assert least_alike([], rarity) == 1.0


def test_the_review_names_a_text_that_may_be_two():
    found = []
    for articles in texts():
        for one, other in pairwise(articles):
            read = read_page("两篇在一起\n" + "\n".join("\u3000\u3000" + text for text in [*one, *other]), "01.txt")
            if len(read.articles) == 1:
                found.append(any(doubt.field == "body" for doubt in read.articles[0].doubts))
    assert sum(found) * 4 >= len(found) > 5
