"""The archive folder lets nothing escape it, and writes are whole."""

from pathlib import Path

import pytest

from jianbao.filenames import is_junk, name_fault
from jianbao.folder.sight import look
from jianbao.folder.store import OutsideError, Root, TooLargeError, write_whole


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/passwd", "", "a\\..\\b", "a\0b"])
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutsideError):
        Root(tmp_path).path(path)


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text("secret")
    inside = tmp_path / "archive"
    inside.mkdir()
    (inside / "articles").symlink_to(tmp_path / "outside")
    (inside / "scans").mkdir()
    (inside / "scans" / "one.txt").symlink_to(tmp_path / "outside" / "secret.md")
    root = Root(inside)
    with pytest.raises(OutsideError):
        root.read("articles/secret.md")
    with pytest.raises(OutsideError):
        root.write("articles/new.md", b"x")
    with pytest.raises(OutsideError):
        root.read("scans/one.txt")
    assert not list(root.files("scans"))
    assert [problem.path for problem in look(root, "scans").strays] == ["scans/one.txt"]
    assert not (tmp_path / "outside" / "new.md").exists()


def test_files_meant_to_be_read_that_are_not_are_named(tmp_path: Path) -> None:
    root = Root(tmp_path)
    for path in ("scans/01.TXT", "scans/01.txt", "scans/01.pdf", "scans/01.parsed.json", "scans/a/02.docx"):
        root.write(path, b"x")
    for path in ("articles/a.md", "articles/b.md.txt", "articles/c.MD", "articles/d.md~", "articles/.e.md.tmp"):
        root.write(path, b"x")
    assert sorted(one.path for one in look(root, "scans").strays) == ["scans/01.TXT", "scans/a/02.docx"]
    assert sorted(one.path for one in look(root, "articles").strays) == ["articles/b.md.txt", "articles/c.MD"]
    assert {one.code for one in [*look(root, "scans").strays, *look(root, "articles").strays]} == {"not-read"}


def test_writing_the_same_bytes_touches_nothing(tmp_path: Path) -> None:
    root = Root(tmp_path)
    assert root.write("articles/2024/a.md", b"one")
    before = (tmp_path / "articles/2024/a.md").stat()
    assert not root.write("articles/2024/a.md", b"one")
    after = (tmp_path / "articles/2024/a.md").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert root.write("articles/2024/a.md", b"two", durable=True)
    assert [path.name for path in (tmp_path / "articles/2024").iterdir()] == ["a.md"]


def test_a_failure_names_the_file_that_people_know(tmp_path: Path) -> None:
    """Not the half-written one beside it."""
    path = tmp_path / "gone" / "article.md"
    with pytest.raises(FileNotFoundError) as failure:
        write_whole(path, b"text")
    assert failure.value.filename == str(path)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x" * 101)
    with pytest.raises(TooLargeError) as caught:
        Root(tmp_path).read("big.txt", limit=100)
    assert (caught.value.size, caught.value.limit) == (101, 100)


def test_what_editors_and_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    for name in ("a.md", "a.md~", ".a.md.swp", "Thumbs.db", ".DS_Store", "b.md.tmp", "c.txt"):
        (tmp_path / name).write_text("x")
    assert [file.path for file in Root(tmp_path).files("", (".md",))] == ["a.md"]
    assert is_junk("~$report.md")


@pytest.mark.parametrize("name", ["CON.md", "nul", "a:b", "x" * 256, "报" * 86, "a.", "a "])
def test_names_that_some_system_refuses(name: str) -> None:
    assert name_fault(name)
