"""The article files of an archive by their names, so that an issue finds its own without opening the rest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

from jianbao.articles.document import read_document
from jianbao.articles.edit import blocks_of
from jianbao.articles.same_text import File
from jianbao.folder.store import UNREADABLE, Root
from jianbao.model import is_article_id
from jianbao.problems import Problem, has_errors

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=-)")


class Shelf:
    """Looks at names only; `pick` opens what it picks."""

    def __init__(self, root: Root, limit: int) -> None:
        self.root, self.limit = root, limit
        self.by_stem: defaultdict[str, list[str]] = defaultdict(list)
        self.by_group: defaultdict[str, list[str]] = defaultdict(list)
        for file in root.files("articles", (".md",)):
            stem = PurePosixPath(file.path).stem
            self.by_stem[stem].append(file.path)
            self.by_group[_group(stem)].append(file.path)

    def stems(self, prefixes: Iterable[str]) -> Iterator[str]:
        """Names that are ids of the issues of these prefixes."""
        for group in {_group(f"{prefix}-0") for prefix in prefixes} - {""}:
            yield from (PurePosixPath(path).stem for path in self.by_group[group])

    def pick(self, ids: set[str], prefixes: Iterable[str]) -> tuple[list[File] | None, list[Problem]]:
        """The files that may be an issue's: by id, by the beginning of their id, or of a name that is none.
        None where one of them cannot be read: then the issue waits until it is mended."""
        groups = {_group(f"{prefix}-0") for prefix in prefixes}
        certain = {path for group in groups for path in self.by_group[group]}
        certain |= {path for one in ids for path in self.by_stem.get(one, ())}
        files: list[File] = []
        problems: list[Problem] = []
        whole = True
        for path in sorted(certain | set(self.by_group[""])):
            try:
                data = self.root.read(path, self.limit)
            except UNREADABLE:  # the catalogue says why
                whole = False
                continue
            document, faults = read_document(data, path)
            if document is None or has_errors(faults):
                if path in certain:
                    problems += faults
                    whole = False
                continue
            if document.article.id in ids or _group(document.article.id) in groups:
                fields = {name: value for name, value in document.fields.items() if name != "id"}
                files.append(File(document.article.id, path, data, fields, blocks_of(document.body)))
        return (files if whole else None), problems


def _group(stem: str) -> str:
    """What the ids of an issue have in common: its day, or all of an undated page's prefix; "" for no id."""
    if not is_article_id(stem):
        return ""
    day = _DAY.match(stem)
    return day[0] if day else stem.rpartition("-")[0]
