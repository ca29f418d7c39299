"""下转 and 上接: the parts of an article that runs over several pages of an issue become one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jianbao.model import Paragraph, ParagraphKind, ReadArticle, ReadPage, SourceLines

_SENTENCE_END = tuple("。！？…”』）】!?")

# A part is known by its page's place in the issue and its own on the page.
_Place = tuple[int, int]


def join_continued(pages: Sequence[ReadPage]) -> tuple[ReadPage, ...]:
    """The pages of one issue with every continuation moved to the article it continues: its paragraphs and
    captions follow there, its lines stand in `also`, its article is gone from its own page.

    A part is joined only where one continuation is clearly meant; any other stays an article by itself.
    """
    articles = {(p, a): article for p, page in enumerate(pages) for a, article in enumerate(page.articles)}
    follows = _followers(pages, articles)
    for start in sorted(follows.keys() - set(follows.values())):
        seen = {start}
        place = start
        while (place := follows.get(place, start)) not in seen:
            seen.add(place)
            articles[start] = _joined(articles[start], articles[place], pages[place[0]].source)
    gone = set(follows.values())
    return tuple(
        replace(page, articles=tuple(articles[p, a] for a in range(len(page.articles)) if (p, a) not in gone))
        for p, page in enumerate(pages)
    )


def _followers(pages: Sequence[ReadPage], articles: dict[_Place, ReadArticle]) -> dict[_Place, _Place]:
    """The place of each part's continuation."""
    follows: dict[_Place, _Place] = {}
    taken: set[_Place] = set()
    for place, article in articles.items():
        if article.continues_on is None:
            continue
        likely = [
            other
            for other, part in articles.items()
            if other not in taken
            and other[0] != place[0]
            and _number(pages[other[0]].page) == article.continues_on
            and part.continued_from is not None
            and part.continued_from == _number(pages[place[0]].page)
        ]
        best = _best(article, [articles[other] for other in likely])
        if best is not None:
            follows[place] = likely[best]
            taken.add(likely[best])
    return follows


def _best(article: ReadArticle, parts: Sequence[ReadArticle]) -> int | None:
    """Which of several continuations shares most with the article; None where two share as much."""
    if len(parts) < 2:
        return 0 if parts else None
    own = _grams(article)
    shared = [len(own & _grams(part)) / (len(_grams(part)) or 1) for part in parts]
    order = sorted(range(len(parts)), key=lambda i: -shared[i])
    return order[0] if shared[order[0]] > shared[order[1]] else None


def _grams(article: ReadArticle) -> set[str]:
    text = (article.headline or "") + "".join(paragraph.text for paragraph in article.paragraphs)
    return {text[i : i + 3] for i in range(len(text) - 2)}


def _joined(first: ReadArticle, second: ReadArticle, source: str) -> ReadArticle:
    paragraphs = list(first.paragraphs)
    more = list(second.paragraphs)
    if paragraphs and more and _runs_on(paragraphs[-1], more[0]):
        paragraphs[-1] = Paragraph(paragraphs[-1].text + more.pop(0).text)
    return replace(
        first,
        paragraphs=(*paragraphs, *more),
        captions=first.captions + second.captions,
        bylines=first.bylines + tuple(one for one in second.bylines if one not in first.bylines),
        also=(*first.also, SourceLines(source, second.lines), *second.also),
        doubts=first.doubts + tuple(doubt for doubt in second.doubts if doubt.field in ("body", "captions")),
        continues_on=None,
    )


def _runs_on(last: Paragraph, first: Paragraph) -> bool:
    """Whether a paragraph was cut by the change of page."""
    text = {last.kind, first.kind} == {ParagraphKind.TEXT}
    return text and not last.text.rstrip().endswith(_SENTENCE_END)


def _number(label: str | None) -> int | None:
    match = re.search(r"[0-9]+", label or "")
    return int(match[0]) if match else None
