"""Three ways to one: what the machine read before (base), what stands in the file (ours), what it reads now
(theirs). What one side changed is taken, what both changed differently stays as the person left it and is
recorded. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jianbao.articles.fields import FIELDS, REVIEWABLE, Fields, Value
from jianbao.articles.matching import aligned, alike

_MERGED: Final = tuple(field for field in FIELDS if field.name not in ("id", "review"))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed this field (or a passage of the `body`); the file has `editor`, the scan now `machine`."""

    field: str
    editor: str
    machine: str


@dataclass(frozen=True, slots=True)
class MergedFields:
    """`changes` are the fields to write (an empty value removes one); `checked` those a person has checked."""

    changes: Fields
    conflicts: tuple[Conflict, ...]
    checked: frozenset[str]


def merge_fields(
    base: Mapping[str, Value], ours: Mapping[str, Value], theirs: Mapping[str, Value], checked: Iterable[str] = ()
) -> MergedFields:
    """Field by field. A field under review in `base` and no more in `ours` has been checked by a person: what it holds
    is theirs, changed or not. So it is where the machine has come to read what a person wrote."""
    was, now, new = (set(fields.get("review", ())) for fields in (base, ours, theirs))
    known = {*checked, *(was - now)}
    changes: Fields = {}
    conflicts: list[Conflict] = []
    edited: set[str] = set()
    for field in _MERGED:
        empty: Value = () if field.is_list else ""
        before, here, there = (fields.get(field.name, empty) for fields in (base, ours, theirs))
        if here != before:
            edited.add(field.name)
            known |= {field.name} if there == here else set()
        if there in (before, here):
            continue
        if here == before and field.name not in known:
            changes[field.name] = there
        else:
            conflicts.append(Conflict(field.name, shown(here), shown(there)))
    review = (now - (was - new)) | ((new - was) - known - edited)
    if review != now:
        changes["review"] = tuple(name for name in REVIEWABLE if name in review)
    return MergedFields(changes, tuple(conflicts), frozenset(known))


def shown(value: Value) -> str:
    """A value as one line of text."""
    return value if isinstance(value, str) else "、".join(value)


