"""The articles grouped as readers look for them: by issue and page, person, section, tag.

Everything here is made from metadata alone, in one pass each; bodies stay in their files. Groups are sequences whose
length is known at once: where articles are kept in a database (building/stored.py), they are read when asked for.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal

from jianbao.config import Config
from jianbao.digests import digest_of
from jianbao.groups import Work, has_issue, month_of, scans_of, section_of, tags_of, works_of
from jianbao.model import Article, PaperDate
from jianbao.order import in_print_order, padded
from jianbao.problems import Problem, error


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
    articles: Sequence[Article]

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
    pages: Sequence[PaperPage]
    articles: Sequence[Article]  # of all pages, in printed order


@dataclass(frozen=True, slots=True)
class Person:
    """Everybody who signs with the same name; `works` are in archive order, `count` is the number of articles."""

    name: str
    works: Sequence[Work]
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """The articles of one month, `2021-12`, or of what is known less well (`2021`, `undated`), in archive order.
    `mark` changes with each of their files."""

    name: str
    articles: Sequence[Article]
    mark: str


@dataclass(frozen=True, slots=True)
class Sums:
    """What is counted over all articles: those of each year, characters, and those with fields that nobody has checked,
    `waiting` altogether and `doubted` by field."""

    by_year: Mapping[int, int]
    characters: int
    waiting: int
    doubted: Mapping[str, int]


@dataclass(frozen=True)
class Archive:
    """All articles in order of date, page and number. The groups are made when first asked for."""

    config: Config
    articles: Sequence[Article]
    renames: tuple[Rename, ...] = ()

    def in_memory(self) -> Archive:
        """The same archive with all its articles at hand: for who will look at all of them."""
        return self

    def of_files(self, paths: Sequence[str]) -> dict[str, Article]:
        """The articles of those of these files that have one, by path."""
        wanted = set(paths)
        return {article.path: article for article in self.articles if article.path in wanted}

    @cached_property
    def by_id(self) -> Mapping[str, Article]:
        """Every article by its id."""
        return {article.id: article for article in self.articles}

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The digest of every article's file, by id, in their order."""
        return {article.id: article.digest for article in self.articles}

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
    def without_issue(self) -> Sequence[Article]:
        """Articles whose day is unknown or only estimated."""
        return tuple(article for article in self.articles if not has_issue(article))

    @cached_property
    def sections(self) -> Mapping[str, Sequence[Article]]:
        """Articles by section: first the sections that site.yaml lists, in its order, then the others by name."""
        found: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            if article.section:
                found[section_of(article)].append(article)
        return {name: tuple(found[name]) for name in self.listed_first(found)}

    def listed_first(self, sections: Iterable[str]) -> list[str]:
        """Names of sections in the order in which they are shown."""
        known = set(sections)
        listed = dict.fromkeys(name for name in self.config.sections if name in known)
        return [*listed, *sorted(known - listed.keys())]

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody who signed, by name (Unicode form C), in order of name."""
        works: dict[str, list[Work]] = defaultdict(list)
        counts: dict[str, int] = {}
        for article in self.articles:
            for name, found in works_of(article).items():
                works[name] += found
                counts[name] = counts.get(name, 0) + 1
        return {name: Person(name, tuple(works[name]), counts[name]) for name in sorted(works)}

    @cached_property
    def tags(self) -> Mapping[str, Sequence[Article]]:
        """Articles by tag, in order of tag."""
        found: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            for tag in tags_of(article):
                found[tag].append(article)
        return {tag: tuple(found[tag]) for tag in sorted(found)}

    @cached_property
    def by_scan(self) -> Mapping[str, Sequence[Article]]:
        """The articles cut from each scan, by its path."""
        found: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            for path in scans_of(article):
                found[path].append(article)
        return {path: tuple(articles) for path, articles in found.items()}

    @cached_property
    def months(self) -> Sequence[Month]:
        """All articles by month."""
        found = []
        for name, articles in groupby(self.articles, key=month_of):
            some = tuple(articles)
            found.append(Month(name, some, mark_of_files(" ".join(sorted([article.digest for article in some])))))
        return found

    @cached_property
    def sums(self) -> Sums:
        """What is counted over all articles."""
        years = Counter(article.date.year for article in self.articles if article.date)
        doubted = Counter(field for article in self.articles for field in article.review)
        waiting = sum(bool(article.review) for article in self.articles)
        return Sums(years, sum(article.length for article in self.articles), waiting, doubted)

    def dated_outside(self, first: str, last: str) -> Iterable[Article]:
        """The articles whose date, as a text, comes before `first` or after `last`."""
        return (one for one in self.articles if one.date and (one.date.iso < first or one.date.iso > last))


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


def mark_of_files(digests: str) -> str:
    """One mark of the digests of several files, sorted and parted by blanks."""
    return digest_of(digests.encode())


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
