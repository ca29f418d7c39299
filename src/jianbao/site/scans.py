"""The scanned text of a page as it was extracted, line by line, with the articles cut from it beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from jianbao.archive import folded
from jianbao.model import Article
from jianbao.site.core import Site, View
from jianbao.site.names import address, folder_name
from jianbao.site.scope import Scope, room
from jianbao.sources import Source, lines_of, path_of, read_source

_LINES = 1500  # on one page


class Scans:
    """The views of all scans that articles were cut from."""

    def __init__(self, site: Site) -> None:
        self.site = site
        scans = site.extras.scans
        self._articles = {path: found for path, found in site.archive.by_scan.items() if path in scans}
        self.folders = _folders(self._articles)
        self._text = lru_cache(maxsize=2)(site.extras.scan_text)

    def __reduce__(self) -> tuple[type[Scans], tuple[Site]]:
        return Scans, (self.site,)

    def _cut(self, path: str) -> list[tuple[Article, Source]]:
        """The articles cut from a scan, with their lines."""
        read = ((article, read_source(text)) for article in self._articles[path] for text in article.source)
        return [(article, source) for article, source in read if source and source.path == path]

    def link(self, source: Source) -> str:
        """The link from the root to the lines of a source; "" where the scan is not shown."""
        folder = self.folders.get(source.path)
        if folder is None:
            return ""
        if not source.ranges:
            return f"{address(folder)}index.html"
        first, last = source.ranges[0][0], source.ranges[-1][1]
        number = (first - 1) // _LINES
        part = f"list-{number + 1}/" if number else ""
        return f"{address(folder)}{part}index.html#L{first}" + (f"-L{last}" if last > first else "")

    def lines_in_words(self, source: Source) -> str:
        """`第 197—264 行`."""
        if not source.ranges:
            return ""
        t = self.site.t
        return "、".join(
            t.source_line.format(first) if first == last else t.source_lines.format(first, last)
            for first, last in source.ranges
        )

    def of_articles(self, articles: Sequence[Article]) -> list[tuple[str, str]]:
        """(link from the root, scan) of the scans these articles were cut from."""
        found: dict[str, str] = {}
        for article in articles:
            for text in article.source:
                if (path := path_of(text)) in self.folders:
                    found[path] = f"{address(self.folders[path])}index.html"
        return [(link, path) for path, link in found.items()]

    def views(self, scope: Scope) -> Iterator[View]:
        """One for each 1,500 lines of a scan."""
        for path in scope.among("scan", self.folders):
            folder, cut = self.folders[path], self._cut(path)
            key = self.site.key(self.site.extras.scans[path], *[repr(s) for _, s in cut], articles=[a for a, _ in cut])
            # How many lines it has is known once it is read; longer scans than one page are rare.
            last = max((end for _, source in cut for _, end in source.ranges), default=1)
            count = (last - 1) // _LINES + 1
            for number in range(count):
                part = f"list-{number + 1}/" if number else ""
                given = (self._context, path, number, count)
                name = f"{folder}{part}index.html"
                yield self.site.view(name, "scan.html", key, *given, room=room("scan", path))

    def _context(self, path: str, number: int, count: int) -> dict[str, object]:
        lines = lines_of(self._text(path))
        start = number * _LINES
        end = len(lines) if number == count - 1 else start + _LINES
        owner: dict[int, int] = {}
        cut = self._cut(path)
        places = {one: place for place, one in enumerate(dict.fromkeys(article.id for article, _ in cut))}
        for article, source in cut:
            for first, last in source.ranges:
                owner.update(dict.fromkeys(range(max(first, start + 1), min(last, end) + 1), places[article.id]))
        rows = [
            f'<li id="L{n}" value="{n}"{_stripe(owner.get(n))}>{escape(lines[n - 1])}</li>'
            for n in range(start + 1, min(end, start + 2 * _LINES) + 1)
        ]
        folder = address(self.folders[path])
        return {
            "nav": "scan",
            "scan": path,
            "rows": Markup("\n".join(rows)),  # noqa: S704 (each line is escaped above)
            "cut": [
                (
                    self.site.card(self.site.archive.by_id[one]),
                    [(self.lines_in_words(source), self.link(source)) for article, source in cut if article.id == one],
                    place % 4,
                )
                for one, place in places.items()
            ],
            "newer": f"{folder}{f'list-{number}/' if number > 1 else ''}index.html" if number else "",
            "older": f"{folder}list-{number + 2}/index.html" if number + 1 < count else "",
        }


def _stripe(place: int | None) -> str:
    return "" if place is None else f' class="c{place % 4}"'


def _folders(paths: Iterable[str]) -> dict[str, str]:
    folders: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(paths):
        parts = [folder_name(part) for part in path.removesuffix(".txt").split("/")]
        folder = "/".join(parts) + "/"
        while folded(folder) in taken:
            folder = folder[:-1] + "~/"
        taken.add(folded(folder))
        folders[path] = folder
    return folders
