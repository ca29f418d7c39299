"""Reading a page: its lines labelled, then one decision for all of it about which belong together.

The labelled lines fall into runs of body text and, in the gaps between them, titles and bylines. Dynamic
programming over the runs finds the division into articles (which runs are one, and how each gap's titles and
bylines go to the article above or below) that is best for the whole page; nothing is decided line by line.
How far the next best division lies behind becomes the article's doubts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jianbao.model import Byline, Doubt, Line, Paragraph, ReadArticle, ReadPage
from jianbao.reading import bylines as signing
from jianbao.reading.dates import Place, date_doubt, estimate, place_of
from jianbao.reading.furniture import Folio, find_folio
from jianbao.reading.headlines import Rarity, arrange, pieces
from jianbao.reading.layout import Story, divide, runs_and_gaps
from jianbao.reading.lines import Label, Seen, label_lines, see
from jianbao.reading.paragraphs import split
from jianbao.text import join, straighten, tidy


def read_page(text: str, source: str, known_names: Mapping[str, int] | None = None) -> ReadPage:
    """What the machine reads in a page's text. `source` is the page's path, which may tell its date, page and
    section; `known_names` are names signed elsewhere in the archive with their counts."""
    lines = [Line(i + 1, t) for i, t in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))]
    texts = [tidy(line.text) for line in lines]
    present = [Line(line.number, t) for line, t in zip(lines, texts, strict=True) if t.strip()]
    folio = find_folio(present)
    seen = see(lines, texts, known_names)
    labels, _ = label_lines(seen, folio.lines)
    runs, gaps, captions = runs_and_gaps(seen, labels)
    stories = divide(runs, gaps)
    articles = [_article(story, known_names) for story in stories]
    articles = _with_captions(articles, stories, captions)
    used = {number for article in articles for number in article.lines}
    furniture = [s.line for s, label in zip(seen, labels, strict=True) if label is Label.FURNITURE]
    used.update(line.number for line in furniture)
    unassigned = tuple(s.line for s in seen if s.line.number not in used)
    place, doubts = _place(source, folio, articles)
    return ReadPage(
        source,
        place.date,
        place.page or None,
        place.section or None,
        tuple(articles),
        tuple(furniture),
        unassigned,
        doubts,
    )


def _place(source: str, folio: Folio, articles: Sequence[ReadArticle]) -> tuple[Place, tuple[Doubt, ...]]:
    """Date, page and section, the first found of path, masthead, articles; and what is doubtful about them."""
    path = place_of(source)
    doubts: list[Doubt] = []
    date = path.date
    if date is None or not date.is_day:
        printed = folio.printed
        if printed:
            date = printed.date
            doubts += filter(None, [date_doubt(printed)])
    if date is None:
        date = estimate(p.text for article in articles for p in article.paragraphs)
        doubts.append(
            Doubt("date", "路径和报头都没有日期，按文中最晚的日子估计。" if date else "哪里都没有找到日期。", 0.0)
        )
    return Place(date, path.page or folio.place.page, path.section or folio.place.section), tuple(doubts)


def _unwrap(lines: Sequence[Seen]) -> str:
    text = ""
    for seen in lines:
        text = join(text, seen.text)
    return straighten(text)


def _article(story: Story, known: Mapping[str, int] | None) -> ReadArticle:
    """One article from the lines that belong to it."""
    paragraphs = [_unwrap(part) for run in story.runs for part in split(run.lines)]
    bylines, doubts = _sign(story, paragraphs, known)
    titles = arrange([straighten(s.text) for s in story.titles])
    numbers = sorted({s.line.number for s in story.all_lines()})
    if titles.headline is None:
        doubts.append(Doubt("title", "这一版上没有找到本文的标题。", 0.0))
    return ReadArticle(
        titles.headline,
        tuple(Paragraph(p) for p in paragraphs if p),
        tuple(numbers),
        titles.kicker,
        titles.subhead,
        tuple(bylines),
        column=titles.column,
        doubts=tuple(doubts),
    )


def _sign(story: Story, paragraphs: list[str], known: Mapping[str, int] | None) -> tuple[list[Byline], list[Doubt]]:
    """The article's bylines; signatures in brackets at its head and end are taken out of the text."""
    found: list[Byline] = []
    margin = 1.0
    for seen in story.bylines:
        if seen.signature:
            found += seen.signature.bylines
            margin = min(margin, seen.signature.margin)
    if paragraphs and (opening := signing.read_opening(paragraphs[0], known)):
        paragraphs[0] = opening.text
        found += opening.signature.bylines
        margin = min(margin, opening.signature.margin)
    if paragraphs and (closing := signing.read_closing(paragraphs[-1], known)):
        paragraphs[-1] = closing.text
        found += closing.signature.bylines
        margin = min(margin, closing.signature.margin)
        if not paragraphs[-1]:
            paragraphs.pop()
    if not found and paragraphs and (bare := signing.read_bare_opening(paragraphs[0], known)):
        found += bare.signature.bylines
        margin = min(margin, bare.signature.margin)
    doubts = [Doubt("reporter", "署名的姓名没有把握。", margin)] if margin < 0.5 and found else []
    return list(dict.fromkeys(found)), doubts


def _with_captions(
    articles: list[ReadArticle], stories: Sequence[Story], captions: Sequence[Sequence[Seen]]
) -> list[ReadArticle]:
    """Each caption with the article that it shares most with, nearer ones preferred."""
    if not articles or not captions:
        return articles
    texts = [pieces("".join(p.text + "\n" for p in a.paragraphs) + (a.headline or "")) for a in articles]
    leads = [pieces(a.paragraphs[0].text[:40] if a.paragraphs else "") for a in articles]
    rarity = Rarity(texts)
    given: list[tuple[list[str], list[int]]] = [([], []) for _ in articles]
    for caption in captions:
        text = _unwrap(caption)
        grams = pieces(text)
        place = caption[0].line.number
        best, _ = (
            max(
                (
                    rarity.overlap(grams, texts[i]) * 6
                    + rarity.overlap(grams, leads[i]) * 4
                    - 0.1 * _distance(a.lines, place),
                    -i,
                )
                for i, a in enumerate(articles)
            ),
            0,
        )
        chosen = -best[1]
        given[chosen][0].append(text)
        given[chosen][1].extend(s.line.number for s in caption)
    from dataclasses import replace

    return [
        replace(a, captions=tuple(texts_), lines=tuple(sorted({*a.lines, *numbers}))) if texts_ else a
        for a, (texts_, numbers) in zip(articles, given, strict=True)
    ]


def _distance(lines: Sequence[int], place: int) -> float:
    """How many articles lie between, roughly: a screenful of lines counts one."""
    if lines[0] <= place <= lines[-1]:
        return 0.0
    return min(abs(place - lines[0]), abs(place - lines[-1])) / 40 + (0.5 if place < lines[0] else 0.0)
