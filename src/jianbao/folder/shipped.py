"""The templates and static files that come with Jianbao, and those of an archive that replace them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from jianbao.digests import digest_of
from jianbao.folder.lean import lean
from jianbao.folder.store import Root


def folders(archive: Path, name: Literal["templates", "static"]) -> list[Path]:
    """Where to look for a template or static file, first found wins: the archive's own folder, then ours."""
    ours = _shipped(name)
    own = archive / name
    return [own, ours] if own.is_dir() and own.resolve() != ours.resolve() else [ours]


def static_files(archive: Path) -> dict[str, bytes]:
    """Every static file as it is published, by its path below static/, in order of where it was found.

    Scripts of ours are published lean; what an archive puts there is published as it lies.
    """
    *own, shipped = (_read(folder) for folder in folders(archive, "static"))
    found = dict(shipped)
    for files in own:
        found |= files
    return {path: _lean(path, data) if data == shipped.get(path) else data for path, data in found.items()}


def _read(folder: Path) -> dict[str, bytes]:
    static = Root(folder)
    return {file.path: static.read(file.path) for file in static.files("")}


def _lean(path: str, data: bytes) -> bytes:
    return lean(data.decode("utf-8")).encode("utf-8") if path.endswith(".js") else data


def assets(files: Mapping[str, bytes]) -> dict[str, str]:
    """A short hash of each static file, which makes its address new where the file is."""
    return {path: digest_of(data)[:8] for path, data in files.items()}


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped" / name
    return installed if installed.is_dir() else package.parents[1] / name
