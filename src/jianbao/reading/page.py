"""Reading a page: the whole story, from text to articles.

Lines are labelled, the labelled lines fall into runs and gaps, one decision divides them into articles
(`divide`), and each article's parts are put in order. Whatever was decided by a thin margin becomes a doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jianbao.doubts import Doubt, Why
from jianbao.model import Line, ReadArticle, ReadPage
from jianbao.reading.estimates import estimate
from jianbao.reading.furniture.folio import Folio, find_folio
from jianbao.reading.furniture.scan_path import Place, place_of
from jianbao.reading.labelled import read_labelled
from jianbao.reading.lines.caption_blocks import credited, whole_blocks
from jianbao.reading.lines.captions import Candidate, homes
from jianbao.reading.lines.evened import evened
from jianbao.reading.lines.feet import with_feet
from jianbao.reading.lines.labelling import label_lines
from jianbao.reading.lines.looks import Seen, see
from jianbao.reading.lines.scores import Label
from jianbao.reading.lines.tables import with_tables
from jianbao.reading.lines.verses import with_verses
from jianbao.reading.phrases.boxes import with_notes
from jianbao.reading.phrases.dates import date_doubt
from jianbao.reading.phrases.letters import with_answers
from jianbao.reading.stories.article import build, text_of
from jianbao.reading.stories.decide import decide
from jianbao.reading.stories.layout import Run
from jianbao.reading.titles.headlines import Rarity
from jianbao.sources import lines_of
from jianbao.text import tidy


def read_page(text: str, source: str, known_names: Mapping[str, int] | None = None) -> ReadPage:
    """What the machine reads in a page's text. `source` is the page's path, which may tell its date, page and
    section; `known_names` are names signed elsewhere in the archive with their counts."""
    lines = [Line(i + 1, t) for i, t in enumerate(lines_of(text))]
    lines, texts = evened(lines, [tidy(line.text) for line in lines])
    if labelled := read_labelled(lines, texts, known_names):
        return _page(source, labelled.folio, labelled.articles, labelled.furniture, ())
    folio = find_folio([Line(i, t) for i, t in enumerate(texts) if t.strip()])
    seen = with_feet(see(lines, texts, known_names))
    labels, margins = label_lines(seen, folio.lines)
    seen, labels = with_tables(*with_verses(seen, whole_blocks(seen, labels)))
    labels, margins, captions, division = decide(seen, labels, margins)
    sure = {s.line.number: margin for s, margin in zip(seen, margins, strict=True)}
    rarity = Rarity(part.grams for story in division.stories for part in story.body if isinstance(part, Run))
    articles = [build(story, known_names, sure, rarity) for story in division.stories]
    articles = _with_captions(with_answers(with_notes(articles)), captions)
    used = {number for article in articles for number in article.lines}
    furniture = tuple(s.line for s, label in zip(seen, labels, strict=True) if label is Label.FURNITURE)
    used.update(line.number for line in furniture)
    unassigned = tuple(s.line for s in seen if s.line.number not in used)
    return _page(source, folio, articles, furniture, unassigned)


def _page(
    source: str, folio: Folio, articles: Sequence[ReadArticle], furniture: tuple[Line, ...], rest: tuple[Line, ...]
) -> ReadPage:
    place, doubts = _place(source, folio, articles)
    return ReadPage(
        source, place.date, place.page or None, place.section or None, tuple(articles), furniture, rest, doubts
    )


def _place(source: str, folio: Folio, articles: Sequence[ReadArticle]) -> tuple[Place, tuple[Doubt, ...]]:
    """Date, page and section, the first found of path, masthead, articles; and what is doubtful about them."""
    path = place_of(source)
    doubts: list[Doubt] = []
    date, printed = path.date, folio.printed
    if (date is None or not date.is_day) and printed:
        date = printed.date
        doubts += filter(None, [date_doubt(printed)])
    elif (
        date
        and printed
        and printed.date.is_day
        and printed.weekday_agrees is not False
        and date
        not in (
            printed.date,
            printed.as_printed,
        )
    ):
        doubts.append(Doubt("date", Why.DATES_AT_ODDS, 0.3, (str(date), str(printed.date))))
    elif date and date.estimated:
        doubts.append(Doubt("date", Why.NO_SUCH_DAY))
    if date is None:
        date = estimate(p.text for article in articles for p in article.paragraphs)
        doubts.append(Doubt("date", Why.ESTIMATED_DATE if date else Why.NO_DATE))
    page = path.page or folio.place.page
    if path.page and folio.place.page and path.page != folio.place.page:
        doubts.append(Doubt("page", Why.PAGES_AT_ODDS, 0.3, (path.page, folio.place.page)))
    if path.section and folio.place.section and not _alike(path.section, folio.place.section):
        doubts.append(Doubt("section", Why.SECTIONS_AT_ODDS, 0.3, (path.section, folio.place.section)))
    return Place(date, page, path.section or folio.place.section), tuple(doubts)


def _alike(one: str, other: str) -> bool:
    """Whether two names of a section may be meant for the same: 要闻 and 要闻版."""
    return one in other or other in one


_THIN_CAPTION = 1.0  # measured: of the captions put on the wrong article nearly all lie below


def _with_captions(articles: list[ReadArticle], captions: Sequence[Sequence[Seen]]) -> list[ReadArticle]:
    """The articles with the captions that are theirs, wherever on the page these stand."""
    if not articles or not captions:
        return articles
    candidates = [
        Candidate(
            "\n".join([a.headline or "", *(p.text for p in a.paragraphs)]),
            a.paragraphs[0].text if a.paragraphs else "",
            a.lines[0],
            a.lines[-1],
        )
        for a in articles
    ]
    texts = [" ".join(map(text_of, credited(caption))) for caption in captions]
    found = homes([(text, caption[0].line.number) for text, caption in zip(texts, captions, strict=True)], candidates)
    for text, caption, home in zip(texts, captions, found, strict=True):
        article = articles[home.article]
        doubts = article.doubts
        if home.margin < _THIN_CAPTION and not any(d.field == "captions" for d in doubts):
            doubts = (*doubts, Doubt("captions", Why.CAPTIONS_HOME, max(0.0, home.margin / _THIN_CAPTION)))
        numbers = {*article.lines, *(s.line.number for s in caption)}
        articles[home.article] = replace(
            article, captions=(*article.captions, text), lines=tuple(sorted(numbers)), doubts=doubts
        )
    return articles
