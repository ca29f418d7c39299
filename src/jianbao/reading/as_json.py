"""The shape of `parse --json` (see the contract), with a few keys more."""

from __future__ import annotations

from typing import Any

from jianbao.doubts import Doubt
from jianbao.model import ReadArticle, ReadPage


def page_json(page: ReadPage) -> dict[str, Any]:
    """One object a page, of plain values. Beyond the contract: `line_numbers` (all lines, where `lines` gives
    first and last), `kinds` beside `paragraphs` (`text`, `subhead`, `box`), `column`, `kind`, `doubts` with
    their reasons, `continues_on`, `continued_from`; `furniture_lines` and `unassigned_lines` are numbers."""
    return {
        "source": page.source,
        "date": str(page.date) if page.date else None,
        "page": int(page.page) if page.page and page.page.isascii() and page.page.isdigit() else page.page,
        "section": page.section,
        "articles": [_article(article) for article in page.articles],
        "furniture": [line.text.strip() for line in page.furniture],
        "unassigned": [line.text.strip() for line in page.unassigned],
        "furniture_lines": [line.number for line in page.furniture],
        "unassigned_lines": [line.number for line in page.unassigned],
        "review": sorted({doubt.field for doubt in page.doubts}),
        "doubts": [_doubt(doubt) for doubt in page.doubts],
    }


def _article(article: ReadArticle) -> dict[str, Any]:
    return {
        "headline": article.headline,
        "kicker": article.kicker,
        "subhead": article.subhead,
        "byline": [{"role": byline.role, "name": byline.name} for byline in article.bylines],
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
        "captions": list(article.captions),
        "lines": [article.lines[0], article.lines[-1]] if article.lines else [],
        "review": list(dict.fromkeys(doubt.field for doubt in article.doubts)),
        "kinds": [paragraph.kind.value for paragraph in article.paragraphs],
        "line_numbers": list(article.lines),
        "column": article.column,
        "kind": article.kind.value,
        "continues_on": article.continues_on,
        "continued_from": article.continued_from,
        "also": [{"source": part.source, "lines": list(part.lines)} for part in article.also],
        "doubts": [_doubt(doubt) for doubt in article.doubts],
    }


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "field": doubt.field,
        "code": doubt.why.value,
        "reason": doubt.sentence.zh,
        "margin": round(doubt.margin, 2),
    }
