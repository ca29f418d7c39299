"""An archive whose articles stay in the database: it counts there, and reads only the articles that are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from jianbao.archive import Archive, Issue, Month, PaperPage, Person, Rename, Sums, folded, mark_of_files
from jianbao.building.lazy import Later
from jianbao.building.shelves import Kind, Shelves
from jianbao.config import Config
from jianbao.groups import Work, works_of
from jianbao.model import Article, PaperDate

_LINKED = "link where kind = ? and name = ?"


def stored_archive(shelves: Shelves, config: Config, renames: Sequence[Rename] = ()) -> Archive | None:
    """The archive on these shelves; None where ids collide, which is to be said of the articles themselves."""
    if shelves.rows("select 1 from entry group by folded having count(*) > 1 limit 1"):
        return None
    [[length]] = shelves.rows("select count(*) from entry")
    articles = Later(length, partial(shelves.part, "entry", (), length))
    return _StoredArchive(config, articles, tuple(renames), shelves=shelves)


@dataclass(frozen=True)
class _StoredArchive(Archive):
    """The groups of `Archive`, each the same; tests hold one against the other."""

    shelves: Shelves = field(kw_only=True)

    def __reduce__(self) -> tuple[type[Archive], tuple[object, ...]]:
        return Archive, (self.config, self.in_memory().articles, self.renames)

    def in_memory(self) -> Archive:
        """The same archive with all its articles at hand: for who will look at all of them."""
        return Archive(self.config, self.shelves.everything(), self.renames)

    def of_files(self, paths: Sequence[str]) -> dict[str, Article]:
        here = "select path from entry where path = ?"
        known = [path for path in paths if self.shelves.column(here, path)]
        return dict(zip(known, self.shelves.articles(known), strict=True))

    @cached_property
    def by_id(self) -> Mapping[str, Article]:
        return _ById(self.shelves)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        return dict(self.shelves.rows("select id, digest from entry order by place"))

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        rows = self.shelves.rows(
            "select day, count(distinct page), count(*) from entry where day <> '' group by day order by day"
        )
        return tuple([self._issue(PaperDate.parse(day), pages, count) for day, pages, count in rows])

    def _issue(self, date: PaperDate, pages: int, articles: int) -> Issue:
        read = partial(self._pages, date)
        return Issue(date, Later(pages, read), self._later(articles, "entry where day = ?", date.iso))

    def _pages(self, date: PaperDate, start: int, stop: int) -> tuple[PaperPage, ...]:
        rows = self.shelves.rows(
            "select page, label, count(*), min(place) from entry where day = ? group by page order by min(place)",
            date.iso,
        )
        return tuple([self._page(date, page, label, count) for page, label, count, _ in rows[start:stop]])

    def _page(self, date: PaperDate, page: str, label: str, count: int) -> PaperPage:
        return PaperPage(date, label, self._later(count, "entry where day = ? and page = ?", date.iso, page))

    @cached_property
    def without_issue(self) -> Sequence[Article]:
        [[count]] = self.shelves.rows("select count(*) from entry where day = ''")
        return self._later(count, "entry where day = ''")

    @cached_property
    def sections(self) -> Mapping[str, Sequence[Article]]:
        found = self._linked("section")
        return {name: found[name] for name in self.listed_first(found)}

    @cached_property
    def tags(self) -> Mapping[str, Sequence[Article]]:
        return self._linked("tag")

    @cached_property
    def by_scan(self) -> Mapping[str, Sequence[Article]]:
        return self._linked("scan")

    @cached_property
    def people(self) -> Mapping[str, Person]:
        found = {}
        for name, count, works in self.shelves.counts("person"):
            articles = self._later(count, _LINKED, "person", name)
            later = Later(works, partial(_works, articles, name))
            found[name] = Person(name, later, count)
        return found

    @cached_property
    def months(self) -> Sequence[Month]:
        rows = self.shelves.rows(
            "select month, count(*), group_concat(digest, ' ') from (select month, digest from entry "
            "order by month, digest) group by month"
        )
        found = []
        for name, count, digests in rows:
            articles = self._later(count, "entry where month = ?", name)
            found.append(Month(name, articles, mark_of_files(digests)))
        return sorted(found, key=lambda month: f"{month.name}-13"[:7])  # what is known less well comes after its months

    @cached_property
    def sums(self) -> Sums:
        rows = self.shelves.rows("select year, count(*), sum(length), sum(waiting) from entry group by year")
        years = {year: count for year, count, _, _ in rows if year}
        doubted = {field: works for field, _, works in self.shelves.counts("doubt")}
        return Sums(years, sum(row[2] for row in rows), sum(row[3] for row in rows), doubted)

    def dated_outside(self, first: str, last: str) -> Iterable[Article]:
        where = "select path from entry where date <> '' and (date < ? or date > ?) order by place"
        return self.shelves.articles(self.shelves.column(where, first, last))

    def _linked(self, kind: Kind) -> dict[str, Sequence[Article]]:
        return {name: self._later(count, _LINKED, kind, name) for name, count, _ in self.shelves.counts(kind)}

    def _later(self, count: int, rows: str, *values: str | int) -> Later[Article]:
        return Later(count, partial(self.shelves.part, rows, values, count))


class _ById(Mapping[str, Article]):
    """Every article by its id."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def __len__(self) -> int:
        return len(self._shelves.column("select id from entry"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelves.column("select id from entry order by place"))

    def __contains__(self, id_: object) -> bool:
        return bool(self._paths(id_))

    def __getitem__(self, id_: str) -> Article:
        paths = self._paths(id_)
        if not paths:
            raise KeyError(id_)
        return self._shelves.articles(paths)[0]

    def _paths(self, id_: object) -> list[str]:
        question = "select path from entry where folded = ? and id = ?"
        return self._shelves.column(question, folded(str(id_)), str(id_))


def _works(articles: Sequence[Article], name: str, start: int, stop: int) -> tuple[Work, ...]:
    return tuple([work for article in articles for work in works_of(article)[name]][start:stop])
