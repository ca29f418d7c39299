"""Starting and ending: the port, the first build, the server with its watcher, Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from jianbao.build import Options
from jianbao.folder.store import Root
from jianbao.problems import Language, Problem
from jianbao.serve.app import make_app
from jianbao.serve.live import Hub
from jianbao.serve.watcher import Rebuilder, watch
from jianbao.serve.worker import Builder

ADDRESS = "127.0.0.1"  # never another: whoever reaches the server can write articles


def listen(port: int) -> socket.socket:
    """The port, taken before anything else is done; OSError that names it where another program has it."""
    if not 0 <= port <= 65535:
        raise OSError(errno.EINVAL, "0–65535", f"--port {port}")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # to be free again at once after a restart; on Windows it would let two share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
        listener.listen(128)
    except OSError as failure:
        listener.close()
        raise OSError(failure.errno, failure.strerror, f"{ADDRESS}:{port}") from failure
    return listener


class Preview:
    """The server of one archive: `run` returns when it is stopped. `tell` hears what is wrong after each build."""

    def __init__(
        self, root: Root, options: Options, language: Language, tell: Callable[[Iterable[Problem]], None]
    ) -> None:
        self.root, self.options, self.language, self.tell = root, options, language, tell
        self.builder = Builder(root.folder, options)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.hub: Hub | None = None
        self._server: _Server | None = None

    def run(self, listener: socket.socket, ready: Callable[[], None]) -> None:
        """Serve on the listening socket until Ctrl-C; `ready` is called once pages can be asked for."""
        try:
            asyncio.run(self._run(listener, ready))
        finally:
            self.builder.stop()

    async def _run(self, listener: socket.socket, ready: Callable[[], None]) -> None:
        hub = self.hub = Hub()
        self._loop = asyncio.get_running_loop()
        port = int(listener.getsockname()[1])
        out = self.options.out or self.root.folder / "public"
        app = make_app(self.root, out, port, self.language, hub)
        self._server = _Server(app, self._stopping)
        async with self._working(hub):
            task = asyncio.create_task(self._server.serve([listener]))
            while not (self._server.started or task.done()):
                await asyncio.sleep(0.01)
            ready()
            await task

    @contextlib.asynccontextmanager
    async def _working(self, hub: Hub) -> AsyncIterator[None]:
        """The watcher and the builds, as long as the server runs."""
        rebuilder = Rebuilder(self.builder, hub, self.tell)
        rebuilder.want()  # what was saved since the first build; and the process is warm for the next
        tasks = [
            asyncio.create_task(rebuilder.run()),
            asyncio.create_task(watch(self.root.folder, rebuilder.want)),
        ]
        for task in tasks:  # neither ever ends by itself: a server that sees no saves must not go on as if it did
            task.add_done_callback(lambda _: self.stop())
        try:
            yield
        finally:
            self.builder.stop()
            for task in tasks:
                task.cancel()
            for ended in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(ended, Exception):
                    raise ended

    def stop(self) -> None:
        """Stop serving; from any thread."""
        if self._server is not None:
            self._server.handle_exit(0, None)

    def _stopping(self) -> None:
        if self.hub is not None and self._loop is not None and not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self.hub.close(), self._loop)


class _Server(uvicorn.Server):
    """uvicorn, quiet, that ends the streams of events before it waits for connections to close."""

    def __init__(self, app: ASGIApp, stopping: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                ws="none",
                lifespan="off",
                log_level="error",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=1,
                h11_max_incomplete_event_size=65_536,
            )
        )
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal, or `stop`."""
        if sig:
            super().handle_exit(sig, frame)
        self.should_exit = True
        self._stopping()


def open_browser(url: str) -> None:
    """Open the site in the person's browser, if there is one."""
    with contextlib.suppress(webbrowser.Error, OSError):
        webbrowser.open(url)
