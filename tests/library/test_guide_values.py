"""The programs in the guide to variables, secrets, TLS and policies run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import dflow_constructs
from dflow_constructs import (
    AppService,
    DatabaseService,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    Manual,
    RequireTls,
    Secret,
    Tls,
)

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"


@pytest.fixture
def known(app, stack: DflowStack, production: Environment) -> dict[str, Any]:
    """What the pages take for granted."""
    return {
        **{name: getattr(dflow_constructs, name) for name in dflow_constructs.__all__},
        "stack": stack,
        "production": production,
        "cache": DatabaseService(production, "cache", engine=Engine.REDIS),
    }


def run(page: str, known: dict[str, Any]) -> None:
    programs = re.findall(r"```python\n(.*?)```", (GUIDE / page).read_text(encoding="utf-8"), re.DOTALL)
    assert len(programs) >= 1
    for program in programs:
        exec(program, known)  # noqa: S102 (the guide is ours)


def test_the_variables_are_what_the_page_says(known, stack: DflowStack, synthesize):
    run("variables.md", known)

    (block,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
    assert block["variables"] == {
        "CACHE_HOST": "{{ shop-production-cache.REDIS_HOST }}",
        "CACHE_URL": "{{ shop-production-cache.REDIS_URI }}/0{{ shop-production-web.DFLOW_NOTHING }}",
        "CALLBACK": "https://{{ shop-production-web.DFLOW_PUBLIC_DOMAIN }}/callback",
        "LOG_LEVEL": "info",
        "PARTNER_TOKEN": "{{ made-by-hand.TOKEN }}",
    }
    assert sorted(block["secret_variables_wo"]) == ["API_TOKEN", "SESSION_KEY", "SIGNING_KEY"]


def test_the_secrets_can_be_given_to_a_service(known, stack: DflowStack, web: AppService, synthesize):
    run("secrets.md", known)

    web.add_variables({**known["variables"], "PASSWORD": known["password"]})
    assert sorted(synthesize(stack)["ephemeral"]["dflow_process_environment"]) == [
        "secret-ORDERS_PASSWORD",
        "secret-SHOP_SEED",
    ]


def test_every_way_to_a_secret_is_on_the_page():
    page = (GUIDE / "secrets.md").read_text(encoding="utf-8")
    ways = [name for name in vars(Secret) if name.startswith("from_") or name in {"derived", "insecure_literal"}]

    assert len(ways) == 10
    assert [name for name in ways if f"Secret.{name}(" not in page] == []


def test_the_database_trusts_the_system(known, stack: DflowStack, web: AppService, synthesize):
    run("tls.md", known)

    web.connect_to(known["orders"])
    (block,) = synthesize(stack)["resource"]["dflow_service_variables"].values()
    assert block["secret_variables_wo"]["DATABASE_URL"].endswith("/orders?sslmode=verify-full&sslrootcert=system")


def test_the_policies_refuse_all_but_the_exception(known, stack: DflowStack, synthesize):
    legacy = ExternalDatabase(
        stack,
        "legacy",
        engine=Engine.POSTGRES,
        host="db.example.com",
        username="shop",
        password=Secret.from_environment("P"),
        tls=Tls.REQUIRE,
        allowlist=Manual("Ask #dba."),
    )
    RequireTls().apply_to(stack)
    with pytest.raises(RuntimeError, match="shop/legacy: tls is REQUIRE"):
        synthesize(stack)

    run("policies.md", {**known, "legacy": legacy})

    (output,) = synthesize(stack)["output"].values()
    assert output["value"] == {"shop/legacy: RequireTls": ["moves to TLS in March, ticket 4711"]}
