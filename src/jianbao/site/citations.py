"""How an article is cited: GB/T 7714 (2025 and 2015), BibTeX, RIS, CSL-JSON; and what machines read in its head.

All are made from one `Reference`; nothing is guessed: what the archive does not know is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from json.encoder import encode_basestring
from typing import Final

from markupsafe import Markup

from jianbao.config import Config
from jianbao.model import Article, Byline, PaperDate
from jianbao.roles import field_of_role
from jianbao.site.escaping import escaped

_AUTHORS = ("reporter", "correspondent", "author")
_json: Final = encode_basestring  # a text as JSON, other than ASCII as it stands
_ACCESSED: Final = "\0"
_PLAIN_ID = re.compile(r"[A-Za-z0-9-]*").fullmatch
_BIBTEX_SPECIAL = re.compile(r"[\\{}&%$#_~^]").search
_TEX_URL_SPECIAL = re.compile(r"[{}\\%#]").search
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """What all articles of an issue share, and how each format says so: in runs, as they stand one after the other.
    All texts are one line."""

    date: PaperDate | None
    day: str
    paper: str
    language: str
    issn: str
    publisher: str
    gbt_2025: str
    gbt_2015: str
    bibtex_dated: str
    bibtex_published: str
    ris_dated: str
    ris_published: str
    csl_named: str
    csl_dated: str
    csl_published: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation needs to know of an article. `url` is absolute or ""; all texts are one line."""

    id: str
    key: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    printed: Printed
    page: str
    section: str
    url: str


def reference(article: Article, config: Config, url: str) -> Reference:
    """The reference of an article of this newspaper."""
    paper = (config.paper, config.language, config.issn, config.publisher, config.place)
    return Reference(
        article.id,
        key(article.id),
        _line(article.title or article.kicker or article.lead[:40]),
        _line(article.subtitle),
        tuple([_line(byline.name) for byline in by_authors(article.bylines)]),
        _printed(article.date, *paper),
        _line(article.page),
        _line(article.section),
        url,
    )


@lru_cache(maxsize=64)
def _printed(date: PaperDate | None, paper: str, language: str, issn: str, publisher: str, place: str) -> Printed:
    paper, issn, publisher, place = map(_line, (paper, issn, publisher, place))
    day = date.iso if date else ""
    # A date that was worked out, not printed, stands in square brackets.
    shown = [part for part in (paper, f"[{day}]" if date and date.estimated else day) if part]
    return Printed(
        date=date,
        day=day,
        paper=paper,
        language=language,
        issn=issn,
        publisher=publisher,
        gbt_2025="，".join(shown),
        gbt_2015=", ".join(shown),
        bibtex_dated=_bibtex("journal", paper) + (_bibtex_date(date) if date else ""),
        bibtex_published=_bibtex("issn", issn) + _bibtex("publisher", publisher) + _bibtex("address", place),
        ris_dated=_ris("T2", paper) + (_ris_date(date) if date else ""),
        ris_published=_ris("SN", issn) + _ris("PB", publisher) + _ris("CY", place) + _ris("LA", language),
        csl_named=f',\n "container-title": {_json(paper)},\n "language": {_json(language)}',
        csl_dated=f',\n "issued": {_issued(date)}' if date else "",
        csl_published=_csl("ISSN", issn) + _csl("publisher", publisher) + _csl("publisher-place", place),
    )


def by_authors(bylines: tuple[Byline, ...]) -> list[Byline]:
    """Those who wrote it: neither photographers nor editors."""
    return [byline for byline in bylines if field_of_role(byline.role) in _AUTHORS]


def gbt_2025(ref: Reference) -> str:
    """GB/T 7714—2025: full-width ，（） between elements, no date of access."""
    return _gbt(ref, "，", ref.printed.gbt_2025 + (f"（{ref.page}）" if ref.page else ""))


def gbt_2015(ref: Reference, accessed: str = "") -> str:
    """GB/T 7714—2015: half-width signs; `accessed`: the date of access in brackets, said of what has an address."""
    where = ref.printed.gbt_2015 + (f"({ref.page})" if ref.page else "")
    return _gbt(ref, ", ", where + accessed if ref.url else where)


def _gbt(ref: Reference, comma: str, where: str) -> str:
    title = ref.title
    if ref.authors:
        title = f"{comma.join(ref.authors[:3])}{f'{comma}等' if len(ref.authors) > 3 else ''}. {title}"
    return f"{title}[N/OL]. {where}. {ref.url}." if ref.url else f"{title}[N]. {where}."


