"""What goes wrong around a build: a full disk, two builds at once, a clock that runs backwards, odd file systems.
Always one clear line, exit status 1, and the published site as it was."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jianbao.build import Options, build
from jianbao.cli import main
from jianbao.folder import lock, publish, trees
from jianbao.folder.lock import locked
from jianbao.folder.publish import Publisher
from jianbao.folder.store import Root
from making import archive, article, command, copy, environment, jianbao, scan, tree, write

SERIAL = Options(executor="serial", search=False)
WITH_SEARCH = Options(executor="serial")
QUIET = ("--no-search", "--executor", "serial", "--lang", "en")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = archive(tmp_path / "archive", 6)
    assert build(Root(root), SERIAL).published
    return root


# -- the disk -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [3_000, 20_000, 60_000])
def test_files_that_may_not_grow_leave_the_old_site(tmp_path: Path, limit: int) -> None:
    root = archive(tmp_path / "a", 12)
    assert build(Root(root), WITH_SEARCH).published
    site, articles = tree(root / "public"), tree(root / "articles")
    write(root, {"templates/end.html": "<footer>" + "新" * 9000 + "</footer>\n", **dict([scan(1)])})
    done = subprocess.run(
        command("build", "--root", root, "--lang", "en", "--executor", "serial"),
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr and re.search(r"(?m)^(error: |\S+:1:1: )", done.stderr), done.stderr
    assert tree(root / "public") == site
    assert articles.items() <= tree(root / "articles").items(), "no article was lost"
    done = jianbao("build", "--root", root)
    assert done.returncode == 0, done.stderr
    fresh = copy(root, tmp_path / "fresh")
    assert jianbao("build", "--root", fresh).returncode == 0
    assert tree(root / "public") == tree(fresh / "public")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    if (
        os.name != "posix"
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "x", folder], capture_output=True).returncode
    ):
        pytest.skip("only root may mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.parametrize("options", [(), ("--no-search",)])
def test_a_full_disk_is_one_line_and_leaves_the_old_site(small_disk: Path, options: tuple[str, ...]) -> None:
    root = archive(small_disk / "a", 6)
    done = jianbao("build", "--root", root, "--no-search", "--lang", "en")
    assert done.returncode == 0, done.stderr
    site, articles = tree(root / "public"), tree(root / "articles")
    write(root, {"templates/end.html": "<footer>" + "新" * 2000 + "</footer>\n", **dict(map(scan, range(3)))})
    room = os.statvfs(small_disk)
    filler = small_disk / "filler"
    filler.write_bytes(b"\0" * max(0, room.f_bavail * room.f_frsize - 60_000))
    done = jianbao("build", "--root", root, "--lang", "en", *options)
    assert done.returncode == 1, done.stderr
    assert "the disk is full" in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert tree(root / "public") == site
    for path, data in tree(root / "articles").items():
        assert articles.get(path, data) == data and (data.startswith(b"---\n") and data.endswith(b"\n"))
    filler.unlink()
    assert jianbao("build", "--root", root, "--no-search").returncode == 0


@pytest.mark.parametrize("failing", ["place", "link", "exchange", "remove_output"])
def test_any_step_of_publishing_may_fail(
    root: Path, failing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, {article(1)[0]: article(1, seed=5)[1]})
    (root / article(2)[0]).unlink()
    old = tree(root / "public")

    def full(*_: object) -> object:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x")

    with monkeypatch.context() as patch:
        patch.setattr(publish, failing, full)
        patch.setattr("jianbao.building.publishing.place", full if failing == "place" else trees.place)
        assert main(["build", "--root", str(root), *QUIET]) == 1
    assert "the disk is full" in capsys.readouterr().err
    seen = tree(root / "public")
    assert build(Root(root), SERIAL).published
    assert seen in (old, tree(root / "public"))
    fresh = copy(root, root.parent / "fresh")
    assert build(Root(fresh), SERIAL).published
    assert tree(root / "public") == tree(fresh / "public")


def test_without_hard_links_files_are_copied(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(os, "link", no_links)
    for seed in (1, 2):
        write(root, dict([article(1, seed=seed)]))
        assert build(Root(root), SERIAL).published
    fresh = copy(root, root.parent / "fresh")
    assert build(Root(fresh), SERIAL).published
    assert tree(root / "public") == tree(fresh / "public")


def test_the_output_on_another_file_system(root: Path) -> None:
    elsewhere = Path("/dev/shm")
    if not elsewhere.is_dir() or elsewhere.stat().st_dev == root.stat().st_dev:
        pytest.skip("no other file system")
    with tempfile.TemporaryDirectory(dir=elsewhere) as folder:
        options = Options(executor="serial", search=False, out=Path(folder) / "www")
        for seed in (0, 1, 2):
            write(root, dict([article(1, seed=seed)]))
            assert build(Root(root), options).published
            assert build(Root(root), SERIAL).published
            assert without_list(tree(Path(folder) / "www")) == without_list(tree(root / "public"))


def without_list(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path != publish.LIST_NAME}


@pytest.mark.parametrize("killed_after", [None, 0, 3])
def test_a_mount_point_is_published_into_by_journal(
    root: Path, monkeypatch: pytest.MonkeyPatch, killed_after: int | None
) -> None:
    monkeypatch.setattr(publish, "_same_device", lambda one, other: one != root / "public")
    write(root, dict([article(1, seed=3), article(9)]))
    (root / article(0)[0]).unlink()
    old = tree(root / "public")
    real, count = publish.replace, 0

    class Killed(BaseException):
        pass

    def replace(*arguments: object) -> None:
        nonlocal count
        if count == killed_after:
            raise Killed
        count += 1
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(publish, "replace", replace)
    if killed_after is None:
        assert build(Root(root), SERIAL).published
    else:
        with pytest.raises(Killed):
            build(Root(root), SERIAL)
        killed_after = None
        Publisher(root / "public", root / ".jianbao").recover()
    assert (root / "public/2024/01/01/02/05/index.html").is_file()
    assert not (root / "public/2024/01/01/01/01/index.html").exists()
    fresh = copy(root, root.parent / "fresh")
    assert build(Root(fresh), SERIAL).published
    assert tree(root / "public") == tree(fresh / "public") != old
    write(root, {"templates/404.html": "{{ broken"})
    site = tree(root / "public")
    assert not build(Root(root), SERIAL).published
    assert tree(root / "public") == site, "a failed build leaves it whole here too"


# -- two at once ----------------------------------------------------------------------------------------------


def test_two_builds_at_once_both_end_right(root: Path) -> None:
    write(root, {"templates/end.html": "<footer>新</footer>\n", **dict(map(article, range(6, 40)))})
    both = [
        subprocess.Popen(
            command("build", "--root", root, "--no-search"), env=environment(), stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    fresh = copy(root, root.parent / "fresh")
    assert build(Root(fresh), SERIAL).published
    assert tree(root / "public") == tree(fresh / "public")


def test_who_holds_the_lock_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("jianbao.build.locked", lambda work, waiting: locked(work, waiting, 0.2))
    free = threading.Event()
    held = threading.Event()

    def hold() -> None:
        with locked(root / ".jianbao", print):
            held.set()
            free.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(5)
    try:
        assert main(["build", "--root", str(root), *QUIET]) == 1
    finally:
        free.set()
        holder.join()
    said = capsys.readouterr().err
    assert str(os.getpid()) in said and "error: process" in said
    assert lock.PATIENCE >= 60


# -- the clock ------------------------------------------------------------------------------------------------


def test_a_clock_that_runs_backwards_hides_no_change(root: Path) -> None:
    path = root / article(1)[0]
    for seed, seconds in ((1, -86_400), (2, -864_000), (3, 864_000), (4, 0)):
        write(root, dict([article(1, seed=seed)]))
        when = time.time() + seconds
        os.utime(path, (when, when))
        assert build(Root(root), SERIAL).published
        page = (root / "public/2024/01/01/01/02/index.html").read_text("utf-8")
        assert path.read_text("utf-8").rstrip().rpartition("\n")[2] in page


def test_nothing_published_depends_on_the_clock(root: Path, tmp_path: Path) -> None:
    first = copy(root, tmp_path / "first")
    done = jianbao("build", "--root", first, "--no-search", SOURCE_DATE_EPOCH="1000000000", TZ="Asia/Shanghai")
    assert done.returncode == 0, done.stderr
    assert tree(first / "public") == tree(root / "public")


def test_a_file_changed_twice_in_the_same_moment_is_read_twice(root: Path) -> None:
    path = root / article(1)[0]
    facts = path.stat()
    text = path.read_text("utf-8")
    path.write_text(text.replace("。", "！"), "utf-8")
    os.utime(path, ns=(facts.st_mtime_ns, facts.st_mtime_ns))
    assert build(Root(root), SERIAL).published
    assert "！" in (root / "public/2024/01/01/01/02/index.html").read_text("utf-8")


# -- odd folders ----------------------------------------------------------------------------------------------


def test_outputs_differ_on_file_systems_that_ignore_case_and_form(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 2)
    names = "[Ann, ANN, ann, Ａnn, é, e\u0301, CafÉ, café, straße, STRASSE, ﬁn, fin]"
    for number in (5, 6):
        path, text = article(number, extra=f"tags: {names}\n")
        write(root, {path: re.sub(r"(?m)^reporter: .*$", f"reporter: {names}", text)})
    report = build(Root(root), SERIAL)
    assert report.published, report.problems
    import unicodedata

    folded = [unicodedata.normalize("NFKC", path).casefold() for path in tree(root / "public")]
    assert len(folded) == len(set(folded))


def test_an_archive_below_a_link_and_with_odd_characters(tmp_path: Path) -> None:
    real = archive(tmp_path / "数字 档案 & 'x' %41", 3)
    (tmp_path / "link").symlink_to(real)
    done = jianbao("build", "--root", tmp_path / "link", "--no-search")
    assert done.returncode == 0, done.stderr
    assert jianbao("build", "--root", real, "--no-search").returncode == 0


def test_a_folder_without_rights_is_one_line(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 2)
    (root / ".jianbao").write_text("a file where a folder belongs")
    done = jianbao("build", "--root", root, "--no-search", LANG="en_US.UTF-8")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1, done.stderr


def test_no_archive_folder_is_one_line(tmp_path: Path) -> None:
    done = jianbao("build", "--root", tmp_path / "nowhere")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "nowhere" in done.stderr


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (name, damage)
        for name in ("cache.sqlite", "inputs", "search/ledger.sqlite", "publish.json")
        for damage in (b"", b"no database at all" * 300, "cut")
        if (name, damage) != ("publish.json", "cut")  # there is none between two builds
    ],
)
def test_a_damaged_cache_is_made_anew(tmp_path: Path, name: str, damage: bytes | str) -> None:
    search = name.startswith("search")
    options = WITH_SEARCH if search else SERIAL
    root = archive(tmp_path / "a", 4)
    assert build(Root(root), options).published
    target = root / ".jianbao" / name
    whole = target.read_bytes() if target.exists() else b"{"  # young archives have no note of their inputs yet
    target.write_bytes(damage if isinstance(damage, bytes) else whole[:700])
    write(root, dict([article(1, seed=2)]))
    report = build(Root(root), options)
    assert report.published, report.problems
    fresh = copy(root, tmp_path / "fresh")
    assert build(Root(fresh), options).published
    assert tree(root / "public") == tree(fresh / "public")
    shutil.rmtree(fresh)


def test_python_without_extras_says_what_to_install() -> None:
    code = "import sys; sys.modules['distributed'] = None\nfrom jianbao.work.cluster import Cluster\nCluster('tcp://127.0.0.1:9')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(PYTHONPATH=str(Path(__file__).parents[1] / "src")),
        capture_output=True, text=True,
    )  # fmt: skip
    assert "pip install 'jianbao[cluster]'" in done.stderr
