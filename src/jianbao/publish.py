"""Publishing in one step: the new site is staged beside the old one and the two folders change places.

Two trees share their files by hard links: `out`, which readers see, and the stage. A build applies its changes
to the stage, exchanges the two (`renameat2` with RENAME_EXCHANGE on Linux, `renamex_np` with RENAME_SWAP on
macOS, elsewhere a journalled pair of renames), then applies the same changes to the tree that is now the stage.
So a correction costs what it changes, whatever the size of the site.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from jianbao.problems import Problem, error
from jianbao.store import Root, is_junk

LIST_NAME = ".jianbao-files"  # in the published folder: the files Jianbao put there
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


class Publisher:
    """The published folder `out` and its stage below `work` (made on the same file system as `out`)."""

    def __init__(self, out: Path, work: Path) -> None:
        self.out = out
        base = work if _same_device(work, out.parent) else out.parent / f".{out.name}.jianbao"
        self.work = base
        self.stage = base / "stage"
        self._in_sync = base / "stage-in-sync"
        self._journal = base / "publish.json"
        self.in_place = out.exists() and not _same_device(out, out.parent)  # a mount point cannot be renamed

    # -- before ---------------------------------------------------------------------------------------------
    def recover(self) -> None:
        """Finish or undo what a killed build left: after this `out` is the old site or the new one, whole."""
        self._finish_journal()
        if not self._in_sync.exists() and self.stage.exists():
            shutil.rmtree(self.stage)

    def listed(self) -> frozenset[str]:
        """The files that an earlier build says it put into `out`; empty where there was none."""
        try:
            return frozenset((self.out / LIST_NAME).read_text("utf-8").splitlines())
        except FileNotFoundError:
            return frozenset()

    def present(self) -> dict[str, str]:
        """Every file in `out` with its mark (size, time, inode), without the list itself."""
        return {path: mark for path, mark in _tree(self.out) if path != LIST_NAME}

    def foreign(self) -> list[str]:
        """Files in `out` that no build of Jianbao put there, in order."""
        listed = self.listed()
        return sorted(path for path in self.present() if path not in listed and not is_junk(path.rpartition("/")[2]))

    # -- a build --------------------------------------------------------------------------------------------
    def open_stage(self) -> Path:
        """The folder to write changes into: a twin of `out` as it stands."""
        if self.in_place:
            return self.out
        self.work.mkdir(parents=True, exist_ok=True)
        if not self._in_sync.exists():
            shutil.rmtree(self.stage, ignore_errors=True)
            self.stage.mkdir(parents=True)
            if self.out.exists():
                for path, _ in _tree(self.out):
                    link(self.out / path, self.stage / path)
        self._in_sync.unlink(missing_ok=True)
        return self.stage

    def close_stage(self, written: Iterable[str], removed: Iterable[str], files: Iterable[str]) -> None:
        """Publish: `written` lie in the stage, `removed` go, `files` is everything there is now."""
        written, removed = list(written), list(removed)
        for path in removed:
            remove_output(self.stage if not self.in_place else self.out, path)
        listing = "".join(f"{path}\n" for path in sorted(files)).encode()
        target = self.out if self.in_place else self.stage
        if _bytes_of(target / LIST_NAME) != listing:
            place(target, LIST_NAME, listing)
            written.append(LIST_NAME)
        if self.in_place:
            return
        if not self.out.exists():
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self.stage.rename(self.out)
            return  # the twin is made by the next build that needs it
        self._exchange()
        for path in written:
            link(self.out / path, self.stage / path)
        for path in removed:
            remove_output(self.stage, path)
        self._in_sync.touch()

    # -- exchanging -----------------------------------------------------------------------------------------
    def _exchange(self) -> None:
        if exchange(self.stage, self.out):
            return
        old = self.work / "old"
        shutil.rmtree(old, ignore_errors=True)
        self._journal.write_text(json.dumps({"out": str(self.out)}), "utf-8")
        self.out.rename(old)
        self.stage.rename(self.out)
        old.rename(self.stage)
        self._journal.unlink()

    def _finish_journal(self) -> None:
        if not self._journal.exists():
            return
        old = self.work / "old"
        if not self.out.exists():
            (self.stage if self.stage.exists() else old).rename(self.out)
        if old.exists():
            shutil.rmtree(self.stage, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
        self._journal.unlink()


def exchange(one: Path, other: Path) -> bool:
    """Let two paths of one file system change places in one step; False where the system cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            status = library.renamex_np(first, second, ctypes.c_uint(_RENAME_SWAP))
        else:
            status = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, ctypes.c_uint(_RENAME_EXCHANGE))
    except AttributeError:
        return False
    if status == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def place(folder: Path, path: str, data: bytes) -> None:
    """Write one output as a new file: never into one that the other tree shares."""
    target = folder / path
    temporary = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    try:
        file = temporary.open("wb")
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        file = temporary.open("wb")
    try:
        with file:
            file.write(data)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def link(source: Path, target: Path) -> None:
    """Let `target` be the same file as `source`; a copy where the file system has no hard links."""
    temporary = target.with_name(f".{target.name[:100]}.{os.getpid()}.lnk")
    temporary.unlink(missing_ok=True)
    try:
        os.link(source, temporary)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, temporary)
    except OSError:
        shutil.copy2(source, temporary)
    temporary.replace(target)
    temporary.unlink(missing_ok=True)  # rename does nothing where both are already one file


