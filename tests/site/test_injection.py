"""Attacks in every field of every article and setting: none of them comes alive, in a real browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sample

from browser import Tab, serve
from jianbao.model import Byline, PaperDate
from jianbao.site.views import views

LIVE = "<script>window.pwned=1</script>"
IMAGE = "<img src=x onerror=window.pwned=2>"
ENDING = "</script><script>window.pwned=3</script><!--"
QUOTES = "\" onmouseover=window.pwned=4 x='"
LINK = "javascript:window.pwned=5"
UP = "../../../etc/passwd"
TEMPLATE = "{{ 7*7 }}{% raw %}"
TITLE_END = "</title></style></textarea>" + LIVE
BIDI = "\u202e反\u2066"
ATTACKS = [LIVE, IMAGE, ENDING, QUOTES, LINK, UP, TEMPLATE, TITLE_END, BIDI, "]]>" + LIVE, "a\0b"]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacked")
    more = [
        replace(
            sample.article(f"2021-10-{n + 1:02d}-01-01", attack),
            kicker=attack,
            subtitle=attack,
            bylines=(Byline(attack, attack), Byline("记者", attack)),
            section=attack,
            page=attack,
            column=attack,
            captions=(attack,),
            tags=(attack,),
            source=(f"scans/{attack}.txt#L1-L2",),
            review=(attack,),
            lead=attack,
            date=PaperDate(2021, 10, n + 1),
        )
        for n, attack in enumerate(ATTACKS)
    ]
    config = replace(
        sample.CONFIG,
        title=f"报{LIVE}",
        subtitle=ENDING,
        description=QUOTES,
        newspaper=IMAGE,
        publisher=TITLE_END,
        place=LIVE,
        issn=QUOTES,
        cn=LIVE,
    )
    extras = replace(
        sample.extras([file.name for file in sample.STATIC.iterdir()]),
        scan_text=lambda _: "\n".join(ATTACKS),
        scans={source: "1" for each in more for source in [each.source[0].partition("#")[0]]},
    )
    sample.render(folder, sample.archive(more, config), extras)
    return folder


def test_no_output_lies_outside_its_folder(attacked: Path) -> None:
    archive = sample.archive([sample.article("2021-10-01-01-01", "x", by=[("", UP)], section=UP, page=UP, tags=(UP,))])
    for view in views(archive, sample.extras()):
        parts = view.path.split("/")
        assert ".." not in parts, view.path
        assert "" not in parts
        assert "\\" not in view.path
        assert "\0" not in view.path


def test_no_attack_comes_alive(attacked: Path, tab: Tab) -> None:
    """Every kind of page with every attack, links and hovering tried too."""
    pages = [path.relative_to(attacked).as_posix() for path in sorted(attacked.rglob("*.html"))]
    chosen = [path for path in pages if path.startswith(("2021/10", "scans/", "tags/"))]
    chosen += ["index.html", "about/index.html", "calendar/index.html", "reporters/index.html", "sections/index.html"]
    chosen += [path for path in pages if path.startswith(("reporters/", "sections/"))][:30]
    assert len(chosen) > 60
    with serve(attacked) as served:
        for path in chosen:
            tab.page.goto(served.url + _encoded(path), wait_until="domcontentloaded")
            found = tab.page.evaluate(
                """() => ({
                    pwned: window.pwned ?? null,
                    scripts: [...document.scripts].filter(s => !s.src && s.type !== "application/ld+json").length,
                    handlers: [...document.querySelectorAll("*")].filter(
                        e => e.getAttributeNames().some(n => n.startsWith("on"))).length,
                    links: [...document.querySelectorAll("a[href],form[action],link[href]")].filter(
                        e => /^\\s*(javascript|data|vbscript):/i.test(e.getAttribute("href") ?? e.action)).length,
                    images: document.querySelectorAll("main img").length,
                    data: [...document.querySelectorAll('script[type="application/ld+json"]')]
                        .map(s => JSON.parse(s.textContent)).length,
                })"""
            )
            expected = {"pwned": None, "scripts": 0, "handlers": 0, "links": 0, "images": 0, "data": found["data"]}
            assert found == expected, path
    assert tab.errors == []
    assert tab.elsewhere == []


def test_attacks_are_read_as_text(attacked: Path, tab: Tab) -> None:
    tab.page.goto((attacked / "2021/10/01/01/01/index.html").as_uri())
    assert LIVE in tab.page.inner_text("h1")
    tab.page.goto((attacked / "2021/10/07/01/01/index.html").as_uri())
    assert "{{ 7*7 }}" in tab.page.inner_text("h1")


def _encoded(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
