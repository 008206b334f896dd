"""Programs to synthesize, and what a program is made of."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

# jsii reads this when the first CDK class is loaded, which the imports below do.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")

from dflow_cdk import cdk
from dflow_constructs import (
    App,
    AppService,
    AwsSecurityGroup,
    DflowStack,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    Secret,
)
from dflow_constructs.testing import synthesized

Synthesize = Callable[[DflowStack], dict[str, Any]]


@pytest.fixture
def app() -> App:
    return cdk.Testing.app()


@pytest.fixture
def stack(app: App) -> DflowStack:
    return DflowStack(app, "shop")


@pytest.fixture
def synthesize() -> Synthesize:
    """Return a stack's Terraform configuration, after every check the CDK runs."""
    return lambda stack: dict(synthesized(stack).configuration)


@pytest.fixture
def production(stack: DflowStack) -> Environment:
    return Environment(stack, "production", application="shop", worker_nodes=["fra-1"])


@pytest.fixture
def staging(stack: DflowStack) -> Environment:
    return Environment(stack, "staging", application="shop", worker_nodes=["fra-2"])


@pytest.fixture
def web(production: Environment) -> AppService:
    return AppService(production, "web", source=GitHub("acme/shop", branch="main"))


@pytest.fixture
def orders(stack: DflowStack) -> ExternalDatabase:
    return ExternalDatabase(
        stack,
        "orders",
        engine=Engine.POSTGRES,
        host="orders.example.com",
        database="orders",
        username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD"),
        allowlist=AwsSecurityGroup("sg-0123456789abcdef0", region="eu-central-1"),
    )
