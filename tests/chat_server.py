"""A real HTTP server that speaks the chat protocol, for tests of second opinions."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class ChatServer:
    """Answers every request with `status` and `body`, and keeps what was asked."""

    url: str = ""
    status: int = 200
    body: bytes = b""
    wait: float = 0.0
    location: str = ""
    asked: list[tuple[str, dict[str, str], dict[str, object]]] = field(default_factory=list)

    def says(self, content: str) -> None:
        """Let the model say this."""
        self.body = json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    """Serve on a free port of this machine."""
    found = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append((self.path, dict(self.headers), json.loads(sent)))
            time.sleep(found.wait)
            with suppress(ConnectionError):  # whoever asked may not wait any longer
                self._reply()

        def _reply(self) -> None:
            self.send_response(found.status)
            if found.location:
                self.send_header("Location", found.location)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        found.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield found
        finally:
            http.shutdown()
            thread.join()
