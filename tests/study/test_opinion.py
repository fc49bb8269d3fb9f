"""The second opinion, against a real HTTP server that speaks the chat protocol."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from chat_server import ChatServer, chat_server
from support import World

from interviewprep.cards.model import KeyPoint, Misconception, QaCard
from interviewprep.errors import OpinionError, SettingsError
from interviewprep.settings import Settings
from interviewprep.study.opinion import (
    LanguageModel,
    Opinion,
    key_of,
    language_model,
    preview,
    second_opinion,
    warning,
)

CARD = QaCard(
    id="sgd",
    question="What is SGD?",
    short="A step against the gradient of a mini-batch.",
    key_points=(
        KeyPoint(id="batch", text="random mini-batch"),
        KeyPoint(id="against", text="steps against it"),
    ),
    misconceptions=(Misconception(id="noise", wrong="It adds noise.", why="It samples."),),
)
ANSWER = "A small random subset, then downhill."


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server() as found:
        yield found


def model_of(server: ChatServer) -> LanguageModel:
    found = language_model(Settings(llm={"url": server.url, "model": "tiny"}))
    assert found is not None
    return found


def test_the_model_is_asked_for_ticks(server: ChatServer) -> None:
    server.says('{"said": ["batch", "against"], "stated": []}')
    found = second_opinion(model_of(server), CARD, ANSWER, key="secret")
    assert found == Opinion(frozenset({"batch", "against"}), frozenset())
    ((path, headers, content),) = server.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert content["model"] == "tiny"
    messages = content["messages"]
    assert isinstance(messages, list)
    assert [m["role"] for m in messages] == ["system", "user"]
    shown = preview(model_of(server), CARD, ANSWER)
    parts = [part for message in messages for part in message["content"].split("\n\nAnswer:\n")]
    assert len(parts) == 3
    assert all(part in shown for part in parts), "word for word"
    assert shown.index(ANSWER) < shown.index(CARD.question) < shown.index("JSON")


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("localhost:11434", True),
        ("127.0.0.1", True),
        ("127.8.0.1:80", True),
        ("[::1]:8080", True),
        ("0.0.0.0:1234", True),
        ("models.localhost", True),
        ("192.168.0.7", False),
        ("localhost.example.org", False),
        ("api.example.org", False),
    ],
)
def test_only_what_leaves_the_machine_is_said_to(host: str, *, is_local: bool) -> None:
    model = LanguageModel(f"http://{host}/v1/chat/completions", "tiny")
    assert model.is_local is is_local
    assert ("leave your machine" in warning(model)) is not is_local


def test_without_a_key_no_authorization_is_sent(server: ChatServer) -> None:
    server.says('{"said": [], "stated": []}')
    second_opinion(model_of(server), CARD, ANSWER)
    assert "Authorization" not in server.asked[0][1]


def test_words_around_the_reply_and_unknown_ids_are_left_out(server: ChatServer) -> None:
    server.says('Sure!\n```json\n{"said": ["batch", "invented"], "stated": ["noise", "batch"]}\n```\nDone.')
    found = second_opinion(model_of(server), CARD, ANSWER)
    assert found == Opinion(frozenset({"batch"}), frozenset({"noise"}))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "I think it is fine.",
        "{}",
        '{"said": "batch", "stated": []}',
        '{"said": [1], "stated": []}',
        "} {",
        "[]",
    ],
)
def test_nonsense_is_said_to_be_nonsense(server: ChatServer, content: str) -> None:
    server.says(content)
    with pytest.raises(OpinionError, match="makes no sense"):
        second_opinion(model_of(server), CARD, ANSWER)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"choices": []}', b'{"choices": [{}]}', b"\xff", b"null"]
)
def test_a_reply_that_is_no_chat_reply_is_nonsense(server: ChatServer, body: bytes) -> None:
    server.body = body
    with pytest.raises(OpinionError, match="makes no sense"):
        second_opinion(model_of(server), CARD, ANSWER)


@pytest.mark.parametrize(("status", "hint"), [(401, True), (404, True), (500, False)])
def test_a_refusal_names_the_status(server: ChatServer, status: int, *, hint: bool) -> None:
    server.status = status
    with pytest.raises(OpinionError, match=str(status)) as caught:
        second_opinion(model_of(server), CARD, ANSWER)
    assert bool(caught.value.hint) is hint


def test_a_redirect_is_not_followed(server: ChatServer) -> None:
    server.status, server.location = 307, "http://127.0.0.1:9/elsewhere"
    with pytest.raises(OpinionError, match="307"):
        second_opinion(model_of(server), CARD, ANSWER)
    assert len(server.asked) == 1


def test_a_slow_server_is_not_waited_for(server: ChatServer) -> None:
    server.wait = 0.5
    began = time.monotonic()
    with pytest.raises(OpinionError, match=r"longer than 0\.05 s"):
        second_opinion(model_of(server), CARD, ANSWER, timeout_seconds=0.05)
    assert time.monotonic() - began < 0.4


def test_an_endless_reply_is_cut_off(server: ChatServer) -> None:
    server.body = b"x" * 1_100_000
    with pytest.raises(OpinionError, match="more than"):
        second_opinion(model_of(server), CARD, ANSWER)


@contextmanager
def raw_server(*blocks: bytes, pause: float = 0.0) -> Iterator[str]:
    """A server that sends these bytes whatever it is asked; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, suppress(ConnectionError):
                connection.recv(65_536)
                for block in blocks:
                    connection.sendall(block)
                    time.sleep(pause)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        finally:
            thread.join()


