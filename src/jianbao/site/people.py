"""Everybody who signed: all by surname, and each with their roles, years, co-authors and works.

Surnames stand in order of how many people bear them, names of one surname in Unicode order. Whoever has the same
name stands on one page, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from jianbao.archive import Person
from jianbao.model import Article
from jianbao.site.core import Site, View, hashed
from jianbao.site.lists import Part, list_views, timeline
from jianbao.site.names import address, folder_names
from jianbao.site.scope import Scope, room

_ONE_PAGE = 600  # up to so many people stand on one page
_ON_PAGE = 800  # people on one page of a surname
_TOGETHER = 12
_MOST = 60
_SURNAMES = 1500  # shown; who has a rarer one stands under #
_COMPOUND = (
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 令狐 宇文 长孙 慕容 司徒 夏侯 端木 百里 东郭 南宫 呼延 轩辕 钟离 "
    "歐陽 司馬 諸葛 東方 長孫 公孫 鍾離"
)


class People:
    """The views of everybody."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.people = site.archive.people

    def views(self, scope: Scope) -> Iterator[View]:
        """All people, the surnames, then each person."""
        yield from self._index()
        for name in scope.among("person", self.people):
            yield from self._person(self.people[name])

    @cached_property
    def surnames(self) -> list[tuple[str, list[Person]]]:
        """Surnames with their people, the most frequent first."""
        found: dict[str, list[Person]] = {}
        for person in self.people.values():
            found.setdefault(surname(person.name), []).append(person)
        groups = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        if len(groups) <= _SURNAMES:
            return groups
        rest = [person for name, people in groups[_SURNAMES:] if name != "#" for person in people]
        others = rest + next((people for name, people in groups if name == "#"), [])
        return [*(group for group in groups[:_SURNAMES] if group[0] != "#"), ("#", others)]

    @cached_property
    def _surname_folders(self) -> dict[str, str]:
        return folder_names(name for name, _ in self.surnames)

    def most(self, number: int = _MOST) -> list[Person]:
        """Who signed most."""
        return sorted(self.people.values(), key=lambda person: (-len(person.works), person.name))[:number]

    def _index(self) -> Iterator[View]:
        site = self.site
        small = len(self.people) <= _ONE_PAGE
        facts = hashed(repr([(person.name, len(person.works)) for person in self.people.values()]))
        yield site.view("reporters/index.html", "reporters.html", site.key("reporters", facts), self._all, small)
        if small:
            return
        for name, people in self.surnames:
            folder = f"surnames/{self._surname_folders[name]}/"
            for number, start in enumerate(range(0, len(people), _ON_PAGE)):
                path = folder + (f"list-{number + 1}/" if number else "") + "index.html"
                some = people[start : start + _ON_PAGE]
                key = site.key(path, repr([(p.name, len(p.works)) for p in some]), len(people))
                yield site.view(path, "surname.html", key, self._surname, name, some, number, len(people))

    def _all(self, small: bool) -> dict[str, object]:
        t = self.site.t
        groups = [
            {
                "name": name,
                "count": len(people),
                "link": "" if small else f"surnames/{address(self._surname_folders[name])}/index.html",
                "people": [self._entry(person) for person in people] if small else [],
            }
            for name, people in self.surnames
        ]
        return {
            "nav": "reporters",
            "groups": groups,
            "most": [self._entry(person) for person in self.most(24 if small else _MOST)] if self.people else [],
            "count": t.count(len(self.people), "people"),
        }

    def _surname(self, name: str, people: list[Person], number: int, count: int) -> dict[str, object]:
        folder = f"surnames/{address(self._surname_folders[name])}/"
        last = (count - 1) // _ON_PAGE
        return {
            "nav": "reporters",
            "name": name,
            "count": self.site.t.count(count, "people"),
            "people": [self._entry(person) for person in people],
            "newer": folder + (f"list-{number}/" if number > 1 else "") + "index.html" if number else "",
            "older": f"{folder}list-{number + 2}/index.html" if number < last else "",
        }

    def _entry(self, person: Person) -> tuple[str, str, int]:
        return person.name, self.site.reporter(person.name), person.count

    def _person(self, person: Person) -> Iterator[View]:
        articles = list({work.article.id: work.article for work in person.works}.values())
        roles = repr([(work.article.id, work.role) for work in person.works])
        # The first page also counts who signed with this person and in which sections, on whatever page of the list.
        shown = b"".join([self.site.mark(article) for article in articles]).hex()
        folder = f"reporters/{self.site.reporter_folders[person.name]}/"
        given = (self._context, person, articles)
        yield from list_views(
            self.site, "reporter.html", folder, articles, *given, key=roles + shown, room=room("person", person.name)
        )

    def _context(self, person: Person, articles: list[Article], part: Part) -> dict[str, object]:
        site, t = self.site, self.site.t
        fields: dict[str, set[str]] = {}
        signed: dict[str, int] = {}
        roles: dict[str, list[str]] = {}
        for work in person.works:
            fields.setdefault(work.field, set()).add(work.article.id)
            if work.role:
                signed[work.role] = signed.get(work.role, 0) + 1
            roles.setdefault(work.article.id, []).append(work.role or t.field(work.field))
        context: dict[str, object] = {
            "nav": "reporters",
            "name": person.name,
            "count": t.count(len(articles)),
            "roles_of": {one: t.comma.join(dict.fromkeys(found)) for one, found in roles.items()},
            "several_roles": len(fields) > 1 or len(signed) > 1,
            "list_folder": f"reporters/{address(site.reporter_folders[person.name])}/",
            "feed": f"reporters/{address(site.reporter_folders[person.name])}/feed.xml",
            "description": t.same_name.format(person.name),
        }
        if part.number:
            return context
        dated = [article.date for article in articles if article.date]
        years = timeline(articles)
        return context | {
            "fields": [(t.field(f), len(ids)) for f, ids in sorted(fields.items(), key=lambda i: (-len(i[1]), i[0]))],
            "signed": sorted(signed.items(), key=lambda item: (-item[1], item[0])),
            "span": sorted({t.date(dated[0]), t.date(dated[-1])}, key=lambda d: d != t.date(dated[0])) if dated else [],
            "timeline": years,
            "busiest": max((count for _, count in years), default=1),
            "together": self._together(person),
            "sections": _most_frequent([article.section for article in articles if article.section], 8),
        }

    def _together(self, person: Person) -> list[tuple[str, str, int]]:
        names = [
            byline.name
            for article in {work.article.id: work.article for work in person.works}.values()
            for byline in article.bylines
            if byline.name != person.name
        ]
        return [(name, self.site.reporter(name), count) for name, count in _most_frequent(names, _TOGETHER)]


def surname(name: str) -> str:
    """The surname of a Chinese name, compound ones too; of other names the last word; `#` where there is none."""
    if len(name) > 2 and name[:2] in _COMPOUND.split():
        return name[:2]
    if (name and "\u3400" <= name[0] <= "\u9fff") or (name and name[0] >= "\U00020000"):
        return name[0]
    words = name.replace("·", " ").split()
    return words[-1][0].upper() if words and words[-1][0].isalnum() else "#"


def _most_frequent(values: list[str], number: int) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:number]
