"""The articles that benchmarks measure on: ../shared/corpus, as many as are asked for, laid out as an archive.

Third-party text: it is read where it lies and written only into folders given by the caller, for measuring.
"""

from __future__ import annotations

import json
import lzma
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jianbao.articles.document import write_document
from jianbao.articles.markup import escape
from jianbao.model import Article, Byline, PaperDate

REPOSITORY = Path(__file__).resolve().parents[1]
CORPUS = REPOSITORY.parent / "shared" / "corpus" / "news-10k.jsonl.xz"


@dataclass(frozen=True, slots=True)
class Sample:
    """One article of the corpus with the id it gets here; `text` is its plain body."""

    article: Article
    text: str


def rows() -> Iterator[dict[str, Any]]:
    """The corpus as it is stored."""
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def samples(count: int = 10_000) -> Iterator[Sample]:
    """`count` articles. Beyond the corpus, its articles come again in earlier years with their sentences in
    another order and a number in the title, so that no two are alike."""
    stored = list(rows())
    numbers: dict[tuple[str, int], int] = defaultdict(int)
    for index in range(count):
        row, again = stored[index % len(stored)], index // len(stored)
        day = date.fromisoformat(row["date"]) - timedelta(days=364 * again)
        page = int(row["page"] or 1)
        numbers[str(day), page] += 1
        body, title = row["body"], row["title"]
        if again:
            paragraphs = body.split("\n")
            random.Random(index).shuffle(paragraphs)
            body, title = "\n".join(paragraphs), f"{title}（{again}）"
        id_ = f"{day}-{page:02d}-{numbers[str(day), page]:02d}"
        article = Article(
            id=id_,
            title=title,
            path=f"articles/{day.year}/{id_}.md",
            digest="",
            date=PaperDate(day.year, day.month, day.day),
            kicker=row["kicker"] or "",
            subtitle=row["subtitle"] or "",
            bylines=tuple(Byline("记者", name) for name in _names(row["author"])),
            section=row["column"] or f"第{page}版",
            page=str(page),
        )
        yield Sample(article, body)


def _names(author: str | None) -> list[str]:
    return [name for name in (author or "").removeprefix("记者").replace("、", " ").split() if 2 <= len(name) <= 4]


def write_archive(folder: Path, count: int = 10_000, title: str = "基准档案") -> None:
    """An archive folder of `count` articles (no scans), as an import would have written them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(f"title: {title}\nbase_url: https://example.org/\n", "utf-8")
    for sample in samples(count):
        target = folder / sample.article.path
        target.parent.mkdir(parents=True, exist_ok=True)
        body = "\n\n".join(escape(paragraph) for paragraph in sample.text.split("\n") if paragraph.strip())
        target.write_text(write_document(replace(sample.article), body), "utf-8")