def remove_output(folder: Path, path: str) -> None:
    """Remove one output and the folders that it leaves empty."""
    target = folder / path
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder:
            break
        try:
            parent.rmdir()
        except OSError:
            break


def mark_of(path: Path) -> str:
    """What tells without reading whether an output changed since it was written."""
    facts = path.stat()
    return f"{facts.st_size}-{facts.st_mtime_ns}"


def output_fault(root: Root, out: Path, *, named: bool) -> Problem | None:
    """Why nothing can be published to `out`; None where it can. `named`: the person gave the folder."""
    real = out.resolve()
    inside = [
        name
        for name in ("articles", "scans", "templates", "static", "src", ".jianbao")
        if _within(real, root.folder / name)
    ]
    if inside or real == root.folder or real in root.folder.parents:
        return _fault(
            out,
            f"输出文件夹与档案自己的{f' {inside[0]}/' if inside else '文件夹'}重叠",
            f"the output folder lies over the archive's own {inside[0] + '/' if inside else 'folder'}",
            "output-overlap",
        )
    if out.is_symlink() and not named and not _within(real, root.folder):
        return _fault(out, "是通向档案之外的符号链接", "is a symbolic link out of the archive", "output-link")
    if out.exists() and not out.is_dir():
        return _fault(out, "不是文件夹", "is not a folder", "output-file")
    foreign = Publisher(out, root.path(".jianbao")).foreign()
    if foreign:
        names = "、".join(foreign[:3])
        return _fault(
            out,
            f"输出文件夹里有 {len(foreign)} 个不是剪报写的文件：{names}",
            f"the output folder holds {len(foreign)} files that Jianbao did not write: {names}",
            "output-foreign",
        )
    return None


def _fault(out: Path, zh: str, en: str, code: str) -> Problem:
    hint = (
        "换一个空文件夹（--out），或移走这些文件；要随网站发布的文件请放进 static/",
        "choose an empty folder with --out, or move them; files to publish go into static/",
    )
    return error(str(out), 0, 0, zh, en, do=hint[0], do_en=hint[1], code=code)


def _within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _tree(folder: Path) -> Iterator[tuple[str, str]]:
    stack = [("", str(folder))]
    while stack:
        prefix, where = stack.pop()
        try:
            entries = os.scandir(where)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    stack.append((path + "/", entry.path))
                else:
                    facts = entry.stat(follow_symlinks=False)
                    yield path, f"{facts.st_size}-{facts.st_mtime_ns}"


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _same_device(one: Path, other: Path) -> bool:
    return _existing(one).stat().st_dev == _existing(other).stat().st_dev


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
