"""Where work runs never shows in what comes out; one build at a time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jianbao.folder.lock import BusyError, locked
from jianbao.work.progress import Terminal
from jianbao.work.workers import Processes, Serial


class Double:
    def __call__(self, number: int) -> int:
        if number == 13:
            raise ValueError("thirteen")
        return number * 2


class Where:
    def __call__(self, number: int) -> int:
        return os.getpid()


def test_the_pool_gives_what_one_process_gives() -> None:
    items = [number for number in range(500) if number != 13]
    assert list(Processes(2, few=10).map(Double(), items)) == list(Serial().map(Double(), items))
    assert set(Processes(2, few=10).map(Where(), items)) != {os.getpid()}, "the pool was not used"
    assert set(Processes(2, few=1000).map(Where(), items)) == {os.getpid()}, "few items need no pool"


def test_a_fault_in_a_worker_comes_back() -> None:
    with pytest.raises(ValueError, match="thirteen"):
        list(Processes(2, few=10).map(Double(), range(500)))


def test_a_second_build_learns_who_holds_the_lock(tmp_path: Path) -> None:
    seen: list[str] = []
    with (
        locked(tmp_path, seen.append),
        pytest.raises(BusyError) as caught,
        locked(tmp_path, seen.append, patience=0.05),
    ):
        pass
    assert seen == [str(os.getpid())] == [caught.value.holder]


def test_the_lock_of_a_killed_holder_is_taken_over(tmp_path: Path) -> None:
    code = (
        "import sys, os, signal, pathlib; sys.path.insert(0, sys.argv[2]); from jianbao.folder.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1]), print): os.kill(os.getpid(), signal.SIGKILL)"
    )
    source = str(Path(__file__).parents[1] / "src")
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path), source]).returncode == -9
    with locked(tmp_path, lambda holder: pytest.fail(f"held by {holder}")):
        pass


def test_without_a_terminal_a_long_phase_says_now_and_then_how_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("jianbao.work.progress._SILENCE", -1.0)
    assert list(Terminal(bars=False).track("写页面", [1, 2], 2)) == [1, 2]
    assert "写页面 1/2，约剩" in capsys.readouterr().err
    monkeypatch.setattr("jianbao.work.progress._SILENCE", 60.0)
    assert list(Terminal(bars=False).track("写页面", [1, 2], 2)) == [1, 2]
    assert capsys.readouterr().err == ""
