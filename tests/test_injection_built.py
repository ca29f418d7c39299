"""Attacks written into the files of an archive, the site built of them as anybody builds it, and opened in Chromium:
nothing of them lives. (tests/site/test_injection.py does the same with fields that no file could carry.)"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from browser import Tab, serve
from making import jianbao, tree, write

LIVE = "<script>window.pwned=1</script>"
IMAGE = "<img src=x onerror=window.pwned=2>"
ENDING = "甲</script><script>window.pwned=3</script>"
LINK = "javascript:window.pwned=4"
ATTACKS = [LIVE, IMAGE, ENDING, LINK, "'\\\"><svg onload=window.pwned=5>", "{{ 7*7 }}"]


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("attacked")
    files = {"site.yaml": f"title: {quoted(LIVE)}\nsubtitle: {quoted(ENDING)}\ndescription: {quoted(IMAGE)}\n"}
    for number, attack in enumerate(ATTACKS, 1):
        said = quoted(attack)
        plain = quoted(attack.replace("/", "").replace("\\", "").replace('"', ""))
        files[f"articles/2024/{number}.md"] = (
            f"---\nid: 2024-03-08-01-{number:02d}\ntitle: {said}\nkicker: {said}\nsubtitle: {said}\n"
            f"reporter: [{plain}]\ndate: 2024-03-08\nsection: {plain}\npage: 1\ncaptions: [{said}]\ntags: [{plain}]\n"
            f"---\n\n本报讯 {attack} 海港今日开工。\n\n> {attack}\n\n## {attack}\n"
        )
    files["scans/2024-03-09/01.txt"] = "\n".join(
        ["海港今日开工", "　　本报讯（记者 林晓）今日开工。" + "".join(ATTACKS)]
    )
    write(root, files)
    done = jianbao("build", "--root", root)
    assert done.returncode == 0, done.stderr
    return root / "public"


@pytest.mark.browser
@pytest.mark.parametrize("over", ["http", "file"])
def test_nothing_written_into_the_files_lives(site: Path, tab: Tab, over: str) -> None:
    pages = [path for path in sorted(tree(site)) if path.endswith("index.html")]
    wanted = [path for path in pages if path.startswith(("2024/03/08/01", "reporters/", "sections/", "tags/"))][:24]
    wanted += ["index.html", "search/index.html?q=" + quote(IMAGE), "search/index.html?q=" + quote("海港")]
    tab.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    with serve(site) as served:
        base = served.url if over == "http" else site.as_uri() + "/"
        for path in wanted:
            name, _, query = path.partition("?")
            tab.page.goto(base + quote(name) + (f"?{query}" if query else ""))
            if query:
                tab.page.wait_for_selector("[data-total]")
            assert tab.page.evaluate("window.pwned") is None, path
            assert tab.page.evaluate("document.querySelectorAll('svg[onload], img[onerror]').length") == 0, path
            assert tab.page.evaluate("document.querySelectorAll('a[href^=\"javascript\" i]').length") == 0, path
    assert not [error for error in tab.errors if "pwned" in error]
    assert tab.elsewhere == []


def test_no_output_lies_outside(site: Path) -> None:
    assert {path.name for path in site.parent.iterdir()} == {"articles", "scans", "public", ".jianbao", "site.yaml"}
    assert not [path for path in tree(site) if ".." in path.split("/")]
