"""articles.json and articles.csv: the metadata of all articles, for research."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from hashlib import blake2b

from jianbao.model import Article
from jianbao.roles import ROLE_FIELDS, field_of_role
from jianbao.site.core import Site, View
from jianbao.site.names import address

_COLUMNS = (
    "id", "url", "title", "kicker", "subtitle", "date", "estimated", "section", "page", "column", "kind",
    *ROLE_FIELDS, "tags", "captions", "characters", "unchecked", "source",
)  # fmt: skip
# Spreadsheets take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def data_views(site: Site) -> Iterator[View]:
    """Both files."""
    mark = blake2b(digest_size=16)
    for article in site.archive.articles:
        mark.update(site.mark(article))
        rest = (article.length, article.review, article.tags, article.captions, article.source)
        mark.update(repr(rest).encode("utf-8", "replace"))
    key = site.key("data", mark.digest())
    yield site.file("articles.json", key, _json, site)
    yield site.file("articles.csv", key, _csv, site)


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


def _json(site: Site) -> str:
    config = site.config
    head = {"title": config.title, "newspaper": config.paper, "issn": config.issn, "language": config.language}
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    rows = ",\n".join([encode(record(site, article)) for article in site.archive.articles])
    return f'{{"archive":{encode({k: v for k, v in head.items() if v})},\n"articles":[\n{rows}\n]}}\n'


def _csv(site: Site) -> str:
    """RFC 4180, UTF-8 with a byte order mark, as spreadsheets need it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for article in site.archive.articles:
        found = record(site, article)
        writer.writerow([_cell(found.get(name, "")) for name in _COLUMNS])
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        texts = [f"{v.get('role', '')} {v['name']}".strip() if isinstance(v, dict) else str(v) for v in value]
        text = "；".join(texts)
    else:
        text = "1" if value is True else str(value or "")
    return "'" + text if text.startswith(_FORMULA) else text
