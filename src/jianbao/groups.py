"""What an article belongs to: people, its section, tags, scans, month, issue. Names are in Unicode form C."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from jianbao.model import Article
from jianbao.roles import RoleField, field_of_role
from jianbao.sources import read_source


@dataclass(frozen=True, slots=True)
class Work:
    """What one person did for one article."""

    article: Article
    role: str  # as signed: 首席记者; "" where no role is printed
    field: RoleField


def has_issue(article: Article) -> bool:
    """Whether its day of printing is known, so that it stands in an issue."""
    return article.date is not None and article.date.is_day and not article.date.estimated


def works_of(article: Article) -> dict[str, list[Work]]:
    """What each person did for an article, by name (Unicode form C)."""
    found: dict[str, list[Work]] = {}
    for name, byline in zip(people_of(article), article.bylines, strict=True):
        found.setdefault(name, []).append(Work(article, byline.role, field_of_role(byline.role)))
    return found


def people_of(article: Article) -> list[str]:
    """The names of all bylines."""
    return [unicodedata.normalize("NFC", byline.name) for byline in article.bylines]


def section_of(article: Article) -> str:
    """The section of an article in Unicode form C."""
    return unicodedata.normalize("NFC", article.section)


def tags_of(article: Article) -> Iterable[str]:
    """The tags of an article, each once, in Unicode form C."""
    return dict.fromkeys(unicodedata.normalize("NFC", tag) for tag in article.tags)


def scans_of(article: Article) -> Iterable[str]:
    """The scans of an article, each once."""
    return dict.fromkeys(source.path for text in article.source if (source := read_source(text)))


def month_of(article: Article) -> str:
    """The name of its `Month`."""
    return article.date.iso[:7] if article.date else "undated"
