"""Where an article was cut from, as its front matter says it."""

from __future__ import annotations

import pytest

from jianbao.sources import Source, path_of, read_source


@pytest.mark.parametrize(
    ("text", "path", "ranges"),
    [
        ("scans/2021-12-07/01.txt#L197-L264", "scans/2021-12-07/01.txt", ((197, 264),)),
        ("scans/2021-12-07/01.txt#L1-L5,L9", "scans/2021-12-07/01.txt", ((1, 5), (9, 9))),
        ("scans/2021-12-07/01.txt", "scans/2021-12-07/01.txt", ()),
        ("scans/2021-12-07/02-#1号.txt#L1-L19", "scans/2021-12-07/02-#1号.txt", ((1, 19),)),
        ("scans/2021-12-07/10-要闻#L3.txt", "scans/2021-12-07/10-要闻#L3.txt", ()),
    ],
)
def test_a_scan_and_its_lines(text: str, path: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert read_source(text) == Source(path, ranges)
    assert path_of(text) == path


@pytest.mark.parametrize(("text", "path"), [("scans/01.txt#第3行", "scans/01.txt"), ("#L1", ""), ("", "")])
def test_another_form_names_no_lines(text: str, path: str) -> None:
    assert read_source(text) is None
    assert path_of(text) == path
