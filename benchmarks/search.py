# ruff: noqa: E501 (a table)
"""Search beside Pagefind, on the same articles, in one run: recall, precision, bytes, CPU, memory, time.

    python benchmarks/search.py                          # the corpus, 10,000 articles
    python benchmarks/search.py --articles 1000          # quicker
    python benchmarks/search.py --times 10 --no-pagefind # 100,000 articles: the corpus, perturbed
    python benchmarks/search.py --pagefind PATH          # the pagefind program (its npm package has the extended one)

Truth is the literal substring in title or body, both folded. Bytes are counted at the server, which compresses
whatever becomes smaller by it, until the first result stands on the page, in a browser with an empty cache.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import lzma
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import log2
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from browser import launch_chromium  # noqa: E402
from jianbao.folder.shipped import static_files  # noqa: E402
from jianbao.model import Article, Byline, PaperDate  # noqa: E402
from jianbao.search.folding import fold  # noqa: E402
from jianbao.search.grams import SearchEntry, haystack, printed_fields  # noqa: E402
from jianbao.search.index import SearchIndex  # noqa: E402
from jianbao.site.words import interface  # noqa: E402
from jianbao.work.progress import Terminal  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "news-10k.jsonl.xz"
PROGRESS = Terminal()


# -- the articles --------------------------------------------------------------------------------------------------
def entries(count: int, times: int = 1) -> Iterator[SearchEntry]:
    """The corpus; the second time and later ones with other years and one sentence in ten moved elsewhere."""
    raw = []
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            raw.append(json.loads(line))
            if len(raw) == count:
                break
    for turn in range(times):
        dice = random.Random(turn)
        numbers: dict[tuple[str, int], int] = defaultdict(int)
        for one in raw:
            body = one["body"]
            if turn:
                sentences = re.findall(r"[^。]*。?", body)
                for _ in range(len(sentences) // 10):
                    a, b = dice.randrange(len(sentences)), dice.randrange(len(raw))
                    sentences[a] = dice.choice(re.findall(r"[^。]*。?", raw[b]["body"]))
                body = "".join(sentences)
            day = f"{2020 + turn}{one['date'][4:]}" if one["date"][5:] != "02-29" else f"{2020 + turn}-02-28"
            page = int(one["page"])
            numbers[day, page] += 1
            ident = f"{day}-{page:02d}-{numbers[day, page]:02d}"
            names = [re.sub("^(本报)?记者", "", name) for name in (one["author"] or "").split()]
            article = Article(
                id=ident, title=one["title"] or "", path=f"articles/{ident}.md", digest=ident, date=PaperDate.parse(day),
                kicker=one["kicker"] or "", subtitle=one["subtitle"] or "", section=one["column"] or "", page=str(page),
                bylines=tuple(Byline("记者", name) for name in names if name),
            )  # fmt: skip
            yield SearchEntry(article, body)


def build(folder: Path, count: int, times: int) -> None:
    """Index and export from nothing; runs in a process of its own, which is measured."""
    index = SearchIndex(folder / "index")
    started = time.perf_counter()
    index.update(PROGRESS.track("分词索引", entries(count, times), count * times))
    index.rank(PROGRESS)
    print(f"cut and indexed in {time.perf_counter() - started:.1f} s", file=sys.stderr)
    files = index.export(PROGRESS)
    print(f"exported after {time.perf_counter() - started:.1f} s", file=sys.stderr)
    for path in PROGRESS.track("写文件", files, len(files)):
        target = folder / "site" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(index.read(path))
    index.close()


def measured(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds, peak megabytes of a command with its children."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed: {process.returncode}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


# -- a server that counts ------------------------------------------------------------------------------------------
class Counter:
    """Bytes sent, compressed where that helps."""

    def __init__(self) -> None:
        self.bytes = self.plain = self.requests = 0


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, Counter]]:
    """The folder over http."""
    counter = Counter()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
            data = source.read()
            counter.requests += 1
            counter.plain += len(data)
            counter.bytes += min(len(data), len(gzip.compress(data, 6)))
            outputfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", counter
        server.shutdown()


# -- queries -------------------------------------------------------------------------------------------------------
class Truth:
    """Title and body of every article, folded, and all that is searched of it."""

    def __init__(self, all_entries: list[SearchEntry]) -> None:
        self.core = {e.article.id: [fold(e.article.title), *map(fold, e.text.split("\n"))] for e in all_entries}
        self.all = {e.article.id: haystack(printed_fields(e)) for e in all_entries}

    def having(self, query: str, parts: dict[str, list[str]]) -> set[str]:
        """The articles that literally contain a query."""
        needle = fold(query)
        return {ident for ident, one in parts.items() if any(needle in part for part in one)}


def queries(all_entries: list[SearchEntry], dice: random.Random) -> dict[str, list[str]]:
    """Fifty queries, as readers and as chance make them."""

    def piece(size: int) -> str:
        while True:
            lines = dice.choice(all_entries).text.split("\n")
            line = dice.choice(lines)
            if len(line) > size:
                at = dice.randrange(len(line) - size)
                found = line[at : at + size]
                if not re.search(r'[\s"“”:：]|^[-－]', found):
                    return found

    titles = [re.findall(r"[\u4e00-\u9fff]{4,}", e.article.title) for e in all_entries]
    names = [n.name for e in all_entries for n in e.article.bylines if re.fullmatch(r"[\u4e00-\u9fff]{2,3}", n.name)]
    return {
        "random 3 characters": [piece(3) for _ in range(15)],
        "random 1 to 12": [piece(size) for size in range(1, 13)],
        "names": dice.sample(names, 8),
        "headlines": [dice.choice(one)[:10] for one in dice.sample([t for t in titles if t], 15)],
    }


# -- asking --------------------------------------------------------------------------------------------------------
SEARCH_PAGE = """<!doctype html><html lang=zh-CN><meta charset=utf-8><title>s</title><link rel=icon href="data:,"><main>
{main}</main>{scripts}"""

ASK = """async (query) => {
  const search = await jianbao.begin(query);
  const shown = await search.page(0, 30);
  return { total: search.total, reached: search.order.filter((n) => !search.dropped.has(n)).map((n) => search.archive.ids[n]),
           shown: shown.map((one) => one.id) };
}"""

# What had arrived when the first result was put on the page: facets come after it.
WATCH = """new MutationObserver((_, watch) => {
  if (!document.querySelector("[data-article-id]")) return;
  watch.disconnect();
  window.arrived = [location, ...performance.getEntriesByType("resource").map((one) => one.name)].map((one) => new URL(one).pathname);
}).observe(document, { childList: true, subtree: true });"""

KEY = """async (query) => {
  const input = document.querySelector("input"), list = document.querySelector("#search-results");
  const type = (value) => new Promise((resolve) => {
    const watch = new MutationObserver(() => { watch.disconnect(); resolve(performance.now()); });
    watch.observe(list, { childList: true });
    input.value = value;
    input.dispatchEvent(new InputEvent("input"));
    setTimeout(() => { watch.disconnect(); resolve(NaN); }, 3000);
  });
  await type(query); await new Promise((r) => setTimeout(r, 150));
  await type(query.slice(0, -1)); await new Promise((r) => setTimeout(r, 150));
  const start = performance.now();
  return (await type(query)) - start;
}"""


def search_page(site: Path) -> None:
    """The real search page, without the site around it."""
    import jinja2

    base = SEARCH_PAGE.format(main="{% block main %}{% endblock %}", scripts="{% block scripts %}{% endblock %}")
    base += "{% block title %}{% endblock %}{% block head %}{% endblock %}"
    loader = jinja2.ChoiceLoader([jinja2.DictLoader({"base.html": base}), jinja2.FileSystemLoader(ROOT / "templates")])
    assets = {file.name: f"static/{file.name}" for file in (ROOT / "static").iterdir()}
    page = jinja2.Environment(loader=loader, autoescape=True).get_template("search.html")
    (site / "search" / "index.html").write_text(
        page.render(root="../", asset=assets, t=interface("zh"), config={"title": "测量"}), encoding="utf-8"
    )
    shutil.rmtree(site / "static", ignore_errors=True)
    (site / "static").mkdir()
    for path, data in static_files(ROOT).items():
        (site / "static" / path).write_bytes(data)


def ask_us(
    browser: Browser, site: Path, wanted: dict[str, list[str]], truth: Truth, titles: dict[str, str]
) -> dict[str, Any]:
    """Our own figures."""
    out: dict[str, Any] = {"bytes": [], "plain": [], "requests": [], "recall": defaultdict(list), "precision": defaultdict(list),
                           "candidates": [], "key": [], "gain": []}  # fmt: skip
    asked = [(kind, query) for kind, some in wanted.items() for query in some]
    with serving(site) as (url, _):
        for kind, query in PROGRESS.track("问自己", asked, len(asked)):
            context = browser.new_context()
            page = context.new_page()
            page.add_init_script(WATCH)
            page.goto(f"{url}search/index.html?q={query}", wait_until="commit")
            core, everything = truth.having(query, truth.core), truth.having(query, truth.all)
            if core:
                page.wait_for_selector("[data-article-id]")
                data = [(site / unquote(path).lstrip("/")).read_bytes() for path in page.evaluate("arrived")]
                out["plain"].append(sum(map(len, data)))
                out["bytes"].append(sum(min(len(one), len(gzip.compress(one, 6))) for one in data))
                out["requests"].append(len(data))
            found = page.evaluate(ASK, query)
            reached, shown = set(found["reached"]), found["shown"]
            out["recall"][kind].append(len(core & reached) / len(core) if core else 1.0)
            out["precision"][kind].append(len(everything & set(shown)) / len(shown) if shown else 1.0)
            out["candidates"].append(len(everything & reached) / len(reached) if reached else 1.0)
            if kind == "headlines":
                out["gain"].append(gain([titles.get(one, "") for one in shown], query))
            if len(query) > 1 and len(out["key"]) < 25:
                out["key"].append(page.evaluate(KEY, query))
            context.close()
    return out


def gain(titles: list[str], query: str) -> float:
    """nDCG@10 where only articles whose headline has the query are wanted."""
    right = [fold(query) in fold(title) for title in titles[:10]]
    ideal = sum(1 / log2(i + 2) for i in range(min(10, sum(fold(query) in fold(t) for t in titles)) or 1))
    return sum(yes / log2(i + 2) for i, yes in enumerate(right)) / ideal


def ask_pagefind(browser: Browser, site: Path, wanted: dict[str, list[str]], truth: Truth) -> dict[str, Any]:
    """Pagefind's figures on the same questions."""
    pages = {}
    for path in (site / "pagefind" / "fragment").iterdir():
        data = gzip.decompress(path.read_bytes())
        pages[path.name.split(".")[0]] = Path(json.loads(data[data.index(b"{") :])["url"]).stem
    (site / "ask.html").write_text(
        "<!doctype html><meta charset=utf-8><html lang=zh><link rel=icon href='data:,'>", encoding="utf-8"
    )
    out: dict[str, Any] = {"bytes": [], "recall": defaultdict(list), "precision": defaultdict(list)}
    script = """async (query) => { const pagefind = await import("/pagefind/pagefind.js");
      const found = await pagefind.search(query); if (found.results.length) await found.results[0].data();
      return found.results.map((one) => one.id); }"""
    asked = [(kind, query) for kind, some in wanted.items() for query in some]
    with serving(site) as (url, counter):
        for kind, query in PROGRESS.track("问 Pagefind", asked, len(asked)):
            context = browser.new_context()
            page = context.new_page()
            page.goto(url + "ask.html")
            counter.bytes = 0
            found = {pages[one] for one in page.evaluate(script, query)}
            core = truth.having(query, truth.core)
            if core:
                out["bytes"].append(counter.bytes)
            out["recall"][kind].append(len(core & found) / len(core) if core else 1.0)
            out["precision"][kind].append(len(core & found) / len(found) if found else 1.0)
            context.close()
    return out


