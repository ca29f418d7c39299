"""Who may talk to the server: pages of its own and the person at this machine, nobody else.

The server listens on 127.0.0.1 only. But every page in the person's browser can send requests there, so:
the Host header must be this server's (a foreign name that resolves to 127.0.0.1 is refused), requests from other
sites get nothing but a page to look at, and what writes needs an own page's Origin and this run's secret.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Iterable, Mapping
from hmac import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jianbao.problems import Words

# The largest form that is taken, in bytes: an article of 5 MB, every byte of it percent-encoded, and its fields.
LARGEST_FORM = 16_000_000
# How much of a refused form is still taken, in bytes, and for how long, in seconds.
_MOST_REST = 4 * LARGEST_FORM
_REST_SECONDS = 2.0
# For pages of the server's own; pages of the archive say the rest themselves.
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PREVIEW = (
    "script-src 'self'; connect-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cache-Control": "no-cache",
}
_REFUSED = {
    "host": (421, Words("这个地址不是本机预览的地址", "this is no address of this server")),
    "site": (403, Words("请求来自别的网站，已拒绝", "a request from another site was refused")),
    "method": (405, Words("这里不接受这种请求", "no such method here")),
    "type": (415, Words("只接受表单", "only forms are taken")),
    "size": (413, Words("提交的内容太大", "the form is too large")),
}


class TooMuchError(Exception):
    """A form that grew over the limit while it was read."""


class Token:
    """The secret of this run, in every form that writes."""

    def __init__(self) -> None:
        self.text = secrets.token_urlsafe(32)

    def fits(self, given: str) -> bool:
        """Whether it was given; takes as long for every wrong one."""
        return compare_digest(self.text.encode(), given.encode("utf-8", "replace"))


def hosts(port: int) -> frozenset[str]:
    """The Host headers of this server."""
    names = ("127.0.0.1", "localhost", "[::1]")
    return frozenset([f"{name}:{port}" for name in names] + (list(names) if port == 80 else []))


class Guard:
    """The outermost layer: refuses what is not for this server, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.hosts = hosts(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # websockets: closed without an answer

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", STRICT)
            await send(message)

        headers = Headers(scope=scope)
        answering = with_headers if "expect" in headers else lingering(receive, with_headers)
        if fault := self._fault(scope["method"], headers):
            status, words = _REFUSED[fault]
            answer = PlainTextResponse(f"{words.zh}\n{words.en}\n", status, {"Connection": "close"})
            await answer(scope, receive, answering)
            return
        await self.app(scope, limited(receive), answering)

    def _fault(self, method: str, headers: Headers) -> str:
        """Why the request is refused; "" where it is not."""
        given = headers.getlist("host")
        if len(given) != 1 or given[0].lower() not in self.hosts:
            return "host"
        site = headers.get("sec-fetch-site", "")
        if method in ("GET", "HEAD"):
            looks = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
            return "" if site in ("", "same-origin", "none") or looks else "site"
        if method != "POST":
            return "method"
        origin = headers.get("origin", "")
        if origin != f"http://{given[0].lower()}" or site not in ("", "same-origin"):
            return "site"
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
            return "type"
        return "size" if _is_over(headers.getlist("content-length")) else ""


def _is_over(lengths: Iterable[str]) -> bool:
    return any(not length.isdecimal() or int(length) > LARGEST_FORM for length in lengths)


def limited(receive: Receive) -> Receive:
    """`receive` that raises TooMuchError once the body is over the limit, said beforehand or not."""
    taken = 0

    async def counting() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_FORM:
            raise TooMuchError
        return message

    return counting


def lingering(receive: Receive, send: Send) -> Send:
    """`send` that, after an answer which closes the connection, takes what the browser still sends: hung up on
    amid its form it would show its own page of a lost connection, not the answer (RFC 9112, section 9.6)."""
    closing = False

    async def sending(message: Message) -> None:
        nonlocal closing
        if message["type"] == "http.response.start":
            closing = Headers(raw=message["headers"]).get("connection") == "close"
        elif closing and not message.get("more_body", False):
            await send({**message, "more_body": True})
            await _rest(receive)
            message = {"type": "http.response.body"}
        await send(message)

    return sending


async def _rest(receive: Receive) -> None:
    left = _MOST_REST
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_REST_SECONDS):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
