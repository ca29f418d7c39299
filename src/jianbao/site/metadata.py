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
from jianbao.site.citations import Printed, Reference

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
class _Issue:
    """What all articles of an issue share, in runs as they stand in the head and in its JSON."""

    dated: str
    published: str
    source: str
    type: str
    site: str
    time: str
    json_part_of: str
    json_date: str


@lru_cache(maxsize=64)
def _issue(printed: Printed, paper_url: str) -> _Issue:
    date, day, paper, language = printed.date, printed.day, printed.paper, printed.language
    publisher = printed.publisher
    more = f',"issn":{_json(printed.issn)}' * bool(printed.issn) + f',"url":{_json(paper_url)}' * bool(paper_url)
    part_of = f'{{"@type":"Newspaper","name":{_json(paper)}{more}}}'
    if date and date.is_day and not date.estimated:
        part_of = f'{{"@type":"PublicationIssue","datePublished":"{day}","isPartOf":{part_of}}}'
    return _Issue(
        dated=_named("citation_date", day.replace("-", "/")),
        published=_named("citation_issn", printed.issn)
        + _named("citation_language", language)
        + _named("citation_publisher", publisher),
        source=_named("DC.date", day) + _named("DC.source", paper) + _named("DC.publisher", publisher),
        type=_named("DC.language", language)
        + '<meta name="DC.type" content="newspaperArticle">\n<meta property="og:type" content="article">\n',
        site=_property("og:site_name", paper),
        time=_property("og:locale", "zh_TW" if language == "zh-Hant" else "zh_CN")
        + _property("article:published_time", moment(date) if date else ""),
        json_part_of=f'"inLanguage":{_json(language)},"isAccessibleForFree":true,"isPartOf":{part_of},'
        f'"publisher":{{"@type":"Organization","name":{_json(publisher or paper)}}}',
        json_date=f',"datePublished":"{moment(date)}"' if date else "",
    )


def head(article: Article, ref: Reference, person_url: Callable[[str], str], paper_url: str) -> Markup:
    """All of it, ready for the page."""
    issue = _issue(ref.printed, paper_url)
    title, url = _attribute(ref.title), _attribute(ref.url)
    authors = [_attribute(name) for name in ref.authors if name]
    lines = [
        _START,
        f'<meta name="citation_title" content="{title}">\n' if title else "",
        *[f'<meta name="citation_author" content="{name}">\n' for name in authors],
        issue.dated,
        _named("citation_firstpage", ref.page),
        issue.published,
        f'<meta name="citation_public_url" content="{url}">\n' if url else "",
        _named("citation_keywords", "; ".join(article.tags)) if article.tags else "",
        f'<meta name="DC.title" content="{title}">\n' if title else "",
        *[f'<meta name="DC.creator" content="{name}">\n' for name in authors],
        issue.source,
        f'<meta name="DC.identifier" content="{url or _attribute(article.id)}">\n',
        issue.type,
        f'<meta property="og:title" content="{title}">\n' if title else "",
        _property("og:description", article.lead),
        issue.site,
        f'<meta property="og:url" content="{url}">\n' if url else "",
        issue.time,
        _property("article:section", ref.section),
        *[f'<meta property="article:author" content="{name}">\n' for name in authors],
        *[_property("article:tag", tag) for tag in article.tags],
        f'<script type="application/ld+json">{_in_script(_news_article(article, ref, person_url, issue))}</script>',
    ]
    return Markup("".join(lines))  # noqa: S704 (everything in it is escaped above)


def _news_article(article: Article, ref: Reference, person_url: Callable[[str], str], issue: _Issue) -> str:
    """schema.org's NewsArticle as JSON."""
    url = _json(ref.url)
    decks = [_json(text) for text in (article.kicker, article.subtitle) if text]
    alternatives = _list(decks) if len(decks) > 1 else "".join(decks)
    people: dict[str, list[str]] = {"author": []}
    for byline in article.bylines:
        if kind := _PART.get(field_of_role(byline.role)):
            people.setdefault(kind, []).append(_person(byline.name, byline.role, person_url))
    return (
        f'{{"@context":"https://schema.org","@type":"NewsArticle","identifier":{_json(article.id)},'
        f'"headline":{_json(ref.title)},{issue.json_part_of}'
        + (f',"url":{url},"mainEntityOfPage":{url}' if ref.url else "")
        + (f',"alternativeHeadline":{alternatives}' if alternatives else "")
        + issue.json_date
        + "".join([f',"{kind}":{_list(found)}' for kind, found in people.items() if found])
        + (f',"articleSection":{_json(article.section)}' if article.section else "")
        + (f',"printPage":{_json(article.page)}' if article.page else "")
        + (f',"keywords":{_list(map(_json, article.tags))}' if article.tags else "")
        + (f',"description":{_json(article.lead)}' if article.lead else "")
        + (f',"wordCount":{article.length}' if article.length else "")
        + "}"
    )


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
