"""Secrets that Terraform reads from a file, computes from another one, or finds in the program."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import TYPE_CHECKING

from dflow_acceptance.leaks import leaks
from dflow_acceptance.synthesis import synthesized
from dflow_acceptance.workspace import clean_environment

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_acceptance.place import Place

PROGRAM = """
import os

from dflow_constructs import (
    App, AppService, Attached, CertificateAuthority, Combined, DatabaseService, DflowStack, Engine, Environment,
    ExternalDatabase, Generated, GitHub, NoAllowlist, RequireTls, Secret, Tls,
)

app = App()
RequireTls().apply_to(app)
stack = DflowStack(app, "shop")
live = Environment(stack, "live", application="shop", worker_nodes=Attached())
cache = DatabaseService(live, "cache", engine=Engine.REDIS)
web = AppService(live, "web", source=GitHub("acme/shop", branch="main"))
web.connect_to(ExternalDatabase(
    stack, "orders", engine=Engine.POSTGRES, host="db.example.com", username="shop",
    password=Secret.from_file(os.environ["MOUNTED"], version=os.environ["VERSION"]),
    tls=Tls.VERIFY_CA.trusting(CertificateAuthority.in_variable(os.environ["CERTIFICATE"], file="/tmp/ca.pem")),
    allowlist=NoAllowlist("a tunnel on the node"),
))
RequireTls.acknowledge(stack, reason="ticket 4711")
web.add_variables({
    "SESSION_KEY": Generated("session-key", seed=Secret.from_environment("SEED")),
    "SANDBOX": Secret.insecure_literal("it's public", reason="the sandbox"),
    "CACHE": Combined(cache.ref.uri, "/0"),
})
app.synth()
"""
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


def derived(seed: str, label: str) -> str:
    inner = hashlib.sha512(f"{seed}/{label}".encode()).hexdigest()
    return hashlib.sha512(f"{seed}/{inner}".encode()).hexdigest()[:64]


def test_secrets_arrive_stay_and_stand_nowhere(settings: dict[str, str], place: Place, tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    mounted = tmp_path / "mounted"
    first, second = (f"a/b c%{secrets.token_hex(12)}" for _ in range(2))
    seed = secrets.token_hex(16)
    mounted.write_text(f"{first}\n")
    given = {**settings, "MOUNTED": str(mounted), "CERTIFICATE": CERTIFICATE, "SEED": seed}

    def variables() -> dict[str, str]:
        return place.organisation.variables(place.service("shop-live-web")["id"])

    def url(password: str) -> str:
        encoded = password.replace("%", "%25").replace("/", "%2F").replace(" ", "%20")
        return f"postgresql://shop:{encoded}@db.example.com:5432/?sslmode=verify-ca&sslrootcert=%2Ftmp%2Fca.pem"

    shop = synthesized(program, tmp_path / "program", clean_environment(home, {**given, "VERSION": "1"}))
    shop.applied()

    key = derived(seed, "session-key/1")
    expected = {
        "DATABASE_URL": url(first),
        "DATABASE_CA_BASE64": base64.b64encode(CERTIFICATE.encode()).decode(),
        "SESSION_KEY": key,
        "SANDBOX": "it's public",
        "CACHE": "{{ shop-live-cache.REDIS_URI }}/0{{ shop-live-web.DFLOW_NOTHING }}",
    }
    assert variables() == expected
    (output,) = json.loads(shop.terraform("show", "-json").stdout)["values"]["outputs"].values()
    assert output["value"] == {
        "shop: RequireTls": ["ticket 4711"],
        "shop: a secret stands in the program": ["the sandbox"],
    }
    shop.unchanged()

    mounted.write_text(second)
    shop = synthesized(program, tmp_path / "program", clean_environment(home, {**given, "VERSION": "2"}))
    shop.applied()

    assert variables() == {**expected, "DATABASE_URL": url(second)}, "what Terraform computed stays"
    for secret in (first, second, seed, key):
        assert leaks(secret, tmp_path / "program") == []

    mounted.unlink()
    refused = shop.plan()
    assert refused.code == 1
    assert "Secret file gives no value" in str(refused)
    mounted.write_text(second)
    shop.destroyed()


def test_the_provider_s_function_takes_what_is_secret_and_what_is_known_after_apply(place: Place, new_workspace):
    workspace = new_workspace(ORDERS_PASSWORD="a/b c%")
    host, password = "terraform_data.host.output", "ephemeral.dflow_process_environment.orders.value"
    url = f'provider::dflow::connection_url("postgres", {host}, 5432, "orders", "shop", {password}, null)'
    workspace.configure(
        ephemeral={"dflow_process_environment": {"orders": {"name": "ORDERS_PASSWORD"}}},
        resource={
            "terraform_data": {"host": {"input": "db.example.com"}},
            "dflow_service_variables": {
                "it": {"service_id": place.service_id, "secret_variables_wo": {"DATABASE_URL": f"${{{url}}}"}}
            },
        },
    )

    workspace.applied()

    arrived = {"DATABASE_URL": "postgresql://shop:a%2Fb%20c%25@db.example.com:5432/orders"}
    assert place.organisation.variables(place.service_id) == arrived
