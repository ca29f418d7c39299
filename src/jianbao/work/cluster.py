"""Work on a Dask cluster whose machines share the archive's folder (`pip install 'jianbao[cluster]'`).

dask scheduler --port 8786          # on one machine
dask worker tcp://HOST:8786 --nthreads 1    # on every machine, the archive mounted at the same path
jianbao build --executor dask=tcp://HOST:8786
"""

from __future__ import annotations

import pickle
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from threading import Lock
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_PATIENCE = 30  # seconds until a scheduler has answered
_RETRIES = 5  # how often a piece of work is tried again whose worker was lost
_one_at_a_time = Lock()


class ClusterError(OSError):
    """The cluster does not answer, or cannot do the work."""


class Cluster:
    """Workers at a Dask scheduler's address. What a lost worker had done is done again by another."""

    def __init__(self, address: str) -> None:
        try:
            dask = import_module("distributed")
        except ImportError as missing:
            raise ClusterError(f"--executor dask: pip install 'jianbao[cluster]' ({missing})") from missing
        try:
            self._client: Any = dask.Client(address, timeout=_PATIENCE)
        except (OSError, ValueError) as failure:
            raise ClusterError(f"{address}: {failure}") from failure

    def map(self, job: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """`job(item)` for each item, in order; only so many pieces are under way that memory stays bounded."""
        if not items:
            return
        threads = max(1, sum(self._client.nthreads().values()))
        size = max(1, min(64, len(items) // (threads * 4)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that the archive's metadata is a large argument: it is
            # A task, not scattered data: when the worker that holds it is lost it is made again.
            shared = self._client.submit(pickle.loads, pickle.dumps(job), pure=False, retries=_RETRIES)
        waiting: deque[Any] = deque()
        try:
            for start in range(0, len(items), size):
                piece = list(items[start : start + size])
                waiting.append(self._client.submit(_run, shared, piece, pure=False, retries=_RETRIES))
                if len(waiting) > threads * 4:
                    yield from self._result(waiting.popleft())
            while waiting:
                yield from self._result(waiting.popleft())
        finally:
            for future in waiting:
                future.cancel()
            shared.release()

    def close(self) -> None:
        """Leave the cluster as it was."""
        self._client.close()

    @staticmethod
    def _result(future: Any) -> list[Any]:  # noqa: ANN401 (dask's own type)
        dask = import_module("distributed")
        try:
            return list(future.result())
        except (dask.KilledWorker, dask.CancelledError) as failure:
            raise ClusterError(f"dask: {failure}") from failure


def _run(job: Callable[[Any], Any], items: list[Any]) -> list[Any]:
    with _one_at_a_time:  # a job keeps caches of its own, which threads must not share
        return [job(item) for item in items]
