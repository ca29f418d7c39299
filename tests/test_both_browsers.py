"""The test browsers themselves work, over http below a sub-path and from file://."""

from pathlib import Path

import pytest

from browser import Firefox, Tab, serve

PAGE = '<!doctype html><meta charset=utf-8><title>页</title><link rel=icon href="data:,"><p>你好'


@pytest.mark.browser
def test_chromium_over_http_and_file(tmp_path: Path, tab: Tab) -> None:
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    with serve(tmp_path, "a/b/") as site:
        tab.page.goto(site.url)
        assert tab.page.inner_text("p") == "你好"
    tab.page.goto((tmp_path / "index.html").as_uri())
    assert tab.page.title() == "页"
    assert (tab.errors, tab.elsewhere, site.missing) == ([], [], [])


@pytest.mark.browser
def test_firefox_over_http_and_file(tmp_path: Path, firefox: Firefox) -> None:
    (tmp_path / "index.html").write_text(PAGE + "<input>", encoding="utf-8")
    with serve(tmp_path, "a/b/") as site:
        firefox.open(site.url)
        assert firefox.run("document.querySelector('p').textContent") == "你好"
    firefox.open((tmp_path / "index.html").as_uri())
    assert firefox.run("document.title") == "页"
    firefox.run("document.querySelector('input').focus()")
    firefox.keys("ab")
    assert firefox.run("document.querySelector('input').value") == "ab"
    assert firefox.errors == []
