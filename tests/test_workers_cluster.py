"""A real Dask cluster of two worker processes on this machine: the same site, also when a worker dies in the middle."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jianbao.build import Options, build
from jianbao.folder.store import Root
from jianbao.work.cluster import Cluster, ClusterError
from jianbao.work.workers import Processes, Serial, choose
from making import archive, copy, jianbao, scan, tree, write


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as made:
        yield made


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = archive(tmp_path_factory.mktemp("cluster") / "given", 20)
    write(root, dict(map(scan, range(6))))
    return root


def test_reading_cutting_and_rendering_on_a_cluster_give_the_same_bytes(
    cluster: Any, given: Path, tmp_path: Path
) -> None:
    here, there = copy(given, tmp_path / "here"), copy(given, tmp_path / "there")
    assert build(Root(here), Options(executor="serial")).published
    assert build(Root(there), Options(executor=f"dask={cluster.scheduler_address}")).published
    assert tree(there / "articles") == tree(here / "articles")
    assert len(tree(here / "public")) > 100
    assert tree(there / "public") == tree(here / "public")


class Slow:
    """Says who worked, slowly enough to be killed; keeps a note of every run."""

    def __init__(self, notes: Path) -> None:
        self.notes = notes

    def __call__(self, number: int) -> tuple[int, int]:
        (self.notes / f"{os.getpid()}").touch()
        time.sleep(0.02)
        return number, os.getpid()


def test_nothing_is_lost_when_a_worker_is_killed_in_the_middle(cluster: Any, tmp_path: Path) -> None:
    workers = Cluster(cluster.scheduler_address)
    try:
        results = []
        victim = 0
        for number, worker in workers.map(Slow(tmp_path), range(200)):
            results.append(number)
            if number == 40:
                victim = worker
                os.kill(victim, signal.SIGKILL)
        assert victim and results == list(range(200)), "each once, in order"
        assert len(list(tmp_path.iterdir())) >= 2, "others went on"
    finally:
        workers.close()


def test_a_cluster_that_does_not_answer_is_one_line(
    given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianbao.work.cluster._PATIENCE", 0.3)
    with pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:9"):
        choose("dask=tcp://127.0.0.1:9")


def test_what_is_no_executor_is_wrong_usage() -> None:
    assert isinstance(choose(), Processes) and isinstance(choose("serial"), Serial)
    with pytest.raises(ValueError, match="serial, processes, dask"):
        choose("mpi")
    done = jianbao("build", "--executor", "mpi")
    assert done.returncode == 2 and "dask=tcp://HOST:PORT" in done.stderr


class Deadly:
    """Kills the worker it runs in, but not the test."""

    def __init__(self) -> None:
        self.home = os.getpid()

    def __call__(self, number: int) -> int:
        if number == 30 and os.getpid() != self.home:
            os.kill(os.getpid(), signal.SIGKILL)
        return number


def test_a_pool_whose_process_dies_is_finished_here() -> None:
    assert list(Processes(2, few=5).map(Deadly(), range(100))) == list(range(100))
