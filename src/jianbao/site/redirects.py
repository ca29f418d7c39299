"""Old addresses of renamed people, sections and tags, and of articles joined into others, lead to the new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from jianbao.archive import folded
from jianbao.model import address_of, is_article_id
from jianbao.site.core import Site, View
from jianbao.site.names import address, folder_name


@dataclass(frozen=True)
class _Kind:
    """Names in use, where a name's page lies (below the site's root, no slash at its end), and the link to it."""

    known: Mapping[str, object]
    folder: Callable[[str], str]
    link: Callable[[str], str]


def redirect_views(site: Site) -> Iterator[View]:
    """One page for each old name that is no longer in use; a chain of renames leads to its end."""
    archive = site.archive
    kinds = {
        "reporter": _Kind(archive.people, _below("reporters", site.reporter_folders), site.reporter),
        "section": _Kind(archive.sections, _below("sections", site.section_folders), site.section),
        "tag": _Kind(archive.tags, _below("tags", site.tag_folders), site.tag),
        "article": _Kind(archive.by_id, _article, lambda one: address(archive.by_id[one].url) + "index.html"),
    }
    taken = {
        kind: {folded(each.folder(name)) for name in each.known} for kind, each in kinds.items() if archive.renames
    }
    steps = {(rename.kind, rename.old): rename.new for rename in archive.renames}
    for rename in archive.renames:
        kind = kinds[rename.kind]
        new = rename.new
        for _ in archive.renames:
            if new in kind.known or (rename.kind, new) not in steps:
                break
            new = steps[rename.kind, new]
        folder = kind.folder(rename.old)
        if new not in kind.known or not folder or folded(folder) in taken[rename.kind]:
            continue
        taken[rename.kind].add(folded(folder))
        name = site.card(archive.by_id[new]).title if rename.kind == "article" else new
        link = kind.link(new)
        key = site.key("moved", rename.kind, rename.old, name, link)
        yield site.view(f"{folder}/index.html", "moved.html", key, _context, name, link)


def _below(parent: str, folders: Mapping[str, str]) -> Callable[[str], str]:
    return lambda name: f"{parent}/{folders.get(name) or folder_name(name)}"


def _article(number: str) -> str:
    """Where an article lies or lay; "" for what is no id that a folder can be made of."""
    if not is_article_id(number):
        return ""
    parts = address_of(number).rstrip("/").split("/")
    return "/".join(parts) if all(part == folder_name(part) for part in parts) else ""


def _context(name: str, target: str) -> dict[str, object]:
    return {"nav": "moved", "name": name, "target": target, "canonical": ""}
