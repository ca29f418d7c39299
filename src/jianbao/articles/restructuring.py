"""What an editor does to whole articles: cut one in two, join two, begin a new one. The import recognises all
of it; here it is done without slips: nothing is removed before it stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from jianbao.articles.document import Document, read_document
from jianbao.articles.edit import UneditableError, blocks_of, edited
from jianbao.articles.faults import fault
from jianbao.articles.fields import NAMES_FIELDS, REVIEWABLE, Fields, Value
from jianbao.articles.find import find
from jianbao.articles.frontmatter import compose
from jianbao.articles.markup import escape_line, plain, subhead
from jianbao.articles.minting import Mint, path_of, prefix_of
from jianbao.articles.record import from_json
from jianbao.articles.redirects import remember
from jianbao.articles.values import ValueFaultError, cleaned, date, normal
from jianbao.folder.layout import RECORD_ENDING
from jianbao.folder.store import UNREADABLE, Root
from jianbao.folder.unreadable import unreadable
from jianbao.model import is_article_id
from jianbao.problems import Problem, error, has_errors


@dataclass(slots=True)
class Done:
    """What came of it: the files written (the new or kept one first), those removed, and what stood against it."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Held:
    path: str
    data: bytes
    document: Document


def split(root: Root, article_id: str, at: str) -> Done:
    """Cut an article in two where the text `at` begins; the second part gets an id of its own."""
    done = Done()
    held = _hold(root, article_id, done)
    if held is None:
        return done
    blocks = list(blocks_of(held.document.body))
    places = [n for n, block in enumerate(blocks) if at.strip() and (at.strip() in block or at.strip() in plain(block))]
    if len(places) != 1:
        zh = f"“{at}”在文中{'没有' if not places else f'有 {len(places)} 处'}"
        en = f"“{at}” is in the text {len(places)} times"
        do, do_en = "请给出第二篇开头的一句话", "give a sentence with which the second part begins"
        return _failed(done, held.path, "at", zh, en, do, do_en)
    cut = places[0]
    index = max(0, blocks[cut].find(at.strip()))
    first, second = blocks[:cut], blocks[cut:]
    if index:
        first, second = [*first, blocks[cut][:index].rstrip()], [blocks[cut][index:], *blocks[cut + 1 :]]
    if not first:
        zh, en = "那是文章的开头，第一篇会成空的", "that is the article's beginning; nothing would be left of it"
        return _failed(done, held.path, "at", zh, en, "请给出后面的一句话", "give a later sentence")
    title = plain(second.pop(0)) if second[0].startswith("#") and len(second) > 1 else ""
    fields = {n: v for n, v in held.document.fields.items() if n in ("date", "section", "page", "column", "source")}
    review = () if title else ("title",)
    new_id = _next_id(root, held.document.fields, article_id)
    made: Fields = {"id": new_id, "title": title, **fields, "review": review}
    path = path_of(new_id)
    try:
        kept = [*range(cut), *([None] if index else [])]
        rest = edited(held.data, {}, first, kept)
    except UneditableError:
        return _stubborn(done, held.path)
    root.write(path, compose(_ordered(made), "\n\n".join(second)).encode(), durable=True)
    root.write(held.path, rest, durable=True)
    done.written = (path, held.path)
    return done


def join(root: Root, first_id: str, second_id: str) -> Done:
    """Append the second article to the first: its headline becomes a subhead, its other decks paragraphs around it; its
    address leads to the first. What has no place there is told."""
    done = Done()
    first, second = _hold(root, first_id, done), _hold(root, second_id, done)
    if first is None or second is None:
        return done
    if first.path == second.path:
        return _failed(done, first.path, "same", "两个编号是同一篇", "both are one article", "", "")
    mine_all, other = first.document.fields, second.document.fields
    changes: Fields = {}
    for name in (*(one.name for one in NAMES_FIELDS), "captions", "tags", "source", "review"):
        mine, theirs = mine_all.get(name, ()), other.get(name, ())
        both = tuple(dict.fromkeys([*mine, *(item for item in theirs if (name, item) != ("review", "title"))]))
        if both != mine:
            changes[name] = both if name != "review" else tuple(item for item in REVIEWABLE if item in both)
    blocks = list(blocks_of(first.document.body))
    added = [escape_line(str(other["kicker"]))] if other.get("kicker") else []
    added += [subhead(str(other["title"]))] if other.get("title") else []
    added += [escape_line(str(other["subtitle"]))] if other.get("subtitle") else []
    added += blocks_of(second.document.body)
    try:
        made = edited(first.data, changes, [*blocks, *added], [*range(len(blocks)), *([None] * len(added))])
    except UneditableError:
        return _stubborn(done, first.path)
    root.write(first.path, made, durable=True)
    remember(root, "article", {second_id: first_id})
    root.remove(second.path)
    done.written, done.removed = (first.path,), (second.path,)
    if left := _left_out(first.document, second.document):
        done.problems.append(fault(first.path, 1, 1, "left-out", second_id, "；".join(left)))
    return done


