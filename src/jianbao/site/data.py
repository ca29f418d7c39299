"""articles.json and articles.csv: the metadata of all articles, for research."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from jianbao.model import Article
from jianbao.roles import ROLE_FIELDS, field_of_role
from jianbao.site.core import Site, View
from jianbao.site.names import address

_COLUMNS = (
    "id", "url", "title", "kicker", "subtitle", "date", "estimated", "section", "page", "column", "kind",
    *ROLE_FIELDS, "tags", "captions", "characters", "unchecked", "source",
)  # fmt: skip
# Spreadsheets take a cell that begins so for a formula.
_FORMULA = "=+-@\t\r"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def data_views(site: Site) -> Iterator[View]:
    """Both files."""
    months = _months(site)
    key = site.key("data", *[month.mark for month in months])
    yield site.file("articles.json", key, _json, site, months)
    yield site.file("articles.csv", key, _csv, site, months)


@dataclass(frozen=True, slots=True)
class _Part:
    """The articles of one month: what is written of them is kept, so that a correction writes one month anew. `mark`
    changes with what is written of them."""

    name: str
    mark: str
    articles: Sequence[Article]


_facts = attrgetter(
    "id",
    "title",
    "kicker",
    "subtitle",
    "section",
    "page",
    "column",
    "kind.value",
    "tags",
    "captions",
    "length",
    "review",
    "source",
)  # fmt: skip (all that a record says but its people and date)


def _months(site: Site) -> list[_Part]:
    found = []
    for month in site.archive.months:
        # Where no file changed, neither did what is written of it: then the mark need not be made again.
        files = site.key("data", month.name, month.mark)
        mark = site.extras.kept(f"{month.name}.mark", files, partial(_mark, site, month.articles)).decode("ascii")
        found.append(_Part(month.name, mark, month.articles))
    return found


def _mark(site: Site, articles: Sequence[Article]) -> bytes:
    people = [[(byline.role, byline.name) for byline in one.bylines] for one in articles]
    facts = repr([[*map(_facts, articles)], people, [str(one.date) for one in articles]])
    return site.key("data", facts).encode("ascii")


def record(site: Site, article: Article) -> dict[str, object]:
    """One article; what is not known is left out."""
    people: dict[str, list[dict[str, str]]] = {}
    for byline in article.bylines:
        one = {"role": byline.role, "name": byline.name} if byline.role else {"name": byline.name}
        people.setdefault(field_of_role(byline.role), []).append(one)
    date = article.date
    found: dict[str, object] = {
        "id": article.id,
        "url": site.base_url + address(article.url),
        "title": article.title,
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "date": date.iso if date else "",
        "estimated": bool(date and date.estimated),
        "section": article.section,
        "page": article.page,
        "column": article.column,
        "kind": article.kind.value,
        **people,
        "tags": list(article.tags),
        "captions": list(article.captions),
        "characters": article.length,
        "unchecked": list(article.review),
        "source": list(article.source),
    }
    return {name: value for name, value in found.items() if value}


def _json(site: Site, months: list[_Part]) -> bytes:
    config = site.config
    head = {"title": config.title, "newspaper": config.paper, "issn": config.issn, "language": config.language}
    rows = [site.extras.kept(f"{one.name}.json", one.mark, partial(_json_rows, site, one)) for one in months]
    start = f'{{"archive":{_encode({k: v for k, v in head.items() if v})},\n"articles":[\n'
    return start.encode("utf-8", "replace") + b",\n".join(rows) + b"\n]}\n"


def _json_rows(site: Site, month: _Part) -> bytes:
    return ",\n".join([_encode(record(site, article)) for article in month.articles]).encode("utf-8", "replace")


def _csv(site: Site, months: list[_Part]) -> bytes:
    """RFC 4180, UTF-8 with a byte order mark, as spreadsheets need it."""
    start = "\ufeff" + ",".join(_COLUMNS) + "\r\n"
    rows = [site.extras.kept(f"{one.name}.csv", one.mark, partial(_csv_rows, site, one)) for one in months]
    return b"".join([start.encode(), *rows])


def _csv_rows(site: Site, month: _Part) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_row(site, article) for article in month.articles])
    return out.getvalue().encode("utf-8", "replace")


def _row(site: Site, article: Article) -> list[str]:
    """One article's cells, as `_COLUMNS` has them."""
    people = dict[str, list[str]]()
    for byline in article.bylines:
        people.setdefault(field_of_role(byline.role), []).append(str(byline))
    date = article.date
    cells = [
        article.id,
        site.base_url + address(article.url),
        article.title,
        article.kicker,
        article.subtitle,
        date.iso if date else "",
        "1" if date and date.estimated else "",
        article.section,
        article.page,
        article.column,
        article.kind.value,
        *["；".join(people[field]) if field in people else "" for field in ROLE_FIELDS],
        "；".join(article.tags),
        "；".join(article.captions),
        str(article.length or ""),
        "；".join(article.review),
        "；".join(article.source),
    ]
    return [f"'{cell}" if cell and cell[0] in _FORMULA else cell for cell in cells]
