"""A conversation: credentials, organisation, patience, and what a refusal really means."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import pytest

from dflow_provider.control_plane.errors import (
    AnswerLost,
    KeyRejected,
    NotAllowed,
    NotDflow,
    Overloaded,
    RoleMissing,
    SettingInvalid,
    Stopped,
    TenantUnknown,
    UnknownDialect,
    Unreachable,
)
from dflow_provider.control_plane.patience import Patience
from dflow_sandbox import Answer, Moment, Reset

BUSY = Answer(503, {"Retry-After": "7"})
FORBIDDEN = b'{"errors":[{"message":"You are not allowed to perform this action."}]}'


def test_a_wrong_key_is_told_from_a_missing_role(connected):
    with pytest.raises(KeyRejected) as caught:
        connected(api_key="not-the-key").servers.find()

    assert caught.value.title == "API key is not accepted"
    assert "DFLOW_API_KEY" in caught.value.detail
    assert "not-the-key" not in str(caught.value)


def test_a_user_without_the_admin_role_is_told_so(connected, sandbox):
    with pytest.raises(RoleMissing) as caught:
        connected(api_key=sandbox.user_api_key).servers.find()

    assert "lacks the role `admin`" in caught.value.detail
    assert sandbox.user_api_key not in str(caught.value)


def test_a_refusal_to_an_administrator_is_neither(connected, proxy):
    proxy.script(Answer(403, body=FORBIDDEN), path="^/api/servers")

    with pytest.raises(NotAllowed, match=r"GET .*/api/servers is forbidden although"):
        connected(proxy.endpoint).servers.find()


def test_why_is_asked_once_only(connected, proxy):
    dflow = connected(proxy.endpoint, api_key="bad")

    def ask(_: int) -> None:
        with pytest.raises(KeyRejected):
            dflow.servers.find()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(8)))

    assert sum(seen.path.startswith("/api/users/me") for seen in proxy.requests) == 1


def test_an_unknown_organisation_lists_those_that_exist(connected, operator):
    # The first in the order of slugs, since a list of very many is cut, and other tests make organisations too.
    slug = f"0{uuid.uuid4().hex[:12]}"
    operator("POST", "tenants?depth=0", {"name": slug, "slug": slug, "subdomain": slug})

    with pytest.raises(TenantUnknown) as caught:
        connected(tenant="acmee").servers.find()

    assert "no organisation with the slug 'acmee'" in caught.value.detail
    assert slug in caught.value.existing
    assert f"It has {', '.join(caught.value.existing)}." in caught.value.detail


def test_the_organisation_is_asked_for_once_by_all_threads(connected, proxy):
    dflow = connected(proxy.endpoint)
    together = threading.Barrier(6)

    def ask(_: int) -> int:
        together.wait(10)
        return len(dflow.servers.find().documents)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ask, range(6))) == [1] * 6

    assert sum(seen.path.startswith("/api/tenants") for seen in proxy.requests) == 1


def test_another_web_server_is_recognised(connected, web_server):
    endpoint = web_server(
        b"<html><title>Grafana</title></html>", headers={"Content-Type": "text/html", "Server": "nginx"}
    )

    with pytest.raises(NotDflow, match=r"a page titled 'Grafana'") as caught:
        connected(endpoint).servers.find()

    assert f"GET {endpoint}/api/tenants was answered by something else" in caught.value.detail


def test_a_wrong_path_is_recognised(connected, sandbox):
    with pytest.raises(NotDflow, match="Set DFLOW_ENDPOINT to the address of the dashboard"):
        connected(f"{sandbox.endpoint}/login").servers.find()


def test_a_newer_control_plane_is_named(connected, proxy):
    proxy.script(
        Answer(404, body=b'{"message":"Route not found \\"/api/projects\\""}'), path="^/api/projects", times=None
    )
    proxy.script(Answer(200, body=b'{"docs":[]}'), path="^/api/applications")

    with pytest.raises(UnknownDialect) as caught:
        connected(proxy.endpoint).projects.find()

    assert "without the collection `projects`" in caught.value.detail
    assert "GET /api/applications gave HTTP 200" in caught.value.detail


def test_another_application_of_the_same_engine_is_no_dflow(connected, proxy):
    missing = Answer(404, body=b'{"message":"Route not found \\"/api/x\\""}')
    proxy.script(missing, path="^/api/(tenants|projects|applications|servers)", times=None)

    with pytest.raises(NotDflow, match="a Payload application without dFlow's collections"):
        connected(proxy.endpoint).projects.find()


def test_a_key_that_no_header_can_carry_is_refused_without_showing_it(connected):
    with pytest.raises(SettingInvalid, match="line break") as caught:
        connected(api_key="secret-key\n")

    assert "secret-key" not in str(caught.value)


def test_the_key_is_in_no_representation(connected, sandbox):
    dflow = connected()

    assert sandbox.api_key not in repr(dflow._session)
    assert sandbox.api_key not in repr(vars(dflow))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_read_is_repeated_while_the_other_side_is_busy(connected, proxy, waits, status: int):
    proxy.script(Answer(status), path="^/api/servers", times=2)

    assert len(connected(proxy.endpoint).servers.find().documents) == 1
    assert len(waits.seconds) == 2


def test_retry_after_is_honoured(connected, proxy, waits):
    proxy.script(BUSY, path="^/api/servers", times=1)

    connected(proxy.endpoint, patience=Patience(first_wait_s=0.5)).servers.find()

    assert 7.0 <= waits.seconds[0] <= 7.5


def test_patience_ends(connected, proxy, waits):
    proxy.script(Answer(503), path="^/api/servers", times=None)

    with pytest.raises(Overloaded, match=r"HTTP 503 \(3 times\)"):
        connected(proxy.endpoint, patience=Patience(attempts=3)).servers.find()

    assert len(waits.seconds) == 2


def test_a_wait_beyond_the_deadline_is_not_begun(connected, proxy, waits):
    proxy.script(Answer(503, {"Retry-After": "3600"}), path="^/api/servers", times=None)

    with pytest.raises(Overloaded):
        connected(proxy.endpoint).servers.find()

    assert waits.seconds == []


def test_a_stop_ends_the_waiting(connected, proxy, waits):
    proxy.script(Answer(503), path="^/api/servers", times=None)
    waits.stop_at = 2

    with pytest.raises(Stopped, match="given up because a stop was asked for"):
        connected(proxy.endpoint).servers.find()

    assert len(waits.seconds) == 2


def test_lost_answers_to_reads_and_changes_are_repeated(connected, organisation, proxy):
    dflow = connected(proxy.endpoint)
    project = dflow.projects.create({"name": "p", "server": organisation.node_id})
    for method in ("GET", "PATCH", "DELETE"):
        proxy.script(Reset(Moment.BEFORE), method=method, path=f"^/api/projects/{project['id']}")

    assert dflow.projects.update(project["id"], {"description": "d"})["description"] == "d"
    assert dflow.projects.get(project["id"])["name"] == "p"
    dflow.projects.delete(project["id"])


@pytest.mark.parametrize("fault", [Reset(Moment.BEFORE), Reset(Moment.AFTER)])
def test_a_create_is_never_sent_twice_when_its_answer_is_lost(connected, organisation, proxy, fault):
    dflow = connected(proxy.endpoint)
    proxy.script(fault, method="POST")

    with pytest.raises(AnswerLost):
        dflow.projects.create({"name": "p", "server": organisation.node_id})

    assert [seen.method for seen in proxy.requests].count("POST") == 1


def test_a_create_is_never_sent_twice_to_a_busy_server(connected, organisation, proxy):
    proxy.script(BUSY, method="POST")

    with pytest.raises(Overloaded):
        connected(proxy.endpoint).projects.create({"name": "p", "server": organisation.node_id})

    assert [seen.method for seen in proxy.requests].count("POST") == 1


def test_a_create_is_repeated_while_no_connection_comes_about(connected, proxy, waits):
    dflow = connected(proxy.endpoint, patience=Patience(attempts_to_connect=3))
    assert dflow.projects.tenant_id
    proxy.close()

    with pytest.raises(Unreachable, match="connection refused"):
        dflow.projects.create({"name": "p"})

    assert len(waits.seconds) == 2


def test_every_request_stays_in_the_organisation_and_asks_for_little(connected, organisation, proxy):
    dflow = connected(proxy.endpoint)
    project = dflow.projects.create({"name": "p", "server": organisation.node_id})
    service = dflow.services.create({"name": "p-web", "type": "app", "project": project["id"]})
    dflow.services.get(service["id"])
    dflow.services.find(name="p-web")
    dflow.services.update(service["id"], {"description": "d"})
    dflow.services.delete(service["id"])

    assert len(proxy.requests) == 7
    for seen in proxy.requests[1:]:
        query = dict(parse_qsl(urlsplit(seen.path).query))
        assert query["depth"] == "0"
        assert "select[variables]" not in query
        assert "select[databaseDetails][password]" not in query
        if "/services" in seen.path:
            assert query["joins[deployments]"] == "false"
        if seen.method in {"PATCH", "DELETE"}:
            assert query["overrideLock"] == "true"
        if seen.method == "GET" and f"/{service['id']}" not in seen.path:
            assert query["where[tenant][equals]"] == organisation.id
