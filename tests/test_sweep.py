"""What a killed import leaves is gone after the next run; what others left, or are writing, is not touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from jianbao.build import Options, build
from jianbao.folder.sight import look
from jianbao.folder.store import Root
from jianbao.folder.sweep import sweep
from making import archive, article


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def swept(folder: Path) -> int:
    root = Root(folder)
    return sweep(root, [*look(root, "articles").left, *look(root, "scans").left])


def test_half_written_files_of_dead_runs_go(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 3)
    folder = (root / article(0)[0]).parent
    dead = dead_process()
    ours = [folder / f".2024-01-01-01-01.md.{dead}.tmp", root / f"scans/2024-01-01/.01.parsed.json.{dead}.tmp"]
    others = [
        folder / ".2024-01-01-01-01.md.swp",
        folder / f".2024-01-01-01-01.{dead}.tmp",
        folder / f"2024-01-01-01-01.md.{dead}.tmp",
        folder / ".draft.md.tmp",
    ]
    for path in [*ours, *others]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half", "utf-8")
    assert build(Root(root), Options(executor="serial", search=False)).published
    assert not any(path.exists() for path in ours)
    assert all(path.exists() for path in others)


def test_what_is_being_written_stays(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    writing = folder / f".2024-01-01-01-01.md.{os.getppid()}.tmp"
    writing.write_text("half", "utf-8")
    assert swept(tmp_path) == 0 and writing.exists()


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    kept = outside / f".a.md.{dead_process()}.tmp"
    kept.write_text("not ours", "utf-8")
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/articles").mkdir()
    (tmp_path / "archive/articles/away").symlink_to(outside)
    assert swept(tmp_path / "archive") == 0 and kept.exists()
