"""What machines read in an article's head: Highwire, Dublin Core and Open Graph tags, JSON-LD.

Zotero's reading of embedded metadata takes `z:itemType` first, the newspaper's name from `DC.source`, the section
from `article:section`, the page from `citation_firstpage`; `citation_journal_title` would make it a journal article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Final

from markupsafe import Markup

from jianbao.model import Article, PaperDate
from jianbao.roles import field_of_role
from jianbao.site.citations import Reference

_START = (
    '<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">\n'
    '<link rel="schema.z" href="http://www.zotero.org/namespaces/export#">\n'
    '<meta name="z:itemType" content="newspaperArticle">\n'
)
_SPECIAL = re.compile('[&"<>]').search
# What those of each field did, as schema.org calls it.
_PART = {
    "reporter": "author",
    "correspondent": "author",
    "author": "author",
    "photographer": "contributor",
    "editor": "editor",
}
_json: Final = encode_basestring  # a text as JSON, all but control characters as they stand


@dataclass(frozen=True, slots=True)
class _Paper:
    """What is the same in every article of a newspaper."""

    issn: str
    language: str
    publisher: str
    type: str
    name: str
    locale: str
    part_of: str
    published_by: str


@lru_cache(maxsize=16)
def _paper(name: str, issn: str, publisher: str, language: str, url: str) -> _Paper:
    more = f',"issn":{_json(issn)}' * bool(issn) + f',"url":{_json(url)}' * bool(url)
    return _Paper(
        _named("citation_issn", issn),
        _named("citation_language", language) + _named("citation_publisher", publisher),
        _named("DC.source", name) + _named("DC.publisher", publisher),
        _named("DC.language", language) + '<meta name="DC.type" content="newspaperArticle">\n',
        _property("og:site_name", name),
        _property("og:locale", "zh_TW" if language == "zh-Hant" else "zh_CN"),
        f'{{"@type":"Newspaper","name":{_json(name)}{more}}}',
        f'"publisher":{{"@type":"Organization","name":{_json(publisher or name)}}}',
    )


def head(article: Article, ref: Reference, person_url: Callable[[str], str], publisher_url: str) -> Markup:
    """All of it, ready for the page."""
    paper = _paper(ref.paper, ref.issn, ref.publisher, ref.language, publisher_url)
    title, day, page, url = _attribute(ref.title), ref.day, _attribute(ref.page), _attribute(ref.url)
    authors = [_attribute(name) for name in ref.authors]
    lines = [
        _START,
        f'<meta name="citation_title" content="{title}">\n' if title else "",
        *[f'<meta name="citation_author" content="{name}">\n' for name in authors if name],
        f'<meta name="citation_date" content="{day.replace("-", "/")}">\n' if day else "",
        f'<meta name="citation_firstpage" content="{page}">\n' if page else "",
        paper.issn,
        paper.language,
        f'<meta name="citation_public_url" content="{url}">\n' if url else "",
        _named("citation_keywords", "; ".join(article.tags)) if article.tags else "",
        f'<meta name="DC.title" content="{title}">\n' if title else "",
        *[f'<meta name="DC.creator" content="{name}">\n' for name in authors if name],
        f'<meta name="DC.date" content="{day}">\n' if day else "",
        paper.publisher,
        f'<meta name="DC.identifier" content="{url or _attribute(article.id)}">\n',
        paper.type,
        '<meta property="og:type" content="article">\n',
        f'<meta property="og:title" content="{title}">\n' if title else "",
        _property("og:description", article.lead),
        paper.name,
        f'<meta property="og:url" content="{url}">\n' if url else "",
        paper.locale,
        f'<meta property="article:published_time" content="{moment(ref.date)}">\n' if ref.date else "",
        _property("article:section", ref.section),
        *[f'<meta property="article:author" content="{name}">\n' for name in authors if name],
        *[_property("article:tag", tag) for tag in article.tags],
        f'<script type="application/ld+json">{_in_script(_news_article(article, ref, person_url, paper))}</script>',
    ]
    return Markup("".join(lines))  # noqa: S704 (everything in it is escaped above)


def _news_article(article: Article, ref: Reference, person_url: Callable[[str], str], paper: _Paper) -> str:
    """schema.org's NewsArticle as JSON."""
    date, url = ref.date, _json(ref.url)
    part_of = paper.part_of
    if date and date.is_day and not date.estimated:
        part_of = f'{{"@type":"PublicationIssue","datePublished":"{ref.day}","isPartOf":{part_of}}}'
    parts = [
        f'"@context":"https://schema.org","@type":"NewsArticle","identifier":{_json(article.id)},'
        f'"headline":{_json(ref.title)},"inLanguage":{_json(ref.language)},"isAccessibleForFree":true,'
        f'"isPartOf":{part_of},{paper.published_by}'
    ]
    if ref.url:
        parts.append(f'"url":{url},"mainEntityOfPage":{url}')
    alternative = [_json(text) for text in (article.kicker, article.subtitle) if text]
    if alternative:
        parts.append(f'"alternativeHeadline":{_list(alternative) if len(alternative) > 1 else alternative[0]}')
    if date:
        parts.append(f'"datePublished":"{moment(date)}"')
    people: dict[str, list[str]] = {"author": []}
    for byline in article.bylines:
        if kind := _PART.get(field_of_role(byline.role)):
            people.setdefault(kind, []).append(_person(byline.name, byline.role, person_url))
    parts += [f'"{kind}":{_list(found)}' for kind, found in people.items() if found]
    if article.section:
        parts.append(f'"articleSection":{_json(article.section)}')
    if article.page:
        parts.append(f'"printPage":{_json(article.page)}')
    if article.tags:
        parts.append(f'"keywords":{_list(map(_json, article.tags))}')
    if article.lead:
        parts.append(f'"description":{_json(article.lead)}')
    if article.length:
        parts.append(f'"wordCount":{article.length}')
    return "{" + ",".join(parts) + "}"


def moment(date: PaperDate) -> str:
    """ISO 8601 in China's time to the day; to the month or year where no more is known."""
    return f"{date.iso}T00:00:00+08:00" if date.is_day else date.iso


def _named(name: str, value: str) -> str:
    return f'<meta name="{name}" content="{_attribute(value)}">\n' if value else ""


def _property(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{_attribute(value)}">\n' if value else ""


def _attribute(text: str) -> str:
    if not _SPECIAL(text):
        return text
    return text.replace("&", "&amp;").replace('"', "&#34;").replace("<", "&lt;").replace(">", "&gt;")


def _in_script(data: str) -> str:
    """JSON within a page: nothing may end the element or open a comment."""
    return data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _list(items: Iterable[str]) -> str:
    return f"[{','.join(items)}]"


def _person(name: str, role: str, person_url: Callable[[str], str]) -> str:
    url = person_url(name)
    more = (f',"jobTitle":{_json(role)}' if role else "") + (f',"url":{_json(url)}' if url else "")
    return f'{{"@type":"Person","name":{_json(name)}{more}}}'
