"""Lists of articles of any length, cut into pages that stay as they are when new articles come.

Parts are counted from the oldest article: part 1 holds the oldest 120, and so on; the list's own page shows the
newest 120 to 239. A new article therefore changes one page, whatever the length of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jianbao.model import Article
from jianbao.site.cards import Card
from jianbao.site.core import Site, View
from jianbao.site.names import address
from jianbao.site.newest import newest_last

SIZE = 120


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a list: its folder, its articles (newest last), links to its neighbours from the root, without
    `index.html`; `number` is 0 for the list's own page."""

    folder: str
    articles: tuple[Article, ...]
    newer: str
    older: str
    number: int


def parts(folder: str, articles: Sequence[Article], size: int = SIZE) -> list[Part]:
    """The pages of a list, its own page first."""
    full = max(0, len(articles) // size - 1)
    folders = [f"{folder}list-{number}/" for number in range(1, full + 1)]
    links = [address(each) for each in folders]
    first = Part(folder, tuple(articles[full * size :]), "", links[-1] if links else "", 0)
    others = [
        Part(
            folders[i],
            tuple(articles[i * size : (i + 1) * size]),
            links[i + 1] if i + 1 < full else address(folder),
            links[i - 1] if i else "",
            i + 1,
        )
        for i in range(full)
    ]
    return [first, *others]


def list_views(
    site: Site,
    template: str,
    folder: str,
    articles: Sequence[Article],
    context: Callable[..., dict[str, object]],
    *arguments: object,
    key: str = "",
    room: str = "",
) -> Iterator[View]:
    """The views of a list; `context(*arguments, part)` adds what the template needs besides `part` and `years`.
    `key` is of what the list's own page shows besides the list itself."""
    articles = newest_last(articles)
    for part in parts(folder, articles):
        if part.number == 0:
            years = _places(folder, articles)
            mark = site.key(folder, key, part.older, repr(years), articles=part.articles)
        else:
            years = []
            mark = site.key(part.folder, part.newer, part.older, articles=part.articles)
        given = (_context, site, part, years, context, arguments)
        yield site.view(part.folder + "index.html", template, mark, *given, room=room)


def by_year(cards: Sequence[Card]) -> list[tuple[int, list[Card]]]:
    """Newest first, the cards of each year together."""
    years: dict[int, list[Card]] = {}
    for card in reversed(cards):
        years.setdefault(card.year, []).append(card)
    return list(years.items())


def timeline(articles: Sequence[Article]) -> list[tuple[str, int]]:
    """How many articles each year has, or each month where all lie within two years; no gap is left out."""
    years = counts_by_year(articles)
    if not years or len(years) > 2:
        return [(str(year), count) for year, count in years.items()]
    months = [(one.date.year, one.date.month) for one in articles if one.date and one.date.month]
    if not months:
        return []
    first, last = (year * 12 + month - 1 for year, month in (min(months), max(months)))
    return [(f"{n // 12}.{n % 12 + 1}", months.count((n // 12, n % 12 + 1))) for n in range(first, last + 1)]


def counts_by_year(articles: Sequence[Article]) -> dict[int, int]:
    """How many articles each year has, from the first year to the last without a gap."""
    counts: dict[int, int] = {}
    for article in articles:
        if article.date:
            counts[article.date.year] = counts.get(article.date.year, 0) + 1
    return without_gaps(counts)


def without_gaps(counts: Mapping[int, int]) -> dict[int, int]:
    """Counts by year, from the first year to the last without a gap."""
    if not counts:
        return {}
    first, last = min(counts), max(counts)
    # A gap of centuries is a slip of the pen, not a timeline.
    if last - first > 300:
        return dict(sorted(counts.items()))
    return {year: counts.get(year, 0) for year in range(first, last + 1)}


def _context(
    site: Site,
    part: Part,
    years: list[tuple[int, int, str]],
    context: Callable[..., dict[str, object]],
    arguments: tuple[object, ...],
) -> dict[str, object]:
    more = context(*arguments, part)
    bars, places = more.get("timeline", []), {str(year): link for year, _, link in years}
    if isinstance(bars, list) and len(years) > 1 and all(label in places or not count for label, count in bars):
        # the bars of the years lead to them: a second list of all years would say the same
        more["timeline"] = [
            (label, f"{places[label]}index.html#y{label}", count) if count else (label, count) for label, count in bars
        ]
        years = []
    return {
        "part": part,
        "groups": by_year(site.cards(part.articles)),
        "years": years if len(years) > 1 else [],
        **more,
    }


def _places(folder: str, articles: Sequence[Article]) -> list[tuple[int, int, str]]:
    """(year, number of articles, link to the page with its newest ones), newest year first."""
    newest: dict[int, int] = {}
    counts: dict[int, int] = {}
    for place, article in enumerate(articles):
        if article.date:
            newest[article.date.year] = place
            counts[article.date.year] = counts.get(article.date.year, 0) + 1
    full = max(0, len(articles) // SIZE - 1)
    return [
        (year, counts[year], address(f"{folder}list-{place // SIZE + 1}/" if place // SIZE < full else folder))
        for year, place in sorted(newest.items(), reverse=True)
    ]
