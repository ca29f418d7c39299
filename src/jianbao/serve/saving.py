"""Writing what a form sent: through the same checks as every reading, byte-preserving, never over a newer file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from jianbao.articles.document import Document, read_document
from jianbao.articles.edit import BOM, UneditableError
from jianbao.desk.review import settle
from jianbao.folder.layout import WORK
from jianbao.folder.lock import BusyError, locked
from jianbao.folder.store import Root
from jianbao.problems import Problem, error, has_errors
from jianbao.serve.files import Opened, opened, read
from jianbao.serve.form import Sent, by_field, changes_of, written

# A build holds the archive's lock; a save waits this long for it, in seconds.
_PATIENCE = 20.0

Kind = Literal["saved", "same", "faulty", "changed", "stubborn", "busy", "unwritable", "gone"]


@dataclass(slots=True)
class Result:
    """What became of a save. `now`: the file as it stands; `problems` by field, "" for the rest."""

    kind: Kind
    now: Opened | None = None
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    detail: str = ""


class Versions:
    """The last files that forms were made from, by digest: so it can be told who changed what."""

    def __init__(self, most: int = 64) -> None:
        self._data: OrderedDict[str, bytes] = OrderedDict()
        self._most = most

    def keep(self, one: Opened) -> None:
        """Remember the file of a form."""
        self._data[one.digest] = one.data
        self._data.move_to_end(one.digest)
        while len(self._data) > self._most:
            self._data.popitem(last=False)

    def get(self, digest: str, path: str) -> Opened | None:
        """The file of this digest, if it is remembered."""
        data = self._data.get(digest)
        return None if data is None else opened(path, data)


def save(root: Root, id_: str, sent: Sent) -> Result:
    """Write the changed fields and paragraphs of an article; nothing where anything is wrong."""
    return _guarded(root, id_, sent.digest, lambda now: _fields_saved(root, now, sent))


def save_raw(root: Root, id_: str, text: str, digest: str) -> Result:
    """Write an article's whole text; nothing where anything is wrong with it."""
    return _guarded(root, id_, digest, lambda now: _text_saved(root, now, text))


def _guarded(root: Root, id_: str, digest: str, write: Callable[[Opened], Result]) -> Result:
    """One writer at a time: an import that merges into the same file waits, and so do we for it."""
    try:
        with locked(root.path(WORK), lambda _: None, _PATIENCE):
            now = read(root, id_)
            if now is None:
                return Result("gone")
            return write(now) if now.digest == digest else Result("changed", now)
    except BusyError as busy:
        return Result("busy", read(root, id_), detail=busy.holder)
    except OSError as failure:
        return Result("unwritable", read(root, id_), detail=failure.strerror or str(failure))


def _fields_saved(root: Root, now: Opened, sent: Sent) -> Result:
    if now.document is None:
        return Result("stubborn", now)
    changes = changes_of(now.document, sent)
    if changes.problems:
        return Result("faulty", now, {name: [problem] for name, problem in changes.problems.items()})
    try:
        data = written(now.data, changes)
    except (UneditableError, UnicodeDecodeError):
        return Result("stubborn", now)
    document, problems = read_document(data, now.path)
    if document is None or has_errors(problems):
        return Result("faulty", now, by_field(data.decode("utf-8-sig"), problems))
    result = _put(root, now, data)
    settled = [name for name in sorted(sent.checked) if settle(root, document.article, name)]
    return replace(result, kind="saved") if settled else result


def _text_saved(root: Root, now: Opened, text: str) -> Result:
    crlf = b"\r\n" in now.data
    data = text.replace("\n", "\r\n" if crlf else "\n").encode("utf-8", "replace")
    if now.data.startswith(BOM):
        data = BOM + data.removeprefix(BOM)
    document, problems = read_document(data, now.path)
    if document is not None and now.document is not None and document.article.id != now.document.article.id:
        problems = [*problems, _another_id(document, now.document.article.id)]
    if document is None or has_errors(problems):
        return Result("faulty", now, {"": problems})
    return _put(root, now, data)


def _another_id(document: Document, id_: str) -> Problem:
    line, column = document.place("id")
    return error(
        document.article.path,
        line,
        column,
        "编号不可改动，它是文章的网址",
        "the id must not change, it is the article's address",
        do=f"请写回 {id_}",
        do_en=f"write {id_} again",
        code="id-changed",
    )


def _put(root: Root, now: Opened, data: bytes) -> Result:
    if data == now.data:
        return Result("same", now)
    root.write(now.path, data, durable=True)
    return Result("saved", opened(now.path, data))
