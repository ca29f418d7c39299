"""What the person at the terminal sees while something takes long: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")

_SILENCE = 10.0  # seconds between two lines where there is no terminal


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
        """Pass `items` on under a bar with the time that is left; without a terminal a line now and then."""
        if not self.bars or total < 2:
            yield from self._lines(name, items, total)
            return
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # its thread would live on into forked workers
        yield from tqdm(items, desc=name, total=total, delay=0.3, leave=False, file=sys.stderr, dynamic_ncols=True)

    def _lines(self, name: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        begun = said = time.monotonic()
        for number, item in enumerate(items):
            yield item
            now = time.monotonic()
            if now - said > _SILENCE:
                said = now
                left = (now - begun) / (number + 1) * (total - number - 1)
                self.say(f"{name} {number + 1}/{total}，约剩 {left:.0f} 秒  about {left:.0f} s left")

    def say(self, message: str) -> None:
        """One line on standard error, above any bar."""
        print(message, file=sys.stderr)
