"""What drivers make of each protection, as servers with right and wrong certificates see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from dflow_drivers.connection import Reader, Service, Trust
from dflow_drivers.java import missing
from dflow_drivers.outcome import PROMISED, Server
from dflow_drivers.readers import JDBC, READERS

from dflow_constructs import TlsMode

MakeService = Callable[[Reader], Service]


def cases(readers: list[Reader]) -> Iterator[object]:
    for reader in readers:
        for mode in reader.modes:
            trusts = {
                TlsMode.VERIFY_FULL: reader.trusts,
                TlsMode.VERIFY_CA: (Trust.NAMED,),  # nothing else is let through
            }
            for trust in trusts.get(mode, (None,)):
                name = "" if trust is None else f" {trust.name}"
                yield pytest.param(reader, mode, trust, id=f"{reader} {mode.name}{name}")


def servers(reader: Reader, mode: TlsMode, trust: Trust | None) -> list[Server]:
    """The servers that tell something: one that offers no TLS in another way than it asks for is no news."""
    if mode is TlsMode.DISABLED:
        return [Server.NO_TLS] if reader.speaks.tls_first else [Server.NO_TLS, Server.RIGHT]
    return [server for server in Server if server is not Server.SYSTEM_AUTHORITY or trust is Trust.NAMED]


@pytest.mark.parametrize(("reader", "mode", "trust"), list(cases(READERS)))
def test_a_driver_does_what_the_guide_promises(
    service: MakeService, reader: Reader, mode: TlsMode, trust: Trust | None
):
    check(service(reader), mode, trust)


@pytest.mark.slow
@pytest.mark.skipif(missing() is not None, reason=missing() or "")
@pytest.mark.parametrize(("reader", "mode", "trust"), list(cases(JDBC)))
def test_a_driver_of_java_does_as_well(service: MakeService, reader: Reader, mode: TlsMode, trust: Trust | None):
    check(service(reader), mode, trust)


def check(service: Service, mode: TlsMode, trust: Trust | None) -> None:
    found = {server: service.meets(server, mode, trust) for server in servers(service.reader, mode, trust)}

    assert found == {server: PROMISED[mode][server] for server in found}
