"""Real drivers, in programs of their own, and stand-ins for the databases they connect to."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))  # lets the tests of this folder import `dflow_drivers`

from dflow_drivers.authorities import authority
from dflow_drivers.client import Client, client
from dflow_drivers.connection import Authorities, Reader, Service

from dflow_cdk import cdk
from dflow_constructs import DflowStack


@pytest.fixture(scope="session")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> Authorities:
    directory = tmp_path_factory.mktemp("authorities")
    return Authorities(*(authority(directory, name) for name in ("named", "system", "stranger")))


@pytest.fixture(scope="session")
def client_of(authorities: Authorities) -> Iterator[Callable[[str], Client]]:
    """Return the one program of a name, which runs from its first test to the last of all."""
    with ExitStack() as running:
        started: dict[str, Client] = {}

        def of(program: str) -> Client:
            if program not in started:
                started[program] = running.enter_context(client(program, authorities.system.file))
            return started[program]

        yield of


@pytest.fixture(scope="session")
def stack() -> DflowStack:
    return DflowStack(cdk.Testing.app(), "shop")


@pytest.fixture
def service(
    stack: DflowStack, authorities: Authorities, client_of: Callable[[str], Client]
) -> Callable[[Reader], Service]:
    """Return a service that uses a driver."""
    return lambda reader: Service(stack, client_of(reader.program), reader, authorities)
