"""Atom feeds, the sitemap, OpenSearch, robots.txt.

Without `base_url` in site.yaml, feeds link relatively to themselves, and the sitemap and OpenSearch, whose formats
demand absolute addresses, are left out. Ids are UUIDs made of the newspaper's name and the article's id, so they
stay when the site moves.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from jianbao.archive import Issue, Month
from jianbao.model import Article, PaperDate
from jianbao.roles import field_of_role
from jianbao.site.core import Site, View, hashed, issue_path, page_path
from jianbao.site.escaping import escaped
from jianbao.site.names import address, up
from jianbao.site.newest import newest
from jianbao.site.scope import Scope, room

_NEWEST = 50
_NEWEST_OF_ONE = 20
_URLS = 40_000  # in one sitemap; the format allows 50,000
_NAMESPACE = uuid.UUID("6a1a5b0e-5f0c-5d53-9a5e-2f6f5c1d7e10")
_XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def feed_views(site: Site, scope: Scope) -> Iterator[View]:
    """All files of this kind."""
    archive = site.archive
    yield _feed(site, "", site.config.title, archive.articles, _NEWEST)
    for name in scope.among("section", archive.sections):
        folder = f"sections/{site.section_folders[name]}/"
        yield _feed_of_one(site, folder, name, archive.sections[name], room("section", name))
    for name in scope.among("person", archive.people):
        folder = f"reporters/{site.reporter_folders[name]}/"
        works = list({work.article.id: work.article for work in archive.people[name].works}.values())
        yield _feed_of_one(site, folder, name, works, room("person", name))
    yield site.file("robots.txt", site.key("robots"), _robots, site)
    if site.base_url:
        yield from _sitemaps(site)
        if site.has_search:
            yield site.file("opensearch.xml", site.key("opensearch"), _opensearch, site)


def _feed_of_one(site: Site, folder: str, name: str, articles: Sequence[Article], room: str) -> View:
    return _feed(site, folder, f"{name} · {site.config.title}", articles, _NEWEST_OF_ONE, room)


def _feed(site: Site, folder: str, title: str, articles: Sequence[Article], number: int, room: str = "") -> View:
    path = folder + "feed.xml"
    dated = [article for article in newest(articles, number) if article.date]
    key = site.key("feed", path, title, articles=dated)
    return site.file(path, key, _atom, site, path, folder, title, dated, room=room)


def _atom(site: Site, path: str, folder: str, title: str, articles: list[Article]) -> str:
    base = site.base_url
    here = base + address(path)
    page = base + address(folder) if base else "index.html"
    identity = tag(site, "feed", folder)
    updated = _moment(articles[0].date) if articles else "1970-01-01T00:00:00+08:00"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.config.language}">',
        f"<id>{identity}</id>",
        f"<title>{_xml(title)}</title>",
        f"<updated>{updated}</updated>",
        f"<author><name>{_xml(site.config.paper)}</name></author>",
        "<generator>Jianbao</generator>",
        f'<link rel="alternate" type="text/html" href="{_xml(page)}"/>',
    ]
    if base:
        lines.append(f'<link rel="self" type="application/atom+xml" href="{_xml(here)}"/>')
    if site.config.subtitle and not folder:
        lines.append(f"<subtitle>{_xml(site.config.subtitle)}</subtitle>")
    entries = "".join([_entry(site, article) for article in articles]).replace("\0", _xml(base or up(path)))
    return "\n".join(lines) + f"\n{entries}</feed>\n"


def _entry(site: Site, article: Article) -> str:
    """One entry, made once for all feeds; NUL stands where the way to the site's root goes."""
    entry = site.entries.get(article.id)
    if entry is None:
        entry = site.entries[article.id] = _new_entry(site, article)
    return entry


def _new_entry(site: Site, article: Article) -> str:
    card = site.card(article)
    moment = _moment(article.date)
    # Of a date known to the month or year only, no day is said to be that of publication; `updated` the format demands.
    published = f"<published>{moment}</published>" if article.date and article.date.is_day else ""
    link = address(article.url) + ("" if site.base_url else "index.html")
    people = []
    for byline in article.bylines:
        element = "author" if field_of_role(byline.role) in ("reporter", "correspondent", "author") else "contributor"
        people.append(f"<{element}><name>{_xml(byline.name)}</name></{element}>")
    category = f'<category term="{_xml(article.section)}"/>' if article.section else ""
    return (
        f"<entry><id>{tag(site, 'article', article.id)}</id><title>{_xml(card.title)}</title>"
        f'<link rel="alternate" type="text/html" href="\0{_xml(link)}"/>'
        f"{published}<updated>{moment}</updated>{''.join(people)}{category}"
        f"<summary>{_xml(article.lead)}</summary></entry>\n"
    )


