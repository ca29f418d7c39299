"""What killed runs leave beside articles and records: half-written files that nobody will ever name rightly."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable

from jianbao.folder.store import Root

_LONG_AGO = 3600.0  # seconds, where processes cannot be asked for


def sweep(root: Root, left: Iterable[str]) -> int:
    """Remove those of them whose writer is gone; how many. Only for who holds the lock: then no run of Jianbao is
    writing. `left`: paths from the root, as sight.py gives them."""
    count = 0
    for path in left:
        where, writer = f"{root.folder}/{path}", int(path.rsplit(".", 2)[1])
        if not _may_be_writing(writer, where):
            with contextlib.suppress(OSError):
                os.unlink(where)  # noqa: PTH108
                count += 1
    return count


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
