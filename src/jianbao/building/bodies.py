"""The text of articles, read from their files when a page needs it; nothing of it is kept in memory."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jianbao.articles.document import read_body
from jianbao.articles.markup import plain, render
from jianbao.digests import digest_of
from jianbao.encoding import decode_scan
from jianbao.folder.store import UNREADABLE, Root
from jianbao.folder.unreadable import unreadable
from jianbao.model import Article
from jianbao.problems import ProblemError, error


class Bodies:
    """Reads the bodies of articles below `root`; each is held only as long as its page is made, but for those that
    are `known` already, by path and digest, with the mark of the file that they were read from."""

    def __init__(self, root: Root, known: Mapping[tuple[str, str], tuple[str, str]] | None = None) -> None:
        self.root, self._known = root, known or {}
        self._body = lru_cache(maxsize=4)(self._read)
        self._scan = lru_cache(maxsize=4)(self._read_scan)

    def __reduce__(self) -> tuple[type[Bodies], tuple[Root]]:
        return Bodies, (self.root,)

    def body_html(self, article: Article) -> str:
        """The body as HTML."""
        return render(self._body(article.path, article.digest))

    def plain(self, article: Article) -> str:
        """The body as the reader sees it, paragraphs parted by line feeds."""
        return plain(self._body(article.path, article.digest))

    def scan_text(self, path: str) -> str:
        """The text of a scan; "" where it is gone or unreadable."""
        return self._scan(path)

    def _read(self, path: str, digest: str) -> str:
        mark, body_read = self._known.get((path, digest), ("", ""))
        if mark and mark == self.root.mark(path):  # the file is as it was
            return body_read
        try:
            data = self.root.read(path)
        except UNREADABLE as failure:
            raise ProblemError(unreadable(path, failure)) from failure
        body = read_body(data, path)
        if body is None or digest_of(data) != digest:
            message = ("构建期间文件被改动", "the file changed during the build")
            raise ProblemError(error(path, 0, 0, *message, do="请再运行一次", do_en="run again", code="changed"))
        return body

    def _read_scan(self, path: str) -> str:
        if not path.startswith("scans/"):
            return ""
        try:
            return decode_scan(self.root.read(path), path)[0] or ""
        except UNREADABLE:
            return ""
