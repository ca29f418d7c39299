"""One place that decides where work runs: in this process, or in a pool of processes.

A job is a picklable callable and a list of items; results come back in the order of the items, so the outcome
never depends on where it ran.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this many items a pool of processes costs more than it brings (measured on 2 cores, see design notes).
FEW = 200

_job: Callable[[Any], Any] | None = None


class Workers(Protocol):
    """Runs a job over items."""

    def map(self, job: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """`job(item)` for each item, in order."""
        ...


class Serial:
    """Everything in this process."""

    def map(self, job: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """`job(item)` for each item, in order."""
        return map(job, items)


class Processes:
    """A pool of processes for long lists, this process for short ones."""

    def __init__(self, jobs: int | None = None, few: int = FEW) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self.few = few

    def map(self, job: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """`job(item)` for each item, in order; the job is handed to each process once."""
        if self.jobs < 2 or len(items) <= self.few:
            yield from map(job, items)
            return
        # fork shares what the job holds without pickling it; elsewhere it is pickled once a process.
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        chunk = max(1, min(64, len(items) // (self.jobs * 4)))
        context = multiprocessing.get_context(method)
        with ProcessPoolExecutor(self.jobs, context, _install, (job,)) as pool:
            yield from pool.map(_apply, items, chunksize=chunk)


def _install(job: Callable[[Any], Any]) -> None:
    global _job
    _job = job


def _apply(item: object) -> object:
    assert _job is not None
    return _job(item)
