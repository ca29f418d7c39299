"""A desk to import and correct at: an archive folder with a reader of pages simple enough to predict.

A page's text is `# headline`, `by 记者 林晓`, `kicker …`, `caption …`, `doubt field` and paragraphs, a line each.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from jianbao.articles.document import Document, read_document
from jianbao.articles.importer import ImportReport, import_scans
from jianbao.articles.record import Record, from_json
from jianbao.articles.records import record_path
from jianbao.config import Config
from jianbao.doubts import Doubt, Why
from jianbao.folder.store import Root
from jianbao.model import Byline, PaperDate, Paragraph, ReadArticle, ReadPage
from jianbao.reading.furniture.scan_path import place_of

CONFIG = Config("鹭汀新报")


def simple_page(text: str, source: str, known_names: Mapping[str, int] | None = None) -> ReadPage:
    """The page as its lines say."""
    place = place_of(source)
    articles: list[ReadArticle] = []
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if line.startswith("#")] + [len(lines)]
    for start, end in pairwise(starts):
        articles.append(_article(lines, start, end))
    date = place.date or PaperDate(2024, 3, estimated=True)
    return ReadPage(source, date, place.page or None, place.section or None, tuple(articles))


def _article(lines: list[str], start: int, end: int) -> ReadArticle:
    said: dict[str, list[str]] = {"by": [], "kicker": [], "caption": [], "doubt": [], "": []}
    for line in lines[start + 1 : end]:
        word, _, rest = line.partition(" ")
        if line.strip():
            said[word if word in said else ""].append(rest if word in said else line)
    return ReadArticle(
        lines[start][1:].strip() or None,
        tuple(map(Paragraph, said[""])),
        tuple(n + 1 for n in range(start, end) if lines[n].strip()),
        kicker=(said["kicker"] or [None])[0],
        bylines=tuple(Byline(*one.split(" ")) for one in said["by"]),
        captions=tuple(said["caption"]),
        doubts=tuple(Doubt(one, Why.AS_TOLD, 0.1, ("看不清",)) for one in said["doubt"]),
    )


class Desk:
    """An archive folder, and what an archivist and an editor do in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = Root(folder)

    def scan(self, text: str, path: str = "2024-03-08/01-要闻.txt") -> None:
        """Put or change a scan."""
        target = self.folder / "scans" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def run(self, **options: object) -> ImportReport:
        """Import; the second run in a row must change nothing."""
        report = import_scans(self.root, CONFIG, known_names={}, **options)  # type: ignore[arg-type]
        before = self.bytes()
        again = import_scans(self.root, CONFIG, known_names={}, again=True)
        assert self.bytes() == before
        assert again.written == ()
        assert again.removed == ()
        assert again.conflicts == ()
        return report

    def bytes(self) -> dict[str, bytes]:
        """Every file."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}

    @property
    def articles(self) -> dict[str, Document]:
        """id → article."""
        found: dict[str, Document] = {}
        for path in sorted((self.folder / "articles").rglob("*.md")):
            document, problems = read_document(path.read_bytes(), path.relative_to(self.folder).as_posix())
            assert document is not None, problems
            assert document.article.id not in found
            found[document.article.id] = document
        return found

    def bodies(self) -> dict[str, list[str]]:
        """Number in the page → paragraphs."""
        return {id_[-2:]: one.body.split("\n\n") if one.body else [] for id_, one in self.articles.items()}

    def path(self, number: str, prefix: str = "2024-03-08-01") -> Path:
        """An article's file."""
        return self.folder / "articles" / "2024" / f"{prefix}-{number}.md"

    def change(self, number: str, old: str, new: str) -> None:
        """Correct something in an article's file, byte for byte."""
        data = self.path(number).read_bytes()
        assert old.encode() in data
        self.path(number).write_bytes(data.replace(old.encode(), new.encode(), 1))

    def record(self, path: str = "2024-03-08/01-要闻.txt") -> Record:
        """The machine's reading of a page."""
        record = from_json((self.folder / record_path(f"scans/{path}")).read_text("utf-8"))
        assert record is not None
        return record
