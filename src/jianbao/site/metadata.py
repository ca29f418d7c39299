"""What machines read in an article's head: Highwire, Dublin Core and Open Graph tags, JSON-LD.

Zotero's reading of embedded metadata takes `z:itemType` first, the newspaper's name from `DC.source`, the section
from `article:section`, the page from `citation_firstpage`; `citation_journal_title` would make it a journal article.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from markupsafe import Markup

from jianbao.model import Article, PaperDate
from jianbao.roles import field_of_role
from jianbao.site.citations import Reference, by_authors

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def head(article: Article, ref: Reference, person_url: Callable[[str], str], publisher_url: str) -> Markup:
    """All of it, ready for the page."""
    named = [
        ("z:itemType", "newspaperArticle"),
        ("citation_title", ref.title),
        *[("citation_author", name) for name in ref.authors],
        ("citation_date", ref.day.replace("-", "/")),
        ("citation_firstpage", ref.page),
        ("citation_issn", ref.issn),
        ("citation_language", ref.language),
        ("citation_publisher", ref.publisher),
        ("citation_public_url", ref.url),
        ("citation_keywords", "; ".join(article.tags)),
        ("DC.title", ref.title),
        *[("DC.creator", name) for name in ref.authors],
        ("DC.date", ref.day),
        ("DC.source", ref.paper),
        ("DC.publisher", ref.publisher),
        ("DC.identifier", ref.url or article.id),
        ("DC.language", ref.language),
        ("DC.type", "newspaperArticle"),
    ]
    properties = [
        ("og:type", "article"),
        ("og:title", ref.title),
        ("og:description", article.lead),
        ("og:site_name", ref.paper),
        ("og:url", ref.url),
        ("og:locale", "zh_TW" if ref.language == "zh-Hant" else "zh_CN"),
        ("article:published_time", moment(ref.date) if ref.date else ""),
        ("article:section", ref.section),
        *[("article:author", name) for name in ref.authors],
        *[("article:tag", tag) for tag in article.tags],
    ]
    lines = ['<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">']
    lines += ['<link rel="schema.z" href="http://www.zotero.org/namespaces/export#">']
    lines += [f'<meta name="{name}" content="{_attribute(value)}">' for name, value in named if value]
    lines += [f'<meta property="{name}" content="{_attribute(value)}">' for name, value in properties if value]
    data = _encode(news_article(article, ref, person_url, publisher_url))
    lines += [f'<script type="application/ld+json">{_in_script(data)}</script>']
    return Markup("\n".join(lines))  # noqa: S704 (everything in it is escaped above)


def news_article(
    article: Article, ref: Reference, person_url: Callable[[str], str], publisher_url: str
) -> dict[str, object]:
    """schema.org's NewsArticle."""
    paper: dict[str, object] = {"@type": "Newspaper", "name": ref.paper}
    if ref.issn:
        paper["issn"] = ref.issn
    if publisher_url:
        paper["url"] = publisher_url
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": article.id,
        "headline": ref.title,
        "inLanguage": ref.language,
        "isAccessibleForFree": True,
        "isPartOf": paper,
        "publisher": {"@type": "Organization", "name": ref.publisher or ref.paper},
    }
    if ref.url:
        found |= {"url": ref.url, "mainEntityOfPage": ref.url}
    alternative = [text for text in (article.kicker, article.subtitle) if text]
    if alternative:
        found["alternativeHeadline"] = alternative if len(alternative) > 1 else alternative[0]
    if ref.date:
        found["datePublished"] = moment(ref.date)
    if ref.date and ref.date.is_day and not ref.date.estimated:
        found["isPartOf"] = {"@type": "PublicationIssue", "datePublished": ref.day, "isPartOf": paper}
    authors = [_person(byline.name, byline.role, person_url) for byline in by_authors(article.bylines)]
    others: dict[str, list[object]] = {}
    for byline in article.bylines:
        field = field_of_role(byline.role)
        if field in ("photographer", "editor"):
            name = "editor" if field == "editor" else "contributor"
            others.setdefault(name, []).append(_person(byline.name, byline.role, person_url))
    more = {
        "author": authors,
        **others,
        "articleSection": article.section,
        "printPage": article.page,
        "keywords": list(article.tags),
        "description": article.lead,
        "wordCount": article.length,
    }
    return found | {name: value for name, value in more.items() if value}


def moment(date: PaperDate) -> str:
    """ISO 8601 in China's time to the day; to the month or year where no more is known."""
    return f"{date.iso}T00:00:00+08:00" if date.is_day else date.iso


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&#34;").replace("<", "&lt;").replace(">", "&gt;")


def _in_script(data: str) -> str:
    """JSON within a page: nothing may end the element or open a comment."""
    return data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _person(name: str, role: str, person_url: Callable[[str], str]) -> dict[str, object]:
    person: dict[str, object] = {"@type": "Person", "name": name}
    if role:
        person["jobTitle"] = role
    if url := person_url(name):
        person["url"] = url
    return person
