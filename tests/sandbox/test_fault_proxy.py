"""Every way an exchange can be broken, seen from the client."""

import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError

from dflow_sandbox import Answer, Delay, FaultProxy, Hang, Moment, ReplaceBody, Reset, Truncate


@pytest.fixture
def proxy(sandbox):
    with FaultProxy(sandbox.endpoint) as running:
        yield running


@pytest.fixture
def through(proxy, operator):
    """The operator, through the proxy."""
    return replace(operator, endpoint=proxy.endpoint)


@pytest.fixture
def role(sandbox, unique):
    """A small document to create."""
    return {"name": unique, "tenant": sandbox.tenant_id}


def how_many(operator, name: str) -> int:
    return operator("GET", f"/api/roles/count?where[name][equals]={name}").body["totalDocs"]


def test_without_faults_it_is_not_noticed(through, operator, proxy, role):
    created = through.create("roles", role)
    through.update("roles", created["id"], {"description": "ünïcode"})

    read = through.read("roles", created["id"])
    assert read.body == operator.read("roles", created["id"]).body
    assert through("GET", "/api/nope").status == 404
    assert [(seen.method, seen.path.partition("?")[0], seen.status) for seen in proxy.requests] == [
        ("POST", "/api/roles", 201),
        ("PATCH", f"/api/roles/{created['id']}", 200),
        ("GET", f"/api/roles/{created['id']}", 200),
        ("GET", "/api/nope", 404),
    ]
    assert json.loads(proxy.requests[0].body) == role
    assert role["name"] not in repr(proxy.requests)


def test_one_connection_carries_many_requests(proxy, sandbox):
    connection = http.client.HTTPConnection(urlsplit(proxy.endpoint).netloc)
    headers = {"Authorization": f"users API-Key {sandbox.api_key}"}
    try:
        for _ in range(3):
            connection.request("GET", "/api/servers/count", headers=headers)
            assert connection.getresponse().read().startswith(b'{"totalDocs"')
            socket_then = connection.sock
            assert socket_then is not None
    finally:
        connection.close()


def test_a_lost_answer_is_work_done(through, operator, proxy, role):
    """What makes a careless retry create twice."""
    proxy.script(Reset(Moment.AFTER), method="POST", path="^/api/roles")

    with pytest.raises(ConnectionResetError):
        through("POST", "/api/roles", role)

    assert how_many(operator, role["name"]) == 1
    assert [(seen.status, seen.forwarded) for seen in proxy.requests] == [(None, True)]


def test_a_reset_before_is_work_not_done(through, operator, proxy, role):
    proxy.script(Reset(Moment.BEFORE))

    with pytest.raises(ConnectionResetError):
        through("POST", "/api/roles", role)

    assert how_many(operator, role["name"]) == 0
    assert [(seen.status, seen.forwarded) for seen in proxy.requests] == [(None, False)]


def test_another_answer_instead_of_asking(through, operator, proxy, role):
    proxy.script(Answer(429, {"Retry-After": "7", "Content-Type": "application/json"}))

    refused = through("POST", "/api/roles", role)

    assert (refused.status, refused.headers["Retry-After"]) == (429, "7")
    assert how_many(operator, role["name"]) == 0
    assert through("POST", "/api/roles", role).status == 201


def test_another_answer_than_the_servers(through, operator, proxy, role):
    proxy.script(Answer(502, moment=Moment.AFTER))

    assert through("POST", "/api/roles", role).status == 502
    assert how_many(operator, role["name"]) == 1


def test_an_answer_that_breaks_off(through, proxy):
    proxy.script(Truncate(after_bytes=10))

    with pytest.raises(http.client.IncompleteRead) as broken:
        through("GET", "/api/servers?depth=0")

    assert broken.value.partial == b'{"docs":[{'


def test_a_body_that_is_not_json(through, proxy):
    proxy.script(ReplaceBody())

    with pytest.raises(json.JSONDecodeError):
        through("GET", "/api/servers?depth=0")

    assert proxy.requests[0].status == 200


@pytest.mark.parametrize("moment", list(Moment))
def test_a_delay_takes_its_time(through, proxy, moment):
    proxy.script(Delay(0.3, moment))
    started = time.monotonic()

    assert through("GET", "/api/servers/count").status == 200

    assert time.monotonic() - started >= 0.3


