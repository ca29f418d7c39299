"""Words that jieba's dictionary lacks, by jieba's hidden Markov model (its `finalseg`): each character begins (B),
continues (M) or ends (E) a word, or is one (S). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from jianbao.search.dictionary import LEAST

_ONLY_HAN: Final = re.compile(r"([\u4E00-\u9FD5]+)")
_LATIN: Final = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_NEVER: Final = (LEAST,) * 4


class Unknown:
    """The model with its tables."""

    def __init__(
        self,
        start: Mapping[str, float],
        moves: Mapping[str, Mapping[str, float]],
        emissions: Mapping[str, tuple[float, ...]],
    ) -> None:
        self._start = tuple(start[state] for state in "BMES")
        arrows = ("EB", "SB", "MM", "BM", "BE", "ME", "SS", "ES")
        self._moves = tuple(moves[arrow[0]].get(arrow[1], LEAST) for arrow in arrows)
        self._emissions = emissions

    def words(self, run: str) -> Iterator[str]:
        """The likeliest words of a run of characters; Latin and digits stay together."""
        for block in _ONLY_HAN.split(run):
            if _ONLY_HAN.match(block):
                yield from self._han(block)
            else:
                yield from filter(None, _LATIN.split(block))

    def _han(self, block: str) -> Iterator[str]:
        """Viterbi's search. Sums are taken in jieba's order; of two equal ones the later letter wins, as in its
        `max` over (chance, letter)."""
        emitted = [self._emissions.get(character, _NEVER) for character in block]
        begin, middle, end, single = (chance + emits for chance, emits in zip(self._start, emitted[0], strict=True))
        eb, sb, mm, bm, be, me, ss, es = self._moves
        came = []  # for B, M, E, S the state before
        for b, m, e, s in emitted[1:]:
            end_b, single_b = end + eb + b, single + sb + b
            middle_m, begin_m = middle + mm + m, begin + bm + m
            begin_e, middle_e = begin + be + e, middle + me + e
            single_s, end_s = single + ss + s, end + es + s
            came.append(
                ("E" if end_b > single_b else "S", "B" if begin_m > middle_m else "M",
                 "B" if begin_e > middle_e else "M", "E" if end_s > single_s else "S")
            )  # fmt: skip
            begin = end_b if end_b > single_b else single_b
            middle = begin_m if begin_m > middle_m else middle_m
            end = begin_e if begin_e > middle_e else middle_e
            single = end_s if end_s > single_s else single_s
        state = "E" if end > single else "S"
        states = [state]
        for before in reversed(came):
            state = before["BMES".index(state)]
            states.append(state)
        return _spelt(block, "".join(reversed(states)))


def _spelt(block: str, states: str) -> Iterator[str]:
    """Words by their letters."""
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
