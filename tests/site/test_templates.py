from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
import sample

from jianbao.problems import ProblemError
from jianbao.serve import words as serve_words
from jianbao.serve.edit import GROUPS
from jianbao.site import words as site_words
from jianbao.site.templates import Renderer
from jianbao.site.views import View, views

REPOSITORY = Path(__file__).parents[2]


def view(path: str) -> View:
    return next(each for each in views(sample.archive(), sample.extras()) if each.path == path)


def own(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_template_of_the_archive_replaces_ours_and_may_build_on_it(tmp_path: Path) -> None:
    folder = own(
        tmp_path, "404.html", '{% extends "shipped/404.html" %}{% block main %}此路不通{{ super() }}{% endblock %}'
    )
    page = Renderer([folder, sample.TEMPLATES]).render(view("404.html")).decode()
    assert "此路不通" in page
    assert "没有这一页" in page


def test_a_fault_names_the_template_and_its_line(tmp_path: Path) -> None:
    for text, line in {
        "一\n二\n{% if %}": 3,
        "一\n{{ nobody_knows_me }}": 2,
        "一\n二\n三\n{{ site.nothing_here.more }}": 4,
        '一\n{% include "no-such.html" %}': 2,
        "\n{{ 1 / 0 }}": 2,
    }.items():
        renderer = Renderer([own(tmp_path, "404.html", text), sample.TEMPLATES])
        with pytest.raises(ProblemError) as failure:
            renderer.render(view("404.html"))
        problem = failure.value.problem
        assert (problem.path, problem.line) == ("templates/404.html", line), text
        assert problem.code == "template"


def test_what_is_no_text_is_a_fault_only_where_it_is_used(tmp_path: Path) -> None:
    folder = own(tmp_path, "404.html", "一")
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\xff\xfe")
    (folder / "end.html").write_bytes("一\n<p>错</p>\n".encode() + "错".encode("gb18030"))
    renderer = Renderer([folder, sample.TEMPLATES])
    renderer.prepare(renderer.environment.list_templates())
    assert renderer.all_versions()
    assert renderer.render(view("404.html")) == "一".encode()
    with pytest.raises(ProblemError) as failure:
        renderer.render(view("about/index.html"))
    assert (failure.value.problem.path, failure.value.problem.line) == ("templates/end.html", 3)


def test_the_version_of_a_template_is_that_of_all_it_uses(tmp_path: Path) -> None:
    plain = Renderer([sample.TEMPLATES])
    for name in ("parts.html", "base.html", "top.html"):
        folder = own(tmp_path / name, name, (sample.TEMPLATES / name).read_text(encoding="utf-8") + "\n")
        edited = Renderer([folder, sample.TEMPLATES])
        assert edited.version("page.html") != plain.version("page.html"), name
    assert plain.version("page.html") == Renderer([sample.TEMPLATES]).version("page.html")
    assert plain.version("") == ""


def test_compiled_templates_are_kept_and_never_stale(tmp_path: Path) -> None:
    for text in ("甲", "乙"):
        folder = own(tmp_path / "own", "404.html", text)
        assert Renderer([folder, sample.TEMPLATES], tmp_path / "cache").render(view("404.html")) == text.encode()
    assert list((tmp_path / "cache").iterdir())


def test_everything_is_escaped(tmp_path: Path) -> None:
    folder = own(tmp_path, "404.html", "{{ '<script>' }}")
    assert Renderer([folder, sample.TEMPLATES]).render(view("404.html")) == b"&lt;script&gt;"


@pytest.mark.parametrize(("table", "others"), [(site_words, ("field_",)), (serve_words, tuple(GROUPS))])
def test_every_word_of_the_interface_is_said_somewhere(table: ModuleType, others: tuple[str, ...]) -> None:
    files = [*REPOSITORY.glob("templates/**/*.html"), *(REPOSITORY / "src/jianbao").rglob("*.py")]
    said = {word for file in files for word in re.findall(r"(?:(?<=\bt\.)|(?<=\bself\.))\w+", file.read_text("utf-8"))}
    assert not [word for word in table.TABLE if word not in said and not word.startswith(others)]
