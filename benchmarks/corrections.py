"""Do corrections survive? Every field and one paragraph of every article corrected, every page read anew.

usage: python benchmarks/corrections.py [--articles 1000] [--corpus ../shared/corpus/news-10k.jsonl.xz]

Makes an archive of pages from the corpus in a temporary folder, imports it with the real reader, corrects every
article as an editor would (every field, one paragraph, a comment, a key of his own, now and then CRLF or a BOM),
changes what the reader reads on every page in every field and paragraph, imports again, and counts what was lost.
"""

from __future__ import annotations

import argparse
import datetime
import json
import lzma
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from jianbao.articles.document import read_document
from jianbao.articles.edit import BOM, blocks_of
from jianbao.articles.fields import BY_NAME, FIELDS, Fields, Value
from jianbao.articles.frontmatter import value_text
from jianbao.articles.importer import import_scans
from jianbao.articles.merge import shown
from jianbao.articles.record import Reading, from_json
from jianbao.articles.records import record_path
from jianbao.config import Config
from jianbao.folder.store import Root
from jianbao.model import Byline, PaperDate, ReadArticle, ReadPage
from jianbao.reading.page import read_page

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "news-10k.jsonl.xz"
CONFIG = Config("语料")


@dataclass(slots=True)
class Outcome:
    """What came of it; `lost` names every edit that is not in its file any more."""

    pages: int
    articles: int
    edits: int
    lost: list[str]
    moved_ids: int
    expected_conflicts: int
    listed_conflicts: int
    missing_conflicts: list[str]
    taken: int
    second_run: int
    seconds: dict[str, float]


def run(folder: Path, wanted: int, corpus: Path = CORPUS) -> Outcome:
    """The whole experiment in an empty folder."""
    root, seconds = Root(folder), dict[str, float]()
    pages = write_pages(folder, wanted, corpus)
    with timed(seconds, "import"):
        import_scans(root, CONFIG, known_names={})
    before = readings(root)
    edits = {id_: correct(root.path(path), number) for number, (id_, path) in enumerate(sorted(files(root).items()))}
    paths = files(root)
    with patch("jianbao.reading.page.read_page", changed_page):
        with timed(seconds, "import again"):
            report = import_scans(root, CONFIG, again=True, known_names={})
        assert not report.problems, report.problems[:3]
        after = readings(root)
        lost = [fault for id_, edit in edits.items() if id_ in paths for fault in missing(root, paths[id_], edit)]
        taken = sum(took(root, paths[id_], after[id_]) for id_ in edits if id_ in after)
        with timed(seconds, "import a third time"):
            second = import_scans(root, CONFIG, again=True, known_names={})
    listed = {(id_, conflict.field) for id_, conflict in report.conflicts}
    expected = {(id_, name) for id_ in edits for name in clashes(before[id_], edits[id_], after.get(id_))}
    return Outcome(
        pages,
        len(edits),
        sum(len(edit.fields) + 1 for edit in edits.values()),
        lost,
        len(set(paths.items()) ^ set(files(root).items())) + len(report.removed),
        len(expected),
        len(listed),
        sorted(f"{id_} {name}" for id_, name in expected - listed),
        taken,
        len(second.written) + len(second.removed) + len(second.conflicts),
        seconds,
    )


@contextmanager
def timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    """How long something takes."""
    start = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - start


