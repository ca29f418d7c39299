"""The pages of an issue (one day's newspaper) and of each of its pages (版)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from jianbao.archive import Issue, PaperPage
from jianbao.model import Article, PaperDate
from jianbao.site.core import Site, View, hashed, issue_path, page_path
from jianbao.site.lists import Part, parts
from jianbao.site.names import address
from jianbao.site.scans import Scans
from jianbao.site.scope import Scope, room

Strip = tuple[tuple[str, str, str], ...]  # link from the root, name and section of each page of an issue

_MOST = 240  # headlines on the page of an issue; more are on the pages of its pages


class Issues:
    """The views of all issues and their pages."""

    def __init__(self, site: Site, scans: Scans) -> None:
        self.site, self.scans = site, scans

    def views(self, scope: Scope) -> Iterator[View]:
        """Each issue, then its pages in printed order."""
        issues = self.site.archive.issues
        for place, issue in enumerate(issues):
            if not scope.holds("day", issue.date.iso):
                continue
            before = issues[place - 1].date if place else None
            after = issues[place + 1].date if place + 1 < len(issues) else None
            yield self._issue(issue, before, after)
            strip = tuple((link_of_page(page), self.site.t.page(page.label), page.section) for page in issue.pages)
            mark = hashed(*[part for each in strip for part in each])
            for number, page in enumerate(issue.pages):
                yield from self._page(page, number, strip, mark)

    def _issue(self, issue: Issue, before: PaperDate | None, after: PaperDate | None) -> View:
        shown, hidden = self._shown(issue)
        key = self.site.key(
            "issue", str(before), str(after), repr(hidden), articles=[one for articles in shown for one in articles]
        )
        path = issue_path(issue.date) + "index.html"
        given = (self._issue_context, issue, before, after)
        return self.site.view(path, "issue.html", key, *given, room=room("day", issue.date.iso))

    def _shown(self, issue: Issue) -> tuple[list[Sequence[Article]], list[int]]:
        """The articles that the issue's page names for each page, and how many it leaves out."""
        share = max(3, _MOST // len(issue.pages)) if len(issue.articles) > _MOST else _MOST
        return [page.articles[:share] for page in issue.pages], [max(0, len(p.articles) - share) for p in issue.pages]

    def _issue_context(self, issue: Issue, before: PaperDate | None, after: PaperDate | None) -> dict[str, object]:
        t = self.site.t
        shown, hidden = self._shown(issue)
        return {
            "nav": "calendar",
            "issue": issue,
            "date": t.date(issue.date),
            "weekday": weekday(self.site, issue.date),
            "pages": [
                {
                    "link": link_of_page(page),
                    "name": t.page(page.label),
                    "section": page.section,
                    "cards": self.site.cards(articles),
                    "hidden": left,
                }
                for page, articles, left in zip(issue.pages, shown, hidden, strict=True)
            ],
            "before": neighbour(self.site, before),
            "after": neighbour(self.site, after),
            "wide": True,
            "crumbs": date_crumbs(self.site, issue.date),
            "description": f"{self.site.config.paper} {t.date(issue.date)}",
        }

    def _page(self, page: PaperPage, number: int, strip: Strip, mark: bytes) -> Iterator[View]:
        # The list of a page runs in printed order, its own page first.
        for part in parts(page_path(page.date, page.label), page.articles[::-1]):
            articles = part.articles[::-1]
            scans = self.scans.of_articles(articles)
            key = self.site.key("page", part.folder, part.newer, part.older, mark, repr(scans), articles=articles)
            path = part.folder + "index.html"
            given = (self._page_context, page, part, number, strip)
            yield self.site.view(path, "page.html", key, *given, room=room("day", page.date.iso))

    def _page_context(self, page: PaperPage, part: Part, number: int, strip: Strip) -> dict[str, object]:
        site, t = self.site, self.site.t
        articles = part.articles[::-1]
        date = t.date(page.date)
        _, name, section = strip[number]
        return {
            "nav": "calendar",
            "name": name,
            "section": section,
            "section_link": site.section(section) if section else "",
            "date": date,
            "weekday": weekday(site, page.date),
            "issue_link": f"{issue_path(page.date)}index.html",
            "cards": site.cards(articles),
            "part": part,
            "before": strip[number - 1] if number else None,
            "after": strip[number + 1] if number + 1 < len(strip) else None,
            "pages": strip,
            "here": strip[number],
            "scans": self.scans.of_articles(articles),
            "crumbs": date_crumbs(site, page.date, day=True),
            "description": f"{site.config.paper} {date} {name}",
        }


def link_of_page(page: PaperPage) -> str:
    """The link to a page (版) from the root."""
    return f"{address(page_path(page.date, page.label))}index.html"


def neighbour(site: Site, date: PaperDate | None) -> tuple[str, str] | None:
    """(link from the root, date in words) of the issue before or after."""
    return (f"{issue_path(date)}index.html", site.t.date(date)) if date else None


def date_crumbs(site: Site, date: PaperDate | None, *, day: bool = False) -> tuple[tuple[str, str], ...]:
    """The way down to a date: (words, link from the root) of the calendar, its year, month and, if asked for, day; of
    the undated articles where there is none."""
    crumbs = [(site.t.calendar, "calendar/index.html")]
    if date is None:
        return (*crumbs, (site.t.undated, "undated/index.html"))
    crumbs.append((site.t.year(date.year), f"{date.year:04d}/index.html"))
    if date.month:
        crumbs.append((site.t.month(date.month), f"{date.year:04d}/{date.month:02d}/index.html"))
    if day and date.day:
        crumbs.append((f"{date.day}日" if site.t.language == "zh" else str(date.day), f"{issue_path(date)}index.html"))
    return tuple(crumbs)


def weekday(site: Site, date: PaperDate) -> str:
    """The day of the week in words; `date` is known to the day."""
    return site.t.weekday(datetime.date(date.year, date.month, date.day).weekday())
