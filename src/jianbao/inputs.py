"""Has anything changed at all? One hash over the stat marks of everything a build reads and wrote."""

from __future__ import annotations

import contextlib
import shutil
import time
from hashlib import blake2b
from pathlib import Path

from jianbao import shipped
from jianbao.publish import Publisher
from jianbao.store import Root

# A file this young (nanoseconds) may change again without its time changing; see catalog.py.
_RACY = 2_000_000_000


def fingerprint(root: Root, publisher: Publisher) -> str | None:
    """The hash, None while it cannot be trusted because something was written within the last two seconds.

    It covers scans, articles, templates, static files, the settings, and the published files: an output that
    somebody changed or removed is made again.
    """
    digest = blake2b(digest_size=16)
    youngest = time.time_ns() - _RACY
    for folder in ("scans", "articles"):
        for file in root.files(folder):
            if file.modified > youngest or file.changed > youngest:
                return None
            digest.update(f"{file.path}\0{file.mark}\n".encode())
    for name in ("site.yaml", "redirects.yaml"):
        with contextlib.suppress(OSError):
            facts = root.path(name).stat()
            if facts.st_mtime_ns > youngest:
                return None
            digest.update(f"{name}\0{facts.st_size}-{facts.st_mtime_ns}-{facts.st_ino}\n".encode())
    for kind in ("templates", "static"):
        for place in shipped.folders(root.folder, kind):
            if not place.is_dir():
                continue
            for file in Root(place).files(""):
                if file.modified > youngest:
                    return None
                digest.update(f"{kind}/{file.path}\0{file.mark}\n".encode())
    digest.update(str(publisher.out).encode())
    for path, mark in sorted(publisher.present().items()):
        digest.update(f"{path}\0{mark}\n".encode())
    return digest.hexdigest()


def forget(work: Path) -> None:
    """Empty the caches below `.jianbao/`, for a build from nothing; the lock and the stage stay."""
    for name in ("cache.sqlite", "cache.sqlite-wal", "cache.sqlite-shm"):
        (work / name).unlink(missing_ok=True)
    shutil.rmtree(work / "search", ignore_errors=True)
