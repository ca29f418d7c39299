"""The invented archive as a site."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import lay_out, sample


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `public` of the sample."""
    folder = tmp_path_factory.mktemp("archive")
    lay_out(folder, sample())
    return folder / "public"
