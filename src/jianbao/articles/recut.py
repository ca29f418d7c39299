"""Merging bodies where articles were cut apart or together: first whose paragraph is whose, then the merge of
each article's own. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jianbao.articles.matching import aligned, alike
from jianbao.articles.merge import Agreed, MergedBody, merge_body
from jianbao.articles.record import Reading
from jianbao.articles.same_text import File

Place = tuple[int, int]  # index of the article, index of the paragraph


def whole(base: Reading, file: File, new: Reading) -> MergedBody:
    """The plain case: one article before, in the file, and now."""
    return merge_body(base.blocks, file.blocks, new.blocks, base.agreed)


def into_files(
    bases: Mapping[int, Reading], files: Mapping[int, File], theirs: Mapping[int, Reading], primary: Mapping[int, int]
) -> dict[int, MergedBody]:
    """The bodies of the files, cut as the files are."""
    home = {one.id: index for index, one in files.items()}
    of_base = {j: home[base.id] for j, base in bases.items() if base.id in home}
    here = _partners(bases, {n: file.blocks for n, file in files.items()}, of_base)
    there = _partners(bases, {t: one.blocks for t, one in theirs.items()}, {j: t for t, j in primary.items()})
    owner: dict[Place, int] = {}
    for j, base in bases.items():
        held = [here[(j, i)][0] for i in range(len(base.blocks)) if (j, i) in here]
        fallback = of_base.get(j, max(set(held), key=held.count) if held else -1)
        owner |= {(j, i): here[(j, i)][0] if (j, i) in here else fallback for i in range(len(base.blocks))}
    theirs_owner = _owners({t: one.blocks for t, one in theirs.items()}, there, owner)
    made: dict[int, MergedBody] = {}
    for n, file in files.items():
        before = [place for place in _places(bases) if owner[place] == n]
        new = [place for place in _places(theirs) if theirs_owner.get(place) == n]
        rank = {place: here[place][1] for place in before if place in here}
        before, new = _reordered(before, new, rank, there)
        made[n] = merge_body(
            [bases[j].blocks[i] for j, i in before],
            file.blocks,
            [theirs[t].blocks[k] for t, k in new],
            Agreed.together(base.agreed for base in bases.values()),
        )
    return made


def into_readings(
    bases: Mapping[int, Reading], files: Mapping[int, File], theirs: Mapping[int, Reading], primary: Mapping[int, int]
) -> dict[int, MergedBody]:
    """The bodies of the new readings, cut as the machine now cuts; what a person changed goes along."""
    of_base = {j: t for t, j in primary.items()}
    home = {one.id: index for index, one in files.items()}
    there = _partners(bases, {t: one.blocks for t, one in theirs.items()}, of_base)
    here = _partners(
        bases,
        {n: file.blocks for n, file in files.items()},
        {j: home[base.id] for j, base in bases.items() if base.id in home},
    )
    owner: dict[Place, int] = {}
    for j, base in bases.items():
        held = [there[(j, i)][0] for i in range(len(base.blocks)) if (j, i) in there]
        fallback = of_base.get(j, max(set(held), key=held.count) if held else next(iter(theirs)))
        owner |= {(j, i): there[(j, i)][0] if (j, i) in there else fallback for i in range(len(base.blocks))}
    ours_owner = _owners({n: file.blocks for n, file in files.items()}, here, owner)
    made: dict[int, MergedBody] = {}
    for t, one in theirs.items():
        before = [place for place in _places(bases) if owner[place] == t]
        ours = [place for n, file in files.items() for place in _of(n, file.blocks) if ours_owner.get(place) == t]
        rank = {place: there[place][1] for place in before if place in there}
        before, ours = _reordered(before, ours, rank, here)
        known = Agreed.together(base.agreed for base in bases.values())
        merged = merge_body(
            [bases[j].blocks[i] for j, i in before], [files[n].blocks[i] for n, i in ours], one.blocks, known
        )
        own = home.get(bases[primary[t]].id) if t in primary else None
        kept = tuple(ours[index][1] if index is not None and ours[index][0] == own else None for index in merged.kept)
        made[t] = MergedBody(merged.blocks, kept, merged.conflicts)
    return made


def _of(article: int, blocks: Sequence[str]) -> list[Place]:
    return [(article, index) for index in range(len(blocks))]


def _places(readings: Mapping[int, Reading]) -> list[Place]:
    return [place for index, one in readings.items() for place in _of(index, one.blocks)]


def _partners(
    bases: Mapping[int, Reading], sides: Mapping[int, Sequence[str]], likely: Mapping[int, int]
) -> dict[Place, Place]:
    """For each old paragraph where it is now: in the likely article first, then word for word anywhere, then
    nearly so."""
    found: dict[Place, Place] = {}
    used: set[Place] = set()
    for j, base in bases.items():
        if j in likely:
            for i, k in aligned(base.blocks, sides[likely[j]]):
                if base.blocks[i] == sides[likely[j]][k] or alike(base.blocks[i], sides[likely[j]][k]):
                    found.setdefault((j, i), (likely[j], k))
                    used.add((likely[j], k))
    for nearly in (False, True):
        for j, base in bases.items():
            for i, block in enumerate(base.blocks):
                if (j, i) in found:
                    continue
                for place in ((n, k) for n, blocks in sides.items() for k in range(len(blocks))):
                    text = sides[place[0]][place[1]]
                    if place not in used and (block == text or (nearly and alike(block, text))):
                        found[(j, i)] = place
                        used.add(place)
                        break
    return found


def _owners(
    sides: Mapping[int, Sequence[str]], partners: Mapping[Place, Place], owner: Mapping[Place, int]
) -> dict[Place, int]:
    """For each paragraph of a side whose it is: its old version's, else its neighbour's."""
    of = {place: owner[base] for base, place in partners.items()}
    made: dict[Place, int] = {}
    for n, blocks in sides.items():
        known = [of.get((n, k)) for k in range(len(blocks))]
        last = next((one for one in known if one is not None), None)
        for k, one in enumerate(known):
            last = one if one is not None else last
            if last is not None:
                made[(n, k)] = last
    return made


def _reordered(
    before: list[Place], other: list[Place], rank: Mapping[Place, int], partners: Mapping[Place, Place]
) -> tuple[list[Place], list[Place]]:
    """Where the deciding side has the paragraphs in another order than the old reading, the old reading and
    the other side are put into that order, so that a move is no change of the text."""
    ranks = [rank[place] for place in before if place in rank]
    if ranks == sorted(ranks):
        return before, other
    keys: dict[Place, tuple[int, int]] = {}
    last = -1
    for number, place in enumerate(before):
        last = rank.get(place, last)
        keys[place] = (last, number)
    old_of = {place: base for base, place in partners.items()}
    others: dict[Place, tuple[int, int]] = {}
    last = -1
    for number, place in enumerate(other):
        old = old_of.get(place)
        last = keys[old][0] if old in keys else last
        others[place] = (last, number)
    return sorted(before, key=keys.__getitem__), sorted(other, key=others.__getitem__)
