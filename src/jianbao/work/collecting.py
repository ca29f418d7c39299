"""Long work with few circles among its values, without looking for them all the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hundreds of thousands of values that live as long as the work does: looking for circles among them every few
    thousand allocations costs a tenth of the time and more."""
    threshold = gc.get_threshold()
    gc.set_threshold(max(200_000, threshold[0]), 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)


@contextmanager
def settled() -> Iterator[None]:
    """What is there now is looked through by no collector, in this process or its forks: a fork that looks through it
    writes into every page of it, and so copies all that it shares."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
