"""Sections and tags: the list of all, and each with its articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jianbao.model import Article
from jianbao.site.core import Site, View, hashed
from jianbao.site.lists import Part, list_views, timeline
from jianbao.site.names import address

_NEWEST = 3
_SHOWN = 60  # topics shown with their newest headlines
_MOST_TOPICS = 1500


@dataclass(frozen=True)
class Topics:
    """The views of one kind of topic: `kind` is `sections` or `tags`."""

    site: Site
    kind: str
    topics: Mapping[str, tuple[Article, ...]]
    folders: Mapping[str, str]

    def views(self) -> Iterator[View]:
        """All topics, then each."""
        if not self.topics and self.kind == "tags":
            return
        newest = [one for found in list(self.topics.values())[:_SHOWN] for one in found[-_NEWEST:]]
        facts = hashed(repr([(name, len(found)) for name, found in self.topics.items()]))
        key = self.site.key(self.kind, facts, articles=newest)
        yield self.site.view(f"{self.kind}/index.html", "topics.html", key, self._all)
        for name, found in self.topics.items():
            folder = f"{self.kind}/{self.folders[name]}/"
            yield from list_views(self.site, "topic.html", folder, found, self._one, name, found)

    def link(self, name: str) -> str:
        """The link to a topic from the root."""
        return f"{self.kind}/{address(self.folders[name])}/index.html"

    def _all(self) -> dict[str, object]:
        site = self.site
        return {
            "nav": self.kind,
            "kind": self.kind,
            "title": getattr(site.t, self.kind),
            "topics": [
                {
                    "name": name,
                    "link": self.link(name),
                    "count": site.t.count(len(found)),
                    "cards": site.cards(reversed(found[-_NEWEST:])) if place < _SHOWN else [],
                }
                for place, (name, found) in enumerate(list(self.topics.items())[:_MOST_TOPICS])
            ],
        }

    def _one(self, name: str, found: tuple[Article, ...], part: Part) -> dict[str, object]:
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
