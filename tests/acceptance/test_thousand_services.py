"""A thousand services: what a plan asks dFlow grows with them in a straight line and no faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dflow_sandbox import FaultProxy, Sandbox

if TYPE_CHECKING:
    from dflow_acceptance.place import Place
    from dflow_acceptance.workspace import Workspace

THOUSAND = 1000
CONSTANT = 5
"""Requests that a plan may make however little there is: who is asked, and for which organisation."""


@pytest.fixture
def proxy(sandbox: Sandbox):
    with FaultProxy(sandbox.endpoint) as proxy:
        yield proxy


@pytest.fixture
def workspace(proxy: FaultProxy, new_warm_workspace) -> Workspace:
    return new_warm_workspace(DFLOW_ENDPOINT=proxy.endpoint)


def declare(workspace: Workspace, place: Place, count: int) -> None:
    service = {
        "count": count,
        "environment_id": place.environment_id,
        "name": "shop-live-s${count.index}",
        "image": "acme/worker:1",
    }
    workspace.configure(resource={"dflow_docker_service": {"of": service}})


def test_a_plan_to_create_a_thousand_asks_dflow_nothing(place: Place, workspace: Workspace, proxy: FaultProxy):
    declare(workspace, place, THOUSAND)

    planned = workspace.plan()

    assert planned.code == 2, str(planned)
    assert len(planned.changes) == THOUSAND
    assert proxy.requests == ()


def test_a_refresh_asks_once_for_each(place: Place, workspace: Workspace, proxy: FaultProxy):
    for count in (10, 40):
        declare(workspace, place, count)
        workspace.applied()
        proxy.clear()

        workspace.unchanged()

        assert {request.method for request in proxy.requests} == {"GET"}
        assert count <= len(proxy.requests) <= count + CONSTANT
        proxy.clear()