def _left_out(first: Document, second: Document) -> list[str]:
    """The lines of the second article's front matter that the first has no place for: its column, fields that nobody
    knows, and comments."""
    mine = {name: value for name, value in first.fields.items() if name in ("column", "kind")}
    lines = second.text.lstrip("\ufeff").split("\n---", 1)[0].splitlines()[1:]
    left: list[str] = []
    inside = False  # a field that is left out and goes on over several lines
    for line in lines:
        name = line.partition(":")[0].strip()
        if line[:1].strip():
            inside = name in second.extra or (name in ("column", "kind") and mine.get(name) != second.fields.get(name))
        if line.strip() and (inside or line.lstrip().startswith("#") or " #" in line):
            left.append(line.strip())
    return left


def new(root: Root, day: str, title: str, page: str = "", section: str = "") -> Done:
    """Begin an article: a file with an id, to be written in."""
    done = Done()
    fields: Fields = {}
    for name, text in (("title", title), ("date", day), ("section", section), ("page", page)):
        try:
            fields[name] = normal(name, text)
        except ValueFaultError as failure:
            done.problems.append(fault(f"--{name}", 1, 1, failure.code, *failure.shown))
            return done
    if not cleaned(title) or not fields["date"]:
        zh, en = "标题和日期不能空", "title and date are needed"
        return _failed(done, "--title", "title", zh, en, "请写上", "give both")
    new_id = _next_id(root, fields, "")
    path = path_of(new_id)
    root.write(path, compose(_ordered({"id": new_id, **fields}), "").encode(), durable=True)
    done.written = (path,)
    return done


def _next_id(root: Root, fields: Mapping[str, Value], like: str) -> str:
    """An id for a further article of the page."""
    day, page = fields.get("date"), fields.get("page", "")
    if like and is_article_id(like):
        prefix = like.rpartition("-")[0]
    else:
        prefix = prefix_of(date(str(day)) if day else None, str(page), "手工")
    return Mint(_known_ids(root, prefix)).next(prefix)


def _known_ids(root: Root, prefix: str) -> Iterator[str]:
    """Every id that begins so and is or was in use."""
    for file in root.files("articles", (".md",)):
        stem = PurePosixPath(file.path).stem
        if stem.startswith(prefix):
            yield stem
        if not is_article_id(stem) and (document := read_document(root.read(file.path), file.path)[0]):
            yield document.article.id
    for file in root.files("scans", (RECORD_ENDING,)):
        data = root.read(file.path)
        if prefix.encode() in data and (record := from_json(data.decode("utf-8", "replace"))):
            yield from record.retired
            yield from (one.id for one in record.articles)


def _hold(root: Root, article_id: str, done: Done) -> _Held | None:
    path = find(root, article_id)
    if path is None:
        zh, en = f"没有编号为 {article_id} 的文章", f"there is no article {article_id}"
        _failed(done, "articles", "id", zh, en, "编号是抬头里的 id，也是文件名", "the id is the file's name")
        return None
    try:
        data = root.read(path)
    except UNREADABLE as failure:
        done.problems.append(unreadable(path, failure))
        return None
    document, problems = read_document(data, path)
    if document is None or has_errors(problems):
        done.problems += problems
        return None
    return _Held(path, data, document)


def _ordered(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value}


def _failed(done: Done, path: str, code: str, zh: str, en: str, do: str, do_en: str) -> Done:
    done.problems.append(error(path, 0, 0, zh, en, do=do, do_en=do_en, code=code))
    return done


def _stubborn(done: Done, path: str) -> Done:
    zh, en = "此文件的写法无法自动改动", "this file cannot be changed automatically"
    return _failed(done, path, "stubborn", zh, en, "请手工改", "do it by hand")
