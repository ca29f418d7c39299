"""What all pages share: the View, the words, the addresses, one Card for each article, and the keys.

A key is the hash of everything an output depends on but its template and the code. Lists depend on Cards (a
headline, a byline), pages of articles also on the body's digest, calendars only on counts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from hashlib import blake2b
from typing import Protocol

from jianbao.archive import Archive, Person
from jianbao.model import Article, Byline, PaperDate
from jianbao.order import padded
from jianbao.site.cards import Card, Signature, mark_of
from jianbao.site.names import address, folder_name, folder_names, up
from jianbao.site.words import interface


@dataclass(frozen=True, slots=True)
class View:
    """One output file. `path` is below the site's root; `template` "" means that `context()` holds the file's
    own `bytes`; `room`: what it changes together with (see scope.py), "" where that is nothing in particular."""

    path: str
    template: str
    context: Callable[[], Mapping[str, object]]
    key: str
    room: str = ""


class Extras(Protocol):
    """What pages show beyond metadata, read only when a page needs it; `related` is asked for every article."""

    def body_html(self, article: Article) -> str:
        """The body as HTML."""
        ...

    def related(self, article: Article) -> tuple[str, ...]:
        """Ids of articles on the same subject, nearest first."""
        ...

    def scan_text(self, path: str) -> str:
        """The text of a scan, its lines as `source` counts them."""
        ...

    def kept(self, name: str, mark: str, make: Callable[[], bytes]) -> bytes:
        """A part of a file that is costly to make: as an earlier build made it, where it was of the same `mark`."""
        ...

    @property
    def scans(self) -> Mapping[str, str]:
        """Every scan that can be shown, by path, with a mark that changes with its content."""
        ...

    @property
    def assets(self) -> Mapping[str, str]:
        """The files of static/ with a short hash of each."""
        ...


@dataclass(frozen=True)
class Given:
    """Extras made of plain values: for tests, and for sites without scans."""

    body_html: Callable[[Article], str]
    related: Callable[[Article], tuple[str, ...]] = lambda _: ()
    scan_text: Callable[[str], str] = lambda _: ""
    scans: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)

    def kept(self, name: str, mark: str, make: Callable[[], bytes]) -> bytes:
        """Made anew each time."""
        return make()


class Site:
    """The archive as pages see it. Everything costly is made when first asked for and then kept."""

    def __init__(self, archive: Archive, extras: Extras) -> None:
        self.archive, self.extras, self.config = archive, extras, archive.config
        self.t = interface(self.config.interface, self.config.language)
        self._cards: dict[str, Card] = {}
        self._marks: dict[str, bytes] = {}
        self.entries: dict[str, str] = {}  # of feeds, by article id
        self.asset = Assets({name: f"static/{address(name)}?v={mark}" for name, mark in extras.assets.items()})
        self.has_search = "search.js" in extras.assets
        # Names that collide have unusual addresses; whoever links to them must be made anew when that changes.
        folders = (self.reporter_folders, self.section_folders, self.tag_folders)
        unusual = [f"{name}={to}" for each in folders for name, to in each.items() if "~" in to]
        assets = sorted(f"{name}={mark}" for name, mark in extras.assets.items())
        self.shell = hashed(self.config.digest, repr(self.config), *assets, *unusual)

    @cached_property
    def html_lang(self) -> str:
        """The language of the site's own words."""
        return self.config.language if self.config.interface == "zh" else "en"

    @cached_property
    def base_url(self) -> str:
        """The site's address ending in a slash, "" where it is unknown."""
        url = self.config.base_url
        return url if not url or url.endswith("/") else url + "/"

    # addresses

    @cached_property
    def reporter_folders(self) -> dict[str, str]:
        """The folder of everybody who signed."""
        return folder_names(self.archive.people)

    @cached_property
    def section_folders(self) -> dict[str, str]:
        """The folder of every section."""
        return folder_names(self.archive.sections)

    @cached_property
    def tag_folders(self) -> dict[str, str]:
        """The folder of every tag."""
        return folder_names(self.archive.tags)

    @cached_property
    def _reporter_links(self) -> dict[str, str]:
        return _links("reporters", self.reporter_folders)

    @cached_property
    def _section_links(self) -> dict[str, str]:
        return _links("sections", self.section_folders)

    @cached_property
    def _tag_links(self) -> dict[str, str]:
        return _links("tags", self.tag_folders)

    def reporter(self, name: str) -> str:
        """The link to a person's page from the root; "" where there is none."""
        return self._reporter_links.get(name) or self._reporter_links.get(nfc(name), "")

    def section(self, name: str) -> str:
        """The link to a section's page from the root; "" where there is none."""
        return self._section_links.get(name) or self._section_links.get(nfc(name), "")

    def tag(self, name: str) -> str:
        """The link to a tag's page from the root; "" where there is none."""
        return self._tag_links.get(name) or self._tag_links.get(nfc(name), "")

    def signatures(self, bylines: Iterable[Byline]) -> list[Signature]:
        """Bylines with links; a role is said once for the names that share it one after the other."""
        found: list[Signature] = []
        last = None
        for byline in bylines:
            found.append(Signature("" if byline.role == last else byline.role, byline.name, self.reporter(byline.name)))
            last = byline.role
        return found

    # cards and keys

    def card(self, article: Article) -> Card:
        """The article as lists show it."""
        card = self._cards.get(article.id)
        if card is None:
            card = self._cards[article.id] = Card(article, self.t, self.signatures(article.bylines))
        return card

    def cards(self, articles: Iterable[Article]) -> list[Card]:
        """Their cards, in the same order."""
        return [self.card(article) for article in articles]

    def mark(self, article: Article) -> bytes:
        """The hash of what a card shows."""
        mark = self._marks.get(article.id)
        if mark is None:
            mark = self._marks[article.id] = mark_of(article)
        return mark

    def key(self, *parts: str | bytes | int, articles: Iterable[Article] = ()) -> str:
        """The key of an output: the settings, these parts and the cards of these articles."""
        marks = self._marks
        one = blake2b(self.shell, digest_size=16)
        one.update("\0".join([p.hex() if isinstance(p, bytes) else str(p) for p in parts]).encode("utf-8", "replace"))
        one.update(b"".join([marks.get(article.id) or self.mark(article) for article in articles]))
        return one.hexdigest()

    def view(
        self,
        path: str,
        template: str,
        key: str,
        context: Callable[..., dict[str, object]],
        *arguments: object,
        room: str = "",
    ) -> View:
        """A page: its own context over what every page is given."""
        return View(path, template, partial(self._context, path, context, *arguments), key, room)

    def file(self, path: str, key: str, made: Callable[..., str | bytes], *arguments: object, room: str = "") -> View:
        """A file made without a template."""
        return View(path, "", partial(_text, made, *arguments), key, room)

    def _context(self, path: str, context: Callable[..., dict[str, object]], *arguments: object) -> dict[str, object]:
        base: dict[str, object] = {
            "root": up(path),
            "site": self,
            "config": self.config,
            "t": self.t,
            "asset": self.asset,
            "path": path,
            "nav": "",
            "head": "",
            "feed": "",
            "description": self.config.description or self.config.subtitle,
            "wide": False,
        }
        base.update(context(*arguments))
        if "canonical" not in base:
            base["canonical"] = self.canonical(path)
        return base

    def canonical(self, path: str) -> str:
        """The absolute address of a page; "" without base_url."""
        if not self.base_url:
            return ""
        return self.base_url + address(path.removesuffix("index.html"))


