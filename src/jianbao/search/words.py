"""Cutting text into words: jieba's own cut (`cut_for_search`), word for word, without loading its dictionary.

jieba needs a second to load half a million words before it cuts the first; a corrected article needs a few
hundred of them. So `Dictionary` keeps jieba's tables in one file, by first character, and reads what is asked for.
The maximum-probability path and the Viterbi search for unknown words are jieba's, and tests hold them equal.
"""

from __future__ import annotations

import marshal
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from jianbao.search.dictionary import MISSING, Tables, make_dictionary, read_part

_HAN: Final = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
_ONLY_HAN: Final = re.compile(r"([\u4E00-\u9FD5]+)")
_LATIN: Final = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_LEAST: Final = -3.14e100
_BEFORE: Final = {"B": ("E", "S"), "M": ("M", "B"), "S": ("S", "E"), "E": ("B", "M")}
UNKNOWN_RARITY: Final = 10.0
_SAYS_SOMETHING: Final = re.compile(r"[\u4E00-\u9FD5]{2}|[a-z]{3}")
_KEPT: Final = re.compile(r"[\u4E00-\u9FD5a-z0-9]")


class _Parts(dict[str, tuple[dict[str, float | None], dict[str, float], tuple[float, ...]]]):
    """The dictionary's tables by first character, read from the file as characters turn up."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.head: Tables = marshal.loads(_first_block(path))  # noqa: S302 (made by dictionary.py)
        self.data = path.open("rb")

    def __missing__(self, character: str) -> tuple[dict[str, float | None], dict[str, float], tuple[float, ...]]:
        place = self.head["places"].get(character)
        part = read_part(self.data, place) if place else ({}, {}, (_LEAST,) * 4)
        self[character] = part
        return part

    def __del__(self) -> None:
        if data := getattr(self, "data", None):
            data.close()


def _first_block(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(int.from_bytes(file.read(8), "little"))


@dataclass
class Cutter:
    """Cuts with the dictionary file in a folder (made there when it is missing); picklable."""

    folder: Path
    _made: dict[str, _Parts] = field(default_factory=dict, repr=False)
    _rarities: dict[str, float] = field(default_factory=dict, repr=False)
    _inside: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "_made": {}, "_rarities": {}, "_inside": {}}

    @cached_property
    def path(self) -> Path:
        """The dictionary's file."""
        return make_dictionary(self.folder)

    @property
    def _parts(self) -> _Parts:
        if not self._made:
            self._made[""] = _Parts(self.path)
        return self._made[""]

    def open(self) -> None:
        """Make the dictionary's file now, before other processes look for it."""
        _ = self.path

    def words(self, text: str) -> list[str]:
        """All words, as `jieba.cut_for_search` gives them, but for spaces and punctuation."""
        parts = self._parts
        out: list[str] = []
        for block in _HAN.findall(text):
            for word in self._cut(block, parts):
                if len(word) > 2:
                    out += self._pieces(word, parts)
                out.append(word)
        return out

    def _pieces(self, word: str, parts: _Parts) -> list[str]:
        """The words of two and three characters inside a longer one."""
        found = self._inside.get(word)
        if found is None:
            pieces = [word[i : i + size] for size in (2, 3)[: len(word) - 2] for i in range(len(word) - size + 1)]
            found = [piece for piece in pieces if parts[piece[0]][0].get(piece) is not None]
            if len(self._inside) < 100_000:
                self._inside[word] = found
        return found

    def counts(self, text: str) -> dict[str, int]:
        """How often each word of two characters and more occurs, in the order of the text."""
        words = Counter(word for word in self.words(text) if len(word) > 1)
        return {word: count for word, count in words.items() if word[0] >= "\u4e00" or _KEPT.search(word)}

    def rarity(self, word: str) -> float:
        """How much a word tells: jieba's inverse document frequency; 0 for numbers and the like."""
        rare = self._rarities.get(word)
        if rare is None:
            known = self._parts[word[0]][1].get(word, UNKNOWN_RARITY)
            rare = self._rarities[word] = known if _SAYS_SOMETHING.search(word) else 0.0
        return rare

    def _cut(self, sentence: str, parts: _Parts) -> list[str]:
        """`jieba.cut` of a block without spaces or punctuation."""
        out: list[str] = []
        size = len(sentence)
        logtotal = parts.head["logtotal"]
        best = [0.0] * (size + 1)
        ends = [0] * size
        for start in range(size - 1, -1, -1):
            table = parts[sentence[start]][0]
            top, end = None, start + 1
            stop = start + 1
            while stop <= size:
                score = table.get(sentence[start:stop], MISSING)
                if score is MISSING:
                    break
                if score is not None:
                    chance = score + best[stop]  # type: ignore[operator]
                    if top is None or chance >= top:
                        top, end = chance, stop
                stop += 1
            best[start] = -logtotal + best[start + 1] if top is None else top
            ends[start] = end
        place, single = 0, 0  # single: where the run of one-character words began
        while place < size:
            end = ends[place]
            if end - place > 1:
                if single < place:
                    out += self._unknown(sentence[single:place], parts)
                out.append(sentence[place:end])
                single = end
            place = end
        if single < size:
            out += self._unknown(sentence[single:], parts)
        return out

    def _unknown(self, run: str, parts: _Parts) -> list[str]:
        """A run of one-character words may be a word that the dictionary lacks."""
        if len(run) == 1:
            return [run]
        if parts[run[0]][0].get(run):
            return list(run)
        return _recognise(self, run)

    def viterbi(self, run: str) -> Iterator[str]:
        """`jieba.finalseg.cut`: the likeliest words of a run of characters, by the letters B, M, E, S."""
        parts = self._parts
        for block in _ONLY_HAN.split(run):
            if _ONLY_HAN.match(block):
                yield from self._states(block, parts)
            else:
                yield from filter(None, _LATIN.split(block))

    def _states(self, block: str, parts: _Parts) -> Iterator[str]:
        moves: dict[str, dict[str, float]] = parts.head["moves"]
        start: dict[str, float] = parts.head["start"]
        emitted = [parts[character][2] for character in block]
        chances = [{state: start[state] + emitted[0][i] for i, state in enumerate("BMES")}]
        paths: list[dict[str, str]] = [{}]
        for emits in emitted[1:]:
            last, now, came = chances[-1], {}, {}
            for i, state in enumerate("BMES"):
                one, other = _BEFORE[state]
                first = last[one] + moves[one].get(state, _LEAST) + emits[i]
                second = last[other] + moves[other].get(state, _LEAST) + emits[i]
                now[state], came[state] = max((first, one), (second, other))
            chances.append(now)
            paths.append(came)
        state = max((chances[-1][state], state) for state in "ES")[1]
        states = [state]
        for came in reversed(paths[1:]):
            state = came[state]
            states.append(state)
        states.reverse()
        begin = done = 0
        for i, state in enumerate(states):
            if state == "B":
                begin = i
            elif state == "E":
                yield block[begin : i + 1]
                done = i + 1
            elif state == "S":
                yield block[i]
                done = i + 1
        if done < len(block):
            yield block[done:]


_memory: dict[str, list[str]] = {}


def _recognise(cutter: Cutter, run: str) -> list[str]:
    found = _memory.get(run)
    if found is None:
        if len(_memory) > 50_000:
            _memory.clear()
        found = _memory[run] = list(cutter.viterbi(run))
    return found


@lru_cache(maxsize=4)
def cutter(folder: Path) -> Cutter:
    """One cutter for a folder in each process."""
    return Cutter(folder)
