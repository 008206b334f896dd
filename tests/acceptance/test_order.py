"""The door is opened first and shut last."""

from pathlib import Path

import pytest
from dflow_acceptance.place import Place
from dflow_acceptance.synthesis import QUICKSTART, synthesized
from dflow_acceptance.workspace import Workspace, clean_environment

from dflow_sandbox import Answer, FaultProxy, Sandbox

_NOT_ALLOWED = Answer(
    403,
    {"Content-Type": "text/xml"},
    b"<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized.</Message></Error>"
    b"</Errors><RequestID>1</RequestID></Response>",
)


@pytest.fixture
def control_plane(sandbox: Sandbox):
    with FaultProxy(sandbox.endpoint) as proxy:
        yield proxy


@pytest.fixture
def cloud(sandbox: Sandbox):
    with FaultProxy(sandbox.aws_endpoint) as proxy:
        yield proxy


@pytest.fixture
def shop(
    settings: dict[str, str], place: Place, control_plane: FaultProxy, cloud: FaultProxy, tmp_path: Path
) -> Workspace:
    """The quickstart's production, whose web and worker Services use an external database."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **settings,
        "AWS_ENDPOINT_URL_EC2": cloud.endpoint,
        "DFLOW_ENDPOINT": control_plane.endpoint,
        "ORDERS_PASSWORD": "not-much-of-a-secret",
        "QUICKSTART_ENVIRONMENTS": "production",
        "QUICKSTART_SECURITY_GROUP": place.group.id,
    }
    return synthesized(QUICKSTART, tmp_path / "program", clean_environment(home, environment))


def connected(place: Place) -> list[str]:
    """Names of the services that have been told how to reach the database."""
    return sorted(
        service["name"]
        for service in place.organisation.documents("services")
        if {"DATABASE_URL", "DB_HOST"} & place.organisation.variables(service["id"]).keys()
    )


def test_no_service_is_told_of_a_database_whose_door_did_not_open(shop: Workspace, place: Place, cloud: FaultProxy):
    closed = cloud.script(_NOT_ALLOWED, method="POST", body=b"Action=AuthorizeSecurityGroupIngress", times=None)

    failed = shop.apply()

    assert closed.hits > 0
    assert failed.only_error.title == "AWS permission is missing"
    assert place.group.ours() == []
    assert connected(place) == []

    cloud.clear()
    shop.applied()

    assert len(place.group.ours()) == 1
    assert connected(place) == ["shop-production-web", "shop-production-worker"]
    shop.unchanged()


def test_the_door_stays_open_as_long_as_a_service_uses_the_database(
    shop: Workspace, place: Place, control_plane: FaultProxy
):
    shop.applied()
    web = place.service("shop-production-web")["id"]
    kept = control_plane.script(Answer(500), method="PATCH", path=f"^/api/services.*{web}", times=None)

    failed = shop.terraform("destroy", "-json", "-auto-approve")

    assert kept.hits > 0
    assert failed.code == 1, str(failed)
    assert connected(place) == ["shop-production-web"]
    assert len(place.group.ours()) == 1

    control_plane.clear()
    shop.destroyed()

    assert place.group.ours() == []
    assert [each["name"] for each in place.organisation.documents("services")] == ["shop-live-api"]