@dataclass(frozen=True, slots=True)
class MergedBody:
    """The blocks of the merged body; `kept` has the index in `ours` of each that was left as it stands."""

    blocks: tuple[str, ...]
    kept: tuple[int | None, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person changed in a body and the machine has come to read so, too; without it the next reading could undo
    the correction. `written` blocks stay as they are, `struck` ones do not come back."""

    written: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()

    @classmethod
    def together(cls, several: Iterable[Agreed]) -> Agreed:
        """What was agreed about any of several articles."""
        several = [*several]
        written = dict.fromkeys(block for one in several for block in one.written)
        return cls(tuple(written), tuple(dict.fromkeys(block for one in several for block in one.struck)))

    def about(self, blocks: Sequence[str]) -> Agreed:
        """What concerns a body of these blocks."""
        return Agreed(tuple(block for block in self.written if block in blocks), self.struck)


NOTHING_AGREED: Final = Agreed()


def agreed(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], before: Agreed) -> Agreed:
    """The same after one more reading, of what was agreed `before`."""
    written = [block for block in ours if block in before.written or (block in theirs and block not in base)]
    struck = [block for block in base if block not in ours and block not in theirs]
    struck += [block for block in before.struck if block not in ours]
    return Agreed(tuple(dict.fromkeys(written)), tuple(dict.fromkeys(struck)))


@dataclass(slots=True)
class _Group:
    """Paragraphs that belong together: runs of indexes in base, ours and theirs."""

    base: tuple[int, int]
    ours: tuple[int, int]
    theirs: tuple[int, int]


def merge_body(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], known: Agreed = NOTHING_AGREED
) -> MergedBody:
    """Paragraph by paragraph; a paragraph parted or joined on one side is compared with all its parts."""
    base, ours, theirs = tuple(base), tuple(ours), tuple(theirs)
    if theirs in (base, ours):
        return MergedBody(tuple(ours), tuple(range(len(ours))), ())
    if base == ours and known == NOTHING_AGREED:
        same = {j: i for i, j in aligned(ours, theirs) if ours[i] == theirs[j]}
        return MergedBody(tuple(theirs), tuple(same.get(index) for index in range(len(theirs))), ())
    written = [block for block in ours if block not in base]
    gone = [*(block for block in base if block not in ours), *known.struck]
    blocks: list[tuple[str, int | None]] = []
    added: set[int] = set()
    conflicts: list[Conflict] = []
    at = there = 0
    for group in [*_groups(base, ours, theirs), _end(base, ours, theirs)]:
        blocks += [(ours[index], index) for index in range(at, group.ours[0])]
        for block in _not_yet(theirs[there : group.theirs[0]], written, gone, conflicts):
            added.add(len(blocks))
            blocks.append((block, None))
        at, there = group.ours[1], group.theirs[1]
        before, here, new = base[slice(*group.base)], ours[slice(*group.ours)], theirs[slice(*group.theirs)]
        if here == before and new != here and not any(block in known.written for block in here):
            blocks += [(block, None) for block in new]
        else:
            blocks += [(ours[index], index) for index in range(*group.ours)]
            if new not in (before, here):
                conflicts.append(Conflict("body", "\n\n".join(here), "\n\n".join(new)))
    # What the machine only moved is not added where the person's copy of it stays.
    stay = {block for block, index in blocks if index is not None}
    final = [one for number, one in enumerate(blocks) if number not in added or one[0] not in stay]
    return MergedBody(tuple(block for block, _ in final), tuple(index for _, index in final), tuple(conflicts))


def keep_body(ours: Sequence[str], theirs: Sequence[str]) -> MergedBody:
    """A body that a person has checked: it stays, and each passage the machine would now have otherwise is told."""
    conflicts: list[Conflict] = []
    there = 0
    for group in [*_groups(ours, ours, theirs), _end(ours, ours, theirs)]:
        conflicts += [Conflict("body", "", block) for block in theirs[there : group.theirs[0]] if block not in ours]
        here, new = ours[slice(*group.ours)], theirs[slice(*group.theirs)]
        if tuple(new) != tuple(here):
            conflicts.append(Conflict("body", "\n\n".join(here), "\n\n".join(new)))
        there = group.theirs[1]
    return MergedBody(tuple(ours), tuple(range(len(ours))), tuple(conflicts))


def _end(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> _Group:
    return _Group((len(base),) * 2, (len(ours),) * 2, (len(theirs),) * 2)


def _not_yet(
    inserted: Sequence[str], written: Sequence[str], gone: Sequence[str], conflicts: list[Conflict]
) -> list[str]:
    """Of what the machine adds, what a person has neither written already, in these words or nearly, nor taken
    out: a paragraph that only moved does not come back."""
    new: list[str] = []
    for block in inserted:
        if block in gone:
            continue
        have = block if block in written else next((one for one in written if alike(one, block)), None)
        if have is None and not any(alike(one, block) for one in gone):
            new.append(block)
        elif block not in (have or ""):
            conflicts.append(Conflict("body", have or "", block))
    return new


def _groups(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[_Group]:
    """One group for each paragraph of the base and what became of it, in order, without overlap: where
    paragraphs were parted, joined or swapped, the groups they touch are one."""
    to_ours, to_theirs = aligned(base, ours), aligned(base, theirs)
    groups: list[_Group] = []
    for index in range(len(base)):
        group = _Group(
            (index, index + 1),
            _span([j for i, j in to_ours if i == index]),
            _span([j for i, j in to_theirs if i == index]),
        )
        met = (n for n, one in enumerate(groups) if _meets(one.ours, group.ours) or _meets(one.theirs, group.theirs))
        for _ in range(len(groups) - next(met, len(groups))):
            group = _union(groups.pop(), group)
        groups.append(group)
    return _placed(groups)


_NOWHERE: Final = (-1, -1)


def _span(indexes: list[int]) -> tuple[int, int]:
    return (min(indexes), max(indexes) + 1) if indexes else _NOWHERE


def _meets(before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether `after` does not lie wholly behind `before`."""
    return _NOWHERE not in (before, after) and after[0] < before[1]


def _union(one: _Group, other: _Group) -> _Group:
    return _Group((one.base[0], other.base[1]), _around(one.ours, other.ours), _around(one.theirs, other.theirs))


def _around(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    if one == _NOWHERE or other == _NOWHERE:
        return other if one == _NOWHERE else one
    return min(one[0], other[0]), max(one[1], other[1])


def _placed(groups: list[_Group]) -> list[_Group]:
    """Groups that one side lost get an empty run there, behind the group before."""
    ours = theirs = 0
    for group in groups:
        group.ours = (ours, ours) if group.ours == _NOWHERE else group.ours
        group.theirs = (theirs, theirs) if group.theirs == _NOWHERE else group.theirs
        ours, theirs = group.ours[1], group.theirs[1]
    return groups