@pytest.mark.parametrize(("moment", "done_meanwhile"), [(Moment.BEFORE, 0), (Moment.AFTER, 1)])
def test_a_request_hangs_until_it_is_released(through, operator, proxy, role, moment, done_meanwhile):
    hang = Hang(moment)
    proxy.script(hang)
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(through, "POST", "/api/roles", role)
        assert hang.wait_until_reached(30)

        assert not pending.done()
        assert how_many(operator, role["name"]) == done_meanwhile
        hang.release()
        assert pending.result(30).status == 201


def test_closing_ends_what_hangs_and_every_thread(sandbox, operator):
    before = threading.active_count()
    hang = Hang()
    with ThreadPoolExecutor(1) as pool:
        with FaultProxy(sandbox.endpoint) as proxy:
            proxy.script(hang)
            pending = pool.submit(replace(operator, endpoint=proxy.endpoint), "GET", "/api/servers/count")
            assert hang.wait_until_reached(30)
        pending.exception(30)  # answered or cut off, but over

    assert threading.active_count() == before
    proxy.close()  # once more does no harm


def test_an_idle_connection_does_not_keep_it_open(sandbox):
    with FaultProxy(sandbox.endpoint) as proxy:
        connection = http.client.HTTPConnection(urlsplit(proxy.endpoint).netloc)
        connection.request("GET", "/api/users/init")
        connection.getresponse().read()

    assert connection.sock.recv(1) == b""
    connection.close()


def test_faults_are_for_the_requests_they_are_meant_for(through, proxy):
    """The third GET of a server, and no other request."""
    planned = proxy.script(Answer(503), method="GET", path=r"^/api/servers\?", skip=2, times=1)

    statuses = [
        through(method, path).status
        for method, path in [
            ("GET", "/api/servers?depth=0"),
            ("GET", "/api/projects?depth=0"),
            ("GET", "/api/servers?depth=0"),
            ("DELETE", "/api/servers"),
            ("GET", "/api/servers?depth=0"),
            ("GET", "/api/servers?depth=0"),
        ]
    ]

    assert statuses == [200, 200, 200, 400, 503, 200]
    assert planned.hits == 1


def test_of_several_faults_the_first_planned_goes_first(through, proxy):
    proxy.script(Answer(503), times=2)
    proxy.script(Answer(504), times=None)

    assert [through("GET", "/api/users/init").status for _ in range(4)] == [503, 503, 504, 504]
    proxy.clear()
    assert through("GET", "/api/users/init").status == 200
    assert len(proxy.requests) == 1


def test_a_server_that_is_gone_is_a_reset(operator):
    with FaultProxy("http://127.0.0.1:1") as proxy, pytest.raises(ConnectionResetError):
        replace(operator, endpoint=proxy.endpoint)("GET", "/api/users/init")


def test_only_plain_http_can_be_forwarded():
    with pytest.raises(ValueError, match="forwards to http://host:port"):
        FaultProxy("https://127.0.0.1:1")


def test_in_front_of_aws_a_lost_answer_leaves_the_rule_behind(sandbox, ec2, ec2_behind):
    """AWS names the action in the body, so that is where the fault looks."""
    permission = {"IpProtocol": "tcp", "FromPort": 6000, "ToPort": 6000, "IpRanges": [{"CidrIp": "203.0.113.60/32"}]}
    with FaultProxy(sandbox.aws_endpoint) as proxy:
        client = ec2_behind(proxy.endpoint)
        planned = proxy.script(Reset(), body=b"Action=AuthorizeSecurityGroupIngress")
        with pytest.raises((ConnectionClosedError, EndpointConnectionError)):
            client.authorize_security_group_ingress(GroupId=sandbox.security_group_id, IpPermissions=[permission])
        with pytest.raises(ClientError, match="Duplicate"):
            client.authorize_security_group_ingress(GroupId=sandbox.security_group_id, IpPermissions=[permission])

    assert planned.hits == 1
    ec2.revoke_security_group_ingress(GroupId=sandbox.security_group_id, IpPermissions=[permission])
