"""What stands in an article's file, against what the machine wrote there and would write now. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from jianbao.articles.edit import edited
from jianbao.articles.fields import Fields
from jianbao.articles.frontmatter import compose
from jianbao.articles.merge import NOTHING_AGREED, Conflict, shown
from jianbao.articles.record import Reading
from jianbao.articles.same_text import File


def is_edited(file: File, base: Reading) -> bool:
    """Whether a person changed the file, be it only a comment; also what the machine has come to read so since."""
    return not _is_as_written(file, base) or bool(base.checked) or base.agreed != NOTHING_AGREED


def _is_as_written(file: File, base: Reading) -> bool:
    return file.data == compose({"id": file.id, **base.fields}, "\n\n".join(base.blocks)).encode()


def still_open(conflict: Conflict, fields: Fields, blocks: Sequence[str]) -> bool:
    """Whether the editor's side of a conflict still stands as it did, so that it waits for a decision."""
    if conflict.field == "body":
        return all(block in blocks for block in conflict.editor.split("\n\n")) if conflict.editor else True
    return shown(fields.get(conflict.field, "")) == conflict.editor


def rewritten(
    one: File, base: Reading | None, fields: Fields, blocks: Sequence[str] | None, kept: Sequence[int | None]
) -> bytes:
    """The file's new bytes; one that is as the machine wrote it is written as a new one would be."""
    if base is not None and _is_as_written(one, base):
        new = {name: value for name, value in {"id": one.id, **base.fields, **fields}.items() if value}
        return compose(new, "\n\n".join(blocks if blocks is not None else base.blocks)).encode()
    return edited(one.data, fields, blocks, kept)
