"""A script as it is published: fewer characters, the same program. That it runs is what the tests of the site and of
the search show, whose pages have the published scripts."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from jianbao.folder.lean import lean
from jianbao.folder.shipped import static_files

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("// why\na = 1;\n", "a = 1;\n"),
        ("  if (a)\n    b();\n\n", "if (a)\nb();\n"),
        ("/** What it\n * does. */\na();\n", "a();\n"),
        ("/* one line */\na();\n", "a();\n"),
        ("a(); // beside code\n", "a(); // beside code\n"),
        ('a("// no comment");\n', 'a("// no comment");\n'),
        ("a = b / c /\n  2;\n", "a = b / c /\n2;\n"),
        ("  a = `one line`;\r\n  b();\r\n", "a = `one line`;\nb();\n"),
        ("/*! licence */\n  a();\n", "/*! licence */\na();\n"),
        ("a();\n//# sourceMappingURL=a.map\n", "a();\n//# sourceMappingURL=a.map\n"),
    ],
)
def test_whole_lines_of_comments_and_indentation_go(written: str, published: str) -> None:
    assert lean(written) == published


@pytest.mark.parametrize(
    "script",
    [
        "a = `\n  // a line of the text\n`;\n",
        "a = 'a\\\n  b';\n",
        "a(); /* begins here\n  // */ b();\n",
        "/* ends */ b(); /*\n // */\n",
        "/* ends amid code\n */ b();\n",
        "/* never ends\n",
        "/*! licence\n * of a library */\n  a();\n",
    ],
)
def test_what_may_be_text_is_left_alone(script: str) -> None:
    assert lean(script) == script


def test_the_scripts_of_the_search_stay_small() -> None:
    """What is fetched before the first result, and after it; see the goals in benchmarks/README.md."""
    published = static_files(ROOT)
    sizes = {
        name: len(gzip.compress(data, 9))
        for name, data in published.items()
        if name.startswith("search") and name.endswith(".js")
    }
    late = {"search-facets.js", "search-suggest.js"}
    assert sum(size for name, size in sizes.items() if name not in late and name != "search-words-en.js") < 21_000
    assert sum(sizes.values()) < 28_000


def test_an_archive_s_own_file_is_published_as_it_lies(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    own = {
        "own.js": b"// Licence: MIT\n  a();\n",
        "site.js": b"// ours\n  mine();\n",
        "odd.js": b"\xff  a",
        "own.css": b"  a {}\n",
    }
    for name, data in own.items():
        (tmp_path / "static" / name).write_bytes(data)
    found = static_files(tmp_path)
    assert {name: found[name] for name in own} == own
    assert found["search.js"] == static_files(ROOT)["search.js"]


def test_a_script_of_ours_that_was_only_copied_is_ours(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "static", tmp_path / "static")
    assert static_files(tmp_path) == static_files(ROOT)
