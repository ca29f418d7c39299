"""kill -9 at random moments of imports, merges and builds: afterwards the site is the old one or the new one, whole;
every article is whole, none is lost, none is there twice; and the next run ends right.

JIANBAO_KILLS=200 kills two hundred times (the default is fewer, to keep the tests quick).
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from jianbao.articles.document import read_document
from making import archive, article, command, copy, environment, jianbao, scan, tree, write

KILLS = int(os.environ.get("JIANBAO_KILLS", "12"))
ARTICLES = 300 if KILLS > 50 else 60


def run_and_kill(root: Path, seconds: float, *arguments: str) -> bool:
    """Start a command, kill it and all it started after so long; whether it was still at work."""
    process = subprocess.Popen(
        command(*arguments, "--root", str(root)),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        # Only the run itself, as the system's out-of-memory killer does: its workers must notice.
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def site_of(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root / "public").items() if not path.startswith("search/")}


def corrected(root: Path, turn: int) -> None:
    """What people do between two runs: correct articles, change a scan, add a page."""
    chance = random.Random(turn)
    for number in chance.sample(range(ARTICLES), 5):
        write(root, dict([article(number, seed=turn)]))
    changed = chance.randrange(8)
    path, text = scan(changed)
    write(root, {path: text + f"　　又记：第{turn}次校读，渡口的灯亮着。\n", **dict([scan(8 + turn % 40)])})


def whole_articles(root: Path) -> Counter[str]:
    """The ids of all articles; each file must be whole."""
    ids: Counter[str] = Counter()
    for path in (root / "articles").rglob("*.md"):
        document, problems = read_document(path.read_bytes(), path.name)
        assert document is not None and not problems, (path, problems)
        assert document.body.endswith(("。", "）")), path
        ids[document.article.id] += 1
    return ids


def test_killed_at_any_moment_nothing_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20240308)
    root = archive(tmp_path / "killed", ARTICLES)
    write(root, dict(map(scan, range(8))))
    assert jianbao("build", "--root", root).returncode == 0
    corrected(root, 0)
    started = time.monotonic()
    assert jianbao("build", "--root", root).returncode == 0
    longest = time.monotonic() - started
    old = site_of(root)
    kept = set(whole_articles(root))
    struck = turn = 0
    while struck < KILLS:
        turn += 1
        assert turn <= KILLS * 5, "the kills come too late to mean anything"
        corrected(root, turn)
        arguments = chance.choice(
            [("build",), ("build",), ("build", "--jobs", "2"), ("import",), ("import", "--again")]
        )
        patience = chance.uniform(0.02, longest)
        if run_and_kill(root, patience, *arguments):
            struck += 1
        else:  # It was done before: machines differ, and later runs must be struck earlier.
            longest = max(patience, 0.1)
        ids = whole_articles(root)
        assert max(ids.values()) == 1, "an article is there twice"
        assert kept <= set(ids), "an article was lost"
        seen = site_of(root)
        done = jianbao("build", "--root", root, seconds=120)
        assert done.returncode == 0, done.stderr
        new = site_of(root)
        assert seen in (old, new), [
            path for path in {*old, *new} if seen.get(path) not in (old.get(path), new.get(path))
        ]
        ids = whole_articles(root)
        assert max(ids.values()) == 1 and kept <= set(ids)
        old, kept = new, set(ids)
    fresh = copy(root, tmp_path / "fresh")
    assert jianbao("build", "--root", fresh).returncode == 0
    assert tree(fresh / "articles") == tree(root / "articles")
    assert tree(fresh / "public") == tree(root / "public"), "and all that came of it is as from nothing"


def test_the_workers_of_a_killed_run_die_with_it(tmp_path: Path) -> None:
    code = (
        "import sys, time, os; sys.path.insert(0, sys.argv[1])\n"
        "from jianbao.work.workers import Processes\n"
        "def job(n):\n    open(f'{sys.argv[2]}/{os.getpid()}', 'w').close(); time.sleep(0.05); return n\n"
        "list(Processes(2, few=1).map(job, range(400)))\n"
    )
    source = str(Path(__file__).parents[1] / "src")
    process = subprocess.Popen([command()[0], "-c", code, source, str(tmp_path)])
    deadline = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))


def alive(process: int) -> bool:
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX"
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        return not Path("/proc").is_dir()
    return False


def test_a_kill_before_the_first_publication_leaves_no_site(tmp_path: Path) -> None:
    root = archive(tmp_path / "new", 30)
    chance = random.Random(1)
    for _ in range(4):
        run_and_kill(root, chance.uniform(0.1, 0.6), "build", "--no-search", "--jobs", "2")
        found = tree(root / "public")
        assert not found or "index.html" in found
    assert jianbao("build", "--root", root, "--no-search").returncode == 0
    fresh = copy(root, tmp_path / "fresh")
    assert jianbao("build", "--root", fresh, "--no-search").returncode == 0
    assert tree(root / "public") == tree(fresh / "public")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_is_status_130_and_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    root = archive(tmp_path / "a", 60)
    assert jianbao("build", "--root", root, "--no-search").returncode == 0
    site = tree(root / "public")
    write(root, {"templates/end.html": "<footer>新</footer>\n"})
    process = subprocess.Popen(
        command("build", "--root", str(root), "--no-search"),
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # not so below a shell's background job
    )
    time.sleep(0.45)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (0, 130) or process.returncode == -signal.SIGINT, said
    seen = tree(root / "public")
    assert jianbao("build", "--root", root, "--no-search").returncode == 0
    assert seen in (site, tree(root / "public")), "whole, also where it came after the two had changed places"
    assert "Traceback" not in said or process.returncode == -signal.SIGINT
