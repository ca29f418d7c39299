"""Old addresses of renamed people, sections and tags, and of articles joined into others, lead to the new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from jianbao.archive import folded
from jianbao.model import address_of, is_article_id
from jianbao.site.core import Site, View
from jianbao.site.names import folder_name


def redirect_views(site: Site) -> Iterator[View]:
    """One page for each old name that is no longer in use; a chain of renames leads to its end."""
    yield from _joined_articles(site)
    archive = site.archive
    kinds: dict[str, tuple[str, Mapping[str, object], dict[str, str], Callable[[str], str]]] = {
        "reporter": ("reporters", archive.people, site.reporter_folders, site.reporter),
        "section": ("sections", archive.sections, site.section_folders, site.section),
        "tag": ("tags", archive.tags, site.tag_folders, site.tag),
    }
    steps = {(rename.kind, rename.old): rename.new for rename in archive.renames}
    seen: set[str] = set()
    for rename in archive.renames:
        if rename.kind == "article":
            continue
        parent, known, folders, link = kinds[rename.kind]
        new = rename.new
        for _ in archive.renames:
            if new in known or (rename.kind, new) not in steps:
                break
            new = steps[rename.kind, new]
        path = f"{parent}/{folder_name(rename.old)}/index.html"
        taken = {folded(folder) for folder in folders.values()}
        if new not in known or folded(folder_name(rename.old)) in taken or folded(path) in seen:
            continue
        seen.add(folded(path))
        yield site.view(path, "moved.html", site.key("moved", rename.old, new, link(new)), _context, new, link(new))


def _joined_articles(site: Site) -> Iterator[View]:
    """One page for each id whose article was joined into another, also by way of a third."""
    known = site.archive.by_id
    moves = {rename.old: rename.new for rename in site.archive.renames if rename.kind == "article"}
    for old, new in moves.items():
        for _ in moves:
            new = moves.get(new, new) if new not in known else new
        if old in known or new not in known or not is_article_id(old):
            continue
        card = site.card(known[new])
        path = address_of(old) + "index.html"
        yield site.view(
            path, "moved.html", site.key("moved", old, card.title, card.href), _context, card.title, card.href
        )


def _context(name: str, target: str) -> dict[str, object]:
    return {"nav": "moved", "name": name, "target": target, "canonical": ""}
