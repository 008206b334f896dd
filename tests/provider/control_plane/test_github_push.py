"""The push webhook: what is signed, what is sent, and what its answers mean."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from dflow_provider.control_plane.errors import AnswerLost, NotDflow, Overloaded
from dflow_provider.control_plane.github_push import Push
from dflow_sandbox import Answer, Moment, Reset

SECRET = "hmac-key-of-the-app"


def a_push(**changes: str) -> Push:
    return Push(**{"installation_id": "42", "repository": "shop", "branch": "main", "secret": SECRET, **changes})


def test_the_body_is_what_javascript_writes():
    assert a_push().content == (b'{"installation":{"id":42},"ref":"refs/heads/main","repository":{"name":"shop"}}')
    assert a_push(branch='Grüße/"x"').content == (
        '{"installation":{"id":42},"ref":"refs/heads/Grüße/\\"x\\"","repository":{"name":"shop"}}'.encode()
    )
    assert json.loads(a_push(installation_id="inst-7").content)["installation"] == {"id": "inst-7"}


def test_the_signature_is_of_exactly_these_bytes():
    push = a_push(branch="Grüße")

    assert push.signature == hmac.new(SECRET.encode(), push.content, hashlib.sha256).hexdigest()
    assert SECRET not in repr(push)


@pytest.fixture
def webhook():
    """Take one request on 127.0.0.1 and keep it."""
    taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            taken.append((self.path, dict(self.headers), self.rfile.read(length)))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"Webhook processed")

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", taken
    thread.join()
    server.server_close()


def test_it_is_sent_as_it_was_signed_and_without_the_api_key(connected, webhook):
    endpoint, taken = webhook

    connected(endpoint).report(a_push())

    ((path, headers, content),) = taken
    sent = {name.lower(): value for name, value in headers.items()}
    assert path == "/api/deploy/github"
    assert content == a_push().content
    assert sent["x-github-event"] == "push"
    assert sent["x-hub-signature-256"] == f"sha256={a_push().signature}"
    assert sent["content-type"] == "application/json"
    assert not {"authorization", "cookie"} & sent.keys()


def test_a_push_whose_answer_is_lost_is_not_sent_twice(connected, proxy):
    proxy.script(Reset(Moment.AFTER), path="^/api/deploy/", times=None)

    with pytest.raises(AnswerLost):
        connected(proxy.endpoint).report(a_push())

    assert len(proxy.requests) == 1


def test_a_busy_control_plane_is_not_asked_twice(connected, proxy):
    proxy.script(Answer(503), path="^/api/deploy/", times=None)

    with pytest.raises(Overloaded):
        connected(proxy.endpoint).report(a_push())

    assert len(proxy.requests) == 1


@pytest.mark.parametrize(
    "answer", [Answer(404, body=b"<html>"), Answer(302, {"Location": "https://elsewhere.example"})]
)
def test_another_answer_than_dflows_is_no_success(connected, proxy, answer):
    proxy.script(answer, path="^/api/deploy/")

    with pytest.raises(NotDflow):
        connected(proxy.endpoint).report(a_push())
