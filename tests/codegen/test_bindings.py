"""The committed bindings of the dflow provider, and the JSON they synthesize to on both CDKs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dflow_provider
from dflow_codegen import differences, generate
from dflow_provider.provider import DflowProvider
from dflow_provider.schema.document import schema_document

if TYPE_CHECKING:
    from collections.abc import Callable

BINDINGS = Path(__file__).parents[2] / "constructs" / "dflow_bindings"

STACK = """
from dflow_bindings import *
DflowProvider(stack, "dflow", tenant="acme")
node = DataWorkerNode(stack, "fra-1", name="fra-1", require_outbound_ip=True)
production = Environment(stack, "production", name="shop-production", worker_nodes=[node.id])
web = AppService(
    production,
    "web",
    environment_id=production.id,
    name="shop-web",
    source=AppServiceSource(provider="github", owner="acme", repository="shop", branch="main"),
    port=3000,
)
password = EphemeralProcessEnvironment(stack, "password", name="ORDERS_PASSWORD")
allowlist = AwsSecurityGroupAllowlist(
    stack,
    "orders",
    security_group_id="sg-1",
    owner="shop/orders",
    port=5432,
    entries={"fra-1": AwsSecurityGroupAllowlistEntries(cidr=node.outbound_cidr)},
)
variables = ServiceVariables(
    production,
    "variables",
    service_id=web.id,
    variables={"RULE": allowlist.rule_ids.lookup("fra-1")},
    secret_variables_wo={"PASSWORD": password.value},
    depends_on=[allowlist],
)
"""


def test_the_bindings_are_what_the_providers_schema_gives():
    """If this fails, run `dflow-cdktf codegen` and commit what it writes."""
    files = generate(schema_document(DflowProvider()), "dflow-cdktf/dflow", version=dflow_provider.__version__)

    assert differences(files, BINDINGS) == []


def test_importing_the_bindings_starts_no_node():
    """The package itself is light: modules, and with them the CDK, load when a class is asked for."""
    code = "import sys, dflow_bindings; print(sorted({'jsii', 'dflow_cdk', 'dataclasses'} & set(sys.modules)))"

    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert finished.stdout == "[]\n"


def test_a_class_that_is_not_there_is_no_attribute():
    code = "import dflow_bindings; dflow_bindings.Database"

    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "AttributeError: module 'dflow_bindings' has no attribute 'Database'" in finished.stderr


def test_a_stack_of_generated_classes_is_terraforms_json(synthesize: Callable[..., dict[str, Any]]):
    """Logical names are contract: they are the addresses in everybody's state."""
    document = synthesize(STACK)

    assert document["provider"] == {"dflow": [{"tenant": "acme"}]}
    assert document["terraform"]["required_providers"] == {
        "dflow": {"source": "dflow-cdktf/dflow", "version": dflow_provider.__version__}
    }
    assert "overrides" not in document["//"]["metadata"]
    assert without_comments(document["data"]) == {
        "dflow_worker_node": {"fra-1": {"name": "fra-1", "require_outbound_ip": True}}
    }
    assert without_comments(document["ephemeral"]) == {
        "dflow_process_environment": {"password": {"name": "ORDERS_PASSWORD"}}
    }
    assert without_comments(document["resource"]) == {
        "dflow_environment": {
            "production": {"name": "shop-production", "worker_nodes": ["${data.dflow_worker_node.fra-1.id}"]}
        },
        "dflow_app_service": {
            "production_web_412EF249": {
                "environment_id": "${dflow_environment.production.id}",
                "name": "shop-web",
                "source": {"provider": "github", "owner": "acme", "repository": "shop", "branch": "main"},
                "port": 3000,
            }
        },
        "dflow_aws_security_group_allowlist": {
            "orders": {
                "security_group_id": "sg-1",
                "owner": "shop/orders",
                "port": 5432,
                "entries": {"fra-1": {"cidr": "${data.dflow_worker_node.fra-1.outbound_cidr}"}},
            }
        },
        "dflow_service_variables": {
            "production_variables_79268BCA": {
                "service_id": "${dflow_app_service.production_web_412EF249.id}",
                "variables": {"RULE": '${dflow_aws_security_group_allowlist.orders.rule_ids["fra-1"]}'},
                "secret_variables_wo": {"PASSWORD": "${ephemeral.dflow_process_environment.password.value}"},
                "depends_on": ["dflow_aws_security_group_allowlist.orders"],
            }
        },
    }


def without_comments(blocks: dict[str, Any]) -> dict[str, Any]:
    return {
        type_: {name: {key: value for key, value in block.items() if key != "//"} for name, block in named.items()}
        for type_, named in blocks.items()
    }