def write_pages(folder: Path, all_entries: list[SearchEntry]) -> None:
    """Plain pages for Pagefind."""
    import html

    for one in all_entries:
        body = "".join(f"<p>{html.escape(part)}</p>" for part in one.text.split("\n"))
        title = html.escape(one.article.title)
        (folder / f"{one.article.id}.html").write_text(
            f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title>'
            f"<main data-pagefind-body><h1>{title}</h1>{body}</main>",
            encoding="utf-8",
        )


def one_correction(folder: Path, one: SearchEntry) -> tuple[float, int, int]:
    """Seconds, files rewritten and files in all when one article is corrected: three characters."""
    index = SearchIndex(folder / "index")
    before = index.export()
    at = len(one.text) // 2
    text = one.text[:at] + "鱻鱻鱻" + one.text[at + 3 :]
    started = time.perf_counter()
    index.update([SearchEntry(replace(one.article, digest="corrected"), text)])
    after = index.export()
    took = time.perf_counter() - started
    changed = [path for path in after if before.get(path) != after[path]]
    for path in changed:
        index.read(path)
    index.update([one])
    index.export()
    index.close()
    return took, len(changed), len(after)


def mean(values: dict[str, list[float]]) -> str:
    """Each kind's mean, and the mean of all."""
    rows = [f"{kind} {statistics.mean(some):.3f}" for kind, some in values.items()]
    return f"{statistics.mean(v for some in values.values() for v in some):.3f} ({', '.join(rows)})"


