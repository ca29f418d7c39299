"""The file of an article, by its id; a person may have renamed or moved it."""

from __future__ import annotations

from pathlib import PurePosixPath

from jianbao.articles.document import read_document
from jianbao.articles.minting import path_of
from jianbao.articles.values import ValueFaultError, article_id
from jianbao.folder.store import Root

_HEAD = 4096  # bytes of a file in which its id stands


def find(root: Root, id_: str) -> str | None:
    """The path of the article of this id; None where there is none. OSError where a file cannot be read."""
    try:
        usual = path_of(article_id(id_))
    except ValueFaultError:
        return None
    if root.exists(usual):
        return usual
    files = [file.path for file in root.files("articles", (".md",))]
    named = next((path for path in files if PurePosixPath(path).stem == id_), None)
    if named:
        return named
    for path in files:
        data = root.read(path)
        document = read_document(data, path)[0] if id_.encode() in data[:_HEAD] else None
        if document and document.article.id == id_:
            return path
    return None
