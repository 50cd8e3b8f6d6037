"""Who may talk to the desk, tried over real sockets with requests that a browser, a rebound name or a script would send."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.preview.desks import Desk, lay_out, served

HEADERS = {
    "content-security-policy": "default-src 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for this module."""
    with served(lay_out(tmp_path_factory.mktemp("guard") / "report")) as served_:
        yield served_


def asked(desk: Desk, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes and return the answer's code, headers and body."""
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
        line.sendall(request)
        got = b""
        try:
            while piece := line.recv(65536):
                got += piece
        except ConnectionResetError:
            pass
    head, _, body = got.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
    return int(first.split()[1]), headers, body


def request(desk: Desk, target: str, *lines: str, method: str = "GET", host: str = "", body: bytes = b"") -> bytes:
    """Return a request as it goes over the line."""
    head = [f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{desk.port}'}", "Connection: close", *lines]
    if body:
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


def home(desk: Desk) -> str:
    """Return the path below which the desk answers."""
    return f"/{desk.token}/"


def is_refused(answer: tuple[int, dict[str, str], bytes], *codes: int) -> None:
    """Hold that nothing of the report was told, and all headers were sent."""
    code, headers, body = answer
    assert code in codes
    assert body in (b"", b"Not Found", b"Method Not Allowed")
    for name, value in HEADERS.items():
        assert headers.get(name, "").startswith(value), name


def test_the_desks_own_page_is_answered(desk: Desk) -> None:
    """What a browser sends that was given the address is let through, by either name of this computer."""
    for host in (f"127.0.0.1:{desk.port}", f"localhost:{desk.port}"):
        code, headers, body = asked(desk, request(desk, home(desk), "Sec-Fetch-Site: none", host=host))
        assert code == 200
        assert b"<html" in body
        for name, value in HEADERS.items():
            assert headers.get(name, "").startswith(value), name
    assert asked(desk, request(desk, f"{home(desk)}view", "Sec-Fetch-Site: same-origin"))[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.evil.example",
        "0.0.0.0:{port}",
        "127.0.0.2:{port}",
        "LOCALHOST.:{port}",
        " ",
    ],
)
def test_a_name_of_the_web_that_leads_here_is_refused(desk: Desk, host: str) -> None:
    """DNS rebinding: the page is asked for under another name, even with the right secret."""
    is_refused(asked(desk, request(desk, f"{home(desk)}view", host=host.format(port=desk.port))), 421, 400)


def test_a_request_without_a_name_is_refused(desk: Desk) -> None:
    """HTTP/1.0 knows no Host."""
    code, _, body = asked(desk, f"GET {home(desk)}view HTTP/1.0\r\n\r\n".encode())
    assert code in (400, 421)
    assert b"rows" not in body


@pytest.mark.parametrize(
    "line",
    [
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: https://127.0.0.1:{port}",
        "Origin: http://127.0.0.1:1",
        "Origin: http://127.0.0.1:{port}.evil.example",
        "Origin:",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: odd",
    ],
)
def test_a_page_of_others_is_refused(desk: Desk, line: str) -> None:
    """A page of the web, or of another program on this computer, may neither read nor write, even with the secret."""
    header = line.format(port=desk.port)
    is_refused(asked(desk, request(desk, f"{home(desk)}view", header)), 403)
    body = json.dumps({"place": "x", "text": "y"}).encode()
    is_refused(
        asked(
            desk,
            request(desk, f"{home(desk)}comments", header, "Content-Type: application/json", method="POST", body=body),
        ),
        403,
    )
    assert not (desk.path / "comments.yaml").exists()


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/view",
        "//view",
        "/x/view",
        "/{token}x/view",
        "/{short}/view",
        "/../{token}/view",
        "/%2e%2e/{token}/view",
        "/./{token}/view",
        "/?{token}",
        "/preview.css",
        "*",
        "/\u00e9/view",
        "/%ff/view",
    ],
)
def test_without_the_secret_nothing_is_told(desk: Desk, target: str) -> None:
    """A wrong, cut, lengthened or misplaced secret is met with the same silence."""
    path = target.format(token=desk.token, short=desk.token[:-1])
    method = "OPTIONS" if target == "*" else "GET"
    code, _, body = asked(desk, request(desk, path, method=method))
    assert code in (400, 404)
    assert desk.token.encode() not in body
    assert b"Small report" not in body
    if "\u00e9" not in target:
        is_refused((code, asked(desk, request(desk, path, method=method))[1], body), 404)


