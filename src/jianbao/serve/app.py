"""The server's routes: the published site, the review page, the form, the stream of events, the files they use."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from jianbao.folder.store import Root
from jianbao.problems import Language
from jianbao.serve.edit import Editor
from jianbao.serve.live import Hub
from jianbao.serve.pages import Pages, asset
from jianbao.serve.published import TYPES, Published
from jianbao.serve.review import Reviewer
from jianbao.serve.security import Guard, Token, TooMuchError


def make_app(root: Root, out: Path, port: int, language: Language, hub: Hub) -> ASGIApp:
    """The whole server for one archive."""
    pages = Pages(root, language, hub, Token())
    published, reviewer = Published(out, hub), Reviewer(pages)
    editor = Editor(pages, reviewer.next_after)

    async def site(request: Request) -> Response:
        answer = await published.answer(request)
        if answer is not None:
            return answer
        if published.exists:
            return pages.failed(404, pages.t.not_found, "")
        return pages.failed(503, pages.t.nothing_yet, pages.t.nothing_text, hub.state.problems)

    async def events(_: Request) -> Response:
        return StreamingResponse(hub.events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def own_file(request: Request) -> Response:
        name = request.path_params["name"]
        data = asset(root, name)
        if data is None:
            raise HTTPException(404)
        return Response(data, headers={"Content-Type": TYPES[PurePosixPath(name).suffix]})

    async def failed(request: Request, failure: Exception) -> Response:
        if isinstance(failure, TooMuchError):
            return PlainTextResponse("413\n", 413, {"Connection": "close"})
        if isinstance(failure, HTTPException):
            return PlainTextResponse(f"{failure.status_code}\n", failure.status_code)
        return pages.failed(500, pages.t.failed, pages.t.failed_text)

    app = Starlette(
        routes=[
            Route("/_jianbao/events", events),
            Route("/_jianbao/digest/{id}", editor.digest),
            Route("/_jianbao/{name}", own_file),
            Route("/review", reviewer.show),
            Route("/review/", reviewer.show),
            Route("/edit/{id}", editor.show, methods=["GET"]),
            Route("/edit/{id}", editor.store, methods=["POST"]),
            Route("/{path:path}", site, methods=["GET"]),
        ],
        exception_handlers={HTTPException: failed, TooMuchError: failed, Exception: failed},
    )
    return Guard(app, port)
