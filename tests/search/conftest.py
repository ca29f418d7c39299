"""The invented archive as a site."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import lay_out, sample

from jianbao.search.trie import make_trie


@pytest.fixture(scope="session")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with jieba's dictionary, made once; other folders get links to its files."""
    folder = tmp_path_factory.mktemp("dictionary")
    make_trie(folder)
    return folder


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory, dictionary: Path) -> Path:
    """The folder `public` of the sample."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "work").mkdir()
    for path in dictionary.iterdir():
        (folder / "work" / path.name).symlink_to(path)
    lay_out(folder, sample())
    return folder / "public"
