"""Publishing: the old site or the new one, never half of each."""

import os
from pathlib import Path

import pytest

from jianbao.folder import publish
from jianbao.folder.publish import Publisher, foreign_fault, output_fault
from jianbao.folder.published import Published
from jianbao.folder.store import Root
from jianbao.folder.trees import place


def site(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != publish.LIST_NAME
    }


def publish_all(tmp_path: Path, files: dict[str, str], removed: tuple[str, ...] = ()) -> Publisher:
    publisher = Publisher(tmp_path / "public", tmp_path / ".jianbao")
    publisher.recover()
    stage = publisher.open_stage()
    before = site(tmp_path / "public") if (tmp_path / "public").exists() else {}
    written = {path: text for path, text in files.items() if before.get(path) != text}
    for path, text in written.items():
        place(stage, path, text.encode())
    publisher.close_stage(written, removed, Published.of(dict.fromkeys(files, "")).listing)
    return publisher


def test_first_then_changes_then_removals(tmp_path: Path) -> None:
    one = {"index.html": "1", "2024/01/02/index.html": "day"}
    publish_all(tmp_path, one)
    assert site(tmp_path / "public") == one
    two = {"index.html": "2"}
    publisher = publish_all(tmp_path, two, ("2024/01/02/index.html",))
    assert site(tmp_path / "public") == two
    assert not (tmp_path / "public/2024").exists()
    assert site(publisher.stage) == two, "the stage is a twin again, so that the next change costs little"
    three = {"index.html": "2", "feed.xml": "new"}
    publish_all(tmp_path, three)
    assert site(tmp_path / "public") == three


def test_a_build_killed_before_the_exchange_leaves_the_old_site(tmp_path: Path) -> None:
    publish_all(tmp_path, {"index.html": "old", "a.html": "a"})
    publisher = Publisher(tmp_path / "public", tmp_path / ".jianbao")
    place(publisher.open_stage(), "index.html", b"half")
    again = Publisher(tmp_path / "public", tmp_path / ".jianbao")
    again.recover()
    assert site(tmp_path / "public") == {"index.html": "old", "a.html": "a"}
    assert site(again.open_stage()) == {"index.html": "old", "a.html": "a"}


def test_without_an_exchange_the_renames_are_journalled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    publish_all(tmp_path, {"index.html": "1"})
    publish_all(tmp_path, {"index.html": "2"})
    publish_all(tmp_path, {"index.html": "3"})
    assert site(tmp_path / "public") == {"index.html": "3"}


@pytest.mark.parametrize("renames_done", [0, 1, 2, 3])
def test_a_kill_between_the_renames_is_recovered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames_done: int
) -> None:
    publish_all(tmp_path, {"index.html": "old"})
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    real, count = Path.rename, 0

    class Killed(BaseException):
        pass

    def rename(self: Path, target: Path) -> Path:
        nonlocal count
        if self.name in ("public", "stage", "old"):
            if count == renames_done:
                raise Killed
            count += 1
        return real(self, target)

    publisher = Publisher(tmp_path / "public", tmp_path / ".jianbao")
    place(publisher.open_stage(), "index.html", b"new")
    monkeypatch.setattr(Path, "rename", rename)
    if renames_done < 3:
        with pytest.raises(Killed):
            publisher.close_stage(["index.html"], [], b"index.html\n")
    else:
        publisher.close_stage(["index.html"], [], b"index.html\n")
    monkeypatch.setattr(Path, "rename", real)
    Publisher(tmp_path / "public", tmp_path / ".jianbao").recover()
    assert site(tmp_path / "public") == {"index.html": "old" if renames_done == 0 else "new"}
    publish_all(tmp_path, {"index.html": "next"})
    assert site(tmp_path / "public") == {"index.html": "next"}


def test_the_published_file_changes_place_whole(tmp_path: Path) -> None:
    publish_all(tmp_path, {"index.html": "1", "same.html": "s"})
    publish_all(tmp_path, {"index.html": "2", "same.html": "s"})
    same = (tmp_path / "public/same.html").stat()
    assert same.st_nlink == 2, "the twin shares what did not change"