def write_pages(folder: Path, wanted: int, corpus: Path) -> int:
    """Pages of six articles, wrapped as a newspaper column is; how many."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for _, line in zip(range(wanted), lines, strict=False)]
    day = datetime.date(2020, 1, 1)
    count = 0
    for start in range(0, len(articles), 6):
        day_number, page = divmod(count, 4)
        path = folder / "scans" / f"{day + datetime.timedelta(day_number)}" / f"{page + 1:02d}-要闻.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n\n".join(column(one) for one in articles[start : start + 6]) + "\n", "utf-8")
        count += 1
    return count


def column(article: Mapping[str, str]) -> str:
    """An article as lines of 22 characters."""
    lines = [article["title"]]
    lines += [f"——{article['subtitle'][:20]}"] if article.get("subtitle") else []
    lines += ["", "本报记者 王晓明", ""]
    for paragraph in article["body"].split("\n")[:8]:
        text = "　　" + paragraph.strip()
        lines += [text[i : i + 22] for i in range(0, min(len(text), 1200), 22)]
    return "\n".join(lines)


def files(root: Root) -> dict[str, str]:
    """id → path."""
    found: dict[str, str] = {}
    for file in root.files("articles", (".md",)):
        document, problems = read_document(root.read(file.path), file.path)
        assert document is not None, problems
        found[document.article.id] = file.path
    return found


def readings(root: Root) -> dict[str, Reading]:
    """id → what the machine last read."""
    found: dict[str, Reading] = {}
    for file in root.files("scans", (".txt",)):
        record = from_json(root.read(record_path(file.path)).decode())
        assert record is not None
        found |= {one.id: one for one in record.articles}
    return found


@dataclass(frozen=True, slots=True)
class Edit:
    """What an editor made of an article: `fields` as they must read, `paragraph`, lines of his own."""

    fields: Fields
    paragraph: str
    own: tuple[str, ...]


def correct(path: Path, number: int) -> Edit:
    """Change every field and one paragraph of a file, as an editor would."""
    document, _ = read_document(path.read_bytes(), path.name)
    assert document is not None
    fields = {field.name: corrected(field.name, document.fields.get(field.name), number) for field in FIELDS[1:]}
    blocks = list(blocks_of(document.body))
    middle = len(blocks) // 2
    paragraph = f"【编校{number}】{blocks[middle]}" if blocks else f"【编校{number}】补记。"
    blocks[middle : middle + 1] = [paragraph]
    own = (f"# 王编辑校过第 {number} 篇", f"weather: 晴{number}")
    lines = [own[0], f"id: {document.article.id}   # 不改"]
    lines += [f"{name}: {value_text(name, value)}" for name, value in reversed(fields.items()) if value] + [own[1]]
    text = "\n".join(["---", *lines, "---", "", "", *"\n\n\n".join(blocks).split("\n"), ""])
    data = (text.replace("\n", "\r\n") if number % 3 == 1 else text).encode()
    path.write_bytes(BOM + data if number % 5 == 2 else data)
    return Edit(fields, paragraph, own)


def corrected(name: str, value: Value | None, number: int) -> Value:
    """Another value for a field."""
    if name == "review":
        return ()
    if name == "date":
        return "1999-09-09"
    if name == "page":
        return "B09"
    if name == "kind":
        return "广告"
    if name == "source":
        return ("scans/手记.txt#L1",)
    if BY_NAME[name].is_list:
        return (*(value or ()), f"编{number}")
    return f"{value or ''}编{number}"


def changed_page(text: str, source: str, known_names: Mapping[str, int] | None = None) -> ReadPage:
    """What a later reader reads: every field and every paragraph another."""
    page = read_page(text, source, known_names)
    articles = tuple(changed_article(article) for article in page.articles)
    assert page.date
    later = PaperDate(page.date.year, page.date.month, page.date.day % 28 + 1)
    return replace(page, date=later, page="A07", section="时政", articles=articles)


def changed_article(article: ReadArticle) -> ReadArticle:
    """All of it read differently, and still the same article."""
    return replace(
        article,
        headline=f"{article.headline or ''}（更）",
        kicker=f"{article.kicker or ''}更引",
        subhead=f"{article.subhead or ''}更副",
        column="更栏",
        bylines=(*article.bylines, Byline("记者", "更名"), Byline("通讯员", "更通"), Byline("摄影", "更影")),
        captions=(*article.captions, "更图说"),
        paragraphs=tuple(
            replace(paragraph, text=f"{paragraph.text[:4]}更{paragraph.text[4:]}") for paragraph in article.paragraphs
        ),
    )


def missing(root: Root, path: str, edit: Edit) -> list[str]:
    """The edits that are not in the file any more."""
    data = root.read(path)
    document, problems = read_document(data, path)
    if document is None:
        return [f"{path}: {problems[0].text('en')}"]
    found = [
        f"{path}: {name}"
        for name, value in edit.fields.items()
        if name != "review" and document.fields.get(name, type(value)()) != value
    ]
    found += [f"{path}: own lines"] if any(line.encode() not in data for line in edit.own) else []
    found += [f"{path}: paragraph"] if blocks_of(document.body).count(edit.paragraph) != 1 else []
    return found


def took(root: Root, path: str, reading: Reading) -> int:
    """How many of the machine's paragraphs stand in the file."""
    document, _ = read_document(root.read(path), path)
    return sum(block in reading.blocks for block in blocks_of(document.body)) if document else 0


def clashes(before: Reading, edit: Edit, after: Reading | None) -> Iterator[str]:
    """The fields that both changed, each in another way."""
    if after is None:
        return
    for name, mine in edit.fields.items():
        empty: Value = () if BY_NAME[name].is_list else ""
        was, now = before.fields.get(name, empty), after.fields.get(name, empty)
        if name != "review" and was != now and mine not in (was, now) and shown(mine) != shown(now):
            yield name
    if before.blocks:
        yield "body"


def main() -> int:
    """Print the figures; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder:
        out = run(Path(folder), options.articles, options.corpus)
    print(f"pages {out.pages}, articles {out.articles}, edits {out.edits}")
    print(f"edits lost                 {len(out.lost)}")
    print(f"ids or paths changed       {out.moved_ids}")
    told = f"{out.expected_conflicts}, {out.listed_conflicts}; not listed {len(out.missing_conflicts)}"
    print(f"conflicts expected, listed {told}")
    print(f"machine's paragraphs taken {out.taken}")
    print(f"changes by a second run    {out.second_run}")
    print("seconds                    " + ", ".join(f"{name} {one:.1f}" for name, one in out.seconds.items()))
    for fault in [*out.lost[:10], *out.missing_conflicts[:10]]:
        print("  ", fault)
    return 1 if out.lost or out.moved_ids or out.missing_conflicts or out.second_run else 0


if __name__ == "__main__":
    raise SystemExit(main())
