"""What arrives of user, password and database, whatever characters they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dflow_drivers.connection import ACCOUNT, Reader, Service
from dflow_drivers.java import missing
from dflow_drivers.outcome import Server
from dflow_drivers.readers import JDBC, READERS
from dflow_drivers.stand_in import Login

from dflow_constructs import TlsMode

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeService = Callable[[Reader], Service]


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_a_driver_logs_in_as_whom_and_where_the_program_says(service: MakeService, reader: Reader):
    check(service(reader), reader)


@pytest.mark.slow
@pytest.mark.skipif(missing() is not None, reason=missing() or "")
@pytest.mark.parametrize("reader", JDBC, ids=str)
def test_a_driver_of_java_does_as_well(service: MakeService, reader: Reader):
    check(service(reader), reader)


def check(service: Service, reader: Reader) -> None:
    logins, said = service.logins(Server.RIGHT, TlsMode.VERIFY_FULL, reader.trusts[0])

    assert said is None
    assert logins == [Login(True, ACCOUNT.user, ACCOUNT.password, reader.database)]
