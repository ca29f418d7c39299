"""The Jinja2 environment: an archive's templates replace the shipped ones file by file; faults are Problems.

A template of the archive may build on the one it replaces: `{% extends "shipped/article.html" %}`.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from types import CodeType
from typing import Any, Protocol

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from jianbao.problems import Problem, ProblemError, error
from jianbao.site.escaping import escaped

# What a template uses of others: the name where it is a literal, else "".
_USES = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\b\s*(?:["']([^"'\n]+)["'])?""")
_PIECES_KEPT = 1000
_PIECES = re.compile(r"""\bpiece\(\s*(?:["']([^"'\n]+)["'])?""")


class Rendered(Protocol):
    """What the renderer needs of a View."""

    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def template(self) -> str: ...  # noqa: D102
    @property
    def context(self) -> Callable[[], Mapping[str, object]]: ...  # noqa: D102


def _escaped(value: object) -> object:
    """What `{{ … }}` writes of a value. A template joins what it writes at once, so plain text stays plain."""
    if value.__class__ is str:
        return escaped(value)
    return value if value.__class__ is Markup else escape(value)


class _Template(Template):
    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = _escaped
        return made


class _NoText(TemplateSyntaxError):
    pass


class _Folder(FileSystemLoader):
    """A folder of templates, where a file that is no UTF-8 text is a faulty template; pictures may lie there unused."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as failure:
            line = failure.object.count(b"\n", 0, failure.start) + 1
            raise _NoText("not UTF-8 text", line, template) from failure


class _Environment(Environment):
    """Templates stay as they are while a build runs, so each is looked for once."""

    template_class = _Template

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (the library's own)
        super().__init__(**options)
        self._found: dict[str | Template, Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template knows: copied once, as each page copies it again, and a chain of mappings slowly."""
        return {**self.globals, **(d or {})}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        template = self._found.get(name)
        if template is None:
            template = self._found[name] = super().get_template(name, parent, globals)
        return template


