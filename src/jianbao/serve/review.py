"""`/review/`: what waits for a person, most doubtful first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from jianbao.serve.pages import Pages
from jianbao.store import Root


class Reviewer:
    """Answers for the queue."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages

    async def show(self, request: Request) -> Response:
        """The queue."""
        raise NotImplementedError


def next_after(root: Root, id_: str) -> str:
    """The form of the next article of the queue."""
    return "/review/"
