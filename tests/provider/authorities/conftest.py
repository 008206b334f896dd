"""Authorities of the tests, and what Terraform does with a data source."""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.backend import Backend
from dflow_provider.catalogue import DATA_SOURCES
from dflow_provider.plugin.certificate import LIFETIME_S, self_signed
from dflow_provider.schema import Call, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_S = 24 * 3600


@pytest.fixture
def pem() -> Callable[[float], str]:
    """Make a certificate that ends in so many days, or has ended so many days ago."""

    def make(days: float) -> str:
        return ssl.DER_cert_to_PEM_cert(self_signed(time.time() + days * DAY_S - LIFETIME_S).der)

    return make


@pytest.fixture(scope="session")
def many() -> str:
    """So many certificates that no Variable can hold them; they differ in what is said to be the signature."""
    der = self_signed(time.time() + 40 * DAY_S).der
    return "".join(ssl.DER_cert_to_PEM_cert(der[:-1] + bytes([number])) for number in range(150))


class Question:
    """Asks as Terraform does, without Terraform: validate, then read."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.kind = DATA_SOURCES["dflow_certificate_authority"]
        self.environment = environment
        self.report = Report()

    def refused(self, **config: Any) -> str:
        """What validation says."""
        report = Report()
        self.kind.validate_config(self._all(config), report)
        return "\n".join(f"{each.title}: {each.detail}" for each in report.diagnostics)

    def read(self, **config: Any) -> dict[str, Any]:
        assert self.refused(**config) == ""
        call = Call()
        self.report = call.report
        found = self.kind(Backend({}, self.environment)).read(self._all(config), call)
        assert set(found) == {attribute.name for attribute in self.kind.schema.attributes}
        return found

    def _all(self, config: dict[str, Any]) -> dict[str, Any]:
        return {**{attribute.name: None for attribute in self.kind.schema.attributes}, **config}

    @property
    def warnings(self) -> list[str]:
        return [f"{each.title}: {each.detail}" for each in self.report.diagnostics if each.severity is Severity.WARNING]


@pytest.fixture
def question() -> Question:
    return Question({})
