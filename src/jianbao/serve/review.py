"""`/review/`: what waits for a person, most doubtful first, each article with its reasons and its scan lines."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from jianbao.desk.review import Waiting, queue
from jianbao.folder.layout import RECORD_ENDING
from jianbao.folder.store import Root
from jianbao.model import Article
from jianbao.serve import files
from jianbao.serve.files import ScanPart
from jianbao.serve.pages import Pages
from jianbao.site.names import address

_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """An article and all that waits in it; `parts` are its scan lines."""

    article: Article
    waiting: tuple[Waiting, ...]
    parts: tuple[ScanPart, ...] = ()

    @property
    def url(self) -> str:
        """The article on the site."""
        return "/" + address(self.article.url)


class Queue:
    """The queue, made anew only when an article or a reading has changed, from files that changed alone."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self._articles: dict[str, tuple[str, Article | None]] = {}
        self._marks: tuple[str, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self._lock = threading.Lock()

    def entries(self) -> tuple[Entry, ...]:
        """All that waits, by article, in the queue's order."""
        with self._lock:
            articles = {file.path: file.mark for file in self.root.files("articles", (".md",))}
            records = tuple(file.path + file.mark for file in self.root.files("scans", (RECORD_ENDING,)))
            marks = (*(path + mark for path, mark in articles.items()), *records)
            if marks != self._marks:
                self._read(articles)
                self._entries = self._made()
                self._marks = marks
            return self._entries

    def after(self, id_: str) -> str:
        """The article that comes next in the queue as it was last shown; "" behind its end."""
        ids = [entry.article.id for entry in self._entries or self.entries()]
        place = ids.index(id_) + 1 if id_ in ids else 0
        return next(iter(ids[place:]), "")

    def _read(self, marks: dict[str, str]) -> None:
        before, self._articles = self._articles, {}
        for path, mark in marks.items():
            known = before.get(path)
            if known is None or known[0] != mark:
                one = files.read_path(self.root, path)
                known = (mark, one.document.article if one and one.document else None)
            self._articles[path] = known

    def _made(self) -> tuple[Entry, ...]:
        articles = {one.id: one for _, one in self._articles.values() if one}
        found: dict[str, list[Waiting]] = {}
        for waiting in queue(self.root, articles.values()):
            found.setdefault(waiting.id, []).append(waiting)
        return tuple(Entry(articles[id_], tuple(some)) for id_, some in found.items())


class Reviewer:
    """Answers for the review page."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.queue = pages, Queue(pages.root)

    async def show(self, request: Request) -> Response:
        """One page of the queue."""
        wanted = request.query_params.get("page", "1")
        return await asyncio.to_thread(self._page, int(wanted) if wanted.isascii() and wanted.isdigit() else 1)

    def next_after(self, id_: str) -> str:
        """Where "save, check the next" leads."""
        following = self.queue.after(id_)
        return f"/edit/{quote(following)}" if following else "/review/"

    def _page(self, number: int) -> Response:
        entries = self.queue.entries()
        pages = max(1, -(-len(entries) // _ON_A_PAGE))
        number = min(max(number, 1), pages)
        shown = entries[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
        return self.pages.render(
            "review.html",
            count=sum(len(entry.waiting) for entry in entries),
            entries=[self._with_lines(entry) for entry in shown],
            number=number,
            pages=pages,
            label=self._label,
            language=self.pages.language,
        )

    def _with_lines(self, entry: Entry) -> Entry:
        parts: Sequence[ScanPart] = files.scan_parts(self.pages.root, entry.article.source)
        return Entry(entry.article, entry.waiting, tuple(parts))

    def _label(self, name: str) -> str:
        return self.pages.t.label(name)
