"""The page of one article: its place in the paper, its text, its sources, how to cite it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from markupsafe import Markup

from jianbao.groups import has_issue
from jianbao.model import Article, PaperDate
from jianbao.roles import ROLE_FIELDS
from jianbao.site.citations import as_html, reference
from jianbao.site.core import Site, View, issue_path, page_path
from jianbao.site.issues import date_crumbs, weekday
from jianbao.site.metadata import head
from jianbao.site.names import address
from jianbao.site.scans import Scans
from jianbao.site.scope import Scope, loose_of, room, scan_of
from jianbao.sources import path_of, read_source

_RELATED = 5


class _NoDoubt(dict[str, str]):
    """No mark for a field that nobody doubts."""

    def __missing__(self, field: str) -> str:
        return ""


_NO_DOUBT = _NoDoubt()


class Articles:
    """The views of all articles."""

    def __init__(self, site: Site, scans: Scans) -> None:
        self.site, self.scans = site, scans
        self._place = lru_cache(maxsize=256)(self._new_place)

    def views(self, scope: Scope) -> Iterator[View]:
        """One for each article."""
        site, by_id = self.site, self.site.archive.by_id
        articles = scope.articles(site.archive)
        neighbours = self._neighbours(articles)
        for article in articles:
            before, after = neighbours.get(article.id, (None, None))
            related = [by_id[one] for one in site.extras.related(article)[:_RELATED] if one in by_id]
            scans = "".join(["+" if path_of(one) in site.extras.scans else "-" for one in article.source])
            around = [one for one in (before, after) if one is not None]
            facts = (bool(before), bool(after), len(related), scans)
            key = site.key(article.id, article.digest, *facts, articles=[*around, *related])
            path = article.url + "index.html"
            given = (self._context, article, before, after, related)
            yield site.view(path, "article.html", key, *given, room=room("article", article.id))

    def _neighbours(self, some: Collection[Article]) -> dict[str, tuple[Article | None, Article | None]]:
        """The articles before and after each of these: in its issue or, where its day is not known, in its scan."""
        archive = self.site.archive
        days = {article.date for article in some}
        runs = [archive.issue_of[day].articles for day in days if day in archive.issue_of]
        runs += [loose_of(archive, scan) for scan in {scan_of(one) for one in some if not has_issue(one)} if scan]
        found: dict[str, tuple[Article | None, Article | None]] = {}
        for articles in runs:
            last = len(articles) - 1
            for place, article in enumerate(articles):
                found[article.id] = (
                    articles[place - 1] if place else None,
                    articles[place + 1] if place < last else None,
                )
        return found

    def _context(
        self, article: Article, before: Article | None, after: Article | None, related: list[Article]
    ) -> dict[str, object]:
        site, t = self.site, self.site.t
        card = site.card(article)
        url = site.base_url and site.base_url + card.href.removesuffix("index.html")
        ref = reference(article, site.config, url)
        doubts = [t.field(field) for field in article.review]
        return {
            "nav": "article",
            "article": article,
            "card": card,
            "body": Markup(site.extras.body_html(article)),  # noqa: S704 (markup.render escapes what it is given)
            **self._place(article.date, article.page, has_issue(article)),
            "section_link": site.section(article.section) if article.section else "",
            "before": site.card(before) if before else None,
            "after": site.card(after) if after else None,
            "related": site.cards(related),
            "doubts": doubts,
            "doubt": self._marks(article.review) if article.review else _NO_DOUBT,
            "sources": [each for each in map(self._source, article.source) if each],
            "tags": [(tag, site.tag(tag)) for tag in dict.fromkeys(article.tags)],
            "citations": as_html(ref),
            "url": url,
            "canonical": url,
            "description": article.lead,
            "head": head(article, ref, self._person_url, site.base_url),
        }

    def _new_place(self, date: PaperDate | None, page: str, in_issue: bool) -> Mapping[str, object]:
        """Where an article stands in the paper, in words and links: the same for all of a page."""
        site, t = self.site, self.site.t
        day = date if in_issue else None
        page_link = f"{address(page_path(day, page))}index.html" if day else ""
        crumbs = date_crumbs(site, date, day=day is not None)
        return {
            "date": t.date(date) if date else "",
            "weekday": weekday(site, day) if day else "",
            "issue_link": f"{issue_path(day)}index.html" if day else "",
            "page_link": page_link,
            "page_name": t.page(page) if page or day else "",
            "crumbs": (*crumbs, (t.page(page), page_link)) if day else crumbs,
        }

    def _person_url(self, name: str) -> str:
        base = self.site.base_url
        return base + self.site.reporter(name).removesuffix("index.html") if base else ""

    def _marks(self, review: tuple[str, ...]) -> Mapping[str, str]:
        """The mark of each doubtful field; one for all that sign."""
        mark = self.site.t.doubt_mark
        marks = _NoDoubt(dict.fromkeys(review, mark))
        if any(field in marks for field in ROLE_FIELDS):
            marks["people"] = mark
        return marks

    def _source(self, source: str) -> tuple[str, str, str] | None:
        """(link from the root or "", scan, lines as words)."""
        where = read_source(source)
        return (self.scans.link(where), where.path, self.scans.lines_in_words(where)) if where else None
