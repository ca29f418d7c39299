"""Which old readings, new readings and files are about the same text: the components of an issue. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jianbao.articles.fields import Value
from jianbao.articles.matching import alike, common_texts, overlap, pairs, shingles
from jianbao.articles.record import Reading

_LONG_ENOUGH = 8  # characters of a paragraph that tell where it comes from
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class File:
    """An article's file as it stands: normalised `fields` without the id, paragraphs, bytes."""

    id: str
    path: str
    data: bytes
    fields: dict[str, Value]
    blocks: tuple[str, ...]

    def text(self) -> frozenset[str]:
        """The shingles by which it is known again."""
        captions = self.fields.get("captions", ())
        return shingles("\n".join([str(self.fields.get("title", "")), *self.blocks, *captions]))


@dataclass(slots=True)
class Component:
    """Indexes of what belongs together. `primary`: new reading → the old one it is; `adopted`: new reading →
    the file that holds it although no old reading tells so; `by_hand`: a person cut it differently."""

    bases: list[int]
    theirs: list[int]
    files: list[int]
    primary: dict[int, int]
    adopted: dict[int, int]
    by_hand: bool
    is_plain: bool  # one of each, all of one id


class _Union:
    def __init__(self) -> None:
        self.parent: dict[tuple[str, int], tuple[str, int]] = {}

    def find(self, one: tuple[str, int]) -> tuple[str, int]:
        self.parent.setdefault(one, one)
        while self.parent[one] != one:
            self.parent[one] = self.parent[self.parent[one]]
            one = self.parent[one]
        return one

    def join(self, one: tuple[str, int], other: tuple[str, int]) -> None:
        self.parent[self.find(other)] = self.find(one)


def linked(bases: Sequence[Reading], theirs: Sequence[Reading], files: Sequence[File]) -> list[Component]:
    """All components in the order of the new readings; a new reading that is nobody's is in none."""
    union = _Union()
    primary = _machine_links(bases, theirs, union)
    home = {file.id: index for index, file in enumerate(files)}
    hand = _hand_links(bases, files, union)
    for index, base in enumerate(bases):
        union.find(("base", index))
        if base.id in home:
            union.join(("base", index), ("file", home[base.id]))
    _as_rewritten(bases, theirs, files, primary, union)
    free_files = [n for n, file in enumerate(files) if all(file.id != base.id for base in bases)]
    free_theirs = [n for n in range(len(theirs)) if n not in primary]
    found = pairs([theirs[n].text() for n in free_theirs], [files[n].text() for n in free_files], 0.5)
    adopted = {free_theirs[i]: free_files[j] for i, j in found.items() if free_files[j] not in hand}
    for index, file in adopted.items():
        union.join(("new", index), ("file", file))
    groups: dict[tuple[str, int], Component] = {}
    for node in sorted(union.parent, key=lambda one: ("new", "base", "file").index(one[0]) * 1_000_000 + one[1]):
        part = groups.setdefault(union.find(node), Component([], [], [], {}, {}, False, False))
        {"base": part.bases, "new": part.theirs, "file": part.files}[node[0]].append(node[1])
    for part in groups.values():
        part.primary = {n: primary[n] for n in part.theirs if n in primary}
        part.adopted = {n: adopted[n] for n in part.theirs if n in adopted}
        part.by_hand = any(n in hand for n in part.files) or any(bases[n].id not in home for n in part.bases)
        one_each = len(part.bases) == len(part.theirs) == len(part.files) == 1
        part.is_plain = one_each and bases[part.bases[0]].id == files[part.files[0]].id
    return list(groups.values())


def _machine_links(bases: Sequence[Reading], theirs: Sequence[Reading], union: _Union) -> dict[int, int]:
    """New readings to old: one to one, and wherever the machine moved text from one article to another."""
    new, old = [one.text() for one in theirs], [one.text() for one in bases]
    primary = pairs(new, old, same=lambda i, j: len(theirs[i].title) >= 4 and theirs[i].title == bases[j].title)
    for i, one in enumerate(theirs):  # what has no text to speak of is the same where all of it is
        for j, base in enumerate(bases) if i not in primary and not new[i] else ():
            if j not in primary.values() and (base.title, base.blocks) == (one.title, one.blocks):
                primary[i] = j
                break
    taken = set(primary.values())
    for i, j in primary.items():
        union.join(("new", i), ("base", j))
    for count, here, there in common_texts(new, old):
        smaller = min(len(new[here]), len(old[there]))
        if (here not in primary or there not in taken) and count >= max(4, 0.5 * smaller):
            union.join(("new", here), ("base", there))
    owner = {block: j for j, one in enumerate(bases) for block in one.blocks if len(block) >= 2 * _LONG_ENOUGH}
    for here, one in enumerate(theirs):
        for block in one.blocks:
            if block in owner and primary.get(here, owner[block]) != owner[block]:
                union.join(("new", here), ("base", owner[block]))
    return primary


def _as_rewritten(
    bases: Sequence[Reading],
    theirs: Sequence[Reading],
    files: Sequence[File],
    primary: dict[int, int],
    union: _Union,
) -> None:
    """New readings like nothing that the machine read last time, but like what a person has made of it, or like what
    the person has made it from."""
    file_of = {file.id: file for file in files}
    for made in (True, False):
        taken = set(primary.values())
        left = [j for j, base in enumerate(bases) if base.id in file_of and j not in taken]
        texts = [file_of[bases[j].id].text() if made else shingles("\n".join(bases[j].agreed.struck)) for j in left]
        new = [n for n in range(len(theirs)) if n not in primary]
        for i, j in pairs([theirs[n].text() for n in new], texts, 0.5).items():
            primary[new[i]] = left[j]
            union.join(("new", new[i]), ("base", left[j]))


def _hand_links(bases: Sequence[Reading], files: Sequence[File], union: _Union) -> set[int]:
    """Files that hold paragraphs which the machine read in another article and which are there no more."""
    home = {file.id: file for file in files}
    lost = [
        (j, block)
        for j, base in enumerate(bases)
        for block in base.blocks
        if len(block) >= _LONG_ENOUGH and (base.id not in home or block not in home[base.id].blocks)
    ]
    by_text: dict[str, list[int]] = {}
    for j, block in lost:
        by_text.setdefault(block, []).append(j)
    own: Mapping[str, Reading] = {base.id: base for base in bases}
    hand: set[int] = set()
    for n, file in enumerate(files):
        mine = own.get(file.id)
        for block in file.blocks:
            if len(block) < _LONG_ENOUGH or (mine and block in mine.blocks):
                continue
            for j in by_text.get(block) or _nearly(block, lost, mine, home, bases):
                if bases[j].id != file.id:
                    union.join(("file", n), ("base", j))
                    hand.add(n)
    return hand


def _nearly(
    block: str,
    lost: Sequence[tuple[int, str]],
    mine: Reading | None,
    home: Mapping[str, File],
    bases: Sequence[Reading],
) -> list[int]:
    """Old readings that lost a paragraph which this one nearly is, when it is no changed one of its own."""
    if mine and any(alike(block, one) for one in mine.blocks):
        return []
    text = shingles(block)
    found: list[int] = []
    for j, one in lost:
        if overlap(text, shingles(one)) < _SURE:
            continue
        file = home.get(bases[j].id)
        if file is None or not any(alike(one, other) for other in file.blocks):
            found.append(j)
    return found
