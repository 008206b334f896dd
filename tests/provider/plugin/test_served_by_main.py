"""The dFlow provider itself, started as Terraform starts it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from dflow_provider.provider import DflowProvider
from dflow_provider.schema.document import schema_document

HTTP_CLIENTS = {"urllib3", "http.client", "requests", "httpx", "boto3", "botocore"}


@pytest.fixture
def dflow(workspace):
    """The workspace, with the provider dflow in place of the shelf provider, reattached."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dflow_provider.plugin.main", "--serve"],
        env=workspace.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    workspace.environment["TF_REATTACH_PROVIDERS"] = process.stdout.readline().strip()
    (workspace.folder / "main.tf").write_text(
        'terraform {\n  required_providers {\n    dflow = { source = "dflow-cdktf/dflow" }\n  }\n}\n'
        'provider "dflow" {\n}\n'
    )
    yield workspace
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.mark.acceptance
def test_terraform_accepts_its_schema_and_prints_the_same_as_the_document(dflow):
    """Terraform checks a schema when it reads it; no process was started by Terraform."""
    dflow.init()
    printed = dflow.run("providers", "schema", "-json")

    assert json.loads(printed.out) == schema_document(DflowProvider())


def test_schema_and_validation_import_no_http_client():
    """They run in processes of their own, two in every command."""
    code = """
import sys
from dflow_provider.plugin.calls import provider_calls
from dflow_provider.plugin.in_flight import InFlight
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.msgpack_values import encode
from dflow_provider.plugin.session import Session
from dflow_provider.provider import DflowProvider

provider = DflowProvider()
calls = provider_calls(Session(provider), InFlight())
calls["/tfplugin6.Provider/GetProviderSchema"](b"")
for name, kind in provider.resources.items():
    request = pb.ValidateResourceConfig.Request(type_name=name)
    nothing = dict.fromkeys(kind.schema.value_type.attributes)
    request.config.msgpack = encode(kind.schema.value_type, nothing)
    calls["/tfplugin6.Provider/ValidateResourceConfig"](request.SerializeToString())
print(" ".join(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not HTTP_CLIENTS & set(done.stdout.split())


@pytest.mark.acceptance
def test_aliases_of_a_reattached_provider_keep_their_settings_apart(workspace):
    """One process, two provider blocks, one apply."""
    shelf_program = workspace.provider
    process = subprocess.Popen(
        [sys.executable, str(shelf_program), "--serve"], env=workspace.environment, stdout=subprocess.PIPE, text=True
    )
    workspace.environment["TF_REATTACH_PROVIDERS"] = process.stdout.readline().strip()
    (workspace.folder / "other").mkdir()
    try:
        workspace.write(f"""
            provider "shelf" {{
              alias     = "other"
              directory = "{workspace.folder}/other"
            }}
            resource "shelf_object" "one" {{
              name = "one"
            }}
            resource "shelf_object" "two" {{
              provider = shelf.other
              name     = "two"
            }}
        """)
        workspace.apply()

        assert workspace.stored().keys() == {"one"}
        assert len(list((workspace.folder / "other").glob("*.json"))) == 1
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.mark.acceptance
def test_terraform_calls_its_functions(dflow):
    """Without any setting, since they need none."""
    (dflow.folder / "main.tf").write_text("""
        terraform {
          required_providers {
            dflow = { source = "dflow-cdktf/dflow" }
          }
        }
        variable "password" {
          default   = "p@ss/w%rd"
          sensitive = true
        }
        output "url" {
          value = provider::dflow::connection_url(
            "postgres", "2001:db8::7", 5432, "orders", "app", var.password, { sslmode = "verify-full" }
          )
          sensitive = true
        }
        output "bare" {
          value = provider::dflow::connection_url("redis", "cache", null, null, null, null, null)
        }
        output "cidr" {
          value = provider::dflow::cidr("203.0.113.7")
        }
    """)
    dflow.init()
    dflow.apply()
    printed = {name: one["value"] for name, one in json.loads(dflow.run("output", "-json").out).items()}

    assert printed == {
        "url": "postgresql://app:p%40ss%2Fw%25rd@[2001:db8::7]:5432/orders?sslmode=verify-full",
        "bare": "redis://cache",
        "cidr": "203.0.113.7/32",
    }

    with (dflow.folder / "main.tf").open("a") as file:
        file.write('output "bad" {\n  value = provider::dflow::cidr("203.0.113.7/24")\n}\n')
    refused = dflow.run("plan")
    assert refused.code == 1
    assert 'Invalid value for "address" parameter' in refused.text
    assert "may mean one address or a range" in refused.text
