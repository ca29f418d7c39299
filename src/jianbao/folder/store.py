"""The archive folder: every file Jianbao reads or writes goes through a `Root`, which lets nothing escape it.

Writes are whole or not at all (a temporary file beside the target, then one rename) and do not touch a file
whose bytes are already right.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from jianbao.digests import digest_of
from jianbao.filenames import is_junk

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | _NO_LINK
for _name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):  # each where there is one; a pipe must not stop the build
    _READ |= getattr(os, _name, 0)


class OutsideError(Exception):
    """A path that leads out of the archive folder: `..`, an absolute path, or a symbolic link."""


class TooLargeError(Exception):
    """A file over the limit that site.yaml sets; `size` and `limit` in bytes."""

    def __init__(self, path: str, size: int, limit: int) -> None:
        super().__init__(path, size, limit)
        self.path, self.size, self.limit = path, size, limit


UNREADABLE: Final = (OSError, OutsideError, TooLargeError)  # whatever `Root.read` raises

# A file written within this time (nanoseconds) may be written again without its time changing: clocks of some file
# systems are that coarse. Who remembers such a file looks at it once more.
RACY: Final = 2_000_000_000


class FileStat(NamedTuple):
    """What tells without reading whether a file changed; times in nanoseconds. (A value tuple, because there are a
    hundred thousand of them.)"""

    path: str
    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, path: str, facts: os.stat_result) -> FileStat:
        """Of what the system says about a file."""
        return cls(path, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)

    @property
    def mark(self) -> str:
        """All of it as one short text to compare and keep."""
        return f"{self.size}-{self.modified}-{self.changed}-{self.inode}"


def any_since(files: Iterable[FileStat], moment: int) -> bool:
    """Whether any of these was written or changed after a moment (nanoseconds)."""
    return any(file.modified > moment or file.changed > moment for file in files)


def digest_of_files(files: Sequence[FileStat]) -> str:
    """One hash of files with their marks. It is taken of Python's own hash of their numbers, which is the same in every
    run and soon told."""
    numbers = array("q", [hash(file[1:]) for file in files])
    return digest_of("\n".join([file.path for file in files]).encode("utf-8", "surrogateescape") + numbers.tobytes())


class Root:
    """An archive folder. Paths given to it are relative to it and POSIX (`articles/2021/….md`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._top = str(self.folder)
        self._inside_of: dict[str, bool] = {}  # folders that were looked at: whether they lie in the archive

    def path(self, relative: str) -> Path:
        """Where `relative` lies; OutsideError where it (or a link on the way) leads out of the folder."""
        return Path(self._place(relative))

    def _place(self, relative: str) -> str:
        folder, _, name = relative.rpartition("/")
        if name in ("", ".", "..") or relative.startswith("/") or "\\" in relative or "\0" in relative:
            raise OutsideError(relative)
        if ".." in folder.split("/") or not self._holds(folder):
            raise OutsideError(relative)
        return f"{self._top}/{relative}"

    def _holds(self, folder: str) -> bool:
        """Whether a folder lies inside, wherever links on the way lead."""
        known = self._inside_of.get(folder)
        if known is None:
            real = os.path.realpath(f"{self._top}/{folder}")
            known = real == self._top or real.startswith(self._top + os.sep)
            self._inside_of[folder] = known
        return known

    def exists(self, relative: str) -> bool:
        """Whether there is a file or folder of this path."""
        return self.path(relative).exists()

    def mark(self, relative: str) -> str:
        """The file's mark (see `FileStat`); "" where there is no file that can be looked at."""
        try:
            return FileStat.of(relative, os.stat(self._place(relative))).mark  # noqa: PTH116
        except UNREADABLE:
            return ""

    def read(self, relative: str, limit: int | None = None) -> bytes:
        """The file's bytes; OSError as the system gives it, TooLargeError over `limit` bytes."""
        path = self._place(relative)
        try:
            handle = os.open(path, _READ)
        except OSError as failure:
            if failure.errno != errno.ELOOP:  # what opening a symbolic link gives
                raise
            if not self.contains(path):
                raise OutsideError(relative) from failure
            handle = os.open(path, _READ & ~_NO_LINK)
        try:
            facts = os.fstat(handle)
            if not stat.S_ISREG(facts.st_mode):  # a pipe would never end
                raise OSError(errno.EINVAL, "not a file", relative)
            if limit is not None and facts.st_size > limit:
                raise TooLargeError(relative, facts.st_size, limit)
            data = os.read(handle, facts.st_size + 1)
            if len(data) != facts.st_size:  # larger than one reading gives, or changing at this moment
                while more := os.read(handle, 1 << 20):
                    data += more
            return data
        finally:
            os.close(handle)

    def write(self, relative: str, data: bytes, *, durable: bool = False) -> bool:
        """Make the file hold `data`; whether anything was written. `durable` waits for the disk: for what
        people wrote or cannot be made again."""
        path = self.path(relative)
        try:
            if path.stat().st_size == len(data) and path.read_bytes() == data:
                return False
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data, durable=durable)
        return True

    def remove(self, relative: str) -> None:
        """Remove the file if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self.path(relative).unlink()

    def files(self, folder: str, endings: tuple[str, ...] = ("",)) -> Iterator[FileStat]:
        """The files below `folder` whose name ends so, in order of path; junk is passed over, links are
        yielded when they lead to a file inside the archive (sight.py names the others)."""
        start = self.folder / folder if folder else self.folder
        if start.is_dir():
            yield from self._walk(str(start), PurePosixPath(folder).as_posix() if folder else "", endings)

    def _walk(self, folder: str, prefix: str, endings: tuple[str, ...]) -> Iterator[FileStat]:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            name = entry.name
            if is_junk(name):
                continue
            path = f"{prefix}/{name}" if prefix else name
            try:
                if entry.is_symlink() and not self.contains(entry.path):
                    continue
                if entry.is_dir():
                    if not entry.is_symlink():
                        yield from self._walk(entry.path, path, endings)
                elif name.endswith(endings):
                    facts = entry.stat()
                    if stat.S_ISREG(facts.st_mode):
                        yield FileStat.of(path, facts)
            except FileNotFoundError:  # vanished between the listing and the look
                continue

    def contains(self, path: str) -> bool:
        """Whether what this absolute path leads to lies in the archive folder."""
        return os.path.realpath(path).startswith(str(self.folder) + os.sep)


def write_whole(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write `data` to `path` in one step: readers see the old file or the new one. Its permissions stay."""
    temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except BaseException as failure:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(failure, OSError) and failure.filename == str(temporary):
            failure.filename = str(path)  # the file that people know
        raise
    if durable:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not every file system lets a folder be synced
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