class Renderer:
    """Renders views with the templates of `folders`, first found wins, the shipped folder last. Compiled
    templates are kept in the folder `cache`."""

    def __init__(self, folders: Sequence[Path], cache: Path | None = None) -> None:
        self._folders = tuple(folders)
        self._cache = cache
        self._templates: dict[str, Template] = {}
        self._versions: dict[str, str] = {}
        self._pieces: dict[tuple[str, str, str, object], Markup] = {}
        self._site: object = None

    def __reduce__(self) -> tuple[type[Renderer], tuple[Sequence[Path], Path | None]]:
        return Renderer, (self._folders, self._cache)

    @cached_property
    def environment(self) -> Environment:
        """The environment: everything is escaped, an unknown name is a fault."""
        if self._cache is not None:
            self._cache.mkdir(parents=True, exist_ok=True)
        shipped = _Folder(self._folders[-1])
        environment = _Environment(
            loader=ChoiceLoader([*map(_Folder, self._folders), PrefixLoader({"shipped": shipped})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=FileSystemBytecodeCache(str(self._cache)) if self._cache is not None else None,
        )
        environment.globals["piece"] = self._piece
        return environment

    def render(self, view: Rendered) -> bytes:
        """The file of a view."""
        context = view.context()
        if not view.template:
            data = context["bytes"]
            assert isinstance(data, bytes)
            return data
        template = self._template(view.template)
        try:
            return template.render(context).encode("utf-8", "replace")
        except TemplateError as fault:
            raise self._fault(view, fault) from fault
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
            if not _lines_of_templates(fault):
                raise
            raise self._fault(view, fault) from fault

    @pass_context
    def _piece(self, context: Context, name: str, given: object = None) -> Markup:
        """A template that knows only the site, the way to its root, the current room and what it is given: made once
        for each."""
        values = context.parent
        site = values["site"]
        if site is not self._site or len(self._pieces) >= _PIECES_KEPT:
            self._site = site
            self._pieces.clear()
        key = (name, values["root"], values["nav"], given)
        piece = self._pieces.get(key)
        if piece is None:
            known = {each: values[each] for each in ("site", "root", "nav", "config", "t", "asset")}
            text = self.environment.get_template(name).render(known, given=given)
            piece = self._pieces[key] = Markup(text.rstrip("\n"))  # noqa: S704 (rendered with escaping)
        return piece

    def version(self, name: str) -> str:
        """The hash of a template with everything it includes, imports and extends; "" for no template."""
        if name not in self._versions:
            self._versions[name] = self._version(name) if name else ""
        return self._versions[name]

    def all_versions(self) -> str:
        """The hash of all templates there are."""
        mark = blake2b(digest_size=16)
        for name in self.environment.list_templates():
            mark.update(f"{name}\0{self._source(name)}\0".encode("utf-8", "surrogatepass"))
        return mark.hexdigest()

    def prepare(self, names: Iterable[str]) -> None:
        """Compile these templates with all they use: before a process forks into several, which else do it each."""
        for name in {one for each in names if each for one in self._sources(each)}:
            with suppress(TemplateError):  # rendering will say so
                self.environment.get_template(name)

    def faults(self) -> list[Problem]:
        """What keeps the site's templates from being compiled, the first fault of each."""
        found: list[Problem] = []
        for name in self.environment.list_templates(["html"]):
            if "serve/" in name:  # those of `jianbao serve` have an environment of their own
                continue
            try:
                self._template(name)
            except ProblemError as fault:
                found.append(fault.problem)
        return found

    def _version(self, name: str) -> str:
        found = self._sources(name)
        mark = blake2b(digest_size=16)
        for one in sorted(found):
            mark.update(f"{one}\0{found[one]}\0".encode("utf-8", "surrogatepass"))
        return mark.hexdigest()

    def _sources(self, name: str) -> dict[str, str]:
        """The sources of a template and of all it uses, by name."""
        found: dict[str, str] = {}
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one in found:
                continue
            source = found[one] = self._source(one)
            # A name that is only known when rendering may be any template.
            for literal in [*_USES.findall(source), *_PIECES.findall(source)]:
                waiting += [literal] if literal else self.environment.list_templates()
        return found

    def _source(self, name: str) -> str:
        """The text of a template; "" where it cannot be read: rendering will say so."""
        try:
            source, _, _ = self.environment.loader.get_source(self.environment, name)  # type: ignore[union-attr]
        except TemplateError:
            return ""
        return source

    def _template(self, name: str) -> Template:
        template = self._templates.get(name)
        if template is None:
            try:
                template = self.environment.get_template(name)
            except TemplateError as fault:
                raise ProblemError(self._problem(name, fault)) from fault
            self._templates[name] = template
        return template

    def _fault(self, view: Rendered, fault: Exception) -> ProblemError:
        return ProblemError(self._problem(view.template, fault, view.path))

    def _problem(self, name: str, fault: Exception, page: str = "") -> Problem:
        what = f"{type(fault).__name__}: {fault}" if not isinstance(fault, TemplateError) else fault.message or name
        line = 0
        if isinstance(fault, TemplateSyntaxError):
            name, line = fault.name or name, fault.lineno
        elif isinstance(fault, TemplateNotFound):
            what = f"no template {fault.name}"
        if not line and (places := _lines_of_templates(fault)):
            file, line = places[-1]
            name = self._name_of(file) or name
        where = f"（渲染 {page} 时）" if page else ""
        where_en = f" (while rendering {page})" if page else ""
        return error(
            f"templates/{name}",
            line,
            0,
            f"模板有错：{'不是 UTF-8 文本' if isinstance(fault, _NoText) else what}{where}",
            f"template fault: {what}{where_en}",
            do="改正模板；删去 templates/ 里的这个文件则用随程序提供的模板",
            do_en="mend the template, or delete it from templates/ to use the one that comes with Jianbao",
            code="template",
        )

    def _name_of(self, file: str) -> str:
        for folder in self._folders:
            if Path(file).is_relative_to(folder):
                return Path(file).relative_to(folder).as_posix()
        return ""


def _lines_of_templates(fault: BaseException) -> list[tuple[str, int]]:
    frames: list[Any] = list(traceback.extract_tb(fault.__traceback__))
    return [(frame.filename, frame.lineno or 0) for frame in frames if frame.filename.endswith((".html", ".xml"))]
