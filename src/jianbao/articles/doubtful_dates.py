"""Dates that can hardly be right: in the future, or before the newspaper's first issue. A warning each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from jianbao.archive import Archive
from jianbao.articles.fault_places import place_in
from jianbao.articles.faults import fault
from jianbao.config import Config
from jianbao.folder.store import Root
from jianbao.model import Article, PaperDate
from jianbao.problems import Problem

_DAY = datetime.timedelta(days=1)


def doubtful_dates(
    root: Root, archive: Archive, config: Config, today: datetime.date | None = None
) -> Iterator[Problem]:
    """The warnings; only files that get one are opened, for the place."""
    now = today or datetime.date.today()
    first_day = config.first_issue.iso if config.first_issue else ""
    for article in archive.dated_outside(first_day, (now + _DAY).isoformat()):
        code = _doubt(article, config, now)
        if code and article.date:
            line, column = place_in(root, article.path, "date")
            yield fault(article.path, line, column, code, article.date.iso, first_day)


def _doubt(article: Article, config: Config, today: datetime.date) -> str | None:
    if article.date is None:
        return None
    tomorrow = today + _DAY  # an editor east of this machine may be a day ahead
    if _begins(article.date) > (tomorrow.year, tomorrow.month, tomorrow.day):
        return "date-future"
    if config.first_issue and _ends(article.date) < _begins(config.first_issue):
        return "date-before"
    return None


def _begins(date: PaperDate) -> tuple[int, int, int]:
    return date.year, date.month or 1, date.day or 1


def _ends(date: PaperDate) -> tuple[int, int, int]:
    return date.year, date.month or 12, date.day or 31
