"""Sequences that are read when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item", covariant=True)


class Later(Sequence[Item]):
    """A sequence of known length; `read(start, stop)` gives that part of it. Once read as a whole it is kept."""

    __slots__ = ("_all", "_length", "_read")

    def __init__(self, length: int, read: Callable[[int, int], Sequence[Item]]) -> None:
        self._length, self._read = length, read
        self._all: Sequence[Item] | None = None

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...

    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        if isinstance(place, int):
            if not -self._length <= place < self._length:
                raise IndexError(place)
            place %= self._length
            return self._part(place, place + 1)[0]
        start, stop, step = place.indices(self._length)
        if step == 1:
            return self._part(start, max(start, stop))
        return self._whole()[place]

    def __iter__(self) -> Iterator[Item]:
        return iter(self._whole())

    def _whole(self) -> Sequence[Item]:
        if self._all is None:
            self._all = self._read(0, self._length)
        return self._all

    def _part(self, start: int, stop: int) -> Sequence[Item]:
        if self._all is not None or stop - start == self._length:
            return self._whole()[start:stop]
        return self._read(start, stop) if start < stop else ()
