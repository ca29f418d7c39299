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

from markupsafe import Markup, escape

from jianbao.config import Config
from jianbao.model import Article, Byline, PaperDate
from jianbao.roles import field_of_role

_AUTHORS = ("reporter", "correspondent", "author")
_json: Final = encode_basestring  # a text as JSON, other than ASCII as it stands
_BIBTEX_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
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


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation needs to know of an article. `url` is absolute or ""; all texts are one line."""

    id: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    paper: str
    date: PaperDate | None
    day: str
    page: str
    section: str
    url: str
    language: str
    issn: str
    publisher: str
    place: str


def reference(article: Article, config: Config, url: str) -> Reference:
    """The reference of an article of this newspaper."""
    return Reference(
        article.id,
        _line(article.title or article.kicker or article.lead[:40]),
        _line(article.subtitle),
        tuple(_line(byline.name) for byline in by_authors(article.bylines)),
        _line(config.paper),
        article.date,
        article.date.iso if article.date else "",
        _line(article.page),
        _line(article.section),
        url,
        config.language,
        _line(config.issn),
        _line(config.publisher),
        _line(config.place),
    )


def by_authors(bylines: tuple[Byline, ...]) -> list[Byline]:
    """Those who wrote it: neither photographers nor editors."""
    return [byline for byline in bylines if field_of_role(byline.role) in _AUTHORS]


def gbt_2025(ref: Reference) -> str:
    """GB/T 7714—2025: full-width ，（） between elements, no date of access."""
    authors = "，".join(ref.authors[:3]) + ("，等" if len(ref.authors) > 3 else "")
    page = f"（{ref.page}）" if ref.page else ""
    return _gbt(ref, authors, "，", page, "")


def gbt_2015(ref: Reference) -> str:
    """GB/T 7714—2015: half-width signs."""
    authors = ", ".join(ref.authors[:3]) + (", 等" if len(ref.authors) > 3 else "")
    page = f"({ref.page})" if ref.page else ""
    return _gbt(ref, authors, ", ", page, "")


def _gbt(ref: Reference, authors: str, comma: str, page: str, accessed: str) -> str:
    date = ref.date
    # A date that was worked out, not printed, stands in square brackets.
    day = f"[{ref.day}]" if date and date.estimated else ref.day
    where = comma.join(part for part in (ref.paper, day) if part) + page + accessed
    head = f"{authors}. {ref.title}" if authors else ref.title
    return f"{head}[{'N/OL' if ref.url else 'N'}]. {where}." + (f" {ref.url}." if ref.url else "")


def bibtex(ref: Reference) -> str:
    """One `@article` entry with biblatex's `entrysubtype = newspaper`; classic BibTeX reads it too."""
    date = ref.date
    lines = [f"@article{{{key(ref.id)}"]
    if ref.authors:
        lines.append(f"  author = {{{' and '.join(['{' + _tex(name) + '}' for name in ref.authors])}}}")
    lines.append(f"  title = {{{{{_tex(ref.title)}}}}}")
    if ref.subtitle:
        lines.append(f"  subtitle = {{{{{_tex(ref.subtitle)}}}}}")
    if ref.paper:
        lines.append(f"  journal = {{{_tex(ref.paper)}}}")
    if date:
        lines.append(f"  date = {{{ref.day}{'~' if date.estimated else ''}}},\n  year = {{{date.year:04d}}}")
        if date.month:
            lines.append(f"  month = {{{date.month}}}")
        if date.day:
            lines.append(f"  day = {{{date.day}}}")
    for name, value in (("pages", ref.page), ("issn", ref.issn), ("publisher", ref.publisher), ("address", ref.place)):
        if value:
            lines.append(f"  {name} = {{{_tex(value)}}}")
    if ref.url:
        lines.append(f"  url = {{{_tex_url(ref.url)}}}")
    lines.append("  entrysubtype = {newspaper},\n  langid = {chinese}\n}")
    return ",\n".join(lines)


