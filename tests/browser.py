"""Real browsers for tests: Chromium through Playwright, Firefox through WebDriver BiDi, and a folder over http.

Fixtures made of these stand in conftest.py: `chromium`, `tab`, `firefox`.
"""

from __future__ import annotations

import functools
import http.server
import itertools
import json
import os
import queue
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright
from websockets.sync.client import connect

HEADLESS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


def find_browser(*names: str, package: str) -> str:
    """The program's path. Missing: a failure under CI=true, elsewhere a skip that says how to get it."""
    for name in names:
        if found := shutil.which(name):
            return found
    advice = f"没有找到 {names[0]}：请运行 apt-get install {package} (install it to run the browser tests)"
    if os.environ.get("CI") == "true":
        pytest.fail(advice)
    pytest.skip(advice)


def launch_chromium(playwright: Playwright) -> Browser:
    """Debian's Chromium, headless."""
    program = find_browser("chromium", "chromium-browser", "google-chrome", package="chromium")
    return playwright.chromium.launch(executable_path=program, args=HEADLESS)


@dataclass
class Served:
    """A folder on 127.0.0.1: `url` ends in a slash; `requests` are the paths asked for, `sent` the bytes of bodies."""

    url: str
    requests: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    sent: int = 0


@contextmanager
def serve(folder: Path, prefix: str = "") -> Iterator[Served]:
    """Serve a folder, as if it lay below `prefix` (`a/b/`) of the site; no address outside the folder answers."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            served.requests.append(self.path)
            if not self.path.startswith("/" + prefix):
                self.send_error(404)
                return
            self.path = "/" + self.path[1 + len(prefix) :]
            super().do_GET()

        def send_error(self, code: int, *rest: Any, **more: Any) -> None:
            served.missing.append(f"{code} {self.path}")
            super().send_error(code, *rest, **more)

        def copyfile(self, source: Any, outputfile: Any) -> None:
            data = source.read()
            served.sent += len(data)
            outputfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        served = Served(f"http://127.0.0.1:{server.server_address[1]}/{prefix}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Tab:
    """A page with what went wrong in it: console errors, uncaught exceptions, requests to other hosts."""

    page: Page
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def watch(self) -> Tab:
        """Begin to listen."""
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))
        self.page.on("request", lambda r: self._request(r.url))
        return self

    def _request(self, url: str) -> None:
        if not re.match(r"file:|data:|blob:|about:|https?://(127\.0\.0\.1|localhost)[:/]", url):
            self.elsewhere.append(url)


class Firefox:
    """Debian's Firefox over WebDriver BiDi: enough to open pages, run scripts in them and press keys."""

    def __init__(self, program: str) -> None:
        self._profile = tempfile.mkdtemp(prefix="jianbao-firefox-")
        quiet = ["app.update.enabled", "datareporting.policy.dataSubmissionEnabled", "browser.aboutwelcome.enabled"]
        prefs = "".join(f'user_pref("{name}", false);\n' for name in quiet)
        Path(self._profile, "user.js").write_text(prefs + 'user_pref("network.proxy.type", 0);\n', encoding="utf-8")
        self._process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", self._profile],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "MOZ_HEADLESS": "1", "HOME": self._profile},
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._drain, daemon=True)
        self._reader.start()
        self._numbers = itertools.count(1)
        self.errors: list[str] = []
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(self._address() + "/session", max_size=None, proxy=None))
        self._send("session.new", {"capabilities": {}})
        self._send("session.subscribe", {"events": ["log.entryAdded"]})
        self.context = self._send("browsingContext.getTree", {})["contexts"][0]["context"]

    def _drain(self) -> None:
        assert self._process.stderr
        for line in self._process.stderr:
            self._lines.put(line)

    def _address(self) -> str:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                line = self._lines.get(timeout=1)
            except queue.Empty:
                continue
            if match := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                return match[1]
        raise TimeoutError("Firefox did not open its BiDi port")

    def _send(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=60))
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.errors.append(str(message["params"].get("text")))
            if message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{message['error']}: {message['message']}")
                return message["result"]

    def open(self, url: str) -> None:
        """Go to an address and wait until it has loaded."""
        self.errors.clear()
        self._send("browsingContext.navigate", {"context": self.context, "url": url, "wait": "complete"})

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression (a promise is awaited), by way of JSON."""
        answer = self._send(
            "script.evaluate",
            {
                "expression": f"Promise.resolve({expression}).then(value => JSON.stringify(value ?? null))",
                "target": {"context": self.context},
                "awaitPromise": True,
            },
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def wait(self, condition: str, seconds: float = 15) -> None:
        """Until the expression is true."""
        deadline = time.monotonic() + seconds
        while not self.run(condition):
            if time.monotonic() > deadline:
                raise TimeoutError(condition)
            time.sleep(0.05)

    def keys(self, text: str) -> None:
        """Press the keys of a text (or a single WebDriver key such as `\\ue007` for Enter)."""
        actions = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self._send("input.performActions", {"context": self.context, "actions": [source]})

    def close(self) -> None:
        """End the session, the process and its profile."""
        try:
            self._open.close()
        finally:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._reader.join(5)
            if self._process.stderr:
                self._process.stderr.close()
            shutil.rmtree(self._profile, ignore_errors=True)
