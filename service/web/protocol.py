"""The HTTP parser's own refusal as a problem document: what cannot be read as a request never reaches the
application."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

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
