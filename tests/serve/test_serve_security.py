"""Each attack is tried against the running server; what it must not do is looked up on disk."""

from __future__ import annotations

import contextlib
import socket
from urllib.parse import quote

import pytest
from previewed import ARTICLES, FIRST, Running, path_of

from jianbao.serve.security import LARGEST_FORM, hosts

FOREIGN = "https://evil.example"


def untouched(served: Running) -> bool:
    return all(served.root.read(path_of(id_)) == text.encode() for id_, text in ARTICLES.items())


def test_it_listens_on_this_machine_only(served: Running) -> None:
    others = {str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in [*others, "127.0.0.2"]:
        with socket.socket() as probe, pytest.raises(OSError):
            probe.settimeout(2)
            probe.connect((address, served.port))


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost", "localhost.evil.example:{port}",
     "127.0.0.1:{port}.evil.example", "0.0.0.0:{port}", "127.1:{port}", "[::]:{port}", "",
     "127.0.0.1:{port}\nevil.example", "127.0.0.1:{port}@evil.example"],
)  # fmt: skip
def test_dns_rebinding(served: Running, host: str) -> None:
    """A foreign name that resolves to 127.0.0.1 gets nothing: no page, no form, no secret."""
    for path in ("/", f"/edit/{FIRST}", "/review/", "/_jianbao/events"):
        answer = served.ask("GET", path, {"Host": host.format(port=served.port)})
        assert answer.status in (400, 421)
        assert "token" not in answer.text and "灯塔" not in answer.text


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_own_names(served: Running, name: str) -> None:
    assert served.get("/", Host=f"{name}:{served.port}").status == 200
    assert {"localhost", "localhost:80"} <= hosts(80)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": FOREIGN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": FOREIGN},
        {"Origin": FOREIGN, "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "", "Sec-Fetch-Site": ""},
        {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost:{port}"},  # the page came from 127.0.0.1, so this is another site
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_cross_site_request_forgery(served: Running, headers: dict[str, str]) -> None:
    """Even a request that knows the secret is refused when it comes from another site."""
    form = served.form() | {"title": "被改"}
    answer = served.post(form, **{name: value.format(port=served.port) for name, value in headers.items()})
    assert answer.status == 403
    assert untouched(served)


@pytest.mark.parametrize("token", [None, "", "x", "X" * 43])
def test_the_secret_is_needed(served: Running, token: str | None) -> None:
    form = served.form() | {"title": "被改", "token": token}
    if token is None:
        del form["token"]
    answer = served.post(form)
    assert answer.status == 403
    assert "被改" in answer.text, "what the person wrote is handed back"
    assert untouched(served)


def test_the_secret_is_not_in_pages_of_the_archive(served: Running) -> None:
    token = served.form()["token"]
    assert len(token) >= 32
    for path in ("/", "/2023/05/06/01/01/", "/review/", "/_jianbao/live.js", "/nothing/"):
        assert token not in served.get(path).text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_only_posts_write(served: Running, method: str) -> None:
    answer = served.ask(method, f"/edit/{FIRST}", {"Origin": served.url}, b"title=x")
    assert answer.status in (400, 405)
    assert "access-control-allow-origin" not in answer.headers
    assert untouched(served)


def test_a_get_writes_nothing(served: Running) -> None:
    form = served.form()
    served.get(f"/edit/{FIRST}?title=x&digest={form['digest']}&token={form['token']}")
    assert untouched(served)
    for path in ("/", "/review/", "/_jianbao/live.js"):
        assert served.post({**form, "title": "x"}, id_=f"..{path}").status in (404, 405)
    assert untouched(served)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
def test_only_forms_are_taken(served: Running, kind: str) -> None:
    assert served.post(served.form() | {"title": "被改"}, Content_Type=kind).status == 415
    assert untouched(served)


def test_forms_are_limited(served: Running) -> None:
    form = served.form()
    assert served.post(form, Content_Length=str(LARGEST_FORM + 1)).status == 413
    with contextlib.suppress(ConnectionError):  # no browser sends this; hung up on, it is refused too
        assert served.post(form, Content_Length="x").status in (400, 413)
    many = {f"f{n}": "x" for n in range(5000)}
    assert served.post(form | many).status in (400, 413)
    assert untouched(served)


def test_a_form_too_large_is_answered_whatever_of_it_is_still_on_its_way(served: Running) -> None:
    """The server hung up amid the form; the browser then shows a lost connection instead of the answer."""
    form = served.form()
    for size in (LARGEST_FORM, 3 * LARGEST_FORM):
        answer = served.post(form | {"body": "x" * size})
        assert (answer.status, "提交的内容太大" in answer.text) == (413, True)
    assert served.post(form, Content_Length=str(LARGEST_FORM + 1), Expect="100-continue").status == 413
    assert untouched(served)


def test_a_form_that_does_not_say_its_size_is_limited(served: Running) -> None:
    head = (
        f"POST /edit/{FIRST} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nOrigin: {served.url}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"x" * 1_000_000
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
        sent = 0
        with contextlib.suppress(OSError):  # it may hang up, which is an answer too
            connection.sendall(head.encode() + b"5\r\nbody=\r\n")
            while sent < 4 * LARGEST_FORM:
                connection.sendall(b"%x\r\n" % len(chunk) + chunk + b"\r\n")
                sent += len(chunk)
            connection.sendall(b"0\r\n\r\n")
            assert b" 413 " in connection.recv(100)
    assert served.get("/").status == 200
    assert untouched(served)


@pytest.mark.parametrize(
    "path",
    ["/../site.yaml", "/..%2fsite.yaml", "/%2e%2e/site.yaml", "/%2e%2e%2fsite.yaml", "/static/../../site.yaml",
     "/static/..%2f..%2fsite.yaml", "/..%5csite.yaml", "//site.yaml", "/%2fetc/passwd", "//etc/passwd",
     "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/.jianbao-files", "/.jianbao/cache.sqlite",
     "/%00", "/index.html%00.png", "/static/outside.txt", "/_jianbao/../site.yaml", "/_jianbao/..%2fapp.py",
     "/_jianbao/run.py", "/_jianbao/%2e%2e%2fworker.py", "/edit/..%2f..%2fsite", "/edit/..%2fsite.yaml",
     "/edit/%2e%2e", "/_jianbao/digest/..%2f..%2fsite", "/articles/2023/2023-05-06-01-01.md", "/site.yaml"],
)  # fmt: skip
def test_no_way_out_of_the_published_folder(served: Running, path: str) -> None:
    link = served.root.folder / "public/static/outside.txt"
    if not link.is_symlink():
        link.symlink_to("/etc/passwd")
    try:
        answer = served.get(path)
    finally:
        link.unlink()
    assert answer.status in (308, 400, 404) or answer.text == ""
    assert "root:" not in answer.text and "sections:" not in answer.text and "编辑注" not in answer.text
    if answer.status == 308:
        assert not answer.headers["location"].startswith("//")


def test_redirects_stay_here(served: Running) -> None:
    """`//evil.example/2023` must not become a redirect to another host."""
    assert served.get("/2023").headers["location"] == "/2023/"
    for path in ("//evil.example/2023", "//2023", "/%2f2023", "/\\2023", "///2023"):
        location = served.get(path).headers.get("location", "/")
        assert location.startswith("/") and not location.startswith(("//", "/\\"))


def test_no_listing_of_folders(served: Running) -> None:
    for path in ("/static/", "/static", "/2023/05/06/01/01/x/"):
        answer = served.get(path)
        assert answer.status == 404
        assert "没有这一页" in answer.text and "search.js" not in answer.text


@pytest.mark.parametrize(
    "path", ["/", f"/edit/{FIRST}", "/edit/nothing", "/review/", "/static/site.css", "/_jianbao/live.js", "/x", "/2023"]
)
def test_every_answer_has_its_headers(served: Running, path: str) -> None:
    headers = served.get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_refusals_have_them_too(served: Running) -> None:
    for answer in (served.get("/", Host="evil.example"), served.post({}, Origin=FOREIGN)):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 200),
    ],
)
def test_other_sites_may_link_here_and_nothing_else(served: Running, headers: dict[str, str], status: int) -> None:
    """Scripts, frames and fetches of another site get nothing; a link that the person follows works."""
    assert served.ask("GET", "/_jianbao/live.js", headers).status == status


def test_what_articles_say_is_shown_as_text(served: Running) -> None:
    for path in ("/edit/2023-05-07-01-01", "/review/", "/edit/2023-05-07-01-01?raw=1"):
        text = served.get(path).text
        assert "&lt;script&gt;alert(1)" in text and "<script>alert(1)" not in text
    missing = served.get("/edit/" + quote("<img src=x onerror=alert(1)>")).text
    assert "<img" not in missing and "&lt;img" in missing
    assert "<svg" not in served.get("/edit/2023-05-07-01-01?saved=<svg>").text