@pytest.mark.parametrize(
    "reply",
    [
        b"hello this is ssh\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_web_server_is_said_to_be_none(reply: bytes) -> None:
    with raw_server(reply) as url, pytest.raises(OpinionError):
        second_opinion(LanguageModel(url, "tiny"), CARD, ANSWER)


def test_a_reply_in_drops_is_not_waited_for() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    with (
        raw_server(head, *[b" "] * 8, pause=0.1) as url,
        pytest.raises(OpinionError, match="took longer"),
    ):
        second_opinion(LanguageModel(url, "tiny"), CARD, ANSWER, timeout_seconds=0.3)


@pytest.mark.parametrize(
    "url", ["http://localhost:abc/v1", "http://local host/v1", "http://[::1/v1", "ftp://x/v1"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="no http or https address"):
        language_model(Settings(llm={"url": url, "model": "tiny"}))


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(OpinionError, match="cannot be reached"):
        second_opinion(LanguageModel("http://127.0.0.1:9/v1/chat/completions", "tiny"), CARD, ANSWER)


def test_it_is_off_by_default_and_half_a_setting_is_refused() -> None:
    assert language_model(Settings()) is None
    for llm in ({"url": "http://localhost/v1"}, {"model": "m"}, {"url": "file:///etc/passwd", "model": "m"}):
        with pytest.raises(SettingsError):
            language_model(Settings(llm=llm))
    full = language_model(Settings(llm={"url": "http://localhost/v1/chat/completions/", "model": "m"}))
    assert full is not None
    assert full.url == "http://localhost/v1/chat/completions"


def test_the_key_comes_from_the_environment() -> None:
    model = LanguageModel("http://localhost", "m", key_env="MY_KEY")
    assert key_of(model, {"MY_KEY": " abc "}) == "abc"
    assert key_of(LanguageModel("http://localhost", "m"), {}) == ""
    with pytest.raises(SettingsError, match="MY_KEY"):
        key_of(model, {})


def test_an_agreement_is_kept_for_that_address_only(world: World, server: ChatServer) -> None:
    desk = world.desk()
    store = desk.store
    assert not store.has_agreed(model_of(server).agreement)
    store.agree(model_of(server).agreement, now=desk.clock())
    store.agree(model_of(server).agreement, now=desk.clock())
    assert store.has_agreed(model_of(server).agreement)
    assert not store.has_agreed("opinion:http://elsewhere/v1/chat/completions")
    desk.close()
