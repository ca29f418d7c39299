"""The manners in which a page is set, and invented articles to set in them: what an article is must not hang on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jianbao.text import visual_width

Kind = Literal["text", "subhead", "line"]
Part = tuple[Kind, str]


@dataclass(frozen=True)
class Made:
    """An article as written: the lines of its head, who signs below them, and its parts in order."""

    heads: tuple[str, ...]
    byline: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Manner:
    """`wrap`: characters in a line, 0 where each paragraph is one line. The rest: where blank lines stand."""

    wrap: int
    indent: bool
    between: bool = True  # articles
    paragraphs: bool = False
    subheads: bool = False

    def __str__(self) -> str:
        places = [name for name in ("between", "paragraphs", "subheads") if getattr(self, name)]
        return f"wrap {self.wrap}, {'indented' if self.indent else 'flush'}, blank: {' '.join(places) or 'none'}"


MANNERS = (
    Manner(0, indent=True),
    Manner(0, indent=True, between=False),
    Manner(0, indent=False),
    Manner(0, indent=False, paragraphs=True, subheads=True),
    Manner(22, indent=True),
    Manner(22, indent=True, between=False),
    Manner(22, indent=False),
    Manner(16, indent=True),
    Manner(22, indent=True, subheads=True),
)

_HANGING = "，。、；：！？”’）》"


def wrapped(text: str, size: int) -> list[str]:
    """A paragraph's lines of `size` characters each; a mark hangs rather than begin a line."""
    if not size:
        return [text]
    lines = [""]
    for char in text:
        full = visual_width(lines[-1] + char) > 2 * size
        if full and not (char in _HANGING and visual_width(lines[-1]) <= 2 * size):
            lines.append("")
        lines[-1] += char
    return lines


def laid_out(articles: Sequence[Made], manner: Manner) -> str:
    """A page's text."""
    lines = ["江城日报　2015年5月6日　星期三　第3版　综合", ""]

    def blank(wanted: bool) -> None:
        if wanted and lines[-1]:
            lines.append("")

    for article in articles:
        lines += article.heads
        lines += [article.byline] if article.byline else []
        for kind, text in article.parts:
            if kind == "text":
                lines += wrapped(("　　" if manner.indent else "") + text, manner.wrap)
                blank(manner.paragraphs)
            else:
                blank(manner.subheads and kind == "subhead")
                lines.append(text)
                blank(manner.subheads and kind == "subhead")
        blank(manner.between)
    return "\n".join(lines)
