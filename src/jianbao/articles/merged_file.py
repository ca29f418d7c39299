"""One article's file after a new reading: its bytes, and what its record keeps besides the reading. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jianbao.articles.edit import UneditableError
from jianbao.articles.fields import Fields
from jianbao.articles.merge import (
    NOTHING_AGREED,
    Agreed,
    Conflict,
    MergedBody,
    agreed,
    keep_body,
    merge_fields,
    shown,
)
from jianbao.articles.record import Reading
from jianbao.articles.same_text import File
from jianbao.articles.standing import rewritten, still_open


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record keeps of an article besides the reading (see `Reading`)."""

    conflicts: tuple[Conflict, ...] = ()
    checked: frozenset[str] = frozenset()
    agreed: Agreed = NOTHING_AGREED

    @classmethod
    def of(cls, reading: Reading) -> Facts:
        """Those of an earlier record."""
        return cls(reading.conflicts, reading.checked, reading.agreed)


@dataclass(frozen=True, slots=True)
class MergedFile:
    """`data`: the new bytes, None where the file stays as it is; `found`: conflicts to be told now; `stubborn`: it
    could not be changed without touching more than the machine's part."""

    data: bytes | None
    found: tuple[Conflict, ...]
    facts: Facts
    stubborn: bool = False


def merge_file(
    one: File,
    before: Reading | None,
    machine: Reading | None,
    body: MergedBody,
    around: Sequence[Reading],
    *,
    alone: bool,
) -> MergedFile:
    """The file with what the machine changed in its fields, and with this body. `before` and `machine` are the old and
    the new reading, where they are known; `around`: the old readings of all that its text may have come from; `alone`:
    there is nothing else that a passage of it could belong to now."""
    changes, found = Fields(), list[Conflict]()
    checked = before.checked if before else frozenset[str]()
    both = Agreed(_written(around), before.agreed.struck if before else ())
    if before and machine:
        merged = merge_fields(before.fields, one.fields, machine.fields, checked)
        changes, checked = merged.changes, merged.checked
        found = [*merged.conflicts]
        both = agreed(before.blocks, one.blocks, machine.blocks, both)
        if "body" in checked and alone and body.blocks != one.blocks:
            body = keep_body(one.blocks, body.blocks)
    found += body.conflicts
    blocks, data, stubborn = body.blocks, None, False
    if changes or blocks != one.blocks:
        try:
            data = rewritten(one, before, changes, blocks if blocks != one.blocks else None, body.kept)
        except UneditableError:
            stubborn = True
            found += [Conflict(name, shown(one.fields.get(name, "")), shown(to)) for name, to in changes.items()]
            found += [Conflict("body", "", block) for block in blocks if block not in one.blocks]
            changes, blocks = Fields(), one.blocks
    now = {**one.fields, **changes}
    waiting = _open_conflicts(found, before, around, now, blocks, machine)
    return MergedFile(data, tuple(dict.fromkeys(found)), Facts(waiting, checked, both.about(blocks)), stubborn)


def facts_of_new(fields: Fields, body: MergedBody, around: Sequence[Reading]) -> Facts:
    """What the record keeps of an article that the machine has cut out of others (`around`, as for `merge_file`)."""
    waiting = _open_conflicts(body.conflicts, None, around, fields, body.blocks, None)
    return Facts(waiting, agreed=Agreed(_written(around)).about(body.blocks))


def _written(around: Sequence[Reading]) -> tuple[str, ...]:
    """A passage may have come from another article; what was struck there is that one's affair."""
    return Agreed.together(base.agreed for base in around).written


def _open_conflicts(
    found: Iterable[Conflict],
    own: Reading | None,
    around: Iterable[Reading],
    fields: Fields,
    blocks: Sequence[str],
    machine: Reading | None,
) -> tuple[Conflict, ...]:
    """New conflicts, and old ones that nobody has attended to and the `machine` still reads otherwise; one about a
    passage goes where the passage went. `fields` and `blocks`: as the file has them now."""
    new = list(dict.fromkeys(found))
    told = {conflict.field for conflict in new if conflict.field != "body"}
    old = [*own.conflicts] if own else []
    old += [one for base in around for one in base.conflicts if one.field == "body" and one.editor]
    for conflict in dict.fromkeys(old):
        if conflict.field in told or conflict in new or not still_open(conflict, fields, blocks):
            continue
        if machine and conflict.editor and still_open(conflict, machine.fields, machine.blocks):
            continue  # the machine reads now what the editor wrote
        new.append(conflict)
    return tuple(new)
