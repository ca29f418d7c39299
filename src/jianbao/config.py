"""site.yaml: what the archive is called and how it is built. Every key but title is optional."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from jianbao.model import PaperDate


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest files that are read, in bytes; a larger one is an error, not a slow build."""

    scan: int = 20_000_000
    article: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of an archive, after defaults."""

    title: str
    subtitle: str = ""
    description: str = ""
    base_url: str = ""  # "" = unknown: pages stay relative, feeds and sitemap carry tag: URIs or are left out
    language: Literal["zh-Hans", "zh-Hant"] = "zh-Hans"  # of the newspaper
    interface: Literal["zh", "en"] = "zh"  # of the site's own words
    newspaper: str = ""  # defaults to title
    publisher: str = ""
    place: str = ""
    issn: str = ""
    cn: str = ""  # 国内统一刊号
    sections: tuple[str, ...] = ()  # the order in which sections are listed
    first_issue: PaperDate | None = None
    limits: Limits = field(default_factory=Limits)
    digest: str = ""  # of site.yaml's meaning: part of every key that depends on settings

    @property
    def paper(self) -> str:
        """The newspaper's name."""
        return self.newspaper or self.title
