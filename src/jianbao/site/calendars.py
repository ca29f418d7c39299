"""Calendars: all years, each year, each month; which days have an issue and which are missing."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from jianbao.archive import Issue
from jianbao.model import Article, PaperDate
from jianbao.site.cards import shortened
from jianbao.site.core import Site, View, hashed, issue_path

_TOP = 3  # headlines of an issue in its month
_SQUARES = {"": (3, 2), "gap": (0.5, 7)}  # where in its place of 10 × 10 a day begins, and its size; else (0, 8)


@dataclass(frozen=True, slots=True)
class Day:
    """One cell: `state` is "" outside the archive's time, `gap` for a day without an issue, else `l1` … `l4` by
    the number of articles."""

    number: int
    state: str
    link: str
    articles: int
    pages: int
    headline: str
    name: str  # in words, for who hears the cells one by one


class Calendars:
    """The views of all calendars."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @cached_property
    def _months(self) -> dict[tuple[int, int], dict[int, Issue]]:
        """The issues by month and day."""
        found: dict[tuple[int, int], dict[int, Issue]] = {}
        for issue in self.site.archive.issues:
            found.setdefault((issue.date.year, issue.date.month), {})[issue.date.day] = issue
        return found

    @cached_property
    def _loose(self) -> dict[tuple[int, int], list[Article]]:
        """Articles that stand in no issue, by year and month (0 = unknown)."""
        found: dict[tuple[int, int], list[Article]] = {}
        for article in self.site.archive.without_issue:
            if article.date:
                found.setdefault((article.date.year, article.date.month), []).append(article)
        return found

    @cached_property
    def _span(self) -> tuple[PaperDate, PaperDate] | None:
        issues = self.site.archive.issues
        return (issues[0].date, issues[-1].date) if issues else None

    @cached_property
    def years(self) -> list[int]:
        """The years that have anything, in order."""
        return sorted({year for year, _ in [*self._months, *self._loose]})

    @cached_property
    def _all_months(self) -> list[tuple[int, int]]:
        return sorted({month for month in [*self._months, *self._loose] if month[1]})

    @cached_property
    def _levels(self) -> tuple[int, int, int]:
        """Issues with up to so many articles are of level 1, 2, 3: the quartiles of the archive, rounded up."""
        sizes = sorted(len(issue.articles) for issue in self.site.archive.issues)
        if not sizes:
            return (1, 2, 3)
        first, second, third = (sizes[len(sizes) * part // 4] for part in (1, 2, 3))
        return (first, max(second, first + 1), max(third, second + 1))

    def views(self) -> Iterator[View]:
        """All years, then each year with its months."""
        site = self.site
        key = site.key("years", repr([(y, self._count(y)) for y in self.years]), repr(self._levels), repr(self._span))
        facts = "".join([f"{m}{self._facts(m)}" for m in self._all_months]) + repr(self._weekdays_of)
        yield site.view("calendar/index.html", "years.html", key + hashed(facts).hex(), self._years_context)
        for place, year in enumerate(self.years):
            around = (
                self.years[place - 1] if place else 0,
                self.years[place + 1] if place + 1 < len(self.years) else 0,
            )
            loose = self._loose.get((year, 0), [])
            months = repr([self._facts((year, month)) for month in range(1, 13)]) + repr(self._weekdays(year))
            key = site.key("year", months, repr(around), repr(self._levels), self._span_in(year), articles=loose)
            yield site.view(f"{year:04d}/index.html", "year.html", key, self._year_context, year, around)
        for place, month in enumerate(self._all_months):
            yield self._month(month, place)

    def _span_in(self, year: int, month: int = 0) -> str:
        """The part of the archive's time that lies in a year or month: what its empty days depend on."""
        if not self._span:
            return ""
        whole = PaperDate(year, month or 1, 1), PaperDate(year, month or 12, 31)
        return f"{max(self._span[0], whole[0])} {min(self._span[1], whole[1])}"

    def _weekdays(self, year: int) -> tuple[int, ...]:
        """The days of the week on which the paper appears in a year: those with an issue in half of the weeks. Of
        others none is missing. Where too few issues are kept to tell, it is every day."""
        return self._weekdays_of.get(year, tuple(range(7)))

    @cached_property
    def _weekdays_of(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        days: dict[int, list[datetime.date]] = {}
        for issue in self.site.archive.issues:
            days.setdefault(issue.date.year, []).append(
                datetime.date(issue.date.year, issue.date.month, issue.date.day)
            )
        for year, dates in days.items():
            weeks = (dates[-1] - dates[0]).days // 7 + 1
            counts = [sum(date.weekday() == weekday for date in dates) for weekday in range(7)]
            usual = tuple(weekday for weekday, count in enumerate(counts) if count * 2 >= weeks)
            found[year] = usual if usual and weeks > 1 else tuple(range(7))
        return found

    def facts(self, year: int, month: int) -> str:
        """All that a small picture of a month depends on."""
        return repr((self._facts((year, month)), self._levels, self._span_in(year, month), self._weekdays(year)))

    def _facts(self, month: tuple[int, int]) -> list[tuple[int, int, int]]:
        """What the calendar of a year shows of a month."""
        issues = self._months.get(month, {})
        facts = [(day, len(issue.articles), len(issue.pages)) for day, issue in issues.items()]
        return [*facts, (0, len(self._loose.get(month, [])), 0)]

    def _count(self, year: int) -> tuple[int, int]:
        """(issues, articles) of a year."""
        found = [issue for (y, _), days in self._months.items() if y == year for issue in days.values()]
        loose = sum(len(articles) for (y, _), articles in self._loose.items() if y == year)
        return len(found), sum(len(issue.articles) for issue in found) + loose

    def weeks(self, year: int, month: int, *, headlines: bool = False) -> list[list[Day | None]]:
        """The weeks of a month from Monday; None are days of other months."""
        issues = self._months.get((year, month), {})
        rows = calendar.Calendar().monthdayscalendar(year, month)
        return [
            [self._day(year, month, day, issues.get(day), headlines) if day else None for day in row] for row in rows
        ]

    def _day(self, year: int, month: int, day: int, issue: Issue | None, headlines: bool) -> Day:
        if issue is None:
            span = self._span
            inside = span is not None and span[0] < PaperDate(year, month, day) < span[1]
            missing = inside and calendar.weekday(year, month, day) in self._weekdays(year)
            return Day(day, "gap" if missing else "", "", 0, 0, "", "")
        t, count = self.site.t, len(issue.articles)
        name = t.day_name.format(t.date(issue.date), t.count(len(issue.pages), "pages"), t.count(count))
        level = 1 + sum(count > limit for limit in self._levels)
        title = shortened(issue.articles[0].title, 40) if headlines else ""
        return Day(day, f"l{level}", f"{issue_path(issue.date)}index.html", count, len(issue.pages), title, name)

    def thumbnail(self, year: int, month: int) -> Markup:
        """A month as a small picture: a square for each day, one path for each state; of a day on which no issue is
        missing only a dot."""
        squares: dict[str, list[str]] = {}
        for row, week in enumerate(self.weeks(year, month)):
            for column, day in enumerate(week):
                if day:
                    at, size = _SQUARES.get(day.state, (0, 8))
                    square = f"M{column * 10 + at} {row * 10 + at}h{size}v{size}h-{size}z"
                    squares.setdefault(day.state or "out", []).append(square)
        paths = "".join(f'<path class="{state}" d="{"".join(found)}"/>' for state, found in sorted(squares.items()))
        return Markup(  # noqa: S704 (made of numbers)
            f'<svg class="month" viewBox="0 0 68 58" width="68" height="58" aria-hidden="true">{paths}</svg>'
        )

    def thumbnails(self, year: int) -> list[dict[str, object]]:
        """The twelve months of a year, small, with links where there is something."""
        t = self.site.t
        found: list[dict[str, object]] = []
        for month in range(1, 13):
            issues = self._months.get((year, month), {})
            anything = bool(issues) or (year, month) in self._loose
            found.append(
                {
                    "name": t.month(month) if t.language == "zh" else t.month(month)[:3],
                    "link": f"{year:04d}/{month:02d}/index.html" if anything else "",
                    "count": t.count(len(issues), "issues") if issues else "",
                    "picture": self.thumbnail(year, month),
                }
            )
        return found

    def _years_context(self) -> dict[str, object]:
        t = self.site.t
        years = []
        for year in reversed(self.years):
            issues, articles = self._count(year)
            years.append(
                {
                    "name": t.year(year),
                    "link": f"{year:04d}/index.html",
                    "issues": t.count(issues, "issues"),
                    "articles": t.count(articles),
                    "months": self.thumbnails(year) if len(self.years) <= 12 else [],
                }
            )
        most = max((self._count(year)[1] for year in self.years), default=1)
        return {
            "nav": "calendar",
            "years": years,
            "bars": [(year, f"{year:04d}/index.html", self._count(year)[1]) for year in self.years],
            "most": most,
            "undated": len(self.site.archive.without_issue),
        }

    def _year_context(self, year: int, around: tuple[int, int]) -> dict[str, object]:
        t = self.site.t
        issues, articles = self._count(year)
        months = [
            {
                "name": t.month(month),
                "link": f"{year:04d}/{month:02d}/index.html" if (year, month) in self._all_months else "",
                "weeks": self.weeks(year, month),
                "issues": len(self._months.get((year, month), {})),
            }
            for month in range(1, 13)
        ]
        return {
            "nav": "calendar",
            "year": t.year(year),
            "period": f"{year:04d}",
            "months": months,
            "issues": t.count(issues, "issues"),
            "articles": t.count(articles),
            "before": (f"{around[0]:04d}/index.html", t.year(around[0])) if around[0] else None,
            "after": (f"{around[1]:04d}/index.html", t.year(around[1])) if around[1] else None,
            "loose": self.site.cards(self._loose.get((year, 0), [])[:300]),
            "wide": True,
        }

    def _month(self, month: tuple[int, int], place: int) -> View:
        site, months = self.site, self._all_months
        loose = self._loose.get(month, [])[:300]
        around = (months[place - 1] if place else None, months[place + 1] if place + 1 < len(months) else None)
        facts = repr((self._facts(month), around, self._levels, self._span_in(*month), self._weekdays(month[0])))
        path = f"{month[0]:04d}/{month[1]:02d}/index.html"
        key = site.key(path, facts, self._headlines(month), articles=loose)
        return site.view(path, "month.html", key, self._month_context, month, around)

    def _headlines(self, month: tuple[int, int]) -> bytes:
        """A mark of the headlines that a month shows. Where no file of the month changed, it is as it was."""
        site, issues = self.site, self._months.get(month, {})

        def mark() -> bytes:
            top = [article for issue in issues.values() for article in issue.articles[:_TOP]]
            return site.key("headlines", articles=top).encode("ascii")

        name = PaperDate(*month).iso
        return site.extras.kept(f"{name}.headlines", site.key(self._marks[name], *issues), mark)

    @cached_property
    def _marks(self) -> dict[str, str]:
        return {month.name: month.mark for month in self.site.archive.months}

    def _month_context(
        self, month: tuple[int, int], around: tuple[tuple[int, int] | None, tuple[int, int] | None]
    ) -> dict[str, object]:
        site, t = self.site, self.site.t
        issues = self._months.get(month, {})
        return {
            "nav": "calendar",
            "month": t.date(PaperDate(*month)),
            "name": t.month(month[1]),
            "weeks": self.weeks(*month, headlines=True),
            "issues": [
                {
                    "date": t.month_day(month[1], day),
                    "weekday": t.weekday(calendar.weekday(*month, day)),
                    "link": f"{issue_path(issue.date)}index.html",
                    "pages": t.count(len(issue.pages), "pages"),
                    "articles": t.count(len(issue.articles)),
                    "cards": site.cards(issue.articles[:_TOP]),
                }
                for day, issue in sorted(issues.items())
            ],
            "before": _month_link(site, around[0]),
            "after": _month_link(site, around[1]),
            "wide": True,
            "loose": site.cards(self._loose.get(month, [])[:300]),
            "crumbs": [(t.calendar, "calendar/index.html"), (t.year(month[0]), f"{month[0]:04d}/index.html")],
        }


def _month_link(site: Site, month: tuple[int, int] | None) -> tuple[str, str] | None:
    return (f"{month[0]:04d}/{month[1]:02d}/index.html", site.t.date(PaperDate(*month))) if month else None
