"""`….parsed.json`: the machine's own last reading of a page, the base of every later merge. Pure.

The first line alone tells whether the scan has changed since, so a build need not read the rest. Articles
whose file a person deleted stay in it, with their ids, so that they stay deleted; ids once given stay in
`retired` for ever.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from jianbao.articles.fields import BY_NAME, NAMES_FIELDS, REVIEW_ALSO, REVIEWABLE, Fields, Value
from jianbao.articles.markup import escape_line, subhead
from jianbao.articles.matching import shingles
from jianbao.articles.merge import NOTHING_AGREED, Agreed, Conflict
from jianbao.articles.people import written
from jianbao.articles.values import ValueFaultError, normal, normal_list
from jianbao.doubts import Doubt, Why, doubt_of
from jianbao.model import ParagraphKind, ReadArticle, ReadPage, SourceLines
from jianbao.roles import field_of_role
from jianbao.sources import lines_of, path_of

FORMAT: Final = 1
ABOUT: Final = ("date", "page", "section", "furniture", "unassigned")


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as the machine reads it, in the words of its file: `id` "" until it has one."""

    fields: Fields
    blocks: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    id: str = ""
    conflicts: tuple[Conflict, ...] = ()
    checked: frozenset[str] = frozenset()
    agreed: Agreed = NOTHING_AGREED
    gone: bool = False  # the machine found it no more and its file went; should its text come back, so does its id

    @property
    def title(self) -> str:
        """The headline."""
        return str(self.fields.get("title", ""))

    def text(self) -> frozenset[str]:
        """The shingles by which it is known again."""
        captions = self.fields.get("captions", ())
        return shingles("\n".join([self.title, *self.blocks, *captions]))


@dataclass(frozen=True, slots=True)
class Record:
    """A page's record. `scan` is the hash of the scan's bytes, `issue` what pages of one issue share."""

    scan: str
    issue: str
    articles: tuple[Reading, ...]
    retired: tuple[str, ...] = ()
    about: Mapping[str, Any] | None = None  # of the page, for the curious; its keys are ABOUT
    path: str = ""  # of the scan, when it was read


def scans_of(reading: Reading) -> list[str]:
    """The scans that an article was cut from."""
    return list(dict.fromkeys(map(path_of, reading.fields.get("source", ()))))


def readings(page: ReadPage, text: str = "") -> tuple[Reading, ...]:
    """What the machine read on a page, as it would stand in files. `text` is the scan's, to tell blank lines."""
    blank = frozenset(number for number, line in enumerate(lines_of(text), 1) if not line.strip())
    made = (_reading(article, page, blank) for article in page.articles)
    return tuple(one for one in made if one.title or one.blocks or "captions" in one.fields)


def _reading(article: ReadArticle, page: ReadPage, blank: frozenset[int]) -> Reading:
    fields: Fields = {}
    doubts = [*article.doubts, *page.doubts]
    values: dict[str, Value] = {
        "title": article.headline or "",
        "kicker": article.kicker or "",
        "subtitle": article.subhead or "",
        "column": article.column or "",
        "date": str(page.date) if page.date else "",
        "section": page.section or "",
        "page": page.page or "",
        "kind": article.kind.value,
        "captions": article.captions,
    }
    for field in NAMES_FIELDS:
        values[field.name] = tuple(
            written(one, field.role) for one in article.bylines if field_of_role(one.role) == field.name
        )
    for name, value in values.items():
        try:
            made = normal_list(name, value) if isinstance(value, tuple) else normal(name, value)
        except ValueFaultError:
            said = "、".join(value) if isinstance(value, tuple) else value
            doubts.append(Doubt(name, Why.NOT_WRITABLE, 0.0, (said,)))
            continue
        if made:
            fields[name] = made
    if not article.headline and all(doubt.field != "title" for doubt in doubts):
        doubts.append(Doubt("title", Why.NO_HEADLINE, 0.0))
    here = SourceLines(page.source, article.lines)
    fields["source"] = tuple(part for one in (here, *article.also) for part in _lines(one, blank))
    doubts = [replace(doubt, field=_reviewable(doubt.field)) for doubt in doubts]
    if review := tuple(name for name in REVIEWABLE if any(doubt.field == name for doubt in doubts)):
        fields["review"] = review
    ordered = {name: fields[name] for name in BY_NAME if name in fields}
    return Reading(ordered, _blocks(article), tuple(doubts))


