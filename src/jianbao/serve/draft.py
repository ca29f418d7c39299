"""The page of an article just saved, made at once from what is in memory; the whole build follows behind it.

At 10,000 articles a build looks at a hundred thousand files; the person who pressed save waits for one page.
Drafts are shown by the server alone and never published: the build that follows decides.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from jianbao.archive import Rename, assemble
from jianbao.articles.document import read_document
from jianbao.articles.redirects import read_renames
from jianbao.building.bodies import Bodies
from jianbao.building.cache import Cache
from jianbao.building.inputs import code_version
from jianbao.building.rendering import Sources
from jianbao.config import Config
from jianbao.digests import digest_of
from jianbao.folder import shipped
from jianbao.folder.layout import BYTECODE, CACHE, SEARCH, WORK
from jianbao.folder.store import UNREADABLE, Root
from jianbao.model import Article
from jianbao.problems import Problem, ProblemError, has_errors
from jianbao.search.index import SearchIndex
from jianbao.settings import load_config
from jianbao.site.articles import Articles
from jianbao.site.core import Site
from jianbao.site.scans import Scans
from jianbao.site.scope import Scope
from jianbao.site.templates import Renderer

_MOST = 20  # files saved at once; more is no editor at work but an import


@dataclass(frozen=True, slots=True)
class Draft:
    """Pages by output path, and what is wrong with the files that were saved."""

    pages: Mapping[str, bytes]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Known:
    """The archive as the last build left it."""

    config: Config
    articles: dict[str, Article]
    renames: tuple[Rename, ...]
    related: Mapping[str, tuple[str, ...]]
    scans: Mapping[str, str]
    assets: Mapping[str, str]
    renderer: Renderer


class Drafter:
    """Makes drafts; lives in the process that builds."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self._known: _Known | None = None

    def forget(self) -> None:
        """More has changed than articles."""
        self._known = None
        gc.unfreeze()

    def prepare(self) -> None:
        """Load what drafts are made of, unless it is there; while nobody waits."""
        if self._known is not None:
            return
        config = load_config(self.root)[0]
        if config is None:
            return
        work = self.root.path(WORK)
        with Cache(work / CACHE, code_version()) as cache:
            articles = {path: one.article for path, one in cache.articles().items() if one.article}
        with contextlib.closing(SearchIndex(work / SEARCH)) as index:
            related = index.all_related()
        scans = {file.path: file.mark for file in self.root.files("scans", (".txt",))}
        renderer = Renderer(tuple(shipped.folders(self.root.folder, "templates")), work / BYTECODE)
        renames = read_renames(self.root)[0]
        assets = shipped.assets(shipped.static_files(self.root.folder))
        self._known = _Known(config, articles, renames, related, scans, assets, renderer)
        gc.freeze()  # what stays is not to be searched for garbage while somebody waits

    def draft(self, paths: Iterable[str]) -> Draft | None:
        """The pages of the articles in these files; None where only a build can tell."""
        paths = sorted(paths)
        known = self._known
        if known is None or len(paths) > _MOST or any(not path.startswith("articles/") for path in paths):
            self.forget()
            return None
        problems: list[Problem] = []
        changed: list[Article] = []
        for path in (path for path in paths if path.endswith(".md")):
            article, found = self._read(path)
            problems += found
            if has_errors(found):
                continue  # its last good page stays
            if article is None:
                known.articles.pop(path, None)
            else:
                known.articles[path] = article
                changed.append(article)
        return Draft(self._pages(known, changed), tuple(problems))

    def _read(self, path: str) -> tuple[Article | None, list[Problem]]:
        try:
            data = self.root.read(path)
        except UNREADABLE:
            return None, []
        document, problems = read_document(data, path)
        return replace(document.article, digest=digest_of(data)) if document else None, problems

    def _pages(self, known: _Known, changed: Iterable[Article]) -> dict[str, bytes]:
        wanted = frozenset(article.id for article in changed)
        if not wanted:
            return {}
        archive, _ = assemble(known.config, known.articles.values(), known.renames)
        sources = Sources(Bodies(self.root), known.scans, known.assets)
        sources.relate(known.related)
        site = Site(archive, sources)
        pages: dict[str, bytes] = {}
        for view in Articles(site, Scans(site)).views(Scope({"article": wanted})):
            with contextlib.suppress(ProblemError):  # the build will say so
                pages[view.path] = known.renderer.render(view)
        return pages
