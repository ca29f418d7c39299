"""Work beside this process gives what it gives here, whatever becomes of the fork."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from jianbao.work.beside import Beside


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Test runners have threads of their own, beside which nothing is forked."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def steps() -> Iterator[str]:
    yield f"first {os.getpid()}"
    yield "second"


def test_the_results_come_one_after_the_other_from_another_process() -> None:
    with Beside(steps) as beside:
        word, process = beside.next().split()
        assert word == "first" and int(process) != os.getpid()
        assert beside.next() == "second"


def test_where_nothing_forks_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with Beside(steps) as beside:
        assert [beside.next(), beside.next()] == [f"first {os.getpid()}", "second"]


def test_beside_threads_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    with Beside(steps) as beside:
        assert beside.next() == f"first {os.getpid()}"


def test_a_fork_that_cannot_be_made_costs_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", none)
    with Beside(steps) as beside:
        assert [beside.next(), beside.next()] == [f"first {os.getpid()}", "second"]


@pytest.mark.parametrize("dies_after", [0, 1])
def test_what_a_killed_fork_leaves_is_done_here(dies_after: int) -> None:
    home = os.getpid()

    def mortal() -> Iterator[int]:
        for number in range(3):
            if number == dies_after and os.getpid() != home:
                os.kill(os.getpid(), signal.SIGKILL)
            yield number

    with Beside(mortal) as beside:
        assert [beside.next() for _ in range(3)] == [0, 1, 2]


def test_what_the_steps_raise_is_raised_here(tmp_path: Path) -> None:
    def failing() -> Iterator[list[str]]:
        yield os.listdir(tmp_path)  # noqa: PTH208
        yield os.listdir(tmp_path / "nowhere")  # noqa: PTH208

    with Beside(failing) as beside:
        assert beside.next() == []
        with pytest.raises(FileNotFoundError):
            beside.next()


def test_nobody_waits_for_what_was_not_asked_for() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(1 << 20)

    with Beside(endless) as beside:
        child = beside._child
        assert len(beside.next()) == 1 << 20
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
