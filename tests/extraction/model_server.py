"""A server that speaks the chat completions of OpenAI's API on this machine, well or badly."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec


class Reply(msgspec.Struct):
    """An answer of the server. `never` keeps the client waiting until the test is over."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = {}
    never: bool = False


def completion(content: Any) -> Reply:
    """What a server says when its model wrote `content`."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    message = {"role": "assistant", "content": text}
    return Reply(body=json.dumps({"choices": [{"index": 0, "message": message}]}).encode())


def claims(*found: dict[str, Any]) -> Reply:
    return completion({"claims": list(found)})


Script = Callable[[dict[str, Any]], Reply]


class ModelServer:
    """`replies` are given one after the other, the last one again and again; functions are asked for them."""

    def __init__(self) -> None:
        self.replies: list[Reply | Script] = [claims()]
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.url = ""

    def answer(self, path: str, headers: dict[str, str], asked: dict[str, Any]) -> Reply:
        with self.lock:
            self.paths.append(path)
            self.headers.append(headers)
            self.requests.append(asked)
            reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        found = reply if isinstance(reply, Reply) else reply(asked)
        if found.never:
            self.over.wait()
        return found


class Handler(BaseHTTPRequestHandler):
    model: ModelServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.model.answer(self.path, headers, asked)
        try:
            self.send_response(reply.status)
            for name, value in ({"Content-Type": "application/json"} | reply.headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
        except OSError:  # the client did not wait for it
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Nothing on standard error."""


@contextmanager
def model_server() -> Iterator[ModelServer]:
    model = ModelServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"model": model}))
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield model
    finally:
        model.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
