"""An archive of four invented articles under a running preview, and requests to it as raw as an attacker's."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlencode

from jianbao.articles.merge import Conflict
from jianbao.articles.record import Reading, Record, to_json
from jianbao.build import Options, build
from jianbao.doubts import Doubt, Why
from jianbao.folder.store import Root
from jianbao.problems import Language
from jianbao.serve.run import Preview, listen

FIRST = "2023-05-06-01-01"
SCAN = """青屿晚报　2023年5月6日　星期六　第01版 要闻
渔港新灯塔点亮
本报记者 乔木
昨晚七时，渔港的新灯塔第一次
亮起，港内二十条船一齐鸣笛。
守塔人说，灯光可照十二海里。
菜市场改造完工
记者 闻笛
改造后的菜市场今天开门，摊位
比从前多了一倍。
"""
ARTICLES = {
    FIRST: (
        "---\n# 编辑注：此篇已与作者核对过姓名\n"
        f'id: {FIRST}\ntitle: "渔港新灯塔点亮"   # 主题\n'
        "reporter:\n  - 本报记者 乔木\ndate: 2023-05-06\nsection: 要闻\npage: 1\nlaiyuan: 自留栏\n"
        "source: scans/2023-05-06/01.txt#L2-L6\nreview: [title, reporter]\n---\n\n"
        "昨晚七时，渔港的新灯塔第一次亮起，港内二十条船一齐鸣笛。\n\n\n守塔人说，灯光可照十二海里。\n"
    ),
    "2023-05-06-01-02": (
        "---\nid: 2023-05-06-01-02\ntitle: 菜市场改造完工\nreporter: [闻笛]\ndate: 2023-05-06\nsection: 要闻\npage: 1\n"
        "source: scans/2023-05-06/01.txt#L7-L10\n---\n\n改造后的菜市场今天开门，摊位比从前多了一倍。\n"
    ),
    "2023-05-06-02-01": (
        "---\r\nid: 2023-05-06-02-01\r\ntitle: 小学运动会落幕\r\ndate: 2023-05-06\r\nsection: 文教\r\npage: 2\r\n"
        "---\r\n\r\n全校十六个班参加，接力赛最受欢迎。\r\n"
    ),
    "2023-05-07-01-01": (
        "---\nid: 2023-05-07-01-01\ntitle: <script>alert(1)</script>夜市开张\ndate: 2023-05-07\n"
        "section: 要闻\npage: 1\nreview: [date]\n---\n\n河边的夜市昨晚开张。\n"
    ),
}


def path_of(id_: str = FIRST) -> str:
    return f"articles/2023/{id_}.md"


def write_archive(folder: Path) -> Root:
    root = Root(folder)
    root.write("site.yaml", "title: 青屿晚报\nsections: [要闻, 文教]\n".encode())
    for id_, text in ARTICLES.items():
        root.write(path_of(id_), text.encode())
    scan = SCAN.encode()
    root.write("scans/2023-05-06/01.txt", scan)
    machine = (
        Reading(
            {"title": "渔港新灯塔点亮", "reporter": ("本报记者 乔林",)},
            ("昨晚七时，渔港的新灯塔第一次亮起，港内二十条船一齐鸣笛。", "守塔人说，灯光可照十二海里。"),
            (Doubt("title", Why.AS_TOLD, 0.1, ("标题与下一行难分",)),),
            FIRST,
            (Conflict("reporter", "本报记者 乔木", "本报记者 乔林"),),
        ),
        Reading({"title": "菜市场改造完工"}, ("改造后的菜市场今天开门，摊位比从前多了一倍。",), (), "2023-05-06-01-02"),
    )
    record = Record(blake2b(scan, digest_size=16).hexdigest(), "2023-05-06", machine)
    root.write("scans/2023-05-06/01.parsed.json", to_json(record).encode())
    return root


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Running:
    """A preview in a thread of this process; requests are sent byte for byte as given."""

    root: Root
    port: int
    preview: Preview
    said: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """One request; without a Host header of its own it gets the right one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": f"127.0.0.1:{self.port}", **(headers or {})}.items():
                for one in value.split("\n"):
                    connection.putheader(name, one)
            if body is not None and not {"Content-Length", "Transfer-Encoding"} & set(headers or {}):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            made = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, "")
            made.text = answer.read().decode("utf-8", "replace")
            return made
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def form(self, id_: str = FIRST) -> dict[str, str]:
        """The fields of an article's form as a browser would send them back."""
        import html5lib

        tree = html5lib.parse(self.get(f"/edit/{id_}").text, namespaceHTMLElements=False)
        sent: dict[str, str] = {}
        for node in tree.find(".//form").iter():
            name, kind = node.get("name"), node.get("type")
            if not name or node.tag == "button" or (kind == "checkbox" and node.get("checked") is None):
                continue
            if node.tag == "textarea":
                sent[name] = (node.text or "").replace("\n", "\r\n")
            elif node.tag == "select":
                sent[name] = next((o.get("value") for o in node.iter("option") if o.get("selected") is not None), "")
            else:
                sent[name] = node.get("value") or ""
        return sent

    def post(self, fields: Mapping[str, object], id_: str = FIRST, **headers: str) -> Answer:
        """The form as the browser's own page sends it, unless `headers` say otherwise."""
        usual = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.url,
            "Sec-Fetch-Site": "same-origin",
        }
        usual |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(
            "POST", f"/edit/{id_}", {k: v for k, v in usual.items() if v}, urlencode(fields, doseq=True).encode()
        )

    def file(self, id_: str = FIRST) -> str:
        return self.root.read(path_of(id_)).decode()

    def wait_for_builds(self, number: int) -> None:
        """Until so many builds have ended."""
        deadline = time.monotonic() + 60
        while self.preview.hub is None or self.preview.hub.state.builds < number:
            assert time.monotonic() < deadline, "no build ended"
            time.sleep(0.01)

    def settle(self) -> None:
        """Until everything saved so far has been built."""
        assert self.preview.hub is not None
        quiet, deadline = 0, time.monotonic() + 60
        while quiet < 30:
            assert time.monotonic() < deadline, "it never stops building"
            quiet = quiet + 1 if self.preview.hub.begun == self.preview.hub.state.builds else 0
            time.sleep(0.01)

    def restore(self) -> None:
        """Every article as it was first written."""
        for id_, text in ARTICLES.items():
            self.root.write(path_of(id_), text.encode())


@contextmanager
def previewed(root: Root, language: Language = "zh") -> Iterator[Running]:
    """Build the archive and serve it."""
    options = Options(jobs=1, keep_going=True)
    build(root, options)
    preview = Preview(root, options, language, lambda _: None)
    ready = threading.Event()
    with listen(0) as listener:
        port = int(listener.getsockname()[1])
        thread = threading.Thread(target=preview.run, args=(listener, ready.set))
        thread.start()
        try:
            assert ready.wait(30), "the preview did not start"
            running = Running(root, port, preview)
            running.wait_for_builds(1)  # the process that builds has started
            yield running
        finally:
            preview.stop()
            thread.join(20)
            assert not thread.is_alive(), "the preview did not stop"
