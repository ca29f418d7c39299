"""Every fault in the content at once, changing nothing; and the cure for what is certain, shown before it is
done."""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from jianbao.archive import assemble
from jianbao.articles.addresses import LINK
from jianbao.articles.careful_reading import line_and_column
from jianbao.articles.document import Document, read_document
from jianbao.articles.doubtful_dates import doubtful_dates
from jianbao.articles.fault_places import placed
from jianbao.articles.faults import fault
from jianbao.articles.mend import mended
from jianbao.articles.records import read_record
from jianbao.articles.redirects import read_renames
from jianbao.config import Config
from jianbao.desk.rename import diff
from jianbao.encoding import decode_scan, recode
from jianbao.folder.layout import RECORD_ENDING
from jianbao.folder.shipped import folders
from jianbao.folder.sight import look
from jianbao.folder.store import UNREADABLE, Root
from jianbao.folder.unreadable import unreadable
from jianbao.model import Article
from jianbao.problems import Problem, has_errors, in_order, warning
from jianbao.settings import PATH as SETTINGS
from jianbao.settings import load_config
from jianbao.site.templates import Renderer
from jianbao.site.views import problems as unshown
from jianbao.sources import path_of

_DATED: Final = re.compile(r"(?:[0-9]{4}(?:/[0-9]{2}){2}|undated)/[^?#]+")


def check(root: Root, today: datetime.date | None = None) -> list[Problem]:
    """All that is wrong, in order: settings, redirects, scans, articles, what is between them, templates."""
    config, problems = load_config(root)
    settings = config or Config("")
    renames, faults = read_renames(root)
    problems += [*faults, *look(root, "scans").strays, *look(root, "articles").strays]
    for file in root.files("scans", (".txt",)):
        try:
            problems += decode_scan(root.read(file.path, settings.limits.scan), file.path)[1]
        except UNREADABLE as failure:
            problems.append(unreadable(file.path, failure))
    problems += _damaged_records(root)
    documents: list[Document] = []
    for file in root.files("articles", (".md",)):
        try:
            data = root.read(file.path, settings.limits.article)
        except UNREADABLE as failure:
            problems.append(unreadable(file.path, failure))
            continue
        document, faults = read_document(data, file.path)
        problems += faults
        if document:
            documents.append(document)
    if not documents and not has_errors(problems) and not any(True for _ in root.files("scans", (".txt",))):
        problems.append(fault("articles", 0, 0, "no-article"))
    archive, collisions = assemble(settings, [one.article for one in documents], renames)
    problems += [*placed(root, collisions), *unshown(archive)]
    problems += Renderer(folders(root.folder, "templates")).faults()
    problems += doubtful_dates(root, archive, settings, today)
    problems += _broken_links(documents, archive.by_id)
    problems += _lost_scans(root, documents)
    return in_order(problems)


def _damaged_records(root: Root) -> Iterator[Problem]:
    """Records beside the scans that cannot be read."""
    for file in root.files("scans", (RECORD_ENDING,)):
        try:
            record = read_record(root, file.path)
        except UNREADABLE:
            continue  # as if there were none
        if record is None:
            yield fault(file.path, 1, 1, "record-damaged")


def _broken_links(documents: Iterable[Document], by_id: Mapping[str, Article]) -> Iterator[Problem]:
    """Links to articles of this archive that are not there."""
    pages = {part for article in by_id.values() for part in _above(article.url)}
    for document in documents:
        end = 0  # of the link before: where the file says the same twice, each has its own place
        for match in LINK.finditer(document.body) if "](" in document.body else ():
            start = document.text.find(match[0], end)
            end = start + len(match[0])
            address = unquote(match[2]).partition("#")[0].partition("?")[0]
            if not address or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", address):
                continue
            target = posixpath.normpath(posixpath.join(document.article.url, address)).removesuffix("index.html")
            if not _DATED.match(target) or target.strip("/") in pages:
                continue
            line, column = line_and_column(document.text, start + match.start(2) - match.start())
            zh, en = f"链接“{match[2]}”指向的文章不存在", f"the link “{match[2]}” leads to no article"
            do, do_en = "请核对地址，如 ../02/index.html", "check the address, as ../02/index.html"
            yield warning(document.article.path, line, column, zh, en, do=do, do_en=do_en, code="broken-link")


def _above(url: str) -> Iterator[str]:
    parts = url.strip("/").split("/")
    for count in range(1, len(parts) + 1):
        yield "/".join(parts[:count])


def _lost_scans(root: Root, documents: Iterable[Document]) -> Iterator[Problem]:
    """Articles whose scan is not there any more."""
    scans = {file.path for file in root.files("scans")}
    for document in documents:
        for source in document.article.source:
            path = path_of(source)
            if (path.startswith("scans/") or path.endswith(".txt")) and path not in scans:
                line, column = document.place("source")
                zh, en = f"出处 {path} 不存在", f"the source {path} is not there"
                do, do_en = "把版面文本放回去，或改正 source", "put the page's text back or correct source"
                yield warning(document.article.path, line, column, zh, en, do=do, do_en=do_en, code="no-scan")
                break


@dataclass(frozen=True, slots=True)
class Fix:
    """A cure for one file: what it would be, and the difference for people to look at."""

    path: str
    before: bytes
    after: bytes

    @property
    def diff(self) -> str:
        """Unified; of the text where the encoding was the fault."""
        before = recode(self.before) or self.before
        made = diff(self.path, before, self.after)
        return made if before == self.before else f"# {self.path}: → UTF-8\n{made}"


def fixes(root: Root, *, content: bool = True, encoding: bool = False) -> list[Fix]:
    """What `check --fix` (content) and `--fix-encoding` would write; nothing is written here."""
    found: list[Fix] = []
    for path in [SETTINGS, *(file.path for file in root.files("articles", (".md",)))]:
        try:
            data = root.read(path)
        except UNREADABLE:
            continue
        made = (recode(data) if encoding else None) or data
        if content and path != SETTINGS:
            made = mended(made, path) or made
        if made != data:
            found.append(Fix(path, data, made))
    return found


def apply(root: Root, found: Iterable[Fix]) -> list[str]:
    """Write the cures; files that changed meanwhile are left alone. The paths written."""
    written: list[str] = []
    for fix in found:
        if root.read(fix.path) == fix.before and root.write(fix.path, fix.after, durable=True):
            written.append(fix.path)
    return written
