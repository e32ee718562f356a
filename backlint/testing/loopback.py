"""Serve a responder on a loopback port, for clients that bring a network of their own (requests, a real process)."""

from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from backlint.transport.inprocess import Heard, HungUp, Reply, Responder


@contextmanager
def serve(responder: Responder) -> Generator[str]:
    """The base URL (`http://127.0.0.1:PORT`) at which the responder answers until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # an answer goes out in two pieces, and the second would wait for the client

        def _play(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {key.lower(): value for key, value in self.headers.items()}
            try:
                reply = responder(Heard(self.command, f"{base}{self.path}", headers, body))
            except HungUp:
                self.close_connection = True
                return
            self._say(reply)

        def _say(self, reply: Reply) -> None:
            self.send_response_only(reply.status)  # without a date of its own: a fake lives in its own time
            for key, value in reply.headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = _play  # noqa: N815 - the names are http.server's
        do_POST = _play  # noqa: N815
        do_PUT = _play  # noqa: N815
        do_PATCH = _play  # noqa: N815
        do_DELETE = _play  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the parent's
            """Say nothing: the tests' output is for the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield base
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
