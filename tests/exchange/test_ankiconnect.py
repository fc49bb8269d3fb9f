"""Pushing to a running Anki: a server with AnkiConnect's protocol and a real collection behind it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from exchange.backend import Anki
from support import World

from interviewprep.errors import ExchangeError
from interviewprep.exchange.anki.export import export_package
from interviewprep.exchange.ankiconnect import Pushed, push
from interviewprep.study.selection import Selection


class Handler(BaseHTTPRequestHandler):
    """The three actions that are used, as AnkiConnect has them."""

    anki: Anki
    asked: list[str]

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(request["action"])
        try:
            answer = {"result": self.act(request["action"], request["params"]), "error": None}
        except Exception as error:
            answer = {"result": None, "error": str(error)}
        self.reply(json.dumps(answer).encode())

    def act(self, action: str, params: dict[str, str]) -> object:
        if action == "version":
            return 6
        if action == "findNotes":
            return list(self.anki.collection.find_notes(params["query"]))
        assert action == "importPackage"
        assert Path(params["path"]).is_absolute()
        self.anki.take(Path(params["path"]))
        return True

    def reply(self, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server on this machine; gives its address."""
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def package(world: World, tmp_path: Path) -> Path:
    """The small library as a package."""
    world.clock.now = datetime.now(UTC)
    desk = world.desk()
    path = tmp_path / "a.apkg"
    export_package(desk, path, Selection(), with_progress=True, as_one=False)
    desk.close()
    return path


def test_notes_are_added_once_and_by_anki_itself(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # must not be asked

    class Real(Handler):
        anki = Anki.open(tmp_path / "anki")
        asked: list[str] = []  # noqa: RUF012 - one server, one test

    with serving(Real) as address:
        assert push(package, address=address) == Pushed(added=5, total=5)
        assert push(package, address=address) == Pushed(added=0, total=5)
    assert Real.asked[:4] == ["version", "findNotes", "importPackage", "findNotes"]
    assert Real.anki.one("select count(*) from notes") == 5
    Real.anki.close()


def test_no_anki_is_said_clearly(package: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(ExchangeError, match="No Anki with AnkiConnect") as caught:
        push(package, address=f"http://127.0.0.1:{port}")
    assert "2055492159" in caught.value.hint


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (b"<html>", 200, "not AnkiConnect"),
        (b"[1, 2]", 200, "not AnkiConnect"),
        (b"{}", 404, "not AnkiConnect"),
        (b'{"result": 4, "error": null}', 200, "version 4"),
        (b'{"result": null, "error": "valid api key must be provided"}', 200, "valid api key"),
    ],
)
def test_strange_answers_are_said_clearly(package: Path, body: bytes, status: int, message: str) -> None:
    class Strange(Handler):
        def do_POST(self) -> None:
            self.reply(body, status)

    with serving(Strange) as address, pytest.raises(ExchangeError, match=message):
        push(package, address=address)


def test_an_anki_without_a_profile_is_said_clearly(package: Path) -> None:
    class Closed(Handler):
        asked: list[str] = []  # noqa: RUF012

        def act(self, action: str, params: dict[str, str]) -> object:
            return {"version": 6, "findNotes": [], "importPackage": False}[action]

    with serving(Closed) as address, pytest.raises(ExchangeError, match="no collection open"):
        push(package, address=address)
