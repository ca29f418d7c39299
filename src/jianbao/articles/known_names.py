"""The names signed in an archive: who has signed before is known again on new pages."""

from __future__ import annotations

from collections import defaultdict

from jianbao.articles.document import read_document
from jianbao.folder.store import UNREADABLE, Root
from jianbao.model import Article


def names_of(root: Root) -> dict[str, int]:
    """How often each name is signed in the archive's articles."""
    counts: defaultdict[str, int] = defaultdict(int)
    for file in root.files("articles", (".md",)):
        try:
            document, _ = read_document(root.read(file.path), file.path)
        except UNREADABLE:
            continue
        if document:
            count_names(document.article, counts)
    return dict(counts)


def count_names(article: Article, counts: dict[str, int]) -> None:
    """Add an article's signed names to the counts."""
    for byline in article.bylines:
        counts[byline.name] = counts.get(byline.name, 0) + 1
