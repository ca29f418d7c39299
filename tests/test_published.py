"""What is published as one value: it changes as a dictionary of marks would."""

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from jianbao.folder.published import Published
from jianbao.folder.trees import facts_of, mark_of

PATHS = st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), min_size=1, max_size=6)
MARKS = st.builds("{}-{}".format, st.integers(0, 2**40), st.integers(-(2**40), 2**62)) | st.just("")
FILES = st.dictionaries(PATHS | st.just("\udcff.html"), MARKS, max_size=12)


@given(FILES)
def test_marks_come_back(files: dict[str, str]) -> None:
    assert Published.of(files).marks() == files


@given(FILES, st.sets(PATHS, max_size=4), FILES, st.data())
def test_to_change_it_is_to_make_it_anew(
    before: dict[str, str], never: set[str], come: dict[str, str], data: st.DataObject
) -> None:
    some = st.sets(st.sampled_from(sorted(before)), max_size=6) if before else st.just(set[str]())
    gone, again = data.draw(some), data.draw(some)
    come |= dict.fromkeys(again, "7-8")
    after = {path: mark for path, mark in before.items() if path not in gone | never} | come
    assert Published.of(before).changed([*gone, *never], come) == Published.of(after)


@given(FILES, FILES)
def test_the_digest_tells_one_from_another(one: dict[str, str], other: dict[str, str]) -> None:
    same = one == other
    assert (Published.of(one).digest(b"out") == Published.of(other).digest(b"out")) is same
    assert Published.of(one).digest(b"out") != Published.of(one).digest(b"elsewhere")


def test_what_is_looked_at_is_what_was_written(tmp_path: Path) -> None:
    files = ["a/版.html", "b\udcff", "index.html"]
    (tmp_path / "a").mkdir()
    for path in files:
        (tmp_path / path).write_text(path, "utf-8", "surrogateescape")
    os.utime(tmp_path / "index.html", ns=(0, -5))
    marks = {path: mark_of(tmp_path / path) for path in files} | {"gone": "", "index.html/below": ""}
    kept = Published.of(marks)
    assert facts_of(tmp_path, kept.lines) == kept.facts
    assert facts_of(tmp_path / "nowhere", kept.lines) == Published.of(dict.fromkeys(marks, "")).facts
