"""Cutting text into words: jieba's own cut (`cut_for_search`), word for word, without loading its dictionary.

jieba needs a second to load half a million words before it cuts the first; a corrected article needs a few
hundred of them. So jieba's tables lie in one file, by first character, and what is asked for is read. The
maximum-probability path and the Viterbi search for unknown words are jieba's (its `calc` and `finalseg`), and tests
hold them equal; but a text goes through in one pass from its end to its beginning, which looks at a place more
closely only where two characters begin a word: that makes it ten times as fast.
"""

from __future__ import annotations

import marshal
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import compress
from operator import add
from pathlib import Path
from typing import Final, TypeAlias

from jianbao.search.dictionary import (
    WORD_CHARACTERS,
    Longer,
    Tables,
    make_dictionary,
    read_head,
    read_part,
    read_rarities,
)
from jianbao.search.unknown import Unknown

_HAN: Final = re.compile(f"[{WORD_CHARACTERS}]+")
_WORD_CHARACTER: Final = re.compile(f"[{WORD_CHARACTERS}]")
UNKNOWN_RARITY: Final = 10.0
_SAYS_SOMETHING: Final = re.compile(r"[\u4E00-\u9FD5]{2}|[a-z]{3}")
_KEPT: Final = re.compile(r"[\u4E00-\u9FD5a-z0-9]")
_MANY: Final = 40_000  # words remembered of each kind

_LOWEST: Final = float("-inf")

Has: TypeAlias = Callable[[str], bool]
Pair: TypeAlias = tuple[float | None, Longer | bytes]  # its score, None where it is no word; the longer ones it begins


class _Words:
    """jieba's tables as far as the texts so far have asked for them."""

    def __init__(self, path: Path) -> None:
        self.head: Tables = read_head(path)
        self.unseen = -self.head["logtotal"]  # what a character that is no word scores; told from others by identity
        self.pairs: dict[str, Pair] = {}
        self._rarities: dict[str, str] = {}
        self.data = path.open("rb")
        self.singles = _Singles(self)

    def __del__(self) -> None:
        if data := getattr(self, "data", None):
            data.close()

    def load(self, character: str) -> float | None:
        """Read what begins with a character; its score, None for one that no word holds."""
        if not _WORD_CHARACTER.match(character):
            return None
        place = self.head["places"].get(character)
        if place is None:
            return self.unseen
        score, pairs = read_part(self.data, place)
        self.pairs.update(pairs)
        return self.unseen if score is None else score

    def rarities(self, character: str) -> str:
        """The rarities of the words that begin with a character."""
        if character not in self._rarities:
            place = self.head["places"].get(character)
            self._rarities[character] = read_rarities(self.data, place) if place else ""
        return self._rarities[character]

    def longer(self, pair: str) -> Longer:
        """The words that a pair begins, unpacked."""
        score, longer = self.pairs[pair]
        if isinstance(longer, bytes):
            longer = marshal.loads(longer) if longer else {}  # noqa: S302 (a file of our own below .jianbao)
            self.pairs[pair] = (score, longer)
        return longer

    def has(self, word: str) -> bool:
        """Whether the dictionary has a word of two characters or more."""
        _ = self.singles[word[0]]  # loads what begins with it
        found = self.pairs.get(word[:2])
        if found is None:
            return False
        return (found[0] if len(word) == 2 else self.longer(word[:2]).get(word)) is not None


class _Singles(dict[str, float | None]):
    """Scores of characters; one that turns up for the first time brings the words that begin with it."""

    def __init__(self, words: _Words) -> None:
        super().__init__()
        self._load = words.load

    def __missing__(self, character: str) -> float | None:
        self[character] = score = self._load(character)
        return score


class _Rarities(dict[str, float]):
    """How much words tell, as they turn up."""

    def __init__(self, words: _Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, word: str) -> float:
        rarity = 0.0  # numbers and the like
        if _SAYS_SOMETHING.search(word):
            table = self._words.rarities(word[0])
            start = table.find(f"\n{word} ")
            line = start + len(word) + 2
            rarity = UNKNOWN_RARITY if start < 0 else float(table[line : table.index("\n", line)])
        if len(self) > 2 * _MANY:
            self.clear()
        self[word] = rarity
        return rarity


