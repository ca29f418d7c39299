"""New names for old: a reporter, a section or a tag over the whole archive; old addresses lead to the new."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from jianbao.articles.document import Document, read_document
from jianbao.articles.edit import UneditableError, edited
from jianbao.articles.fields import NAMES_FIELDS, Fields
from jianbao.articles.people import signed
from jianbao.articles.redirects import PATH, read_moves, read_renames, redirect_faults, remember
from jianbao.articles.values import ValueFaultError, normal, normal_list
from jianbao.folder.store import Root
from jianbao.problems import Problem, error, has_errors, warning
from jianbao.settings import PATH as SETTINGS
from jianbao.settings import load_config

__all__ = ["Renamed", "diff", "read_moves", "read_renames", "rename", "similar"]

Kind = Literal["reporter", "section", "tag"]


@dataclass(slots=True)
class Renamed:
    """What a renaming changed, or with a dry run would change: path → unified diff."""

    changes: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def rename(root: Root, kind: Kind, old: str, new: str, *, dry_run: bool = False) -> Renamed:
    """Give a person, a section or a tag another name in every article; the old address will lead to the new.
    Nothing is written where anything is wrong."""
    result = Renamed()
    old = " ".join(old.split())
    try:
        new = _checked(kind, new)
        if kind == "reporter":
            old, new = _names_of(old, new)
    except ValueFaultError:
        said = f"“{new}”不能作名字", f"“{new}” cannot be a name"
        result.problems.append(
            error(
                PATH,
                0,
                0,
                *said,
                do="只写一个名字；不能是空的，里面不要有斜杠；记者只写姓名，身份留在各篇文章里",
                do_en="write one name, not empty, without slashes; of a reporter the name only, roles stay as they are",
                code="name",
            )
        )
        return result
    result.problems += redirect_faults(root)
    writes: dict[str, bytes] = {}
    for file in root.files("articles", (".md",)):
        data = root.read(file.path)
        document, problems = read_document(data, file.path)
        if document is None:
            result.problems += problems
            continue
        changes = _changes(document, kind, old, new)
        if not changes:
            continue
        try:
            made = edited(data, changes)
        except UneditableError:
            said = "此文件的写法无法自动改动", "this file cannot be changed automatically"
            result.problems.append(error(file.path, 1, 1, *said, do="请手工改名", do_en="by hand", code="stubborn"))
            continue
        writes[file.path] = made
        result.changes[file.path] = diff(file.path, data, made)
    if not result.changes and not result.problems:
        said = f"没有文章里有“{old}”", f"“{old}” is in no article"
        result.problems.append(warning("articles", 0, 0, *said, code="not-found"))
    if kind == "section" and not result.problems:
        result.problems += _still_listed(root, old, new)
    if not result.changes or has_errors(result.problems) or dry_run:
        return result
    for path, made in writes.items():
        root.write(path, made, durable=True)
    remember(root, kind, {old: new})
    return result


def _still_listed(root: Root, old: str, new: str) -> Iterator[Problem]:
    """site.yaml is the archivist's: where its `sections` name the old section, its place in the order is lost."""
    config, _ = load_config(root)
    if config and old in config.sections:
        zh, en = f"sections 里还写着“{old}”", f"“{old}” still stands under sections"
        do, do_en = f"改成“{new}”，新版名才排在原来的位置", f"write “{new}” there, so that it keeps its place"
        yield warning(SETTINGS, 0, 0, zh, en, do=do, do_en=do_en, code="section-listed")


def diff(path: str, before: bytes, after: bytes) -> str:
    """The difference as a unified diff, for people to look at first."""
    one, other = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    return "".join(
        line if line.endswith("\n") else line + "\n" for line in difflib.unified_diff(one, other, path, path, n=1)
    )


def _checked(kind: Kind, name: str) -> str:
    if kind == "section":
        made = normal("section", name)
        if not isinstance(made, str) or not made:
            raise ValueFaultError("name", name)
        return made
    items = normal_list("tags" if kind == "tag" else "reporter", (name,))
    if len(items) != 1:
        raise ValueFaultError("name", name)
    return items[0]


def _names_of(old: str, new: str) -> tuple[str, str]:
    """The names alone: people write `记者 王研` as they see it in a file. What role somebody had is another matter."""
    (old_role, old), (new_role, new) = signed(old), signed(new)
    if new_role not in ("", old_role):
        raise ValueFaultError("name", new)
    return old, new


def _changes(document: Document, kind: Kind, old: str, new: str) -> Fields:
    fields = document.fields
    if kind == "section":
        return {"section": new} if fields.get("section") == old else {}
    if kind == "tag":
        tags = fields.get("tags", ())
        return {"tags": tuple(dict.fromkeys(new if tag == old else tag for tag in tags))} if old in tags else {}
    changes: Fields = {}
    for one in NAMES_FIELDS:
        people = fields.get(one.name, ())
        made = tuple(dict.fromkeys(_renamed(person, old, new) for person in people))
        if made != people:
            changes[one.name] = made
    return changes


def _renamed(person: str, old: str, new: str) -> str:
    _, name = signed(person)
    return person.removesuffix(name) + new if name == old else person


def similar(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names of three or more characters, or two, that differ in exactly one."""
    by_pattern: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(set(names)):
        if 2 <= len(name) <= 6:
            for i in range(len(name)):
                by_pattern.setdefault((name[:i], "", name[i + 1 :]), []).append(name)
    return sorted({(a, b) for group in by_pattern.values() for n, a in enumerate(group) for b in group[n + 1 :]})
