"""The benchmark's own parts: it must notice a server that does not answer as expected."""

import http.server
import threading

import pytest

from bench.load import Request, run


@pytest.fixture
def server():
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            status = 500 if self.path == "/broken" else 200
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running.server_port
        running.shutdown()


def test_counts_every_request(server):
    asked = []
    result = run(server, lambda c, n: asked.append(n) or Request("GET", "/"), connections=3, requests=30, expect={200})
    assert sorted(asked) == list(range(30))
    assert result.per_second > 0
    assert result.p95_ms >= result.median_ms


def test_a_wrong_status_stops_the_measurement(server):
    with pytest.raises(RuntimeError, match="500"):
        run(server, lambda c, n: Request("GET", "/broken"), connections=2, requests=10, expect={200})
