"""The server's own pages: their templates, and what every one of them is given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from jianbao.config import Config
from jianbao.folder import shipped
from jianbao.folder.store import Root
from jianbao.problems import Language, Problem
from jianbao.serve.live import Hub
from jianbao.serve.security import Token
from jianbao.serve.words import interface
from jianbao.settings import load_config
from jianbao.site.names import address

ASSETS = Path(__file__).parent / "assets"


class Pages:
    """Renders `templates/serve/*.html`; they do not build on the site's templates, which may be broken."""

    def __init__(self, root: Root, language: Language, hub: Hub, token: Token) -> None:
        self.root, self.language, self.hub, self.token = root, language, hub, token
        self.t = interface(language)
        self._environment = Environment(
            loader=FileSystemLoader(shipped.folders(root.folder, "templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"address": address, "quoted": quote}

    def render(self, name: str, status: int = 200, **context: Any) -> Response:  # noqa: ANN401 (as templates take it)
        """A page. Forms are never kept by the browser: what they show is the file as it stands."""
        config = load_config(self.root)[0]
        text = self._environment.get_template(f"serve/{name}").render(
            t=self.t,
            title=config.title if config else self.root.folder.name,
            content_language=config.language if config else Config("").language,
            version=self.hub.state.version,
            token=self.token.text,
            said=self.said,
            **context,
        )
        return HTMLResponse(text, status, {"Cache-Control": "no-store"})

    def said(self, problems: Sequence[Problem]) -> list[str]:
        """Problems as lines in the page's language."""
        return [problem.text(self.language) for problem in problems]

    def failed(self, status: int, title: str, text: str, problems: Sequence[Problem] = ()) -> Response:
        """A page that says why there is nothing else."""
        return self.render("message.html", status, heading=title, text=text, problems=problems)


def asset(root: Root, name: str) -> bytes | None:
    """A file that the server's own pages use: ours, or the site's style sheet and icon."""
    if name in ("site.css", "icon.svg"):
        for folder in shipped.folders(root.folder, "static"):
            if (folder / name).is_file():
                return (folder / name).read_bytes()
    elif name in ("preview.css", "desk.css", "live.js", "desk.js"):
        return (ASSETS / name).read_bytes()
    return None
