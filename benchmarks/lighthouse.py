"""Lighthouse's four scores for the site: `python benchmarks/lighthouse.py [PUBLIC] [--pages home,article]`.

Without a folder the sample of tests/site is rendered first. Needs node, npm and Debian's chromium; Lighthouse itself is
installed with npm into a temporary folder. The goal is 98 in every category; exit status 1 where it is missed.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION = "12"  # the last that runs on node 18 and 20, which Debian has
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
GOAL = 98
PAGES = {
    "home": "index.html",
    "calendar": "*/index.html",
    "issue": "*/*/*/index.html",
    "page": "*/*/*/*/index.html",
    "article": "*/*/*/*/*/index.html",
    "reporter": "reporters/*/index.html",
    "section": "sections/*/index.html",
    "search": "search/index.html",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Static files as a usual web server sends them: compressed, to be kept where their address has a hash."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            self.send_error(404)
            return
        data = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)) + "; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=31536000" if "?v=" in self.path else "no-cache")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def rendered(folder: Path, base_url: str) -> None:
    """The sample of the tests, with an address, as search engines want it."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "site")]
    from dataclasses import replace

    import sample

    config = replace(sample.CONFIG, base_url=base_url)
    assets = [file.name for file in sample.STATIC.iterdir()]
    sample.render(folder, sample.archive(config=config), sample.extras(assets))


def lighthouse(work: Path) -> Path:
    """Lighthouse's program, installed below `work`."""
    program = work / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        npm = shutil.which("npm")
        if not npm:
            sys.exit("npm is needed: apt-get install npm")
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", f"lighthouse@{VERSION}"]
        subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)
    return program


def scores(program: Path, url: str, form: str) -> tuple[dict[str, int], list[str]]:
    """The scores of a page on a phone or desktop, and the audits that were not passed."""
    command = [
        str(program),
        url,
        "--output=json",
        "--quiet",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        *(["--preset=desktop"] if form == "desktop" else []),
    ]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or "chromium"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    report = json.loads(done.stdout)
    found = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    weighted = {
        each["id"] for name in CATEGORIES for each in report["categories"][name]["auditRefs"] if each["weight"] > 0
    }
    failed = [
        f"{name} {audit.get('displayValue', '')}".strip()
        for name, audit in report["audits"].items()
        if name in weighted and audit.get("score") is not None and audit["score"] < 0.9
    ]
    return found, failed


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("public", nargs="?", type=Path)
    parser.add_argument("--pages", default="home,issue,page,article,reporter")
    parser.add_argument("--forms", default="mobile,desktop")
    parser.add_argument("--work", type=Path, help="a folder to keep Lighthouse in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        program = lighthouse(work)
        public = given.public or Path(temporary) / "public"
        handler = lambda *rest: Handler(*rest, directory=str(public))  # noqa: E731
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            base = f"http://127.0.0.1:{server.server_address[1]}/"
            if given.public is None:
                rendered(public, base)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            missed = False
            print(f"{'page':10} {'form':8} " + " ".join(f"{name:>15}" for name in CATEGORIES))
            for kind in given.pages.split(","):
                file = max(public.glob(PAGES[kind]))
                for form in given.forms.split(","):
                    url = base + file.relative_to(public).as_posix().removesuffix("index.html")
                    found, failed = scores(program, url, form)
                    missed = missed or min(found.values()) < GOAL
                    print(f"{kind:10} {form:8} " + " ".join(f"{found[name]:>15}" for name in CATEGORIES))
                    for audit in failed:
                        print(f"{'':20}- {audit}")
            server.shutdown()
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
