"""Any chain of builds over any edits gives the same bytes as a build from nothing, and rewrites only what it must."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jianbao.build import Options, Report, build
from jianbao.folder.store import Root
from jianbao.site.scope import Scope
from jianbao.site.views import Site, View, views_of
from making import archive, article, copy, marks, scan, tree, write

SERIAL = Options(executor="serial")
FULL = Options(executor="serial", full=True)


def built(root: Path, options: Options = SERIAL) -> Report:
    report = build(Root(root), options)
    assert report.unchanged or report.published, report.problems
    return report


def changed(root: Path, edit: Callable[[], object], **more: bool) -> set[str]:
    """Build, edit, build again: the outputs that were written anew or removed by the second build."""
    options = Options(executor="serial", **more)
    built(root, options)
    before = marks(root / "public")
    edit()
    built(root, options)
    after = marks(root / "public")
    return {path for path in {*before, *after} if before.get(path) != after.get(path)} - {".jianbao-files"}


def edit_file(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_corrected_paragraph_rewrites_the_article_and_its_search_data_only(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 45)
    path = article(20)[0]

    def edit() -> None:
        text = (root / path).read_text("utf-8")
        (root / path).write_text(text.rstrip("\n") + "\n\n更正：灯塔在老街以东。\n", "utf-8")

    pages = {one for one in changed(root, edit, search=False) if one.endswith(".html")}
    own = "2024/01/02/02/01/index.html"
    assert pages - {"about/index.html"} == {own}, "not the lists, not the calendar"  # (about/ counts characters)


def test_a_corrected_paragraph_rewrites_few_shards(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 45)
    edit = partial(edit_file, root / article(20)[0], "\n\n", "\n\n更正：灯塔在老街以东。")
    touched = changed(root, edit)
    shards = [one for one in touched if one.startswith("search/")]
    assert 0 < len(shards) <= len(tree(root / "public/search")) * 0.7
    assert not any(one.startswith(("reporters/index", "calendar/")) for one in touched)


def test_a_corrected_reporter_rewrites_the_lists_that_name_him(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 45)
    path = root / article(20)[0]
    touched = changed(root, lambda: edit_file(path, "reporter: [", "reporter: [江一苇, "), search=False)
    assert "reporters/江一苇/index.html" in touched and "reporters/index.html" in touched
    assert "2024/01/02/02/01/index.html" in touched
    other = {one for one in touched if one.startswith("2024/01/01/")}
    assert not other, "another day knows nothing of it"


def test_only_what_may_have_changed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scopes: list[bool] = []

    def seen(site: Site, scope: Scope) -> Iterator[View]:
        scopes.append(scope.whole)
        return views_of(site, scope)

    monkeypatch.setattr("jianbao.building.rendering.views_of", seen)
    root = archive(tmp_path / "a", 12)
    built(root)
    write(root, dict([article(3, title="改过的标题")]))
    built(root)
    write(root, dict([article(4, title="又一个标题")]))
    write(root, {"templates/404.html": "{{ nothing.of.this }}"})
    assert not build(Root(root), SERIAL).published
    (root / "templates/404.html").unlink()
    built(root)
    assert scopes == [True, False, True, False], "first all; then some; all with another template; some again"
    fresh = copy(root, tmp_path / "fresh")
    built(fresh)
    assert tree(root / "public") == tree(fresh / "public")


@pytest.mark.parametrize(
    "damage", ["update meta set value = '[' where name = 'site scans'", "update edited set record = '=x'"]
)
def test_a_damaged_note_of_what_changed_costs_time_only(tmp_path: Path, damage: str) -> None:
    root = archive(tmp_path / "a", 8)
    built(root)
    (root / article(2)[0]).unlink()
    write(root, {"templates/404.html": "{{ nothing.of.this }}"})
    assert not build(Root(root), SERIAL).published, "now the cache knows that an article is gone, and the site has it"
    (root / "templates/404.html").unlink()
    database = sqlite3.connect(root / ".jianbao/cache.sqlite", isolation_level=None)
    assert database.execute(damage).rowcount == 1
    database.close()
    built(root)
    fresh = copy(root, tmp_path / "fresh")
    built(fresh)
    assert tree(root / "public") == tree(fresh / "public")


def test_a_damaged_row_of_an_article_is_made_anew(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 8)
    built(root)
    time.sleep(2.1)  # what was written within two seconds is read again anyway
    edit_file(root / article(2)[0], "\n\n", "\n\n更正。")
    built(root)
    database = sqlite3.connect(root / ".jianbao/cache.sqlite", isolation_level=None)
    assert database.execute("update article set record = '=what?'").rowcount == 8
    database.close()
    edit_file(root / article(3)[0], "title: ", "title: 新")
    built(root)
    fresh = copy(root, tmp_path / "fresh")
    built(fresh)
    assert tree(root / "public") == tree(fresh / "public")


@pytest.mark.parametrize("name", ["cache.sqlite", "search/ledger.sqlite"])
@pytest.mark.parametrize("part", [1, 2, 3])
def test_a_damaged_file_of_what_is_remembered_is_made_anew(tmp_path: Path, name: str, part: int) -> None:
    root = archive(tmp_path / "a", 8)
    built(root)
    remembered = root / ".jianbao" / name
    for log in remembered.parent.glob(f"{remembered.name}-*"):
        log.unlink()  # which would mend it
    data = bytearray(remembered.read_bytes())
    start = len(data) * part // 4
    data[start : start + 20_000] = b"\xff" * len(data[start : start + 20_000])
    remembered.write_bytes(data)
    edit_file(root / article(3)[0], "title: ", "title: 新")
    built(root)
    fresh = copy(root, tmp_path / "fresh")
    built(fresh)
    assert tree(root / "public") == tree(fresh / "public")


@pytest.mark.parametrize("search", [True, False])
def test_files_that_change_their_folder(tmp_path: Path, search: bool) -> None:
    root = archive(tmp_path / "a", 12)
    options = Options(executor="serial", search=search)
    path = article(5)[0]
    places = ["articles/other/deep/one.md", "articles/other/one.md", path, "articles/一/one.md", path]
    built(root, options)
    for old, new in pairwise([path, *places]):
        time.sleep(0.01)
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        (root / old).rename(root / new)
        built(root, options)
        fresh = copy(root, tmp_path / "fresh")
        built(fresh, options)
        assert tree(root / "public") == tree(fresh / "public")
        shutil.rmtree(fresh)


def test_nothing_changed_writes_nothing_and_says_so(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 6)
    assert changed(root, lambda: None) == set()
    time.sleep(2.1)  # what was written within two seconds may yet change without its time changing
    built(root)
    report = build(Root(root), SERIAL)
    assert report.unchanged and not report.written


def test_a_new_issue_leaves_the_other_days_alone(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 30)
    touched = changed(root, lambda: write(root, dict(article(n) for n in range(60, 75))), search=False)
    assert {one for one in touched if one.startswith("2024/01/05/")}
    assert not {one for one in touched if one.startswith("2024/01/01/")}


@pytest.mark.parametrize("lost", [".jianbao", ".jianbao/cache.sqlite", ".jianbao/search", ".jianbao/stage"])
def test_a_lost_cache_costs_time_only(tmp_path: Path, lost: str) -> None:
    root = archive(tmp_path / "a", 8)
    built(root)
    write(root, dict([article(2, title="先改一次")]))
    built(root)
    before = tree(root / "public")
    target = root / lost
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    write(root, dict([article(3, title="改过的标题")]))
    built(root)
    built(root, FULL)
    fresh = copy(root, tmp_path / "fresh")
    built(fresh)
    assert tree(root / "public") == tree(fresh / "public") != before


# -- any chain of edits ---------------------------------------------------------------------------------------

NUMBER = st.integers(0, 19)
WORD = st.sampled_from(["海港", "旧书店开张", "“灯塔”里的夜", "A & B <i>", "１９８６", "𠮷野家"])
FIELD = st.sampled_from(
    [
        "section: 新版",
        "section: 要闻",
        "reporter: [林晓, 新来的人]",
        "date: 2024-01-02",
        "date: 2024-01-05",
        "date: 2024-02~",
        "page: 3",
        "tags: [海港, 灯塔]",
        "review: [title]",
        "source: scans/2024-03-01/01.txt#L1-L3",
    ]
)
EDIT = st.one_of(
    st.tuples(st.just("write"), NUMBER, st.integers(0, 3)),
    st.tuples(st.just("title"), NUMBER, WORD),
    st.tuples(st.just("field"), NUMBER, FIELD),
    st.tuples(st.just("delete"), NUMBER, st.none()),
    st.tuples(st.just("move"), NUMBER, st.none()),
    st.tuples(st.just("scan"), st.integers(0, 3), st.none()),
    st.tuples(st.just("settings"), st.just(0), WORD),
    st.tuples(st.just("template"), st.just(0), WORD),
    st.tuples(st.just("static"), st.just(0), WORD),
    st.tuples(st.just("forget"), st.just(0), st.sampled_from(["all", "cache.sqlite", "search", "templates", "stage"])),
    st.tuples(st.just("lose"), st.integers(0, 10_000), st.sampled_from(["remove", "change", "list"])),
    st.tuples(st.just("fail"), st.just(0), st.none()),
    st.tuples(st.just("without search"), st.just(0), st.none()),
)


def apply(root: Path, kind: str, number: int, value: object) -> None:
    """Do one edit, as a person or an accident would."""
    files = sorted((root / "articles").rglob("*.md"))
    some = files[number % len(files)] if files else None
    if kind == "write":
        write(root, dict([there(files, *article(number, seed=int(str(value))))]))
    elif kind == "title":
        write(root, dict([there(files, *article(number, title=str(value).replace(" & ", "与")))]))
    elif kind == "field" and some:
        name = str(value).partition(":")[0]
        lines = [line for line in some.read_text("utf-8").split("\n") if not line.startswith(f"{name}:")]
        some.write_text("\n".join([lines[0], str(value), *lines[1:]]), "utf-8")
    elif kind == "delete" and some and len(files) > 2:
        some.unlink()
    elif kind == "move" and some:
        (root / "articles/old").mkdir(exist_ok=True)
        some.rename(root / "articles/old" / some.name)
    elif kind == "scan":
        write(root, dict([scan(number)]))
    elif kind == "settings":
        write(root, {"site.yaml": f'title: "{value!s}"\nsections: [副刊, 要闻]\n'})
    elif kind == "template":
        write(root, {"templates/end.html": "<footer>" + str(value).replace("<", "") + "</footer>\n"})
    elif kind == "static":
        write(root, {"static/own.css": f"/* {value} */", "static/site.css": f"/* {value} */"})
    elif kind == "forget":
        # (Who loses both the list of what was published and its copy is told so: then nobody knows whose files
        # they are.)
        parts = (
            [*(root / ".jianbao").iterdir()] if value == "all" and listed(root) else [root / ".jianbao" / str(value)]
        )
        for target in parts:
            shutil.rmtree(target, ignore_errors=True)
            if target.is_file():
                target.unlink()
    elif kind == "lose":
        lose(root / "public", number, str(value))
    elif kind == "fail":
        write(root, {"templates/404.html": "{{ nothing.of.this }}"})
        assert not build(Root(root), SERIAL).published
        (root / "templates/404.html").unlink()
    elif kind == "without search":
        built(root, Options(executor="serial", search=False))


def there(files: list[Path], path: str, text: str) -> tuple[str, str]:
    """Where the article lies since somebody moved its file: a second one of the same id would be a fault."""
    moved = [one for one in files if one.name == Path(path).name and one.parent.name == "old"]
    return (f"articles/old/{moved[0].name}" if moved else path), text


def listed(root: Path) -> bool:
    return (root / "public/.jianbao-files").is_file()


def lose(public: Path, number: int, how: str) -> None:
    files = sorted(path for path in public.rglob("*") if path.is_file() and path.name != ".jianbao-files")
    if how == "list" and list((public.parent / ".jianbao").glob("files-*")):
        (public / ".jianbao-files").unlink(missing_ok=True)
    elif files and how != "change":
        files[number % len(files)].unlink()
    elif files:
        files[number % len(files)].write_bytes(b"changed by hand")


@settings(
    max_examples=int(os.environ.get("JIANBAO_CHAINS", "5")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
@given(chain=st.lists(st.lists(EDIT, min_size=1, max_size=3), min_size=1, max_size=4))
def test_any_chain_of_builds_equals_a_build_from_nothing(
    chain: list[list[tuple[str, int, object]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("chain")
    root = archive(folder / "long", 8)
    built(root)
    for edits in chain:
        for edit in edits:
            apply(root, *edit)
        built(root)
    fresh = copy(root, folder / "fresh")
    built(fresh)
    ours, theirs = tree(root / "public"), tree(fresh / "public")
    assert sorted(ours) == sorted(theirs)
    assert [path for path in theirs if ours[path] != theirs[path]] == []
    shutil.rmtree(folder)
