"""The first page, 历史上的今天, about, and what else there is one of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property

from jianbao.archive import Issue
from jianbao.model import Article
from jianbao.site.calendars import Calendars
from jianbao.site.cards import Card
from jianbao.site.core import Site, View, issue_path
from jianbao.site.issues import link_of_page, weekday
from jianbao.site.lists import Part, list_views, without_gaps
from jianbao.site.missing import missing_view
from jianbao.site.newest import is_news, newest, newest_news
from jianbao.site.people import People
from jianbao.site.scope import Scope, room

_PER_YEAR = 6  # headlines of a year on the page of a day through the years
_RECENT = 12  # headlines where there is no issue
_SECTIONS = 12
_PAGES = 9  # of the newest issue


class Home:
    """The views that show the archive as a whole."""

    def __init__(self, site: Site, calendars: Calendars, people: People) -> None:
        self.site, self.calendars, self.people = site, calendars, people

    def views(self, scope: Scope) -> Iterator[View]:
        """Home, about, the days through the years, undated articles, search, 404."""
        site, archive = self.site, self.site.archive
        yield site.view("index.html", "home.html", self._home_key(), self._home)
        yield site.view("about/index.html", "about.html", site.key("about", repr(self._about())), self._about)
        yield from self._days(scope)
        if archive.without_issue:
            loose = archive.without_issue
            yield from list_views(site, "undated.html", "undated/", loose, _undated)
        if site.has_search:
            yield site.view("search/index.html", "search.html", site.key("search"), _search)
        yield missing_view(site)

    # the first page

    def _home(self) -> dict[str, object]:
        site, archive, t = self.site, self.site.archive, self.site.t
        issue = archive.issues[-1] if archive.issues else None
        year = issue.date.year if issue else (self.calendars.years[-1] if self.calendars.years else 0)
        years = without_gaps(archive.sums.by_year)
        return {
            "nav": "home",
            "issue": self._issue(issue) if issue else None,
            "recent": site.cards(newest(archive.articles, _RECENT)) if not issue else [],
            "year": t.year(year) if year else "",
            "year_link": f"{year:04d}/index.html",
            "months": self.calendars.thumbnails(year) if year else [],
            "years": [(y, f"{y:04d}/index.html", years.get(y, 0)) for y in self.calendars.years],
            "busiest": max(years.values(), default=1),
            "today": self._today(issue) if issue and len(self._by_day[issue.date.month, issue.date.day]) > 1 else None,
            "days": "".join("1" if day in self._by_day else "0" for day in _ALL_DAYS),
            "sections": [
                (name, site.section(name), t.count(number), site.cards(shown))
                for name, number, shown in self._main_sections
            ],
            "people": [(p.name, site.reporter(p.name), len(p.works)) for p in self.people.most(30)],
            "tags": [
                (name, site.tag(name), len(found))
                for name, found in sorted(archive.tags.items(), key=lambda item: (-len(item[1]), item[0]))[:30]
            ],
            "numbers": [
                t.count(len(archive.issues), "issues"),
                t.count(sum(len(one.pages) for one in archive.issues), "pages"),
                t.count(len(archive.articles)),
            ],
            "description": site.config.description or f"{site.config.title} {site.config.subtitle}".strip(),
            "wide": True,
        }

    def _home_key(self) -> str:
        """Of what the first page shows: counts, and the cards of some articles."""
        archive, calendars = self.site.archive, self.calendars
        cards: list[Article] = []
        facts: list[object] = [without_gaps(archive.sums.by_year), len(archive.issues), len(archive.articles)]
        if archive.issues:
            issue = archive.issues[-1]
            months = [calendars.facts(issue.date.year, month) for month in range(13)]
            facts += [issue.date, months, sum(len(one.pages) for one in archive.issues), sorted(self._by_day)]
            facts += [(page.label, page.section, len(page.articles)) for page in issue.pages]
            earlier = [one for one in self._by_day[issue.date.month, issue.date.day] if one is not issue][::-1][:5]
            facts += [one.date for one in earlier]
            cards += [article for page in issue.pages[:_PAGES] for article in page.articles[:9]]
            cards += [article for one in earlier for article in one.articles[:2]]
        else:
            facts += [[calendars.facts(year, month) for month in range(13)] for year in calendars.years[-1:]]
            cards += newest(archive.articles, _RECENT)
        for name, number, shown in self._main_sections:
            facts.append((name, number))
            cards += shown
        facts += [(person.name, len(person.works)) for person in self.people.most(30)]
        facts += sorted((-len(found), name) for name, found in archive.tags.items())[:30]
        return self.site.key("home", repr(facts), articles=cards)

    def _issue(self, issue: Issue) -> dict[str, object]:
        site, t = self.site, self.site.t
        front = issue.pages[0].articles[:9]
        lead = next(filter(is_news, front), front[0])
        return {
            "date": t.date(issue.date),
            "weekday": weekday(site, issue.date),
            "link": f"{issue_path(issue.date)}index.html",
            "size": f"{t.count(len(issue.pages), 'pages')} · {t.count(len(issue.articles))}",
            "front": link_of_page(issue.pages[0]),
            "front_name": t.page(issue.pages[0].label),
            "lead": site.card(lead),
            "cards": site.cards(article for article in front if article is not lead),
            "beside": 2 if len(front) > 7 else 1 if len(front) > 4 else 0,
            "pages": [
                (link_of_page(page), t.page(page.label), page.section, site.cards(page.articles[:4]))
                for page in issue.pages[1:_PAGES]
            ],
            "all_pages": t.all_pages.format(t.count(len(issue.pages), "pages")) if len(issue.pages) > _PAGES else "",
        }

    @cached_property
    def _main_sections(self) -> list[tuple[str, int, list[Article]]]:
        """The sections that site.yaml lists, in its order, then the largest of the others: how many articles each
        has, and those shown."""
        listed = {name: place for place, name in enumerate(self.site.config.sections)}
        sections = self.site.archive.sections.items()
        first = sorted(sections, key=lambda item: (listed.get(item[0], len(listed)), -len(item[1]), item[0]))
        return [(name, len(found), newest_news(found, 2)) for name, found in first[:_SECTIONS]]

    # 历史上的今天

    @cached_property
    def _by_day(self) -> dict[tuple[int, int], list[Issue]]:
        found: dict[tuple[int, int], list[Issue]] = {}
        for issue in self.site.archive.issues:
            found.setdefault((issue.date.month, issue.date.day), []).append(issue)
        return found

    def _today(self, newest: Issue) -> dict[str, object]:
        """The newest issue's day in earlier years."""
        month, day = newest.date.month, newest.date.day
        earlier = [one for one in self._by_day[month, day] if one is not newest]
        return {
            "name": self.site.t.month_day(month, day),
            "link": f"days/{month:02d}/{day:02d}/index.html",
            "years": self._years_of(earlier[::-1][:5], 2),
        }

    def _days(self, scope: Scope) -> Iterator[View]:
        site = self.site
        for (month, day), issues in sorted(self._by_day.items()):
            where = room("anniversary", f"{month:02d}-{day:02d}")
            if not scope.holds("anniversary", f"{month:02d}-{day:02d}"):
                continue
            shown = [article for issue in issues for article in issue.articles[:_PER_YEAR]]
            key = site.key("day", month, day, articles=shown)
            path = f"days/{month:02d}/{day:02d}/"
            yield site.view(path + "index.html", "day.html", key, self._day, month, day, issues, room=where)
            yield site.file(path + "today.js", key, self._day_script, month, day, issues, room=where)

    def _day(self, month: int, day: int, issues: list[Issue]) -> dict[str, object]:
        most = _PER_YEAR if len(issues) * _PER_YEAR <= 600 else 1
        return {
            "nav": "calendar",
            "name": self.site.t.month_day(month, day),
            "years": self._years_of(issues[::-1][:300], most),
        }

    def _day_script(self, month: int, day: int, issues: list[Issue]) -> str:
        """What static/site.js shows on the first page, on that very day: a script, because file:// reads no JSON."""
        data = {
            "name": self.site.t.month_day(month, day),
            "link": f"days/{month:02d}/{day:02d}/index.html",
            "years": [
                {"year": year, "articles": [{"title": card.title, "href": card.href} for card in cards]}
                for year, _, cards in self._years_of(issues[::-1][:5], 2)
            ],
        }
        return f"window.jianbaoToday={json.dumps(data, ensure_ascii=True, separators=(',', ':'))};\n"

    def _years_of(self, issues: list[Issue], number: int) -> list[tuple[str, str, list[Card]]]:
        return [
            (
                self.site.t.year(issue.date.year),
                f"{issue_path(issue.date)}index.html",
                self.site.cards(issue.articles[:number]),
            )
            for issue in issues
        ]

    # about

    def _about(self) -> dict[str, object]:
        archive, sums, t = self.site.archive, self.site.archive.sums, self.site.t
        issues = archive.issues
        by_year: dict[int, list[int]] = {}
        for issue in issues:
            row = by_year.setdefault(issue.date.year, [0, 0, 0])
            row[0] += 1
            row[1] += len(issue.pages)
        for year, count in sums.by_year.items():
            by_year.setdefault(year, [0, 0, 0])[2] += count
        return {
            "nav": "about",
            "numbers": [
                (t.n_articles, t.number(len(archive.articles))),
                (t.n_issues, t.number(len(issues))),
                (t.n_pages, t.number(sum(len(issue.pages) for issue in issues))),
                (t.n_people, t.number(len(archive.people))),
                (t.n_sections, t.number(len(archive.sections))),
                (t.n_characters, t.number(sums.characters)),
                (t.n_waiting, t.number(sums.waiting)),
            ],
            "span": (t.date(issues[0].date), t.date(issues[-1].date)) if issues else None,
            "waiting": sorted(((t.field(f), n) for f, n in sums.doubted.items()), key=lambda item: (-item[1], item[0])),
            "by_year": [(t.year(y), f"{y:04d}/index.html", *row) for y, row in sorted(by_year.items(), reverse=True)],
            "undated": len(archive.without_issue),
        }


_ALL_DAYS = [
    (m, d) for m in range(1, 13) for d in range(1, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1] + 1)
]


def _undated(part: Part) -> dict[str, object]:
    return {"nav": "calendar", "list_folder": "undated/"}


def _search() -> dict[str, object]:
    return {"nav": "search"}
