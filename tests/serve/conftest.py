"""One running preview for all tests of a module; each finds the articles as they were first written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from previewed import Running, previewed, write_archive


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("archive")
    with previewed(write_archive(folder)) as one:
        yield one


@pytest.fixture
def served(running: Running) -> Running:
    running.restore()
    return running
