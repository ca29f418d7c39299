"""What open pages are told, drafts and builds in any order; starting, and ending within a second."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from previewed import path_of, write_archive

import jianbao
from jianbao.problems import error, warning
from jianbao.serve.live import Hub, edit_address
from jianbao.serve.run import listen

BROKEN = error(path_of(), 7, 7, "错", "wrong")
ODD = warning(path_of(), 9, 1, "怪", "odd")


def alone(story: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a thread of its own: the browsers of other tests keep a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


def test_a_build_takes_back_only_the_drafts_it_has_seen() -> None:
    async def story() -> None:
        hub = Hub()
        hub.begin()
        await hub.tell_draft(1, frozenset({path_of()}), {"a": b"1"}, ())
        await hub.tell_draft(2, frozenset({path_of()}), {"b": b"2"}, ())  # saved while build 1 runs
        before = hub.state.version
        await hub.tell((), changed=False)
        assert (hub.draft("a"), hub.draft("b")) == (None, b"2")
        assert hub.state.version != before, "pages of the drafts that went must look again"
        hub.begin()
        await hub.tell((), changed=True)
        assert hub.draft("b") is None
        await hub.tell_draft(2, frozenset({path_of()}), {"b": b"late"}, (BROKEN,))
        assert hub.draft("b") is None and hub.state.problems == (), "its build has ended already"

    alone(story())


def test_a_draft_says_faults_at_once_and_takes_back_mended_ones() -> None:
    async def story() -> None:
        hub = Hub()
        await hub.tell((ODD,), changed=False)
        await hub.tell_draft(1, frozenset({path_of()}), {}, (BROKEN, ODD))
        assert hub.state.problems == (BROKEN, ODD)
        await hub.tell_draft(1, frozenset({path_of()}), {}, ())
        assert hub.state.problems == (ODD,), "a warning may come from the whole archive: the build decides"

    alone(story())


def test_streams_end_when_the_server_stops() -> None:
    async def story() -> list[bytes]:
        hub = Hub()
        told: list[bytes] = []

        async def hear() -> None:
            async for part in hub.events():
                told.append(part)

        task = asyncio.create_task(hear())
        await asyncio.sleep(0.01)
        await hub.tell((BROKEN,), changed=True)
        await asyncio.sleep(0.01)
        await hub.close()
        await asyncio.wait_for(task, 1)
        return told

    told = alone(story())
    assert [part.split(b"\n")[0] for part in told] == [b"retry: 500", b"event: state", b"event: state"]
    assert "错".encode() in told[2]


def test_only_articles_have_a_form() -> None:
    assert edit_address(path_of()) == "/edit/2023-05-06-01-01"
    assert edit_address("templates/article.html") == edit_address("articles/x.md") == ""


def test_a_taken_port_is_named() -> None:
    with listen(0) as first:
        port = first.getsockname()[1]
        with pytest.raises(OSError) as failure:
            listen(port)
    assert failure.value.filename == f"127.0.0.1:{port}"


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_ends_it_cleanly_with_pages_open(tmp_path: Path) -> None:
    """Status 130, no traceback, nothing left running."""
    root = write_archive(tmp_path)
    source = str(Path(jianbao.__file__).parents[1])
    command = [sys.executable, "-m", "jianbao", "serve", "--root", str(root.folder), "--port", "0", "--jobs", "1"]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": source, "LANG": "zh_CN.UTF-8"},
        # a shell lets what it starts in the background ignore Ctrl-C, and that is handed down to here
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr
    said = ""
    while "预览 http://127.0.0.1:" not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    port = int(said.rsplit("预览 http://127.0.0.1:", 1)[1].split("/")[0])
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/_jianbao/events")
    stream = connection.getresponse()
    assert stream.readline() == b"retry: 500\n"
    # What is wrong after a save is said at the terminal, too, and when it is mended.
    article = root.folder / path_of()
    whole = article.read_text("utf-8")
    article.write_text(whole.replace("date: 2023", "date: 20x3"), "utf-8")
    assert f"{path_of()}:" in process.stderr.readline()
    article.write_text(whole, "utf-8")
    assert process.stderr.readline() == "没有错误了。\n"
    process.send_signal(signal.SIGINT)
    rest = process.stderr.read()
    status = process.wait(30)
    connection.close()
    process.stderr.close()
    assert (status, rest) == (130, "已中断\n")