def _blocks(article: ReadArticle) -> tuple[str, ...]:
    made: list[str] = []
    below = 2  # the level of a box's heading: no level is left out below the title
    for paragraph in article.paragraphs:
        text = " ".join(paragraph.text.split()) if "\n" in paragraph.text else paragraph.text.strip()
        if not text:
            continue
        if paragraph.kind is ParagraphKind.TEXT:
            made.append(escape_line(text))
        else:
            level = 2 if paragraph.kind is ParagraphKind.SUBHEAD else below
            below = 3 if paragraph.kind is ParagraphKind.SUBHEAD else below
            made.append(subhead(text, level))
    return tuple(made)


def _reviewable(name: str) -> str:
    name = REVIEW_ALSO.get(name, name)
    return name if name in REVIEWABLE else "body"


def _lines(part: SourceLines, blank: frozenset[int]) -> list[str]:
    """`scan#L197-L264` for each run of lines; blank lines do not end a run."""
    runs: list[list[int]] = []
    for number in part.lines:
        if runs and all(gap in blank for gap in range(runs[-1][1] + 1, number)):
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [f"{part.source}#L{a}" + (f"-L{b}" if b != a else "") for a, b in runs]


def header(first_line: str, scan: str = "") -> tuple[str, str] | None:
    """(scan's hash, issue) in the first line of a record; None where it is none of this format, or of a `scan` under
    another path than this one, which tells date, page and section."""
    try:
        head = json.loads(first_line.rstrip().rstrip(",") + "}")
        if scan and head.get("path", scan) != scan:
            return None
        return (str(head["scan"]), str(head["issue"])) if head["jianbao"] == FORMAT else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def to_json(record: Record) -> str:
    """The record as it is kept: deterministic, one line for its head, then one value a line."""
    told = {"jianbao": FORMAT, "scan": record.scan, "issue": record.issue}
    head = json.dumps({**told, "path": record.path} if record.path else told, ensure_ascii=False)
    rest = {
        **(record.about or {}),
        "retired": list(record.retired),
        "articles": [_article_json(article) for article in record.articles],
    }
    return head[:-1] + ",\n" + json.dumps(rest, ensure_ascii=False, indent=1)[2:] + "\n"


def _article_json(reading: Reading) -> dict[str, Any]:
    made: dict[str, Any] = {"id": reading.id, **reading.fields, "body": list(reading.blocks)}
    if reading.doubts:
        made["doubts"] = [[one.field, one.why.value, round(one.margin, 3), *one.shown] for one in reading.doubts]
    if reading.conflicts:
        made["conflicts"] = [[one.field, one.editor, one.machine] for one in reading.conflicts]
    if reading.checked:
        made["checked"] = sorted(reading.checked)
    if reading.agreed != NOTHING_AGREED:
        made["agreed"] = {"written": list(reading.agreed.written), "struck": list(reading.agreed.struck)}
    if reading.gone:
        made["gone"] = True
    return made


def from_json(text: str) -> Record | None:
    """The record in a file's text; None where it is damaged."""
    try:
        made = json.loads(text)
        if made["jianbao"] != FORMAT:
            return None
        articles = tuple(_article(one) for one in made["articles"])
        about = {key: made[key] for key in ABOUT if key in made}
        retired, path = tuple(map(str, made.get("retired", ()))), str(made.get("path", ""))
        return Record(str(made["scan"]), str(made["issue"]), articles, retired, about, path)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _article(made: Mapping[str, Any]) -> Reading:
    fields: Fields = {}
    for name, field in BY_NAME.items():
        if name != "id" and name in made:
            fields[name] = tuple(map(str, made[name])) if field.is_list else str(made[name])
    return Reading(
        fields,
        tuple(map(str, made["body"])),
        tuple(
            doubt_of(str(field), str(code), float(margin), *map(str, shown))
            for field, code, margin, *shown in made.get("doubts", ())
        ),
        str(made["id"]),
        tuple(Conflict(str(field), str(a), str(b)) for field, a, b in made.get("conflicts", ())),
        frozenset(map(str, made.get("checked", ()))),
        Agreed(*(tuple(map(str, made.get("agreed", {}).get(name, ()))) for name in ("written", "struck"))),
        bool(made.get("gone", False)),
    )
