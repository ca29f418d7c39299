"""Sections and tags: the list of all, and each with its articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jianbao.model import Article
from jianbao.site.core import Site, View, hashed
from jianbao.site.lists import Part, list_views, timeline
from jianbao.site.names import address
from jianbao.site.newest import newest_news
from jianbao.site.scope import Kind, Scope, room

_NEWEST = 3
_SHOWN = 60  # topics shown with their newest headlines
_ON_PAGE = 500


@dataclass(frozen=True)
class Topics:
    """The views of one kind of topic: `kind` is `sections` or `tags`."""

    site: Site
    kind: str
    topics: Mapping[str, Sequence[Article]]
    folders: Mapping[str, str]

    def views(self, scope: Scope) -> Iterator[View]:
        """All topics, then each."""
        if not self.topics and self.kind == "tags":
            return
        names = list(self.topics)
        for number, start in enumerate(range(0, max(1, len(names)), _ON_PAGE)):
            some = names[start : start + _ON_PAGE]
            shown = 0 if number else _SHOWN
            newest = [newest_news(self.topics[name], _NEWEST) if at < shown else [] for at, name in enumerate(some)]
            facts = hashed(repr([(name, len(self.topics[name])) for name in some]))
            articles = [article for found in newest for article in found]
            key = self.site.key(self.kind, facts, number, len(names) > start + _ON_PAGE, articles=articles)
            given = (self._all, number, some, newest)
            yield self.site.view(self._index(number) + "index.html", "topics.html", key, *given)
        kind: Kind = "section" if self.kind == "sections" else "tag"
        for name in scope.among(kind, self.topics):
            found, folder = self.topics[name], f"{self.kind}/{self.folders[name]}/"
            where = room(kind, name)
            yield from list_views(self.site, "topic.html", folder, found, self._one, name, found, room=where)

    def link(self, name: str) -> str:
        """The link to a topic from the root."""
        return f"{self.kind}/{address(self.folders[name])}/index.html"

    def _index(self, number: int) -> str:
        return f"{self.kind}/list-{number + 1}/" if number else f"{self.kind}/"

    def _all(self, number: int, some: list[str], newest: list[list[Article]]) -> dict[str, object]:
        site = self.site
        last = (len(self.topics) - 1) // _ON_PAGE
        return {
            "nav": self.kind,
            "kind": self.kind,
            "title": getattr(site.t, self.kind),
            "topics": [
                {
                    "name": name,
                    "link": self.link(name),
                    "count": site.t.count(len(self.topics[name])),
                    "cards": site.cards(shown),
                }
                for name, shown in zip(some, newest, strict=True)
            ],
            "newer": f"{self._index(number - 1)}index.html" if number else "",
            "older": f"{self._index(number + 1)}index.html" if number < last else "",
        }

    def _one(self, name: str, found: Sequence[Article], part: Part) -> dict[str, object]:
        site = self.site
        years = timeline(found) if not part.number else []
        return {
            "nav": self.kind,
            "kind": self.kind,
            "kind_name": getattr(site.t, self.kind),
            "name": name,
            "count": site.t.count(len(found)),
            "list_folder": f"{self.kind}/{address(self.folders[name])}/",
            "feed": f"{self.kind}/{address(self.folders[name])}/feed.xml" if self.kind == "sections" else "",
            "timeline": years,
            "busiest": max((count for _, count in years), default=1),
            "description": f"{site.config.paper} · {name}",
        }