class Cutter:
    """Cuts with the dictionary file in a folder (made there when it is missing); picklable."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._inside: dict[str, list[str]] = {}
        self._runs: dict[str, list[str]] = {}

    def __reduce__(self) -> tuple[type[Cutter], tuple[Path]]:
        return Cutter, (self.folder,)

    @cached_property
    def path(self) -> Path:
        """The dictionary's file."""
        return make_dictionary(self.folder)

    @cached_property
    def _words(self) -> _Words:
        return _Words(self.path)

    @cached_property
    def _unknown(self) -> Unknown:
        head = self._words.head
        return Unknown(head["start"], head["moves"], head["emissions"])

    @cached_property
    def rarities(self) -> Mapping[str, float]:
        """How much each word tells: jieba's inverse document frequency; 0 for numbers and the like."""
        return _Rarities(self._words)

    @property
    def unseen(self) -> float:
        """What a character that is no word scores."""
        return self._words.unseen

    def open(self) -> None:
        """Make the dictionary's file now, before other processes look for it."""
        _ = self.path

    def words(self, text: str) -> list[str]:
        """All words of two characters and more, as `jieba.cut_for_search` gives them."""
        ends = self._ends(text)
        out: list[str] = []
        place, single, size = 0, 0, len(text)  # single: where the run of one-character words began
        known, inside, has = self._runs.get, self._inside.get, self._words.has
        while place < size:
            end = ends[place]
            long = end - place
            if long > 1:
                if place - single > 1:
                    run = text[single:place]
                    found = known(run)
                    out += self._run(run, has) if found is None else found
                word = text[place:end]
                if long > 2:
                    out += inside(word) or self._pieces(word, has)
                else:
                    out.append(word)
                single = end
            place = end
        if size - single > 1:
            out += self._run(text[single:], has)
        return out

    def telling(self, counts: Mapping[str, int], least: float) -> list[str]:
        """The words at least so rare."""
        rare = map(self.rarities.__getitem__, counts)
        return list(compress(counts, map(least.__le__, rare)))

    def spelt(self, pieces: Sequence[str], kinds: Iterable[int], has: Has) -> list[str]:
        """`words` of a text that is cut into words of two characters (kind 0), of more (1) and runs of one (2); `has`
        says whether the dictionary has a word of two characters or more."""
        out: list[str] = []
        known, inside = self._runs.get, self._inside.get
        for piece, kind in zip(pieces, kinds, strict=True):
            if kind == 0:
                out.append(piece)
            elif kind == 1:
                out += inside(piece) or self._pieces(piece, has)
            else:
                found = known(piece)
                out += self._run(piece, has) if found is None else found
        return out

    def _ends(self, text: str) -> list[int]:
        """For each place where the likeliest word that begins there ends. Other characters part the text: what
        follows them does not count, so that sums are rounded as jieba rounds them."""
        words = self._words
        singles = list(map(words.singles.__getitem__, text))  # loads what begins with each character
        pairs = list(map(words.pairs.get, map(add, text, text[1:])))
        pairs.append(None)
        size, unseen = len(text), words.unseen
        best = [0.0] * (size + 1)
        ends = list(range(1, size + 1))
        follow = 0.0
        for start, single, pair in zip(range(size - 1, -1, -1), reversed(singles), reversed(pairs), strict=False):
            if single is None:
                follow = 0.0
                continue
            if pair is None:
                best[start] = follow = single + follow
                continue
            # jieba weighs a character that is no word only where nothing else begins
            top = _LOWEST if single is unseen else single + follow
            score, longer = pair
            stop = start + 2
            if score is not None and (chance := score + best[stop]) >= top:
                top = chance
                ends[start] = stop
            if longer:
                if isinstance(longer, bytes):
                    longer = words.longer(text[start:stop])
                stop += 1
                while stop <= size and (word := text[start:stop]) in longer:
                    score = longer[word]
                    if score is not None and (chance := score + best[stop]) >= top:
                        top = chance
                        ends[start] = stop
                    stop += 1
            best[start] = follow = single + follow if top == _LOWEST else top
        return ends

    def _pieces(self, word: str, has: Has) -> list[str]:
        """A word of three characters and more, after the words of two and three characters inside it."""
        pieces = [word[i : i + size] for size in (2, 3)[: len(word) - 2] for i in range(len(word) - size + 1)]
        found = [*filter(has, pieces), word]
        if len(self._inside) > _MANY:
            self._inside.clear()
        self._inside[word] = found
        return found

    def _run(self, run: str, has: Has) -> list[str]:
        """A run of one-character words, with the signs between them, may hold words that the dictionary lacks."""
        found: list[str] = []
        for block in _HAN.findall(run):
            if len(block) > 1 and not has(block):
                for word in self._unknown.words(block):
                    found += self._pieces(word, has) if len(word) > 2 else [word] if len(word) == 2 else []
        if len(self._runs) > _MANY:
            self._runs.clear()
        self._runs[run] = found
        return found


def counted(words: Iterable[str]) -> dict[str, int]:
    """How often each word occurs, in the order of the text; marks that were taken for words are left out."""
    counts = Counter(words)
    for word in [word for word in counts if word[0] < "\u4e00" and not _KEPT.search(word)]:
        del counts[word]
    return counts


@lru_cache(maxsize=4)
def cutter(folder: Path) -> Cutter:
    """One cutter for a folder in each process."""
    return Cutter(folder)