def script_size() -> int:
    """The search's JavaScript with the words of one language, compressed."""
    names = [path.name for path in (ROOT / "static").glob("search*.js") if not path.stem.endswith("-en")]
    published = static_files(ROOT)
    return sum(len(gzip.compress(published[name], 9)) for name in names)


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--pagefind", default=shutil.which("pagefind") or "")
    parser.add_argument("--no-pagefind", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="jianbao-search-"))
    if options.build:
        build(folder, options.articles, options.times)
        return
    command = [sys.executable, "-W", "ignore", __file__, "--build", "--folder", str(folder)]
    command += ["--articles", str(options.articles), "--times", str(options.times)]
    wall, cpu, peak = measured(command)
    everything = list(entries(options.articles, options.times))
    wanted = queries(everything, random.Random(7))
    truth = Truth(everything)
    titles = {one.article.id: one.article.title for one in everything}
    took, changed, files = one_correction(folder, everything[len(everything) // 3])
    search_page(folder / "site")
    size = sum(path.stat().st_size for path in (folder / "site" / "search").rglob("*.js")) / 1e6
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        ours = ask_us(browser, folder / "site", wanted, truth, titles)
        print(f"articles                            {len(everything)}")
        print(f"recall                              {mean(ours['recall'])}")
        print(f"precision of what is shown          {mean(ours['precision'])}")
        print(f"precision of candidates             {statistics.mean(ours['candidates']):.3f}")
        for name, key in (("compressed", "bytes"), ("as stored", "plain")):
            some = [value / 1000 for value in ours[key]]
            print(f"kB before the first result, {name:10} median {statistics.median(some):.1f}, max {max(some):.1f}")
        print(f"requests before the first result    median {statistics.median(ours['requests'])}")
        print(f"JavaScript of the search, gzip      {script_size() / 1000:.1f} kB")
        print(
            f"key to results, warm                median {statistics.median(ours['key']):.0f} ms, max {max(ours['key']):.0f}"
        )
        print(f"nDCG@10, headline queries           {statistics.mean(ours['gain']):.3f}")
        print(f"index from nothing                  {cpu:.1f} CPU s, {wall:.1f} s, peak {peak:.0f} MB, {size:.1f} MB")
        print(f"one correction                      {took:.2f} s, {changed} of {files} files rewritten", flush=True)
        if options.pagefind and not options.no_pagefind:
            pages = folder / "pages"
            pages.mkdir(exist_ok=True)
            write_pages(pages, everything)
            wall, cpu, peak = measured([options.pagefind, "--site", str(pages), "--silent"])
            theirs = ask_pagefind(browser, pages, wanted, truth)
            size = sum(path.stat().st_size for path in (pages / "pagefind").rglob("*") if path.is_file()) / 1e6
            some = [value / 1000 for value in theirs["bytes"]]
            print(f"Pagefind recall                     {mean(theirs['recall'])}")
            print(f"Pagefind precision                  {mean(theirs['precision'])}")
            print(f"Pagefind kB before the first result median {statistics.median(some):.1f}, max {max(some):.1f}")
            print(
                f"Pagefind index from nothing         {cpu:.1f} CPU s, {wall:.1f} s, peak {peak:.0f} MB, {size:.1f} MB"
            )
        browser.close()
    print(
        f"(this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB; data in {folder})",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