def bibtex(ref: Reference) -> str:
    """One `@article` entry with biblatex's `entrysubtype = newspaper`; classic BibTeX reads it too."""
    authors = " and ".join([f"{{{_tex(name)}}}" for name in ref.authors])
    subtitle = f",\n  subtitle = {{{{{_tex(ref.subtitle)}}}}}" if ref.subtitle else ""
    return (
        f"@article{{{ref.key}"
        + (f",\n  author = {{{authors}}}" if authors else "")
        + f",\n  title = {{{{{_tex(ref.title)}}}}}{subtitle}"
        + f"{ref.printed.bibtex_dated}{_bibtex('pages', ref.page)}{ref.printed.bibtex_published}"
        + (f",\n  url = {{{_tex_url(ref.url)}}}" if ref.url else "")
        + ",\n  entrysubtype = {newspaper},\n  langid = {chinese}\n}"
    )


def _bibtex(name: str, value: str) -> str:
    return f",\n  {name} = {{{_tex(value)}}}" if value else ""


def _bibtex_date(date: PaperDate) -> str:
    parts = [("month", date.month), ("day", date.day)]
    return f",\n  date = {{{date.iso}{'~' if date.estimated else ''}}},\n  year = {{{date.year:04d}}}" + "".join(
        [f",\n  {name} = {{{number}}}" for name, number in parts if number]
    )


def ris(ref: Reference) -> str:
    """One RIS record of type NEWS."""
    authors = "".join([_ris("AU", name) for name in ref.authors])
    return (
        f"TY  - NEWS\nID  - {ref.key}\n{_ris('TI', ref.title)}{authors}{ref.printed.ris_dated}"
        f"{_ris('SP', ref.page)}{_ris('SE', ref.section)}{ref.printed.ris_published}{_ris('UR', ref.url)}ER  - \n"
    )


def _ris(tag: str, value: str) -> str:
    return f"{tag}  - {value}\n" if value else ""


def _ris_date(date: PaperDate) -> str:
    month, day = (f"{part:02d}" if part else "" for part in (date.month, date.day))
    return f"PY  - {date.year:04d}\nDA  - {date.year:04d}/{month}/{day}/\n"


def csl_json(ref: Reference) -> str:
    """CSL-JSON as reference managers import it: a list of one."""
    title = _json(f"{ref.title}：{ref.subtitle}" if ref.subtitle else ref.title)
    authors = ", ".join([f'{{"literal": {_json(name)}}}' for name in ref.authors])
    return (
        f'[{{\n "id": {_json(ref.key)},\n "type": "article-newspaper",\n "title": {title}{ref.printed.csl_named}'
        + (f',\n "author": [{authors}]' if authors else "")
        + f"{ref.printed.csl_dated}{_csl('page', ref.page)}{_csl('section', ref.section)}"
        + f"{ref.printed.csl_published}{_csl('URL', ref.url)}\n}}]"
    )


def _csl(name: str, value: str) -> str:
    return f',\n "{name}": {_json(value)}' if value else ""


def _issued(date: PaperDate) -> str:
    parts = ", ".join([str(part) for part in (date.year, date.month, date.day) if part])
    return f'{{"date-parts": [[{parts}]]' + (', "circa": true}' if date.estimated else "}")


def all_formats(ref: Reference, accessed: str = "") -> list[tuple[str, str, str, str]]:
    """(name, suffix, media type, text) of every format, in the order of the page."""
    return [
        ("GB/T 7714—2025", "txt", "text/plain", gbt_2025(ref)),
        ("GB/T 7714—2015", "txt", "text/plain", gbt_2015(ref, accessed)),
        ("BibTeX", "bib", "application/x-bibtex", bibtex(ref)),
        ("RIS", "ris", "application/x-research-info-systems", ris(ref)),
        ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json(ref)),
    ]


def as_html(ref: Reference) -> Markup:
    """Every format under its name, as the article's page shows them. The date of access is the reader's: static/site.js
    writes it where NUL stands."""
    of = escaped(ref.id)
    return Markup(  # noqa: S704 (names and suffixes are our own, the rest is escaped)
        "\n".join(
            [
                f'<h2 id="c{number}">{name}</h2>\n<pre tabindex="0" aria-labelledby="c{number}" data-copy="{suffix}" '
                f'data-name="{of}">{escaped(text).replace(_ACCESSED, "<span data-accessed></span>")}</pre>'
                for number, (name, suffix, _, text) in enumerate(all_formats(ref, _ACCESSED), 1)
            ]
        )
    )


def key(article_id: str) -> str:
    """The key of an entry: `news` and the id, in letters that every reference manager takes."""
    if _PLAIN_ID(article_id):
        return f"news-{article_id}"
    plain = re.sub(r"[^A-Za-z0-9-]", "", article_id)
    return f"news-{plain}-{blake2b(article_id.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"


def _tex(text: str) -> str:
    return text.translate(_BIBTEX) if _BIBTEX_SPECIAL(text) else text


def _tex_url(url: str) -> str:
    if not _TEX_URL_SPECIAL(url):
        return url
    return re.sub(r"[{}\\%#]", lambda m: f"%{ord(m[0]):02X}" if m[0] in "{}\\" else "\\" + m[0], url)


def _line(text: str) -> str:
    """On one line."""
    return " ".join(text.split())
