"""Which articles come first to a reader: those of the newest day, in printed order.

Archives keep printed order, in which a date known to the month or year only comes last of its time. A reader is shown
it as the oldest of its time, as the search does: nothing says that it is newer than any other. What has no date at
all is the oldest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from jianbao.model import Article, Kind

_STEP = 64  # articles looked at together: they may lie in a database
_LOOKED_AT = 512  # for news: a section of nothing but advertisements is not read to its beginning


def day_of(article: Article) -> int:
    """The day as a number that grows with time: 20211207; what is unknown of it is 0."""
    date = article.date
    return date.year * 10_000 + date.month * 100 + date.day if date else 0


def newest_last(articles: Sequence[Article]) -> tuple[Article, ...]:
    """All of them, so that read from the end they are as a reader wants them."""
    return tuple(_first_to_last(articles)[::-1])


def newest(articles: Sequence[Article], number: int) -> list[Article]:
    """The first ones to a reader; no more are looked at than needed."""
    return _newest(articles, number, lambda _: True)


def newest_news(articles: Sequence[Article], number: int) -> list[Article]:
    """The first ones that are news and kept their headline; any, where the newest hold no such."""
    return _newest(articles, number, is_news, _LOOKED_AT) or newest(articles, number)


def is_news(article: Article) -> bool:
    """Whether it may stand for others: neither an advertisement nor a notice, nor without a headline."""
    return article.kind is Kind.NEWS and bool(article.title)


def _newest(
    articles: Sequence[Article], number: int, fits: Callable[[Article], bool], at_most: int | None = None
) -> list[Article]:
    found: list[Article] = []
    day = exact = 0
    for article in _backwards(articles, at_most):
        if article.date and article.date.is_day:
            # Whatever comes before a day is older, also what is dated to the month or year.
            if day_of(article) != day and exact >= number:
                break
            day = day_of(article)
        if fits(article):
            found.append(article)
            exact += bool(article.date and article.date.is_day)
    return _first_to_last(found[::-1])[:number]


def _first_to_last(articles: Iterable[Article]) -> list[Article]:
    return sorted(articles, key=day_of, reverse=True)  # equal days stay in printed order


def _backwards(articles: Sequence[Article], at_most: int | None) -> Iterator[Article]:
    stop = len(articles)
    last = 0 if at_most is None else max(0, stop - at_most)
    while stop > last:
        start = max(last, stop - _STEP)
        yield from reversed(articles[start:stop])
        stop = start
