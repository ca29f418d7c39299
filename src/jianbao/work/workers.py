"""One place that decides where work runs: in this process, in a pool of processes, or on a cluster (cluster.py).

A job is a picklable callable and a list of items; results come back in the order of the items, so the outcome
never depends on where it ran.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from jianbao.work.collecting import settled

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this many items a pool of processes costs more than it brings (measured on 2 cores, see design notes).
FEW = 200
KINDS = "serial, processes, dask=tcp://HOST:PORT"

_job: Callable[[Any], Any] | None = None


class Workers(Protocol):
    """Runs a job over items."""

    def map(self, job: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """`job(item)` for each item, in order."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


def choose(executor: str = "", jobs: int | None = None) -> Workers:
    """The workers that were asked for: `serial`, `processes` (also for ""), `dask=ADDRESS`; ValueError for others."""
    kind, _, address = executor.partition("=")
    if kind in ("", "processes") and not address:
        return Processes(jobs)
    if kind == "serial" and not address:
        return Serial()
    if kind == "dask" and address:
        from jianbao.work.cluster import Cluster

        return Cluster(address)
    raise ValueError(f"executor {executor}: {KINDS}")


class Serial:
    """Everything in this process."""

    def map(self, job: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """`job(item)` for each item, in order."""
        return map(job, items)

    def close(self) -> None:
        """Nothing is held."""


class Processes:
    """A pool of processes for long lists, this process for short ones."""

    def __init__(self, jobs: int | None = None, few: int = FEW) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self.few = few

    def map(self, job: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """`job(item)` for each item, in order; the job is handed to each process once. Where a process dies (for
        want of memory, say) this one does what is left. A job with great items says by `worth` how many usual ones,
        which take a fraction of a millisecond, each is worth; one that gains little, by `least` how many processes
        it takes to gain anything."""
        done, worth = 0, getattr(job, "worth", 1)
        if self.jobs >= getattr(job, "least", 2) and len(items) * worth > self.few:
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor
            from concurrent.futures.process import BrokenProcessPool

            # fork shares what the job holds without pickling it; elsewhere it is pickled once a process.
            method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
            chunk = max(1, min(64 // worth, len(items) // (self.jobs * 4)))
            context = multiprocessing.get_context(method)
            try:
                with settled(), ProcessPoolExecutor(self.jobs, context, _install, (job, os.getpid())) as pool:
                    apply: Callable[[Any], Any] = _apply
                    for result in pool.map(apply, items, chunksize=chunk):
                        yield result
                        done += 1
            except BrokenProcessPool:
                pass
        yield from map(job, items[done:])

    def close(self) -> None:
        """Every pool is closed when its list is done."""


def _install(job: Callable[[Any], Any], parent: int) -> None:
    global _job
    _job = job
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which then ends its workers
    _die_with(parent)


def _apply(item: object) -> object:
    assert _job is not None
    return _job(item)


def _die_with(parent: int) -> None:
    """A worker whose run was killed must not go on writing into the stage, nor wait for work for ever."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)
        return
    from threading import Thread

    Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    from time import sleep

    while os.getppid() == parent:
        sleep(0.2)
    os._exit(1)
