"""A vendor's own authority on its way from the vendor's API to a service's Variable."""

from __future__ import annotations

import base64
import ssl
import time
from typing import TYPE_CHECKING

import pytest
from dflow_acceptance.synthesis import synthesized
from dflow_acceptance.workspace import clean_environment

from dflow_provider.plugin.certificate import LIFETIME_S, self_signed
from dflow_sandbox.vendors.authority import AUTHORITY
from dflow_sandbox.vendors.digitalocean import DigitalOceanServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dflow_acceptance.place import Place

PROGRAM = """
from dflow_constructs import (
    App, AppService, Attached, CertificateAuthority, DflowStack, DigitalOcean, Engine, Environment, ExternalDatabase,
    GitHub, Secret, Tls,
)

app = App()
stack = DflowStack(app, "shop")
live = Environment(stack, "live", application="shop", worker_nodes=Attached())
orders = ExternalDatabase(
    stack, "orders", engine=Engine.POSTGRES, host="orders.db.ondigitalocean.com", username="shop", database="orders",
    password=Secret.from_environment("ORDERS_PASSWORD"), allowlist=DigitalOcean("9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"),
    tls=Tls.VERIFY_FULL.trusting(CertificateAuthority.of_vendor(file="/tmp/orders.pem")),
)
web = AppService(live, "web", source=GitHub("acme/shop", branch="main"))
web.connect_to(orders)
app.synth()
"""


@pytest.fixture
def vendor() -> Iterator[DigitalOceanServer]:
    with DigitalOceanServer() as server:
        yield server


def ending(days: float) -> str:
    return ssl.DER_cert_to_PEM_cert(self_signed(time.time() + days * 86400 - LIFETIME_S).der)


def test_services_get_the_vendor_s_authority_and_its_next_one(
    settings: dict[str, str], place: Place, vendor: DigitalOceanServer, tmp_path: Path
):
    home, program = tmp_path / "home", tmp_path / "program.py"
    home.mkdir()
    program.write_text(PROGRAM)
    environment = {**settings, **vendor.environment(), "ORDERS_PASSWORD": "canary"}
    shop = synthesized(program, tmp_path / "program", clean_environment(home, environment))

    def delivered() -> str:
        return base64.b64decode(variables()["DATABASE_CA_BASE64"]).decode()

    def variables() -> dict[str, str]:
        return place.organisation.variables(place.service("shop-live-web")["id"])

    shop.applied()

    assert delivered() == AUTHORITY
    assert variables()["DATABASE_URL"].endswith("?sslmode=verify-full&sslrootcert=%2Ftmp%2Forders.pem")
    assert "203.0.113.9/32" in vendor.cidrs()

    vendor.authority = ending(days=20)
    renewed = shop.applied()

    assert delivered() == vendor.authority
    assert "Certificate expires soon" in str(renewed)

    vendor.authority = ending(days=-1)
    refused = shop.plan()

    assert refused.code == 1
    assert "Certificate has expired" in str(refused)
    vendor.authority = AUTHORITY
    shop.destroyed()
