"""jieba's tables in one file that is read in parts: an edge, made once for each version of jieba.

8 bytes   length of the head
head      marshal: places of the parts, log of all frequencies' sum, start and transition probabilities
parts     marshal, one for each first character: scores, inverse document frequencies, emissions (B, M, E, S)
"""

from __future__ import annotations

import logging
import marshal
import os
from importlib.metadata import version
from importlib.resources import files
from math import log
from pathlib import Path
from typing import Any, BinaryIO, Final, TypedDict

MISSING: Final = object()
_LEAST: Final = -3.14e100
_FORM: Final = 1

Part = tuple[dict[str, float | None], dict[str, float], tuple[float, ...]]


class Tables(TypedDict):
    """The head of the file."""

    places: dict[str, tuple[int, int]]
    logtotal: float
    start: dict[str, float]
    moves: dict[str, dict[str, float]]


def dictionary_version() -> str:
    """Changes with whatever changes the cuts."""
    return f"jieba-{version('jieba')}-{_FORM}"


def make_dictionary(folder: Path) -> Path:
    """The path of the file in `folder`, made from jieba's own files where it is missing."""
    path = folder / f"{dictionary_version()}.words"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        temporary.write_bytes(_packed(folder))
        temporary.replace(path)
    return path


def read_part(file: BinaryIO, place: tuple[int, int]) -> Part:
    """One first character's tables. Forked processes share the file's position, so it is not relied on."""
    if hasattr(os, "pread"):
        data = os.pread(file.fileno(), place[1], place[0])
    else:
        file.seek(place[0])
        data = file.read(place[1])
    part: Part = marshal.loads(data)  # noqa: S302 (a file of our own below .jianbao)
    return part


def _packed(folder: Path) -> bytes:
    import jieba
    from jieba import finalseg

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(folder)
    tokenizer.cache_file = f".jieba.{os.getpid()}.cache"
    frequencies, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    logtotal = log(total)
    parts: dict[str, tuple[dict[str, float | None], dict[str, float], list[float]]] = {}

    def part(character: str) -> tuple[dict[str, float | None], dict[str, float], list[float]]:
        return parts.setdefault(character, ({}, {}, [_LEAST] * 4))

    for word, frequency in frequencies.items():
        part(word[0])[0][word] = log(frequency) - logtotal if frequency else None
    for line in files("jieba").joinpath("analyse", "idf.txt").read_text(encoding="utf-8").splitlines():
        word, rarity = line.split(" ")
        part(word[0])[1][word] = float(rarity)
    for i, state in enumerate("BMES"):
        for character, chance in finalseg.emit_P[state].items():
            part(character)[2][i] = chance
    blocks, places, place = [], {}, 0
    for character, (scores, rarities, emissions) in sorted(parts.items()):
        block = marshal.dumps((scores, rarities, tuple(emissions)))
        places[character] = (place, len(block))
        place += len(block)
        blocks.append(block)
    head: dict[str, Any] = {
        "places": places,
        "logtotal": logtotal,
        "start": dict(finalseg.start_P),
        "moves": {state: dict(moves) for state, moves in finalseg.trans_P.items()},
    }
    size = len(marshal.dumps(head)) + 32 * len(places)  # room for larger numbers
    head["places"] = {character: (8 + size + start, length) for character, (start, length) in places.items()}
    packed = marshal.dumps(head)
    assert len(packed) <= size
    return size.to_bytes(8, "little") + packed.ljust(size, b"\0") + b"".join(blocks)
