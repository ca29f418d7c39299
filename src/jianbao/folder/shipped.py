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
    """Every static file as it is published, by its path below static/, in order of where it was found."""
    found: dict[str, bytes] = {}
    for folder in reversed(folders(archive, "static")):
        static = Root(folder)
        found |= {file.path: _published(file.path, static.read(file.path)) for file in static.files("")}
    return found


def _published(path: str, data: bytes) -> bytes:
    if not path.endswith(".js"):
        return data
    try:
        return lean(data.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:  # whatever it is, it is the archive's own
        return data


def assets(files: Mapping[str, bytes]) -> dict[str, str]:
    """A short hash of each static file, which makes its address new where the file is."""
    return {path: digest_of(data)[:8] for path, data in files.items()}


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped" / name
    return installed if installed.is_dir() else package.parents[1] / name
