"""An article file ⇄ its metadata and its text. Forgiving on reading, strict on writing.

Plain files take the quick way; whatever looks odd is read again carefully, with a place for each fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from jianbao.articles import careful_reading
from jianbao.articles.fields import BY_NAME, FIELDS, NAMES_FIELDS, Fields, Value
from jianbao.articles.frontmatter import compose, quick
from jianbao.articles.markup import is_plain, plain
from jianbao.articles.people import byline, written
from jianbao.articles.values import ValueFaultError, date, normal, normal_list
from jianbao.digests import digest_of
from jianbao.encoding import decode_article
from jianbao.model import Article, Kind
from jianbao.problems import Problem
from jianbao.roles import field_of_role

_LEAD: Final = 120
_SENTENCE_END: Final = re.compile(r"(?<=[。！？…；：”’」』）》】])\n")  # needs no space before the next paragraph
# What an article takes over from its fields as it stands.
_AS_NORMALISED: Final = frozenset(
    {"id", "title", "kicker", "subtitle", "section", "page", "column", "captions", "tags", "source", "review"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """An article as its file holds it: `article` its metadata, `body` its Markdown (line ends `\\n`), `fields`
    the normalised front matter, `extra` the names of fields nobody knows, `text` the file as it stands."""

    article: Article
    body: str
    fields: Mapping[str, Value]
    extra: tuple[str, ...]
    text: str

    def place(self, name: str) -> tuple[int, int]:
        """Line and column of a field's value; of the first line where there is no such field."""
        return careful_reading.place(self.text, name)


def read_document(data: bytes, path: str) -> tuple[Document | None, list[Problem]]:
    """The article in a file's bytes, and everything wrong with it; None where an error leaves no article."""
    document = _read_quickly(data, path)
    if document is not None:
        return document, []
    text, problems = decode_article(data, path)
    if text is None or problems:
        return None, problems
    fields, extra, body, problems = careful_reading.read(text, path)
    if fields is None:
        return None, problems
    return Document(article_of(fields, body, path, digest_of(data)), body, fields, extra, text), problems


def read_body(data: bytes, path: str) -> str | None:
    """The `body` of `read_document` alone, at a fraction of its cost where nothing about the file is odd."""
    text = data.decode("utf-8", "replace")
    end = text.find("\n---", 3) if text.startswith("---\n") else -1
    if end > 0 and text.startswith("\n---\n", end) and "\ufffd" not in text:
        body = text[end + 5 :].strip("\n")
        if is_plain(body):
            return body
    document, _ = read_document(data, path)
    return document.body if document else None


def write_document(article: Article, body: str) -> str:
    """The file of an article; reading it gives the same article and body again."""
    return compose(fields_of(article), body)


def _read_quickly(data: bytes, path: str) -> Document | None:
    """The document where nothing about the file is odd."""
    try:
        whole = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    text = whole.replace("\r\n", "\n") if "\r" in whole else whole
    if not text.startswith("---\n"):
        return None
    end = text.find("\n---\n", 3)
    if end < 0 or end > careful_reading.LONGEST_FRONT:
        return None
    front, body = text[4 : end + 1], text[end + 5 :].strip("\n")
    if (
        not front.replace("\n", "").replace("\u3000", "").isprintable()
        or not is_plain(body)
        or careful_reading.STUCK.search(front)
    ):
        return None
    values = quick(front)
    if values is None:
        return None
    fields: Fields = {}
    try:
        for name, value in values.items():
            if name not in BY_NAME:
                return None
            made = normal(name, value) if isinstance(value, str) else _listed(name, value)
            if made:
                fields[name] = made
    except ValueFaultError:
        return None
    if careful_reading.is_odd(fields, body, path):
        return None
    return Document(article_of(fields, body, path, digest_of(data)), body, fields, (), whole)


def _listed(name: str, items: tuple[str, ...]) -> tuple[str, ...]:
    if not BY_NAME[name].is_list and items:
        raise ValueFaultError("is-list")
    return normal_list(name, items)


def article_of(fields: Mapping[str, Value], body: str, path: str, digest: str) -> Article:
    """The metadata in normalised fields."""
    lead = plain(body)
    day = fields.get("date")
    kept: dict[str, Any] = {name: value for name, value in fields.items() if name in _AS_NORMALISED}
    return Article(
        path=path,
        digest=digest,
        date=date(str(day)) if day else None,
        bylines=tuple(
            [
                byline(person, field.name, field.role)
                for field in NAMES_FIELDS
                if field.name in fields
                for person in fields[field.name]
            ]
        ),
        kind=Kind(str(fields["kind"])) if "kind" in fields else Kind.NEWS,
        lead=_SENTENCE_END.sub("", lead[:_LEAD]).replace("\n", " "),
        length=len(lead) - lead.count("\n"),
        **({"title": ""} | kept),
    )


def fields_of(article: Article) -> Fields:
    """The front matter of an article, empty fields left out."""
    fields: Fields = {}
    for field in FIELDS:
        if field in NAMES_FIELDS:
            value: Value = tuple(
                written(one, field.role) for one in article.bylines if (field_of_role(one.role)) == field.name
            )
        elif field.name == "date":
            value = str(article.date) if article.date else ""
        else:
            value = getattr(article, field.name)
            value = value if isinstance(value, tuple) else str(value)
        if value:
            fields[field.name] = value
    return fields
