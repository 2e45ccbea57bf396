"""What the server's protocol for HTTP/1.1 does otherwise here: its own refusals are problem documents, as
what cannot be read as a request never reaches the application; and what came of a body is handed on also when
the client went away right after it."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from service.web.problems import PROBLEM, encode_problem

DETAIL = (
    "This cannot be read as an HTTP request: a line is broken, or address and headers exceed 65,536 bytes."
)


class Protocol(HttpToolsProtocol):
    def send_400_response(self, msg: str) -> None:
        content = encode_problem(400, DETAIL, "/")
        head = f"HTTP/1.1 400 Bad Request\r\ncontent-type: {PROBLEM}\r\ncontent-length: {len(content)}\r\n"
        self.transport.write(f"{head}connection: close\r\n\r\n".encode() + content)
        self.transport.close()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """A client may send its lines and close: what it sent is work to do. The server would say that it is
        gone and drop what had not been asked for by then."""
        if cycle.scope["method"] in ("GET", "HEAD"):
            super()._start_asgi_task(cycle, app)
            return

        async def receiving(scope: Any, receive: Any, send: Any) -> None:
            async def receive_all() -> Any:
                message = await receive()
                if message["type"] != "http.disconnect" or not cycle.body or cycle.response_complete:
                    return message
                body, cycle.body = bytes(cycle.body), bytearray()
                return {"type": "http.request", "body": body, "more_body": cycle.more_body}

            await app(scope, receive_all, send)

        super()._start_asgi_task(cycle, receiving)
