"""The published folder over http: its files as they are, its pages with the preview's bar and script added."""

from __future__ import annotations

import re
from hashlib import blake2b
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from jianbao.folder.store import OutsideError, Root
from jianbao.model import is_article_id
from jianbao.problems import Language, Words
from jianbao.serve.live import Hub
from jianbao.serve.security import PREVIEW

# By ending, so that the system's own table (Windows' registry) cannot change them.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".webmanifest": "application/manifest+json",
}
_INERT = "default-src 'none'; frame-ancestors 'none'"
_SANDBOX = _INERT + "; sandbox"  # opened by itself it may run nothing
_LANGUAGE = re.compile(rb"<html[^>]*?\blang=[\"']?([A-Za-z-]+)")
_EDIT = Words("编辑本文", "Edit this article")
_REVIEW = Words("待核", "Review")
_BAR = Words("预览", "Preview")


class Published:
    """Answers for the folder `out`. Nothing outside it, nothing hidden, no listing."""

    def __init__(self, out: Path, hub: Hub) -> None:
        self.out, self.hub = out, hub

    @property
    def exists(self) -> bool:
        """Whether anything has been published yet."""
        return (self.out / "index.html").is_file()

    async def answer(self, request: Request) -> Response | None:
        """The file that the request asks for, the archive's own 404 page, None where there is none either."""
        path = request.scope["path"].lstrip("/")
        file = path + "index.html" if not path or path.endswith("/") else path
        data = self.hub.draft(file) or self._read(file)
        if data is not None:
            return self._file(file, data, request)
        if file == path and self._read(path + "/index.html") is not None:
            return RedirectResponse(quote(f"/{path}/") + (f"?{query}" if (query := request.url.query) else ""), 308)
        missing = self._read("404.html")
        return None if missing is None else self._page("404.html", missing, 404)

    def _read(self, path: str) -> bytes | None:
        parts = PurePosixPath(path).parts
        if "//" in path or any(part.startswith(".") for part in parts):
            return None
        try:
            root = Root(self.out)
            return root.read(path) if root.path(path).is_file() else None
        except (OSError, OutsideError, ValueError):
            return None

    def _file(self, path: str, data: bytes, request: Request) -> Response:
        ending = PurePosixPath(path).suffix.lower()
        if ending == ".html":
            return self._page(path, data, 200)
        tag = f'"{blake2b(data, digest_size=12).hexdigest()}"'
        policy = PREVIEW if ending == ".js" else _SANDBOX if ending in (".svg", ".xml") else _INERT
        headers = {"ETag": tag, "Content-Security-Policy": policy}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(data, headers=headers | {"Content-Type": TYPES.get(ending, "application/octet-stream")})

    def _page(self, path: str, data: bytes, status: int) -> Response:
        mark = blake2b(data, digest_size=8).hexdigest()
        headers = {"Content-Security-Policy": PREVIEW, "X-Jianbao-Page": mark}
        data = with_preview(data, self.hub.state.version, mark, article_of(path))
        return Response(data, status, headers, "text/html; charset=utf-8")


def article_of(path: str) -> str:
    """The id of the article whose page this is; "" for other pages."""
    name = path.removesuffix("index.html").strip("/").replace("/", "-")
    return name if path.count("/") >= 3 and is_article_id(name) else ""


def with_preview(page: bytes, version: str, mark: str, article: str) -> bytes:
    """The page with the preview's bar, style and script; never written to the published folder. By its `mark` the
    script sees whether a build changed this very page."""
    found = _LANGUAGE.search(page[:2000])
    zh = found is None or found[1].startswith(b"zh")
    say: Language = "zh" if zh else "en"
    links = f'<a href="/edit/{escape(quote(article))}">{_EDIT[say]}</a> ' if article else ""
    links += f'<a href="/review/">{_REVIEW[say]}</a>'
    bar = f'<aside id="jianbao-bar" class="jianbao-bar" aria-label="{_BAR[say]}">{links}</aside>'
    head = '<link rel="stylesheet" href="/_jianbao/preview.css">'
    script = f'<script src="/_jianbao/live.js" data-version="{escape(version)}" data-mark="{mark}" defer></script>'
    added = f"{head}{bar}{script}".encode()
    at = page.rfind(b"</body>")
    return page[:at] + added + page[at:] if at >= 0 else page + added
