"""The control plane ends in the middle of an apply and comes back on the same port with the same database."""

import dataclasses
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from dflow_acceptance.kinds import ENVIRONMENT_KIND
from dflow_acceptance.place import Place
from dflow_acceptance.targets import DEPLOYMENT, TARGETS
from dflow_acceptance.wire import Wire, wait_for

from dflow_sandbox import Sandbox
from dflow_sandbox.control_plane import start_control_plane
from dflow_sandbox.seed import seed_control_plane

MADE_HERE = [target for target in TARGETS if target is not DEPLOYMENT]


class ControlPlane:
    """One that can be restarted, unlike that of the shared sandbox."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._secret = secrets.token_hex(32)
        self._port = 0
        self.start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._process = start_control_plane(self._directory, port=self._port, secret=self._secret)
        self._port = self._process.wait_until_ready(time.monotonic() + 120)["port"]

    def stop(self) -> None:
        self._process.stop()


@pytest.fixture
def control_plane(tmp_path: Path) -> Iterator[ControlPlane]:
    directory = tmp_path / "control-plane"
    directory.mkdir()
    with ExitStack() as cleanup:
        running = ControlPlane(directory)
        cleanup.callback(running.stop)
        yield running


def test_a_restart_in_the_middle_of_an_apply_loses_nothing_and_makes_nothing_twice(
    control_plane: ControlPlane, sandbox: Sandbox, new_workspace
):
    seeded = seed_control_plane(control_plane.endpoint)
    place = Place.prepared(dataclasses.replace(sandbox, endpoint=control_plane.endpoint, api_key=seeded.api_key))
    with Wire(control_plane.endpoint) as wire:
        workspace = new_workspace(
            DFLOW_ENDPOINT=wire.endpoint, DFLOW_API_KEY=seeded.api_key, DFLOW_TENANT=place.organisation.slug
        )
        workspace.configure(resource={target.type: {"it": target.declared(place)} for target in MADE_HERE})
        held = wire.hold_request(ENVIRONMENT_KIND.creating)
        with workspace.started("apply", "-json", "-auto-approve", "-parallelism=4") as apply:
            wait_for(held)
            control_plane.stop()
            held.release()
            control_plane.start()
            apply.ended()

        workspace.applied()

        assert {str(target): len(target.remote(place)) for target in MADE_HERE} == {
            str(target): 1 for target in MADE_HERE
        }
        assert sorted(workspace.state()) == sorted(target.address for target in MADE_HERE)
        workspace.unchanged()
