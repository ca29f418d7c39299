"""Which part of a site may look otherwise than when it was last published.

Views stand in rooms, each of what belongs together and changes together: an article, an issue (`day`), one day of all
years (`anniversary`), a person, a section, a tag, a scan. After a correction only the views of the rooms in its scope
are named and compared; views outside all rooms (the calendars, the lists of everything) always are. So a correction
costs what it may change, not what the archive holds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from jianbao.archive import Archive
from jianbao.groups import has_issue, scans_of
from jianbao.model import Article, PaperDate
from jianbao.site.cards import mark_of
from jianbao.site.core import nfc
from jianbao.sources import path_of

Kind = Literal["article", "day", "anniversary", "person", "section", "tag", "scan"]
_KINDS: Final = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of the rooms by kind; `whole`: all rooms there are."""

    rooms: Mapping[Kind, frozenset[str]] = field(default_factory=dict)
    whole: bool = False

    def among(self, kind: Kind, names: Iterable[str]) -> list[str]:
        """Those of the names that are in scope, in their order."""
        if self.whole:
            return list(names)
        wanted = self.rooms.get(kind, frozenset())
        return [name for name in names if name in wanted] if wanted else []

    def holds(self, kind: Kind, name: str) -> bool:
        """Whether a room is in scope."""
        return self.whole or name in self.rooms.get(kind, ())

    def names(self, archive: Archive) -> list[str]:
        """All its rooms as `room` names them."""
        articles = {*self.rooms.get("article", ()), *[article.id for article in self.articles(archive)]}
        rooms = {**self.rooms, "article": articles}
        return [room(kind, name) for kind, names in rooms.items() for name in names]

    def articles(self, archive: Archive) -> Collection[Article]:
        """The articles whose own pages are in scope: those it names, all of its issues, and those of its scans that
        stand in no issue: each leads to those beside it."""
        if self.whole:
            return archive.articles
        found = {one: archive.by_id[one] for one in self.rooms.get("article", ()) if one in archive.by_id}
        for day in self.rooms.get("day", ()):
            if issue := archive.issue_of.get(PaperDate.parse(day)):
                found |= {article.id: article for article in issue.articles}
        for scan in self.rooms.get("scan", ()):
            found |= {article.id: article for article in loose_of(archive, scan)}
        return found.values()


EVERYTHING: Final = Scope(whole=True)


def scan_of(article: Article) -> str:
    """The scan that an article of no issue stands in, the first one; "" where none is known."""
    return next(iter(scans_of(article)), "")


def loose_of(archive: Archive, scan: str) -> list[Article]:
    """The articles of a scan that stand in no issue, one after the other."""
    return [one for one in archive.by_scan.get(scan, ()) if not has_issue(one) and scan_of(one) == scan]


def room(kind: Kind, name: str) -> str:
    """A room as views bear it and caches keep it."""
    return f"{kind} {name}"


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of one article file: the article as it was last published and as it is now, None where there was or
    is none."""

    before: Article | None
    now: Article | None

    @property
    def regroups(self) -> bool:
        """Whether it has other tags or sources, which no list shows."""
        before, now = self.before, self.now
        return before is None or now is None or (before.tags, before.source) != (now.tags, now.source)

    @property
    def shows(self) -> bool:
        """Whether lists that name the article show something else."""
        return self.before is None or self.now is None or mark_of(self.before) != mark_of(self.now)


def scope_of(
    edits: Iterable[Edit],
    archive: Archive,
    scans: Collection[str],
    relinked: Iterable[str],
    naming: Callable[[Collection[str]], Iterable[str]],
) -> Scope:
    """The scope of these edits. `scans`: those that came, went or changed; `relinked`: articles with other related
    ones than before; `naming`: the articles that name any of these ids as related."""
    rooms: dict[Kind, set[str]] = {kind: set() for kind in _KINDS}
    rooms["article"].update(relinked)
    rooms["scan"].update(scans)
    shown: set[str] = set()
    for edit in edits:
        articles = [article for article in (edit.before, edit.now) if article is not None]
        rooms["article"].update(article.id for article in articles)
        shows = edit.shows
        if shows:
            shown.update(article.id for article in articles)
        if shows or edit.regroups:
            for article in articles:
                _rooms_of(article, rooms)
    for scan in scans:
        for article in archive.by_scan.get(scan, ()):
            _rooms_of(article, rooms)
    if shown:
        rooms["article"].update(naming(shown))
    rooms["anniversary"].update(day[5:] for day in rooms["day"])
    rooms["day"] |= _beside(rooms["day"], archive)
    return Scope({kind: frozenset(names) for kind, names in rooms.items()})


def _rooms_of(article: Article, rooms: Mapping[Kind, set[str]]) -> None:
    rooms["article"].add(article.id)
    if has_issue(article) and article.date:
        rooms["day"].add(article.date.iso)
    rooms["person"].update(nfc(byline.name) for byline in article.bylines)
    if article.section:
        rooms["section"].add(nfc(article.section))
    rooms["tag"].update(nfc(tag) for tag in article.tags)
    rooms["scan"].update(path_of(source) for source in article.source)


def _beside(days: Collection[str], archive: Archive) -> set[str]:
    """The issues before and after these days, whose pages lead to them."""
    dates = [issue.date for issue in archive.issues]
    found: set[str] = set()
    for day in days:
        date = PaperDate.parse(day)
        place = bisect_left(dates, date)
        after = place + 1 if place < len(dates) and dates[place] == date else place
        found.update(each.iso for each in (*dates[max(0, place - 1) : place], *dates[after : after + 1]))
    return found
