"""What killed runs leave beside articles and records: half-written files that nobody will ever name rightly."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterator

from jianbao.folder.store import Root

# As `write_whole` names them, for the two kinds of file that runs write outside their own folder.
_OURS = re.compile(r"\..+\.(?:md|parsed\.json|yaml)\.([0-9]{1,10})\.tmp").fullmatch
_LONG_AGO = 3600.0  # seconds, where processes cannot be asked for


def sweep(root: Root) -> int:
    """Remove them; how many there were. Only for who holds the lock: then no run of Jianbao is writing."""
    count = 0
    for folder in ("articles", "scans"):
        for path, writer in _left(str(root.folder / folder)):
            if not _may_be_writing(writer, path):
                with contextlib.suppress(OSError):
                    os.unlink(path)  # noqa: PTH108
                    count += 1
    return count


def _left(folder: str) -> Iterator[tuple[str, int]]:
    waiting = [folder]
    while waiting:
        try:
            entries = os.scandir(waiting.pop())
        except OSError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    if (match := _OURS(name)) and entry.is_file(follow_symlinks=False):
                        yield entry.path, int(match[1])
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)


def _may_be_writing(writer: int, path: str) -> bool:
    """Whether a process of this number lives, who may be anybody by now; elsewhere, whether the file is young."""
    if sys.platform == "win32":  # asking there ends the process
        with contextlib.suppress(OSError):
            return time.time() - os.stat(path).st_mtime < _LONG_AGO  # noqa: PTH116
        return True
    if writer == os.getpid():
        return False
    try:
        os.kill(writer, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True
