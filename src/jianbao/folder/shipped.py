"""The templates and static files that come with Jianbao, and those of an archive that replace them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def folders(archive: Path, name: Literal["templates", "static"]) -> list[Path]:
    """Where to look for a template or static file, first found wins: the archive's own folder, then ours."""
    ours = _shipped(name)
    own = archive / name
    return [own, ours] if own.is_dir() and own.resolve() != ours.resolve() else [ours]


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped" / name
    return installed if installed.is_dir() else package.parents[1] / name
