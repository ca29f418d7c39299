"""Whole trees of files: written, walked, made twins by hard links, and exchanged in one step.

Text paths and plain system calls, not pathlib: a site of 10,000 articles has 30,000 files and as many folders.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from jianbao.folder.published import GONE

_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_BY_HANDLE = os.scandir in os.supports_fd and os.stat in os.supports_dir_fd
_PAGE = "/index.html"  # a page has a folder of its own
# What a file system answers that has no hard links, or no more of them for this file.
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.EMLINK, errno.ENOSYS})


def place(folder: Path | str, path: str, data: bytes) -> str:
    """Write one output below `folder` as a new file, never into one that another tree shares; its mark."""
    target = f"{folder}/{path}"
    if path.endswith(_PAGE):
        _make_folder(target.removesuffix(_PAGE))  # it is quicker to learn that there is one than that there is none
    try:
        handle = os.open(target, _NEW, 0o666)
    except FileNotFoundError:
        _make_folder(target.rpartition("/")[0])
        handle = os.open(target, _NEW, 0o666)
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108
        handle = os.open(target, _NEW, 0o666)
    try:
        rest = memoryview(data)
        while rest:  # a nearly full disk takes a part first and says so at the next write
            rest = rest[os.write(handle, rest) :]
        return _mark(os.fstat(handle))
    finally:
        os.close(handle)


def _make_folder(path: str) -> None:
    """`os.makedirs`, but first of all hoping that the folder above is there: it mostly is."""
    try:
        os.mkdir(path)  # noqa: PTH102
    except FileExistsError:  # made by another process meanwhile
        return
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103


def replace(folder: Path | str, path: str, source: Path | str) -> None:
    """Put a copy of the file `source` at `path` in one step; the two may lie on different file systems."""
    target = f"{folder}/{path}"
    temporary = _beside(target, "tmp")
    os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
    try:
        shutil.copy2(source, temporary)
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise


def link(source: Path | str, target: Path | str) -> None:
    """Let `target` be the same file as `source`; a copy where the file system has no hard links."""
    target = str(target)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(target)  # noqa: PTH108
    try:
        os.link(source, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        os.link(source, target)
    except OSError as failure:
        if failure.errno not in _NO_LINKS:
            raise
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        shutil.copy2(source, target)


def twin(source: Path | str, target: Path | str) -> None:
    """Make `target`, which is not there yet, a tree of the same files as `source`."""
    stack = [(str(source), str(target))]
    while stack:
        one, other = stack.pop()
        os.mkdir(other)  # noqa: PTH102
        with os.scandir(one) as entries:
            for entry in entries:
                to = f"{other}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    stack.append((entry.path, to))
                else:
                    link(entry.path, to)


def walk(folder: Path | str) -> Iterator[str]:
    """Every file below `folder`, links not followed; nothing where there is no folder."""
    stack = [("", str(folder))]
    while stack:
        prefix, where = stack.pop()
        try:
            entries = os.scandir(where)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    yield prefix + entry.name


def walk_lately(folder: Path | str, listing: bytes, since: int) -> Iterator[str]:
    """Files below `folder` that are not on a list (a path on each line) and came after a moment (nanoseconds): to look
    at folders is quicker than to list them, and only those are listed that have changed since."""
    lines = listing.split(b"\n")
    above = _folders(lines)
    changed = []
    with opened(folder) as (handle, top):
        start = os.fsencode(top)
        for line in above:
            try:
                facts = os.lstat(start + line or b".", dir_fd=handle)
            except (FileNotFoundError, NotADirectoryError):
                continue
            if facts.st_mtime_ns > since or facts.st_ctime_ns > since:
                changed.append(os.fsdecode(line + b"/" if line else line))
    if not changed:
        return
    known, folders = set(map(os.fsdecode, lines)), set(map(os.fsdecode, above))
    for prefix in changed:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(f"{folder}/{prefix}") as entries:
            for entry in entries:
                path = prefix + entry.name
                if not entry.is_dir(follow_symlinks=False):
                    if path not in known:
                        yield path
                elif path not in folders:
                    yield from (f"{path}/{one}" for one in walk(entry.path))


def _folders(lines: Iterable[bytes]) -> set[bytes]:
    """The folders of these files and all above them."""
    folders = {line.rpartition(b"/")[0] for line in lines}
    for folder in list(folders):
        while (folder := folder.rpartition(b"/")[0]) not in folders:
            folders.add(folder)
    return folders


def marks(folder: Path | str, paths: Iterable[str]) -> dict[str, str]:
    """The marks of these files below `folder`; "" for one that is not there."""
    with opened(folder) as (handle, top):
        found: dict[str, str] = {}
        for path in paths:
            try:
                found[path] = _mark(os.lstat(top + path, dir_fd=handle))
            except (FileNotFoundError, NotADirectoryError):
                found[path] = ""
        return found


def facts_of(folder: Path | str, lines: Iterable[bytes]) -> bytes:
    """Size and time of these files below `folder`, as `Published` keeps them."""
    found = array("q")
    with opened(folder) as (handle, top):
        look, keep, start = os.lstat, found.append, os.fsencode(top)
        for line in lines:  # there are a hundred thousand of them: nothing is called that need not be
            try:
                facts = look(start + line, dir_fd=handle)
            except (FileNotFoundError, NotADirectoryError):
                found.extend(GONE)
            else:
                keep(facts.st_size)
                keep(facts.st_mtime_ns)
    return found.tobytes()


@contextlib.contextmanager
def opened(folder: Path | str) -> Iterator[tuple[int | None, str]]:
    """A handle of a folder and what stands before the paths below it, to look at many files: so the way down to it is
    not walked again for each. No handle where the system has none, or where there is no such folder."""
    try:
        handle = os.open(folder, os.O_RDONLY) if _BY_HANDLE else None
    except (FileNotFoundError, NotADirectoryError):
        handle = None
    if handle is None:
        yield None, f"{folder}/"
        return
    try:
        yield handle, ""
    finally:
        os.close(handle)


def mark_of(path: Path | str) -> str:
    """What tells without reading whether an output changed since it was written. (Neither inode nor ctime: both
    change when the trees change places.)"""
    return _mark(os.stat(path))  # noqa: PTH116


def _mark(facts: os.stat_result) -> str:
    return f"{facts.st_size}-{facts.st_mtime_ns}"


def remove_output(folder: Path | str, path: str) -> None:
    """Remove one output and the folders that it leaves empty."""
    target = Path(folder, path)
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        target.unlink()
    for parent in target.parents:
        if parent == Path(folder):
            break
        try:
            parent.rmdir()
        except OSError:
            break


def exchange(one: Path, other: Path) -> bool:
    """Let two paths of one file system change places in one step; False where the system cannot."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            status = library.renamex_np(first, second, ctypes.c_uint(_RENAME_SWAP))
        else:
            status = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, ctypes.c_uint(_RENAME_EXCHANGE))
    except (AttributeError, TypeError):  # an old libc; Windows, which has no library without a name
        return False
    if status == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def _beside(target: str, ending: str) -> str:
    folder, name = os.path.split(target)
    return f"{folder}/.{name[:80]}.{os.getpid()}.{ending}"
