"""What runs keep for each other: parts of the data files, and which scans need not be opened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jianbao.build import Options, build
from jianbao.building.importing import import_alone
from jianbao.config import Config
from jianbao.folder.store import Root
from making import archive, article, marks, scan, tree, write

PLAIN = Options(executor="serial", search=False)


def built(root: Path) -> dict[str, bytes]:
    report = build(Root(root), PLAIN)
    assert report.published or report.unchanged, report.problems
    return tree(root / "public")


def test_a_correction_makes_one_month_of_the_data_files_anew(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 45)
    write(root, dict([article(500), article(1000)]))
    built(root)
    parts = root / ".jianbao/parts"
    before = marks(parts)
    kinds = ("csv", "json", "mark", "headlines", "urls")
    assert before.keys() == {f"2024-0{month}.{kind}" for month in (1, 2, 3) for kind in kinds}
    write(root, dict([article(500, title="灯塔重新点亮")]))
    site = built(root)
    after = marks(parts)
    changed = {path for path in after if before[path] != after[path]}
    assert changed == {f"2024-02.{kind}" for kind in kinds}
    titles = [one["title"] for one in json.loads(site["articles.json"])["articles"]]
    assert len(titles) == 47 and "灯塔重新点亮" in titles
    assert site["articles.csv"].decode("utf-8-sig").count("\r\n") == 48


def test_a_character_corrected_in_a_text_leaves_the_data_files_as_they_are(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 45)
    built(root)
    data = [root / "public/articles.json", root / "public/articles.csv"]
    before = [path.stat().st_mtime_ns for path in data]
    path, text = article(20)
    write(root, {path: text.rstrip()[:-1] + "！\n"})
    report = build(Root(root), PLAIN)
    assert report.written and [path.stat().st_mtime_ns for path in data] == before


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"0 5\nabcde"])
def test_a_damaged_part_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    root = archive(tmp_path / "a", 45)
    built(root)
    for path in (root / ".jianbao/parts").iterdir():
        whole = path.read_bytes()
        path.write_bytes(damage or whole[: len(whole) // 2])
    write(root, dict([article(20, title="灯塔重新点亮")]))
    site = built(root)
    fresh = archive(tmp_path / "b", 45)
    write(fresh, dict([article(20, title="灯塔重新点亮")]))
    assert site == built(fresh)


def test_an_import_of_one_page_says_nothing_of_the_others(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 3)
    write(root, dict(map(scan, range(4))))
    config = Config(title="临河新报")
    assert len(import_alone(Root(root), config, map).written) == 12
    assert import_alone(Root(root), config, map).written == ()
    (first, text), (second, other) = scan(0), scan(2)  # of two days: issues are imported whole
    write(root, {first: text + "　　又记：灯亮着。\n", second: other + "　　又记：船开了。\n"})
    assert import_alone(Root(root), config, map, [first]).written
    report = import_alone(Root(root), config, map)
    assert report.written, "the other page, changed as well, was not taken for read"
    assert import_alone(Root(root), config, map).written == ()
