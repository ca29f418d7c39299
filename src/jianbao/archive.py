"""The articles grouped as readers look for them: by issue and page, person, section, tag.

Everything here is made from metadata alone, in one pass each; bodies stay in their files.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from jianbao.config import Config
from jianbao.model import Article, PaperDate
from jianbao.problems import Problem, error
from jianbao.roles import RoleField, field_of_role

_PARTS = re.compile(r"[0-9]+|[^0-9]+").findall


@dataclass(frozen=True, slots=True)
class Rename:
    """A person, section or tag that once had another name, or an article (by its id) that was joined into
    another; the old address leads to the new one."""

    kind: Literal["reporter", "section", "tag", "article"]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page (版) of an issue with its articles in printed order. `label` is `1` or `A02`, "" where unknown."""

    date: PaperDate
    label: str
    articles: tuple[Article, ...]

    @property
    def number(self) -> str:
        """The label as addresses have it: two digits at least (`01`, `A02`)."""
        return padded(self.label)

    @property
    def section(self) -> str:
        """The section most of its articles stand in."""
        return most_common(article.section for article in self.articles)


@dataclass(frozen=True, slots=True)
class Issue:
    """One day's newspaper; its date is known to the day."""

    date: PaperDate
    pages: tuple[PaperPage, ...]
    articles: tuple[Article, ...]  # of all pages, in printed order


@dataclass(frozen=True, slots=True)
class Work:
    """What one person did for one article."""

    article: Article
    role: str  # as signed: 首席记者; "" where no role is printed
    field: RoleField


@dataclass(frozen=True, slots=True)
class Person:
    """Everybody who signs with the same name; `works` are in archive order."""

    name: str
    works: tuple[Work, ...]


@dataclass(frozen=True)
class Archive:
    """All articles in order of date, page and number. The groups are made when first asked for."""

    config: Config
    articles: tuple[Article, ...]
    renames: tuple[Rename, ...] = ()
    scans: Mapping[str, int] = field(default_factory=dict)  # pages read, by date; for the about page

    @cached_property
    def by_id(self) -> dict[str, Article]:
        """Every article by its id."""
        return {article.id: article for article in self.articles}

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """The issues in order of date; articles whose day is unknown or estimated belong to none."""
        days: dict[PaperDate, dict[str, list[Article]]] = {}
        for article in self.articles:
            if has_issue(article) and article.date is not None:
                days.setdefault(article.date, {}).setdefault(padded(article.page), []).append(article)
        issues = []
        for day, found in sorted(days.items()):
            pages = tuple([PaperPage(day, page[0].page, tuple(page)) for page in found.values()])
            issues.append(Issue(day, pages, tuple([article for page in pages for article in page.articles])))
        return tuple(issues)

    @cached_property
    def issue_of(self) -> dict[PaperDate, Issue]:
        """Every issue by its date."""
        return {issue.date: issue for issue in self.issues}

    @cached_property
    def without_issue(self) -> tuple[Article, ...]:
        """Articles whose day is unknown or only estimated."""
        return tuple(article for article in self.articles if not has_issue(article))

    @cached_property
    def sections(self) -> dict[str, tuple[Article, ...]]:
        """Articles by section: first the sections that site.yaml lists, in its order, then the others by name."""
        found: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            if article.section:
                found[unicodedata.normalize("NFC", article.section)].append(article)
        listed = [name for name in self.config.sections if name in found]
        others = sorted(name for name in found if name not in set(listed))
        return {name: tuple(found[name]) for name in [*listed, *others]}

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody who signed, by name (Unicode form C), in order of name."""
        works: dict[str, list[Work]] = defaultdict(list)
        for article in self.articles:
            for byline in article.bylines:
                name = unicodedata.normalize("NFC", byline.name)
                works[name].append(Work(article, byline.role, field_of_role(byline.role)))
        return {name: Person(name, tuple(works[name])) for name in sorted(works)}

    @cached_property
    def tags(self) -> dict[str, tuple[Article, ...]]:
        """Articles by tag, in order of tag."""
        found: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            for tag in dict.fromkeys(article.tags):
                found[unicodedata.normalize("NFC", tag)].append(article)
        return {tag: tuple(found[tag]) for tag in sorted(found)}


def assemble(
    config: Config, articles: Iterable[Article], renames: Sequence[Rename] = ()
) -> tuple[Archive, list[Problem]]:
    """The archive of these articles in order, and the ids that collide (then only the first one is kept)."""
    kept: dict[str, Article] = {}
    problems: list[Problem] = []
    for article in sorted(articles, key=lambda one: one.path):
        address = folded(article.id)
        if address in kept:
            problems += _collision(kept[address], article)
        else:
            kept[address] = article
    return Archive(config, tuple(sorted(kept.values(), key=in_print_order)), tuple(renames)), problems


def has_issue(article: Article) -> bool:
    """Whether its day of printing is known, so that it stands in an issue."""
    return article.date is not None and article.date.is_day and not article.date.estimated


def in_print_order(article: Article) -> tuple[object, ...]:
    """Sort key: date, page, number on the page; what is unknown comes last."""
    date = article.date or PaperDate(9999)
    day = (date.year, date.month or 13, date.day or 32)
    return (day, not article.page, natural(article.page), [*map(natural, article.id.split("-"))], article.id)


@lru_cache(maxsize=1 << 12)
def natural(label: str) -> tuple[tuple[int, str], ...]:
    """Sort key of a label with numbers in it: 2 before 10 before A1."""
    return tuple([(int(part), "") if part.isdigit() else (10**9, part) for part in _PARTS(label)])


@lru_cache(maxsize=1 << 12)
def padded(label: str) -> str:
    """A page's label as addresses have it: `1` → `01`, `A2` → `A02`; `00` where the page is unknown."""
    if not label:
        return "00"
    return re.sub(r"[0-9]+$", lambda digits: digits[0].zfill(2), label)


def folded(text: str) -> str:
    """What two names must differ in so that no file system takes them for one."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())


def most_common(values: Iterable[str]) -> str:
    """The value met most often, the first one met where several are; "" where there is none."""
    counts: dict[str, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return max(counts, key=counts.__getitem__, default="")


def _collision(first: Article, second: Article) -> list[Problem]:
    same = first.id == second.id
    return [
        error(
            one.path,
            0,
            0,
            f"编号 {one.id} 与 {other.path} 的编号{'相同' if same else f' {other.id} 只有大小写或字符形式不同'}",
            f"id {one.id} is {'also that of' if same else 'the same but for case or Unicode form as in'} {other.path}",
            do="每篇文章的 id 必须不同：改掉其中一个",
            do_en="every article needs an id of its own: change one of the two",
            code="id-twice",
        )
        for one, other in ((first, second), (second, first))
    ]