def test_foreign_files_are_never_overwritten(tmp_path: Path) -> None:
    root = Root(tmp_path)
    out = tmp_path / "public"
    out.mkdir()
    (out / "holiday.jpg").write_text("mine")
    publisher = Publisher(out, tmp_path / ".jianbao")
    assert output_fault(root, out, named=False) is None
    fault = foreign_fault(out, publisher.foreign(publisher.unlisted()))
    assert fault and "holiday.jpg" in fault.message.zh
    (out / "holiday.jpg").unlink()
    assert not publisher.foreign(publisher.unlisted())


def foreign_lately(tmp_path: Path) -> list[str]:
    publisher = Publisher(tmp_path / "public", tmp_path / ".jianbao")
    return publisher.foreign(publisher.lately(publisher.listing()))


@pytest.mark.parametrize("foreign", ["mine.jpg", "2021/12/mine.jpg", "2021/mine/deep/er.jpg", "2021/12/07/.mine"])
def test_what_came_since_the_last_build_is_found(tmp_path: Path, foreign: str) -> None:
    for turn in "12":
        publish_all(tmp_path, {"index.html": turn, "2021/12/07/index.html": "s", "2021/12/index.html": "m"})
    assert foreign_lately(tmp_path) == []
    path = tmp_path / "public" / foreign
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    assert foreign_lately(tmp_path) == [foreign]
    [moment] = (tmp_path / ".jianbao").glob("files-*-moment")
    moment.write_text(str(int(moment.read_text()) + 60 * 10**9))
    assert foreign_lately(tmp_path) == [], "folders that did not change since are not listed"
    moment.unlink()
    assert foreign_lately(tmp_path) == [foreign], "where nobody knows when it was published"


def test_a_folder_whose_time_was_set_back_is_looked_into(tmp_path: Path) -> None:
    publish_all(tmp_path, {"index.html": "1", "2021/index.html": "s"})
    (tmp_path / "public/2021/mine.jpg").write_text("mine")
    os.utime(tmp_path / "public/2021", (0, 0))
    assert foreign_lately(tmp_path) == ["2021/mine.jpg"]


@pytest.mark.parametrize("place_", ["articles", "articles/site", "scans", ".", ".."])
def test_the_output_may_not_lie_over_the_sources(tmp_path: Path, place_: str) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    assert output_fault(Root(archive), archive / place_, named=True)


def test_a_published_folder_that_is_a_link_out_is_refused(tmp_path: Path) -> None:
    archive, elsewhere = tmp_path / "archive", tmp_path / "elsewhere"
    archive.mkdir()
    elsewhere.mkdir()
    (archive / "public").symlink_to(elsewhere)
    assert output_fault(Root(archive), archive / "public", named=False)


@pytest.mark.parametrize(
    "note",
    [
        '{"written": ["../../site.yaml"], "removed": ["../site.yaml", "/etc/hostname", "a/../../site.yaml"]}',
        '{"written": [1, 2], "removed": 5}',
        '{"written": []}',
        "[1]",
        '{"exch',
    ],
)
def test_no_note_leads_out_of_the_published_folder(tmp_path: Path, note: str) -> None:
    publish_all(tmp_path, {"index.html": "1"})
    (tmp_path / "site.yaml").write_text("title: x\n")
    (tmp_path / ".jianbao/publish.json").write_text(note)
    Publisher(tmp_path / "public", tmp_path / ".jianbao").recover()
    assert site(tmp_path / "public") == {"index.html": "1"}
    assert (tmp_path / "site.yaml").read_text() == "title: x\n"


def test_a_damaged_list_names_nothing_outside(tmp_path: Path) -> None:
    publish_all(tmp_path, {"index.html": "1"})
    (tmp_path / "public" / publish.LIST_NAME).write_bytes(
        b"index.html\n../site.yaml\n/etc/hostname\na\0b\n\xff..\n.x/.\n"
    )
    publisher = Publisher(tmp_path / "public", tmp_path / ".jianbao")
    assert publisher.listing() == b"index.html\n\xff..\n"
