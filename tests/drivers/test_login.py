"""What arrives of user, password and database, whatever characters they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dflow_drivers.connection import ACCOUNT, Reader, Service
from dflow_drivers.outcome import Server
from dflow_drivers.readers import READERS
from dflow_drivers.stand_in import Login

from dflow_constructs import TlsMode

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_a_driver_logs_in_as_whom_and_where_the_program_says(service: Callable[[Reader], Service], reader: Reader):
    logins, said = service(reader).logins(Server.RIGHT, TlsMode.VERIFY_FULL, reader.trusts[0])

    assert said is None
    assert logins == [Login(True, ACCOUNT.user, ACCOUNT.password, reader.database)]
