"""`/edit/ID`: the article's fields and text with its scan beside it; saving writes the Markdown file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from jianbao.articles.edit import blocks_of
from jianbao.articles.fields import BY_NAME, Form
from jianbao.articles.merge import Conflict
from jianbao.model import Kind, address_of
from jianbao.problems import Problem, has_errors
from jianbao.serve import files
from jianbao.serve.files import Opened
from jianbao.serve.form import NAMES, Sent, rejoined, texts_of
from jianbao.serve.pages import Pages
from jianbao.serve.saving import Result, Versions, save, save_raw
from jianbao.settings import load_config
from jianbao.site.names import address

# How the fields stand together.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "headings": ("kicker", "title", "subtitle", "column"),
    "people": ("reporter", "correspondent", "photographer", "author", "editor"),
    "place": ("date", "section", "page", "kind"),
    "text": ("body", "captions"),
    "more": ("tags", "source"),
}
_MOST_FIELDS = 200
_BUILT_WITHIN = 5.0  # seconds that "save and read" waits for the page to be made


@dataclass(slots=True)
class Box:
    """One field of the form. `theirs`: what the file has now, where both sides changed it."""

    name: str
    widget: str
    value: str
    doubted: bool = False
    ticked: bool = False
    reasons: list[str] = field(default_factory=list)
    machine: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    theirs: str | None = None

    @property
    def rows(self) -> int:
        """How high its box is."""
        lines = sum(1 + len(line) // 36 for line in self.value.split("\n"))
        return max(14, min(lines + 2, 40)) if self.widget == "body" else max(1, min(lines, 8))


class Editor:
    """Answers for the form. `Versions` remembers what the forms were made from."""

    def __init__(self, pages: Pages, next_after: Callable[[str], str]) -> None:
        self.pages, self.root, self.t, self.versions = pages, pages.root, pages.t, Versions()
        self._next_after = next_after

    async def show(self, request: Request) -> Response:
        """The form of an article."""
        id_ = request.path_params["id"]
        one = await asyncio.to_thread(files.read, self.root, id_)
        if one is None:
            return self._none(id_)
        said = request.query_params.get("saved", "")
        note = {"1": self.t.saved.format(one.path), "same": self.t.saved_same}.get(said, "")
        if not one.has_fields or "raw" in request.query_params:
            return await asyncio.to_thread(self._raw, id_, one, one.text, note)
        assert one.document is not None
        return await asyncio.to_thread(self._form, id_, one, texts_of(one.document), note=note)

    async def digest(self, request: Request) -> Response:
        """The digest of the file as it stands, by which an open form sees that it has become old."""
        one = await asyncio.to_thread(files.read, self.root, request.path_params["id"])
        return Response(one.digest if one else "", media_type="text/plain")

    async def store(self, request: Request) -> Response:
        """Save what the form sent."""
        id_ = request.path_params["id"]
        form = _parsed(await request.body())
        raw = form["raw"][-1] if "raw" in form else None
        sent = Sent(
            {name: form[name][-1] for name in NAMES if name in form},
            frozenset(form.get("checked", ())),
            _last(form, "digest"),
        )
        if not self.pages.token.fits(_last(form, "token")):
            texts = [raw] if raw is not None else [sent.texts[name] for name in NAMES if sent.texts.get(name)]
            return self.pages.render("expired.html", 403, id=id_, texts=texts)
        builds = self.pages.hub.begun  # a build that runs already may not see what is saved now
        if raw is None:
            result = await asyncio.to_thread(save, self.root, id_, sent)
        else:
            result = await asyncio.to_thread(save_raw, self.root, id_, raw, sent.digest)
        if result.kind in ("saved", "same"):
            return await self._after(id_, result.kind == "saved", _last(form, "then"), builds)
        if result.now is None:
            return self._none(id_)
        if raw is not None:
            return await asyncio.to_thread(self._raw_refused, id_, raw, result)
        return await asyncio.to_thread(self._refused, id_, sent, result)

    async def _after(self, id_: str, changed: bool, then: str, builds: int) -> Response:
        to = f"/edit/{quote(id_)}?saved={'1' if changed else 'same'}"
        if then == "view":
            if changed:
                await self.pages.hub.after(builds, _BUILT_WITHIN)
            to = f"/{address(address_of(id_))}"
        elif then == "next":
            to = await asyncio.to_thread(self._next_after, id_)
        return RedirectResponse(to, 303)

    # -- what is shown when nothing was written --------------------------------------------------------------
    def _refused(self, id_: str, sent: Sent, result: Result) -> Response:
        now, t = result.now, self.t
        assert now is not None
        if now.document is None or not now.has_fields:
            return self._raw(id_, now, now.text, alert=t.changed if result.kind == "changed" else t.raw_note)
        if result.kind == "changed":
            base = self.versions.get(sent.digest, now.path)
            joined = rejoined(base.document if base else None, sent, now.document)
            alert = f"{t.changed} {t.changed_how}"
            return self._form(id_, now, joined.texts, sent=sent, theirs=joined.theirs, alert=alert, status=409)
        alerts = {
            "faulty": t.not_saved,
            "stubborn": t.stubborn,
            "busy": t.busy.format(result.detail),
            "unwritable": t.unwritable.format(result.detail),
        }
        texts = {**texts_of(now.document), **sent.texts}
        status = {"faulty": 422, "stubborn": 422, "busy": 503}.get(result.kind, 500)
        return self._form(
            id_, now, texts, sent=sent, problems=result.problems, alert=alerts[result.kind], status=status
        )

    def _raw_refused(self, id_: str, text: str, result: Result) -> Response:
        now, t = result.now, self.t
        assert now is not None
        alerts = {
            "changed": f"{t.changed} {t.changed_raw}",
            "busy": t.busy.format(result.detail),
            "unwritable": t.unwritable.format(result.detail),
        }
        return self._raw(
            id_,
            now,
            text,
            alert=alerts.get(result.kind, t.not_saved),
            problems=result.problems.get("", []),
            theirs=now.text if result.kind == "changed" else None,
            status={"changed": 409, "faulty": 422, "busy": 503}.get(result.kind, 500),
        )

    def _none(self, id_: str) -> Response:
        return self.pages.failed(404, self.t.not_found, self.t.no_article.format(id_[:200]))

    # -- pages -----------------------------------------------------------------------------------------------
    def _form(
        self,
        id_: str,
        one: Opened,
        texts: Mapping[str, str],
        *,
        note: str = "",
        alert: str = "",
        sent: Sent | None = None,
        problems: Mapping[str, Sequence[Problem]] | None = None,
        theirs: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        assert one.document is not None
        self.versions.keep(one)
        document, article = one.document, one.document.article
        machine = files.reading(self.root, document)
        open_ = files.conflicts(document, machine, blocks_of(document.body))
        boxes = {
            name: Box(
                name,
                _widget(name),
                texts.get(name, ""),
                doubted=name in article.review or any(conflict.field == name for conflict in open_),
                ticked=bool(sent and name in sent.checked),
                reasons=[doubt.sentence[self.t.language] for doubt in machine.doubts if doubt.field == name]
                if machine
                else [],
                machine=[conflict for conflict in open_ if conflict.field == name],
                problems=list((problems or {}).get(name, ())),
                theirs=(theirs or {}).get(name),
            )
            for name in NAMES
        }
        config = load_config(self.root)[0]
        return self.pages.render(
            "edit.html",
            status,
            id=id_,
            file=one,
            article=article,
            url="/" + address(article.url),
            groups=[(group, [boxes[name] for name in names]) for group, names in GROUPS.items()],
            kinds=[kind.value for kind in Kind],
            sections=config.sections if config else (),
            extra=document.extra,
            parts=files.scan_parts(self.root, article.source),
            note=note,
            alert=alert,
            problems=list((problems or {}).get("", ())),
            standing=one.problems,
            faulty=has_errors(one.problems),
        )

    def _raw(
        self,
        id_: str,
        one: Opened,
        text: str | None,
        note: str = "",
        *,
        alert: str = "",
        problems: Sequence[Problem] = (),
        theirs: str | None = None,
        status: int = 200,
    ) -> Response:
        sources = one.document.article.source if one.document else ()
        return self.pages.render(
            "raw.html",
            status,
            id=id_,
            file=one,
            url="/" + address(address_of(id_)),
            text=text,
            rows=min(60, (text or "").count("\n") + 4),
            parts=files.scan_parts(self.root, sources),
            note=note,
            alert=alert,
            problems=problems or one.problems,
            faulty=has_errors(one.problems),
            theirs=theirs,
        )


def _widget(name: str) -> str:
    if name == "body":
        return "body"
    form = BY_NAME[name].form
    if form in (Form.NAMES, Form.TEXTS):
        return "lines"
    return {Form.KIND: "kind", Form.SECTION: "section"}.get(form, "line")


def _parsed(body: bytes) -> dict[str, list[str]]:
    """The fields of a form, line ends as `\\n`; a form of too many fields is none of ours."""
    try:
        form = parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(413) from None
    return {name: [one.replace("\r\n", "\n").replace("\r", "\n") for one in values] for name, values in form.items()}


def _last(form: Mapping[str, list[str]], name: str) -> str:
    return form.get(name, [""])[-1]