def ris(ref: Reference) -> str:
    """One RIS record of type NEWS."""
    date = ref.date
    lines = [("TY", "NEWS"), ("ID", key(ref.id)), ("TI", ref.title)]
    lines += [("AU", name) for name in ref.authors]
    lines += [("T2", ref.paper)]
    if date:
        day = "/".join((f"{date.year:04d}", *(f"{part:02d}" if part else "" for part in (date.month, date.day)), ""))
        lines += [("PY", f"{date.year:04d}"), ("DA", day)]
    lines += [("SP", ref.page), ("SE", ref.section), ("SN", ref.issn), ("PB", ref.publisher), ("CY", ref.place)]
    lines += [("LA", ref.language), ("UR", ref.url)]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def csl_json(ref: Reference) -> str:
    """CSL-JSON as reference managers import it: a list of one."""
    date = ref.date
    fields = [
        ("id", _json(key(ref.id))),
        ("type", '"article-newspaper"'),
        ("title", _json(f"{ref.title}：{ref.subtitle}" if ref.subtitle else ref.title)),
        ("container-title", _json(ref.paper)),
        ("language", _json(ref.language)),
        ("author", "[" + ", ".join(['{"literal": ' + _json(name) + "}" for name in ref.authors]) + "]"),
        ("issued", _issued(date) if date else ""),
    ]
    more = (
        ("page", ref.page),
        ("section", ref.section),
        ("ISSN", ref.issn),
        ("publisher", ref.publisher),
        ("publisher-place", ref.place),
        ("URL", ref.url),
    )
    lines = [f' "{name}": {value}' for name, value in fields if value not in ("", "[]")]
    lines += [f' "{name}": {_json(value)}' for name, value in more if value]
    return "[{\n" + ",\n".join(lines) + "\n}]"


def _issued(date: PaperDate) -> str:
    parts = ", ".join([str(part) for part in (date.year, date.month, date.day) if part])
    return f'{{"date-parts": [[{parts}]]' + (', "circa": true}' if date.estimated else "}")


def all_formats(ref: Reference) -> list[tuple[str, str, str, str]]:
    """(name, suffix, media type, text) of every format, in the order of the page."""
    return [
        ("GB/T 7714—2025", "txt", "text/plain", gbt_2025(ref)),
        ("GB/T 7714—2015", "txt", "text/plain", gbt_2015(ref)),
        ("BibTeX", "bib", "application/x-bibtex", bibtex(ref)),
        ("RIS", "ris", "application/x-research-info-systems", ris(ref)),
        ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json(ref)),
    ]


def as_html(ref: Reference) -> Markup:
    """Every format under its name, as the article's page shows them."""
    of = escape(ref.id)
    return Markup(  # noqa: S704 (names and suffixes are our own, the rest is escaped)
        "\n".join(
            [
                f'<h2 id="c{number}">{name}</h2>\n<pre tabindex="0" aria-labelledby="c{number}" data-copy="{suffix}" '
                f'data-name="{of}">{escape(text)}</pre>'
                for number, (name, suffix, _, text) in enumerate(all_formats(ref), 1)
            ]
        )
    )


@lru_cache(maxsize=4)
def key(article_id: str) -> str:
    """The key of an entry: `news` and the id, in letters that every reference manager takes."""
    plain = re.sub(r"[^A-Za-z0-9-]", "", article_id)
    if plain != article_id:
        plain = f"{plain}-{blake2b(article_id.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"
    return f"news-{plain}"


def _tex(text: str) -> str:
    return text.translate(_BIBTEX) if _BIBTEX_SPECIAL.search(text) else text


def _tex_url(url: str) -> str:
    if not _TEX_URL_SPECIAL(url):
        return url
    return re.sub(r"[{}\\%#]", lambda m: f"%{ord(m[0]):02X}" if m[0] in "{}\\" else "\\" + m[0], url)


def _line(text: str) -> str:
    """On one line."""
    return " ".join(text.split())
