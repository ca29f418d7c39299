"""An article as lists show it, and the hash of what they show."""

from __future__ import annotations

from hashlib import blake2b

from markupsafe import Markup

from jianbao.model import Article, Kind
from jianbao.site.escaping import escaped
from jianbao.site.names import address
from jianbao.site.words import Interface

_NO_MARK = Markup("")
_SHORT = 120  # characters of a headline in lists


class Signature:
    """One name of a byline with the address of its page."""

    __slots__ = ("href", "name", "role")

    def __init__(self, role: str, name: str, href: str) -> None:
        self.role, self.name, self.href = role, name, href


class Card:
    """An article as lists show it. `href` is below the site's root and ready for a link."""

    __slots__ = (
        "bylines",
        "column",
        "date",
        "doubtful",
        "href",
        "id",
        "kicker",
        "kind",
        "lead",
        "lost",
        "marks",
        "monthday",
        "page",
        "section",
        "subtitle",
        "title",
        "year",
    )

    def __init__(self, article: Article, t: Interface, bylines: list[Signature]) -> None:
        date = article.date
        self.id = article.id
        self.href = address(article.url) + "index.html"
        self.lost = not article.title
        self.title = shortened(article.title, _SHORT) or substitute(article) or t.untitled
        self.kicker = shortened(article.kicker, _SHORT) if article.title else ""
        self.subtitle = shortened(article.subtitle, _SHORT)
        self.bylines = bylines
        self.section = article.section
        self.page = t.page(article.page) if article.page else ""
        self.column = article.column
        self.kind = "" if article.kind is Kind.NEWS else article.kind.value
        cut = article.length > len(article.lead) and not article.lead.endswith(("。", "！", "？", "”", "…"))
        self.lead = article.lead + "…" if cut and article.lead else article.lead
        self.date = t.date(date) if date else ""
        self.year = date.year if date else 0
        self.monthday = t.month_day(date.month, date.day) if date and date.is_day else self.date
        self.doubtful = bool(article.review)
        self.marks = _NO_MARK
        if self.kind:
            self.marks += Markup('<span class="kind">{}</span>').format(self.kind)
        if self.doubtful:
            self.marks += t.doubt_mark

    def signed(self, root: str) -> Markup:
        """The bylines with links, as one piece; templates that want them otherwise have `bylines`."""
        found = []
        for one in self.bylines:
            name = escaped(one.name)
            if one.href:
                name = f'<a href="{root}{one.href}">{name}</a>'
            found.append(f'<span class="role">{escaped(one.role)}</span> {name}' if one.role else name)
        return Markup(" ".join(found))  # noqa: S704 (names and roles are escaped, links are percent-encoded)


def mark_of(article: Article) -> bytes:
    """The hash of what a card shows."""
    date = article.date
    text = "\0".join(
        (
            article.id,
            article.title,
            article.kicker,
            article.subtitle,
            article.section,
            article.page,
            article.column,
            article.kind.value,
            article.lead,
            str(article.length > len(article.lead)),
            str(date) if date else "",
            "?" if article.review else "",
            *[f"{byline.role}\1{byline.name}" for byline in article.bylines],
        )
    )
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).digest()


def substitute(article: Article) -> str:
    """What stands for a lost headline in lists: another deck, or how the text begins."""
    return shortened(article.kicker or article.subtitle or article.lead, 32)


def shortened(text: str, length: int) -> str:
    """At most `length` characters, with an ellipsis where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip(" 。，、；：,;:") + "…"
