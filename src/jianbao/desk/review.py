"""The queue: what waits for a person, most doubtful first, with the reason and the place to open.

Three things wait: fields under `review`, conflicts between an editor's text and a later reading, and names that
may be one person's. Removing a field from `review` records that a person checked it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from jianbao.articles.document import Document, read_document
from jianbao.articles.edit import blocks_of
from jianbao.articles.fields import BY_NAME
from jianbao.articles.merge import Conflict
from jianbao.articles.record import Reading, Record, from_json, to_json
from jianbao.articles.records import read_record, record_path
from jianbao.articles.standing import still_open
from jianbao.desk.rename import similar
from jianbao.folder.layout import RECORD_ENDING
from jianbao.folder.store import UNREADABLE, Root
from jianbao.model import Article
from jianbao.problems import Language, Words
from jianbao.sources import path_of

_NAMES_MARGIN: Final = 0.6  # a likely namesake is less urgent than what the machine could not read
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to look at. `margin` is how sure the machine was (0 = not at all); `machine` its reading where
    it differs from the file; `command` what settles it at once, where one does."""

    kind: Literal["conflict", "doubt", "name"]
    id: str
    path: str
    line: int
    title: str
    field: str
    reason: Words
    margin: float
    machine: str = ""
    command: str = ""

    def text(self, language: Language) -> str:
        """`path:line: field: reason`, for the terminal."""
        name = self.title or {"zh": "（无标题）", "en": "(no title)"}[language]
        label = BY_NAME[self.field].label if self.field in BY_NAME and language == "zh" else self.field
        label = "正文" if self.field == "body" and language == "zh" else label
        more = f"\n    → {self.command}" if self.command else ""
        return f"{self.path}:{self.line}: 《{name}》 {label}：{self.reason[language]}{more}"

    def as_json(self, language: Language) -> dict[str, str | int | float]:
        """One flat object."""
        return {
            "kind": self.kind,
            "id": self.id,
            "path": self.path,
            "line": self.line,
            "title": self.title,
            "field": self.field,
            "reason": self.reason[language],
            "margin": self.margin,
            "machine": self.machine,
            "command": self.command,
        }


def queue(root: Root, articles: Iterable[Article] | None = None) -> list[Waiting]:
    """All that waits. `articles` are the archive's where they are known already; else they are read."""
    known = {article.id: article for article in (articles if articles is not None else _articles(root))}
    readings = _readings(root)
    waiting: list[Waiting] = []
    for article in known.values():
        reading = readings.get(article.id)
        if not article.review and not (reading and reading.conflicts):
            continue
        document = _document(root, article.path)
        if document is None:
            continue
        place = _places(document.text)
        waiting += [_doubt(article, name, reading, place(name)) for name in article.review]
        blocks = blocks_of(document.body)
        for conflict in reading.conflicts if reading else ():
            if still_open(conflict, dict(document.fields), blocks):
                waiting.append(_conflict(article, conflict, place(conflict.field)))
    waiting += _namesakes(list(known.values()))
    return sorted(waiting, key=lambda one: (one.margin, one.path, one.line, one.field))


def _doubt(article: Article, name: str, reading: Reading | None, line: int) -> Waiting:
    doubt = next((one for one in reading.doubts if one.field == name), None) if reading else None
    reason = doubt.sentence if doubt else Words("请核对", "to be checked")
    margin = doubt.margin if doubt else 0.0
    return Waiting("doubt", article.id, article.path, line, article.title, name, reason, margin)


def _conflict(article: Article, conflict: Conflict, line: int) -> Waiting:
    machine = _short(conflict.machine)
    if conflict.machine:
        reason = Words(f"人改过，机器现在读作“{machine}”", f"corrected by hand; the machine now reads “{machine}”")
    else:
        reason = Words("人改过，机器现在读不到了", "corrected by hand; the machine finds it no more")
    return Waiting(
        "conflict", article.id, article.path, line, article.title, conflict.field, reason, -1.0, conflict.machine
    )


def _namesakes(articles: Sequence[Article]) -> list[Waiting]:
    """Signed names one character apart that sign on the same page of the newspaper."""
    counts: Counter[str] = Counter()
    pages: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, Article] = {}
    for article in articles:
        for byline in article.bylines:
            counts[byline.name] += 1
            pages[byline.name].add(article.page or article.section)
            first.setdefault(byline.name, article)
    found: list[Waiting] = []
    for one, other in similar(counts):
        if not pages[one] & pages[other] or (len(one) == 2 and one[0] != other[0]):
            continue
        rare, common = sorted((one, other), key=lambda name: (counts[name], name))
        article = first[rare]
        zh = f"“{rare}”（{counts[rare]} 篇）与“{common}”（{counts[common]} 篇）只差一字，是同一人吗？"
        en = f"“{rare}” ({counts[rare]}) and “{common}” ({counts[common]}) are one character apart; one person?"
        command = f"jianbao rename reporter {rare} {common}"
        margin = _NAMES_MARGIN + min(counts[rare] / counts[common], 1.0) / 4
        found.append(
            Waiting("name", article.id, article.path, 1, article.title, "reporter", Words(zh, en), margin, "", command)
        )
    return found


def _readings(root: Root) -> dict[str, Reading]:
    """What the machine read, of the articles with doubts or conflicts."""
    found: dict[str, Reading] = {}
    for file in root.files("scans", (RECORD_ENDING,)):
        try:
            data = root.read(file.path)
        except UNREADABLE:
            continue
        if b'"doubts"' in data or b'"conflicts"' in data:
            record = from_json(data.decode("utf-8", "replace"))
            found |= {one.id: one for one in (record.articles if record else ())}
    return found


def _articles(root: Root) -> Iterable[Article]:
    for file in root.files("articles", (".md",)):
        document = _document(root, file.path)
        if document:
            yield document.article


def _document(root: Root, path: str) -> Document | None:
    try:
        return read_document(root.read(path), path)[0]
    except UNREADABLE:
        return None


def _places(text: str) -> Callable[[str], int]:
    """The line of a field, found without reading YAML again."""
    lines = text.split("\n")
    where: dict[str, int] = {}
    fences = 0
    for number, line in enumerate(lines, 1):
        if line.strip() == "---":
            fences += 1
        elif fences == 1 and (match := re.match(r"\s*([\w]+)\s*:", line)):
            where.setdefault(match[1], number)
        if fences == 2:
            where.setdefault("body", number + 1)
            break
    return lambda name: where.get(name, 1)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def settle(root: Root, article: Article, field: str) -> bool:
    """A person has looked at a conflict and keeps the file as it is: it waits no more, and the field counts as
    checked. Whether there was one."""
    for scan in dict.fromkeys(map(path_of, article.source)):
        path = record_path(scan)
        try:
            record = read_record(root, path)
        except UNREADABLE:
            continue
        articles = tuple(_settled(one, field) if one.id == article.id else one for one in (record or _NONE).articles)
        if record and articles != record.articles:
            return root.write(path, to_json(replace(record, articles=articles)).encode(), durable=True)
    return False


_NONE: Final = Record("", "", ())


def _settled(reading: Reading, field: str) -> Reading:
    conflicts = tuple(one for one in reading.conflicts if one.field != field)
    if conflicts == reading.conflicts:
        return reading
    checked = reading.checked | ({field} if field != "body" else frozenset())
    return replace(reading, conflicts=conflicts, checked=frozenset(checked))
