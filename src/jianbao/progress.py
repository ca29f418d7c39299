"""What the person at the terminal sees while something takes long: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Shows how far a phase has come."""

    def track(self, name: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        """Pass `items` on, showing how many of `total` have come by."""
        ...

    def say(self, message: str) -> None:
        """One line for the person, on standard error."""
        ...


class Silent:
    """Shows nothing."""

    def track(self, name: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        """Pass `items` on."""
        yield from items

    def say(self, message: str) -> None:
        """Nothing."""


class Terminal:
    """A bar on a terminal (only when a phase is long enough to be seen), plain lines elsewhere."""

    def __init__(self, *, bars: bool | None = None) -> None:
        self.bars = sys.stderr.isatty() if bars is None else bars

    def track(self, name: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        """Pass `items` on under a bar with the time that is left."""
        if not self.bars or total < 2:
            yield from items
            return
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # its thread would live on into forked workers
        yield from tqdm(items, desc=name, total=total, delay=0.3, leave=False, file=sys.stderr, dynamic_ncols=True)

    def say(self, message: str) -> None:
        """One line on standard error, above any bar."""
        print(message, file=sys.stderr)