def tag(site: Site, kind: str, name: str) -> str:
    """An id that never changes: of the newspaper's name, the kind of thing and its id or folder."""
    return uuid.uuid5(_NAMESPACE, f"{site.config.paper}\0{kind}\0{name}").urn


def _moment(date: PaperDate | None) -> str:
    if date is None:
        return "1970-01-01T00:00:00+08:00"
    return f"{date.year:04d}-{date.month or 1:02d}-{date.day or 1:02d}T00:00:00+08:00"


def _robots(site: Site) -> str:
    sitemap = f"\nSitemap: {site.base_url}sitemap.xml\n" if site.base_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def _sitemaps(site: Site) -> Iterator[View]:
    """One file, or an index of several where there are very many pages."""
    lines = _addresses(site)
    if len(lines) <= _URLS:
        yield site.file("sitemap.xml", site.key("sitemap.xml", hashed(*lines)), _urlset, lines)
        return
    names = []
    for number, start in enumerate(range(0, len(lines), _URLS), 1):
        some = lines[start : start + _URLS]
        names.append(f"sitemap-{number}.xml")
        yield site.file(names[-1], site.key(names[-1], hashed(*some)), _urlset, some)
    yield site.file("sitemap.xml", site.key("sitemap", *names), _index, site, names)


def _addresses(site: Site) -> list[str]:
    """A line for each page that a search engine should know. Those of a month are kept: where no file of it changed,
    they are as they were."""
    archive = site.archive
    months = [month.name for month in archive.months if month.name != "undated"]
    found = ["", "calendar/", "reporters/", "sections/", "about/"]
    found += [f"{year}/" for year in sorted({month[:4] for month in months})]
    found += [f"{month[:4]}/{month[5:]}/" for month in months if len(month) == 7]
    found += [f"days/{day[:2]}/{day[3:]}/" for day in sorted({issue.date.iso[5:] for issue in archive.issues})]
    found += [f"sections/{folder}/" for folder in site.section_folders.values()]
    found += [f"reporters/{folder}/" for folder in site.reporter_folders.values()]
    found += [f"tags/{folder}/" for folder in site.tag_folders.values()]
    parts = [_lines(site, found)]
    issues: dict[str, list[Issue]] = {}
    for issue in archive.issues:
        issues.setdefault(issue.date.iso[:7], []).append(issue)
    for month in archive.months:
        make = partial(_of_month, site, month, issues.get(month.name, ()))
        parts.append(site.extras.kept(f"{month.name}.urls", site.key("sitemap", month.name, month.mark), make))
    return b"\n".join(parts).decode().split("\n")


def _of_month(site: Site, month: Month, issues: Iterable[Issue]) -> bytes:
    """The lines of the issues of a month, their pages and all its articles."""
    found = []
    for issue in issues:
        found += [issue_path(issue.date), *[page_path(issue.date, page.label) for page in issue.pages]]
    return _lines(site, [*found, *[article.url for article in month.articles]])


def _lines(site: Site, paths: Iterable[str]) -> bytes:
    base = _xml(site.base_url)
    return "\n".join([f"<url><loc>{base}{_xml(address(path))}</loc></url>" for path in paths]).encode()


def _urlset(lines: Sequence[str]) -> str:
    return _sitemap("urlset", "\n".join(lines))


def _index(site: Site, names: list[str]) -> str:
    base = _xml(site.base_url)
    return _sitemap("sitemapindex", "\n".join(f"<sitemap><loc>{base}{name}</loc></sitemap>" for name in names))


def _sitemap(element: str, body: str) -> str:
    head = f'<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}\n</{element}>\n'


def _opensearch(site: Site) -> str:
    base = _xml(site.base_url)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{_xml(site.config.title[:16])}</ShortName>\n<LongName>{_xml(site.config.title[:48])}</LongName>\n"
        f"<Description>{_xml(site.t.search_label)}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n"
        f'<Url type="text/html" method="get" template="{base}search/?q={{searchTerms}}"/>\n'
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{base}opensearch.xml"/>\n'
        "</OpenSearchDescription>\n"
    )


def _xml(text: str) -> str:
    # What can be printed holds nothing forbidden; asking that is quicker than looking for it.
    return escaped(text if text.isprintable() else _XML_FORBIDDEN.sub("", text))
