"""What an import does to one issue: which file gets what, which is new, which goes. Pure.

Articles are known again by their text. Where machine and person cut the page differently the person's cut
stands; where only the machine's changed it is followed, unless that would remove a file a person edited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from jianbao.articles import recut
from jianbao.articles.fields import Fields
from jianbao.articles.frontmatter import compose
from jianbao.articles.matching import ALIKE, overlap, pairs
from jianbao.articles.merge import Conflict, MergedBody, shown
from jianbao.articles.merged_file import Facts, facts_of_new, merge_file
from jianbao.articles.record import Reading, scans_of
from jianbao.articles.same_text import Component, File, linked
from jianbao.articles.standing import is_edited

NewId = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class PagePart:
    """A page of the issue: what the machine read last time and reads now; `changed` where its scan did."""

    scan: str
    changed: bool
    base: tuple[Reading, ...]
    theirs: tuple[Reading, ...]


@dataclass(slots=True)
class Plan:
    """`writes`: path → bytes, None removes the file; `records`: scan → its articles; `moved`: id → the id of
    the article that took it up."""

    writes: dict[str, bytes | None] = field(default_factory=dict)
    records: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    conflicts: list[tuple[str, Conflict]] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)  # files of articles that the machine finds no more
    stubborn: list[str] = field(default_factory=list)  # files that could not be changed without touching more
    waiting: list[tuple[str, str]] = field(default_factory=list)  # (file, the lost scan that its text went on in)


def plan_issue(pages: Sequence[PagePart], files: Sequence[File], new_id: NewId, path_of: Callable[[str], str]) -> Plan:
    """`new_id(page)` mints the next id for the page of this index, `path_of(id)` says where its file goes."""
    return _Planner(pages, files, new_id, path_of).run()


class _Planner:
    """Holds what the steps share; each component is planned on its own."""

    def __init__(
        self, pages: Sequence[PagePart], files: Sequence[File], new_id: NewId, path_of: Callable[[str], str]
    ) -> None:
        self.pages, self.files, self.new_id, self.path_of = pages, files, new_id, path_of
        self.bases = [(number, one) for number, page in enumerate(pages) for one in page.base if not one.gone]
        self.gone = [(number, one) for number, page in enumerate(pages) for one in page.base if one.gone]
        self.theirs = [(number, one) for number, page in enumerate(pages) for one in page.theirs]
        self.scans = {page.scan for page in pages}
        self.plan = Plan()
        self.ids: dict[int, str] = {}  # index in theirs → id
        self.facts: dict[str, Facts] = {}
        self.carried: list[tuple[int, Reading]] = []

    def run(self) -> Plan:
        """Plan every component, then what the records hold."""
        base, theirs = [one for _, one in self.bases], [one for _, one in self.theirs]
        for component in linked(base, theirs, self.files):
            if lost := self._lost_scans(component):
                self._wait(component, lost)
            else:
                self._component(component)
        self._come_back()
        for index, (page, _) in enumerate(self.theirs):
            if not self.ids.get(index):
                self.ids[index] = self.new_id(page)
                self._write_new(index)
        for number, part in enumerate(self.pages):
            own = [self._recorded(i) for i, (where, _) in enumerate(self.theirs) if where == number]
            own += [reading for where, reading in self.carried if where == number]
            self.plan.records[part.scan] = tuple(own)
        return self.plan

    def _come_back(self) -> None:
        """Give what is nobody's the id that its text had before it was gone; what is still gone is kept in mind."""
        taken = {*self.ids.values(), *(file.id for file in self.files)}
        gone = [one for one in self.gone if one[1].id not in taken]
        free = [index for index in range(len(self.theirs)) if not self.ids.get(index)]
        found = pairs([self._new(index).text() for index in free], [one.text() for _, one in gone], ALIKE)
        for i, j in found.items():
            self.ids[free[i]] = gone[j][1].id
            self._write_new(free[i])
        self.carried += [one for j, one in enumerate(gone) if j not in found.values()]

    def _recorded(self, index: int) -> Reading:
        facts = self.facts.get(self.ids[index], Facts())
        return replace(
            self.theirs[index][1],
            id=self.ids[index],
            conflicts=facts.conflicts,
            checked=facts.checked,
            agreed=facts.agreed,
        )

    def _component(self, part: Component) -> None:
        for index, base in part.primary.items():
            self.ids[index] = self.bases[base][1].id
        for index, file in part.adopted.items():
            self.ids[index] = self.files[file].id
            self.facts[self.files[file].id] = Facts()
        if not part.files:
            if part.bases:  # deleted by a person: it stays so, and so does what the machine now cuts from it
                self.ids |= {
                    index: self.new_id(self.theirs[index][0]) for index in part.theirs if index not in self.ids
                }
                self._keep_deleted(part)
            return
        if not part.bases:
            return
        if not part.theirs:
            self._vanished(part)
        elif part.is_plain:
            (index,), (base,), (file,) = part.theirs, part.bases, part.files
            self._merge(file, base, index, recut.whole(self._base(base), self.files[file], self._new(index)), part)
        elif part.by_hand or self._would_lose_edits(part):
            self._in_our_cut(part)
        else:
            self._in_their_cut(part)

    def _lost_scans(self, part: Component) -> list[str]:
        """The scans that articles went on in and that are not there any more."""
        now = {base: scans_of(self._new(index)) for index, base in part.primary.items()}
        lost: list[str] = []
        for index in part.bases:
            before = scans_of(self._base(index))
            if len(before) > 1 and len(now.get(index, ())) < len(before):
                lost += [scan for scan in before if scan not in self.scans]
        return list(dict.fromkeys(lost))

    def _wait(self, part: Component, lost: Sequence[str]) -> None:
        """Leave everything as it is until the lost scans are back, as if the machine read what it read before: half of
        an article must not take the place of the whole."""
        for index, base in part.primary.items():
            page, reading = self.theirs[index][0], self._base(base)
            self.ids[index] = reading.id
            self.theirs[index] = (page, reading)
            self.facts[reading.id] = Facts.of(reading)
        self.carried += [self.bases[index] for index in part.bases if index not in part.primary.values()]
        ids = {self._base(index).id for index in part.bases}
        self.plan.waiting += [
            (self.files[n].path, scan) for n in part.files for scan in lost if self.files[n].id in ids
        ]

    def _name_rest(self, part: Component) -> None:
        for index in part.theirs:
            if index not in self.ids:
                self.ids[index] = self.new_id(self.theirs[index][0])

    def _keep_deleted(self, part: Component) -> None:
        for base in part.bases:
            reading = self.bases[base][1]
            if reading.id in self.ids.values():
                self.facts[reading.id] = Facts.of(reading)
            else:
                self.carried.append(self.bases[base])

    def _base(self, index: int) -> Reading:
        return self.bases[index][1]

    def _new(self, index: int) -> Reading:
        return self.theirs[index][1]

    def _is_edited(self, file: int) -> bool:
        one = self.files[file]
        return all(base.id != one.id or is_edited(one, base) for _, base in self.bases)

    def _would_lose_edits(self, part: Component) -> bool:
        staying = {self._base(base).id for base in part.primary.values()}
        return any(self.files[file].id not in staying and self._is_edited(file) for file in part.files)

    def _vanished(self, part: Component) -> None:
        """The machine finds these articles no more."""
        text = frozenset[str]().union(*(one.text() for _, one in self.theirs))
        files = {self.files[index].id: self.files[index] for index in part.files}
        for page, reading in (self.bases[index] for index in part.bases):
            one = files.get(reading.id)
            if (
                one
                and not is_edited(one, reading)
                and (self.pages[page].changed or overlap(reading.text(), text) > 0.6)
            ):
                self.plan.writes[one.path] = None
                self.plan.gone.append(one.path)
                self.carried.append((page, replace(reading, gone=True)))
                continue
            if one:
                conflict = Conflict("source", shown(one.fields.get("source", ())), "")
                self._tell(one.id, [] if conflict in reading.conflicts else [conflict])
                reading = replace(reading, conflicts=tuple(dict.fromkeys([*reading.conflicts, conflict])))
            self.carried.append((page, reading))

    def _in_our_cut(self, part: Component) -> None:
        used = set(self.ids.values())
        for index in part.theirs:
            if index in self.ids:
                continue
            spare = [self.files[file] for file in part.files if self.files[file].id not in used]
            best = max(spare, key=lambda one: overlap(one.text(), self._new(index).text()), default=None)
            if best and overlap(best.text(), self._new(index).text()) > 0.5:
                self.ids[index] = best.id
            else:
                self.ids[index] = self.new_id(self.theirs[index][0])
            used.add(self.ids[index])
        bases = {index: self._base(index) for index in part.bases}
        theirs = {index: self._new(index) for index in part.theirs}
        files = {index: self.files[index] for index in part.files}
        for file, body in recut.into_files(bases, files, theirs, part.primary).items():
            base = next((index for index in part.bases if self._base(index).id == self.files[file].id), None)
            new = next((index for index, one in part.primary.items() if one == base), None)
            self._merge(file, base, new, body, part)

    def _in_their_cut(self, part: Component) -> None:
        self._name_rest(part)
        bases = {index: self._base(index) for index in part.bases}
        theirs = {index: self._new(index) for index in part.theirs}
        files = {index: self.files[index] for index in part.files}
        by_id = {one.id: index for index, one in files.items()}
        for index, body in recut.into_readings(bases, files, theirs, part.primary).items():
            file = by_id.get(self.ids[index])
            if file is not None:
                self._merge(file, part.primary[index], index, body, part)
            elif index in part.primary:
                continue  # deleted by a person
            else:
                fields: Fields = {"id": self.ids[index], **self._new(index).fields}
                self.plan.writes[self.path_of(self.ids[index])] = compose(fields, "\n\n".join(body.blocks)).encode()
                self._tell(self.ids[index], body.conflicts)
                self.facts[self.ids[index]] = facts_of_new(fields, body, [self._base(base) for base in part.bases])
        for file in part.files:
            one = self.files[file]
            if one.id in {self.ids[index] for index in part.theirs}:
                continue
            self.plan.writes[one.path] = None
            best = max(part.theirs, key=lambda index: overlap(self._new(index).text(), one.text()))
            self.plan.moved[one.id] = self.ids[best]

    def _merge(self, file: int, base: int | None, new: int | None, body: MergedBody, part: Component) -> None:
        """Plan what becomes of a file whose body is to be this one."""
        one = self.files[file]
        before = self._base(base) if base is not None else None
        machine = self._new(new) if new is not None else None
        alone = len(part.files) == len(part.theirs) == 1
        merged = merge_file(one, before, machine, body, [self._base(index) for index in part.bases], alone=alone)
        if merged.data is not None:
            self.plan.writes[one.path] = merged.data
        if merged.stubborn:
            self.plan.stubborn.append(one.path)
        self._tell(one.id, merged.found)
        self.facts[one.id] = merged.facts

    def _tell(self, id_: str, conflicts: Iterable[Conflict]) -> None:
        self.plan.conflicts += [(id_, conflict) for conflict in conflicts]

    def _write_new(self, index: int) -> None:
        reading, id_ = self.theirs[index][1], self.ids[index]
        fields: Fields = {"id": id_, **reading.fields}
        self.plan.writes[self.path_of(id_)] = compose(fields, "\n\n".join(reading.blocks)).encode()
