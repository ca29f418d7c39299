"""The acceptance of corrections, on pages made from the shared corpus: nothing lost, nothing moved, all told.

benchmarks/corrections.py does the same with 1,000 articles.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from desk import CONFIG, Desk

from jianbao.articles.importer import import_scans

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "news-10k.jsonl.xz"


@pytest.fixture(scope="module")
def corrections() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corrections", ROOT / "benchmarks" / "corrections.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["corrections"] = module
    spec.loader.exec_module(module)
    return module


def test_the_corpus_was_found() -> None:
    assert CORPUS.is_file(), "../shared/corpus is needed"


def test_no_edit_is_lost_when_all_is_read_anew(corrections: ModuleType, tmp_path: Path) -> None:
    outcome = corrections.run(tmp_path, 48, CORPUS)
    assert outcome.articles >= 44
    assert outcome.edits == outcome.articles * 18
    assert outcome.lost == []
    assert outcome.moved_ids == 0
    assert outcome.missing_conflicts == []
    assert outcome.expected_conflicts > outcome.articles * 8
    assert outcome.taken > outcome.articles * 2
    assert outcome.second_run == 0


IMPORT = """
import os, sys
from pathlib import Path
os.sync = lambda: None  # a kill leaves what was written; only a power cut would not
from jianbao.articles.importer import import_scans
from jianbao.config import Config
from jianbao.folder.store import Root
print("go", flush=True)
import_scans(Root(Path(sys.argv[1])), Config("x"), known_names={}, again=True)
"""


def test_killed_at_any_moment_an_import_loses_and_doubles_nothing(corrections: ModuleType, tmp_path: Path) -> None:
    whole, torn = tmp_path / "whole", tmp_path / "torn"
    for folder in (whole, torn):
        corrections.write_pages(folder, 36, CORPUS)
    import_scans(Desk(whole).root, CONFIG, known_names={})
    random = Random(7)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", IMPORT, str(torn)], env=environment, stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(random.uniform(0.0, 0.8))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for path in torn.rglob("*.md"):  # every article is whole
            assert path.read_bytes() == (whole / path.relative_to(torn)).read_bytes()
    import_scans(Desk(torn).root, CONFIG, known_names={})
    contents = {path: data for path, data in Desk(torn).bytes().items() if not path.endswith(".tmp")}
    assert contents == Desk(whole).bytes()


def test_killed_while_merging(corrections: ModuleType, tmp_path: Path) -> None:
    """The same with corrected articles and changed scans: the interrupted import ends as the undisturbed one."""
    whole, torn = tmp_path / "whole", tmp_path / "torn"
    for folder in (whole, torn):
        corrections.write_pages(folder, 36, CORPUS)
        import_scans(Desk(folder).root, CONFIG, known_names={})
        for number, path in enumerate(sorted(folder.rglob("*.md"))):
            if number % 3 == 0:
                path.write_bytes(path.read_bytes().replace("的".encode(), "的编".encode(), 1))
        for path in sorted(folder.rglob("*.txt")):
            path.write_text(path.read_text("utf-8").replace("了", "了更", 3), "utf-8")
    import_scans(Desk(whole).root, CONFIG, known_names={}, again=True)
    random = Random(11)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", IMPORT, str(torn)], env=environment, stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(random.uniform(0.0, 0.8))
        process.kill()
        process.wait()
        process.stdout.close()
    import_scans(Desk(torn).root, CONFIG, known_names={}, again=True)
    articles = {path: data for path, data in Desk(torn).bytes().items() if path.endswith(".md")}
    assert articles == {path: data for path, data in Desk(whole).bytes().items() if path.endswith(".md")}
