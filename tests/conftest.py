"""Fixtures every room may use."""

from collections.abc import Iterator

import pytest

from dflow_sandbox import Sandbox


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A seeded sandbox shared by all tests of this process; tests keep to names of their own."""
    with Sandbox.start(tmp_path_factory.mktemp("sandbox")) as running:
        yield running