@pytest.mark.parametrize(
    "name",
    [
        "../preview.js",
        "..%2f..%2fsubmission.js",
        "%2e%2e/%2e%2e/etc/passwd",
        "pages/..%2f..%2fsubmission.pdf",
        "pages/en.pdf",
        "desk.html.j2",
        "words.js",
        "view/",
        "report.css/x",
        "\x00",
        "%00.js",
    ],
)
def test_the_address_leads_to_no_file(desk: Desk, name: str) -> None:
    """Only the desk's own few names are answered; none is made a path of."""
    code, _, body = asked(desk, request(desk, home(desk) + name.replace("\x00", "%00")))
    assert code in (404, 307)
    assert body in (b"", b"Not Found")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST", "PROPFIND"])
def test_other_methods_are_refused(desk: Desk, method: str) -> None:
    """What only reads is only read; no answer to a preflight lets a page of others in."""
    answer = asked(desk, request(desk, f"{home(desk)}view", method=method))
    is_refused(answer, 405)
    assert "access-control-allow-origin" not in answer[1]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_form_can_write_no_comment(desk: Desk, kind: str) -> None:
    """A form of a page of others sends no JSON by itself; a browser that sends no ``Origin`` is not trusted either."""
    body = json.dumps({"place": "untoc-5-finding-1", "text": "y"}).encode()
    line = [f"Content-Type: {kind}"] if kind else []
    code, _, _ = asked(desk, request(desk, f"{home(desk)}comments", *line, method="POST", body=body))
    assert code == 400
    assert not (desk.path / "comments.yaml").exists()


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{",
        b'"x"',
        b"\xff",
        b"[" * 90_000,
        b'{"text": "' + b"x" * 200_000 + b'"}',
        b'{"name": {"a": 1}}',
        b'{"place": 5, "text": null}',
        b'{"name": "../x"}',
    ],
)
def test_odd_bodies_are_refused_and_the_desk_lives(desk: Desk, body: bytes) -> None:
    """Huge, deep, broken or of another kind: an answer, no fault, and the next request is served."""
    code, _, _ = asked(
        desk, request(desk, f"{home(desk)}comments", "Content-Type: application/json", method="POST", body=body)
    )
    assert code in (400, 409)
    assert not (desk.path / "comments.yaml").exists()
    assert desk.view()["rows"]


def test_it_listens_on_this_computer_only(desk: Desk) -> None:
    """Nobody in the same network can reach it: its one socket is bound to 127.0.0.1."""
    inodes = set()
    for link in Path(f"/proc/{desk.process.pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            kind, _, name = link.readlink().name.partition("[")
            if kind == "socket:":
                inodes.add(name.rstrip("]"))
    listening = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                listening.append(fields[1])
    assert listening == [f"0100007F:{desk.port:04X}"]


def test_two_desks_have_two_secrets(desk: Desk, tmp_path: Path) -> None:
    """The secret is long and new every time."""
    with served(lay_out(tmp_path / "other")) as other:
        assert other.token != desk.token
        assert len(other.token) >= 32
        assert asked(other, request(other, f"/{desk.token}/view"))[0] == 404


def test_a_taken_port_is_told(desk: Desk, tmp_path: Path) -> None:
    """The command ends with a sentence, not a traceback."""
    import subprocess
    import sys

    told = subprocess.run(
        [sys.executable, "-m", "reportgen", "--lang", "en", "preview", str(lay_out(tmp_path / "r")), "--no-open", "--port", str(desk.port)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert told.returncode == 2
    assert told.stderr.strip() == f"Port {desk.port} is taken. Choose another, or leave it to the program."
