"""Whether work grows with its text and no faster: told by a ratio in one process, never by a clock's reading alone.

A bound in seconds fails on a busy machine and passes on a quick one what it should not; a ratio does neither.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PARTS = 8
"""How much longer the long text is than the short one: work that grows with its square takes 64 times as long."""

SLACK = 3
"""So many times as long as the length explains is put down to noise; a square passes it 2.7 times over."""

TICK = 0.004
"""Seconds below which nothing is told from noise: the short text is taken to need at least so much."""


def assert_linear(work: Callable[[str], object], text: str) -> None:
    """Fails where `work(text)` takes far longer than eight times what it takes for an eighth of `text`."""
    part = text[: len(text) // PARTS]
    short = max(TICK, min(_seconds(work, part) for _ in range(3)))
    bound = PARTS * SLACK * short
    took = [_seconds(work, text)]
    while took[-1] > bound and len(took) < 3:
        took.append(_seconds(work, text))
    assert min(took) <= bound, f"{len(part)} characters took {short:.3f} s, {len(text)} took {min(took):.3f} s"


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started
