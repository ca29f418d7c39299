"""The sample site, rendered once: without an address of its own, and with one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sample
from sample import Built

from browser import Served, serve
from jianbao.archive import Rename

RENAMES = (
    Rename("reporter", "竹靜", "竹静"),
    Rename("section", "综合", "新闻综合"),
    Rename("section", "新闻综合", "要闻"),
    Rename("tag", "渡船", "轮渡"),
    Rename("reporter", "无人", "也无人"),
    Rename("reporter", "李桥", "竹静"),
    Rename("article", "2021-12-07-01-09", "2021-12-07-01-02"),
    Rename("article", "undated-../../x-01", "2021-12-07-01-02"),
)


def build(folder: Path, **settings: object) -> Built:
    archive = sample.archive(config=replace(sample.CONFIG, **settings), renames=RENAMES)  # type: ignore[arg-type]
    assets = [file.name for file in sample.STATIC.iterdir()]
    return Built(folder, archive, sample.render(folder, archive, sample.extras(assets)))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Without base_url."""
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """At https://example.org/archive/."""
    return build(tmp_path_factory.mktemp("addressed"), base_url="https://example.org/archive/")


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """With the English interface."""
    return build(tmp_path_factory.mktemp("english"), interface="en", base_url="https://example.org")


@pytest.fixture(scope="session")
def served(built: Built) -> Iterator[Served]:
    """The site without base_url, at a sub-path of a server."""
    with serve(built.folder, "a/b/") as served:
        yield served