class Assets(dict[str, str]):
    """Links of static files from the root; one that is not there is linked without its hash."""

    def __missing__(self, name: str) -> str:
        return f"static/{address(name)}"


def issue_path(date: PaperDate) -> str:
    """The folder of an issue, a month or a year: `2021/12/07/`."""
    return date.iso.replace("-", "/") + "/"


def page_path(date: PaperDate, label: str) -> str:
    """The folder of a page (版): `2021/12/07/01/`."""
    return f"{issue_path(date)}{page_folder(label)}/"


@lru_cache(maxsize=1024)
def page_folder(label: str) -> str:
    """A page's label as a folder; one in small letters carries its hash, to stay apart from capitals (`a2`, `A2`)."""
    folder = folder_name(padded(label))
    return folder if folder == folder.upper() else folder_names([folder.upper(), folder])[folder]


def _links(room: str, folders: Mapping[str, str]) -> dict[str, str]:
    """The link from the root to each folder's page, by name."""
    return {name: f"{room}/{address(folder)}/index.html" for name, folder in folders.items()}


def hashed(*parts: str) -> bytes:
    """A short hash of texts."""
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).digest()


def nfc(name: str) -> str:
    """Unicode form C, in which names are compared."""
    return unicodedata.normalize("NFC", name)


def main_role(person: Person) -> str:
    """The field a person signed in most often."""
    counts: dict[str, int] = {}
    for work in person.works:
        counts[work.field] = counts.get(work.field, 0) + 1
    return max(counts, key=counts.__getitem__, default="reporter")


def _text(made: Callable[..., str | bytes], *arguments: object) -> dict[str, object]:
    text = made(*arguments)
    return {"bytes": text.encode("utf-8", "replace") if isinstance(text, str) else text}
