"""The import as `build` and `import` both run it: with the cache, which knows the scans that need not be opened and
the names signed in the archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from jianbao.articles.known_names import count_names
from jianbao.building.cache import Cache, as_oserror
from jianbao.building.catalog import Catalog, read_catalog
from jianbao.building.imported_scans import Settled
from jianbao.building.inputs import Seen, code_version, forget_made
from jianbao.folder.layout import CACHE, WORK
from jianbao.folder.store import Root
from jianbao.folder.sweep import sweep

if TYPE_CHECKING:
    from jianbao.articles.importer import ImportReport
    from jianbao.config import Config

Item = TypeVar("Item")
Result = TypeVar("Result")


class Runner(Protocol):
    """Runs a job over items somewhere, in order."""

    def __call__(self, job: Callable[[Item], Result], items: Sequence[Item], /) -> Iterable[Result]: ...  # noqa: D102


def import_known(
    root: Root,
    config: Config,
    cache: Cache,
    seen: Seen,
    catalog: Callable[[], Catalog],
    run: Runner,
    pages: Sequence[str] | None = None,
    *,
    again: bool = False,
    begin: Callable[[], object] = lambda: None,
) -> ImportReport | None:
    """Import what is new and changed; None where every scan is as the last import left it, which costs next to
    nothing. `seen` is what lies there now; `catalog` is asked for only where something is to be read, `begin` is called
    before. For who holds the lock."""
    sweep(root, [*seen.scans.left, *seen.articles.left])

    def names() -> dict[str, int]:
        articles = catalog().all_articles
        if cache.shelved:
            return {name: works for name, _, works in cache.shelves().counts("person")}
        counts: dict[str, int] = {}
        for article in articles():
            count_names(article, counts)
        return counts

    settled = Settled(seen.scans.files, cache)
    if settled.all and pages is None and not again:
        return None
    begin()
    # Loaded only now: the reading of pages is half of the program.
    from jianbao.articles.importer import import_scans

    report = import_scans(root, config, pages, again=again, run=run, known_names=names, heads=settled.heads)
    if pages is None:  # of pages that were not asked for nobody knows whether they changed
        settled.keep(report.heads)
    return report


def import_alone(
    root: Root, config: Config, run: Runner, pages: Sequence[str] | None = None, *, again: bool = False
) -> ImportReport:
    """The import without a build after it. For who holds the lock."""
    from jianbao.articles.importer import ImportReport

    work = root.path(WORK)
    try:
        with Cache(work / CACHE, code_version()) as cache:
            if cache.fresh:
                forget_made(work)

            seen = Seen.of(root)

            def catalog() -> Catalog:
                return read_catalog(root, cache, config.limits.article, run, seen.articles)

            report = import_known(root, config, cache, seen, catalog, run, pages, again=again)
            return report or ImportReport(unchanged=len(cache.scans()), problems=seen.scans.strays)
    except sqlite3.Error as failure:
        raise as_oserror(failure, str(work)) from failure
