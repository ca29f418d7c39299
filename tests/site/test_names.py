from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.archive import folded
from jianbao.site.names import address, folder_name, folder_names, link, up


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("吴宇翔", "吴宇翔"),
        ("A/B", "A%2FB"),
        ("..", "%2E%2E"),
        ("../x", "%2E.%2Fx"),
        ("%2e%2e", "%252e%252e"),
        ("CON", "%43ON"),
        ("nul.txt", "%6Eul.txt"),
        ("index.html", "%69ndex.html"),
        ("INDEX.HTML", "%49NDEX.HTML"),
        ("list-2", "%6Cist-2"),
        ("list-2 号", "list-2 号"),
        ("末尾的点.", "末尾的点%2E"),
        (" 空格 ", "%20空格%20"),
        ("a\u202eb", "a%E2%80%AEb"),
        ("e\u0301", "é"),
        ("", "%"),
    ],
)
def test_a_name_becomes_a_folder_that_every_system_takes(name: str, folder: str) -> None:
    assert folder_name(name) == folder


def test_a_name_too_long_is_cut_and_keeps_apart_from_its_like() -> None:
    one, other = folder_name("长" * 300 + "甲"), folder_name("长" * 300 + "乙")
    assert one != other
    assert len(one.encode()) <= 120


@given(st.text(max_size=300))
def test_no_name_leads_astray(name: str) -> None:
    folder = folder_name(name)
    assert folder
    assert folder not in (".", "..")
    assert not set(folder) & set('<>:"/\\|?*\0')
    assert len(folder.encode("utf-8", "surrogatepass")) <= 255
    assert folder.strip(" .") == folder


@given(st.lists(st.text(min_size=1, max_size=6), max_size=20))
def test_no_two_names_share_a_folder_on_any_system(names: list[str]) -> None:
    folders = folder_names(names)
    assert set(folders) == set(names)
    assert len({folded(folder) for folder in folders.values()}) == len(set(names))


def test_names_that_differ_in_case_or_width_stand_apart() -> None:
    folders = folder_names(["Ann", "ANN", "Ａnn"])
    assert folders["ANN"] == "ANN"
    assert len({folder.casefold() for folder in folders.values()}) == 3


def test_links_go_up_and_down() -> None:
    assert up("2021/12/07/index.html") == "../../../"
    assert link("2021/12/index.html", "reporters/竹静/") == "../../reporters/%E7%AB%B9%E9%9D%99/index.html"
    assert link("index.html", "feed.xml") == "feed.xml"
    assert address("a b#c?d%") == "a%20b%23c%3Fd%25"


def test_folders_can_be_made(tmp_path: Path) -> None:
    for folder in folder_names(["CON", "a:b", "长" * 200, "..", "Ann", "ANN"]).values():
        (tmp_path / folder).mkdir()
    assert len(list(tmp_path.iterdir())) == 6
