"""jieba's tables in one file that is read in parts: an edge, made once for each version of jieba.

8 bytes   length of the head
head      marshal: places of the parts and rarities, log of all frequencies' sum, the tables for unknown words
parts     for each first character: `Part` as marshal, then its rarities as text

Half a million words would be 100 MB of Python strings. So the words of three characters and more stay packed until
a text has their first two, and the rarities stay one string, in which few are ever looked for.
"""

from __future__ import annotations

import logging
import marshal
import os
import re
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from math import log
from pathlib import Path
from string import ascii_letters, digits
from typing import Any, BinaryIO, Final, NamedTuple, TypeAlias, TypedDict

LEAST: Final = -3.14e100
WORD_SIGNS: Final = ascii_letters + digits + "+#&._%-"
WORD_CHARACTERS: Final = rf"\u4E00-\u9FD5{re.escape(WORD_SIGNS)}"  # what jieba looks for words in
_ALL_WORD: Final = re.compile(f"[{WORD_CHARACTERS}]+")
_FORM: Final = 4

Longer: TypeAlias = dict[str, float | None]  # words, and beginnings of words (None), of three characters and more


class Part(NamedTuple):
    """What begins with one character: scores are logarithms of how likely a word is."""

    score: float | None  # of the character itself; None where it is no word
    pairs: dict[str, tuple[float | None, bytes]]  # the words and beginnings of two characters; `Longer` as marshal


class Tables(TypedDict):
    """The head of the file."""

    places: dict[str, tuple[int, int, int]]  # by first character: where, how long the part and the rarities are
    logtotal: float
    start: dict[str, float]
    moves: dict[str, dict[str, float]]
    emissions: dict[str, tuple[float, ...]]  # of characters, for the states B, M, E, S


def dictionary_version() -> str:
    """Changes with whatever changes the cuts."""
    return f"jieba-{version('jieba')}-{_FORM}"


def make_dictionary(folder: Path) -> Path:
    """The path of the file in `folder`, made from jieba's own files where it is missing."""
    path = folder / f"{dictionary_version()}.words"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        temporary.write_bytes(packed(folder))
        temporary.replace(path)
    return path


def read_head(path: Path) -> Tables:
    """The head of the file."""
    with path.open("rb") as file:
        head: Tables = marshal.loads(file.read(int.from_bytes(file.read(8), "little")))  # noqa: S302 (our own file)
    return head


def read_part(file: BinaryIO, place: tuple[int, int, int]) -> Part:
    """One first character's words."""
    start, length, _ = place
    return Part(*marshal.loads(_read(file, start, length)))  # noqa: S302 (a file of our own below .jianbao)


def read_rarities(file: BinaryIO, place: tuple[int, int, int]) -> str:
    """One first character's inverse document frequencies: "\nword rarity\nword rarity\n"; "" where it has none."""
    start, length, more = place
    return _read(file, start + length, more).decode()


def _read(file: BinaryIO, start: int, length: int) -> bytes:
    """Forked processes share the file's position, so it is not relied on."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, start)
    file.seek(start)
    return file.read(length)


def packed(folder: Path) -> bytes:
    """The bytes of the file, which depend on jieba alone; `folder` is where jieba may write meanwhile."""
    head, parts = _tables(folder)
    blocks, places, place = [], {}, 0
    for character, part, rarities in parts:
        block, rare = marshal.dumps(tuple(part)), rarities.encode()
        places[character] = (place, len(block), len(rare))
        place += len(block) + len(rare)
        blocks += [block, rare]
    head["places"] = places
    size = len(marshal.dumps(head)) + 32 * len(places)  # room for larger numbers
    head["places"] = {character: (8 + size + start, *rest) for character, (start, *rest) in places.items()}
    packed = marshal.dumps(head)
    assert len(packed) <= size
    return size.to_bytes(8, "little") + packed.ljust(size, b"\0") + b"".join(blocks)


def _tables(folder: Path) -> tuple[dict[str, Any], Iterator[tuple[str, Part, str]]]:
    """The head, and jieba's tables by first characters, made one at a time: all at once they fill 200 MB."""
    import jieba
    from jieba import finalseg

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(folder)
    tokenizer.cache_file = f".jieba.{os.getpid()}.cache"
    frequencies, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    emissions: dict[str, list[float]] = {}
    for i, state in enumerate("BMES"):
        for character, chance in finalseg.emit_P[state].items():
            emissions.setdefault(character, [LEAST] * 4)[i] = chance
    head = {
        "logtotal": log(total),
        "start": dict(finalseg.start_P),
        "moves": {state: dict(chances) for state, chances in finalseg.trans_P.items()},
        "emissions": {character: tuple(values) for character, values in emissions.items()},
    }
    return head, _parts(frequencies, log(total))


def _parts(frequencies: dict[str, int], logtotal: float) -> Iterator[tuple[str, Part, str]]:
    """What begins with each character, and its rarities. A word that jieba's own splitting tears apart is left out."""
    words: dict[str, list[str]] = {}
    for word in frequencies:
        if _ALL_WORD.fullmatch(word):
            words.setdefault(word[0], []).append(word)
    rarities: dict[str, list[str]] = {}
    for line in files("jieba").joinpath("analyse", "idf.txt").read_text(encoding="utf-8").splitlines():
        rarities.setdefault(line[0], []).append(line)
    for character in sorted(words.keys() | rarities.keys()):
        pairs: dict[str, tuple[float | None, Longer]] = {}
        own: float | None = None
        for word in words.get(character, ()):
            frequency = frequencies[word]
            score = log(frequency) - logtotal if frequency else None
            if len(word) == 1:
                own = score
            elif len(word) == 2:
                pairs[word] = (score, pairs[word][1] if word in pairs else {})
            else:
                pairs.setdefault(word[:2], (None, {}))[1][word] = score
        packed = {pair: (score, marshal.dumps(longer) if longer else b"") for pair, (score, longer) in pairs.items()}
        lines = "\n".join(["", *rarities.get(character, ()), ""])
        yield character, Part(own, packed), lines if lines.strip() else ""
