"""Functions, in this process and called by the real terraform."""

from __future__ import annotations

import json

import pytest

from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.msgpack_values import decode, encode
from dflow_provider.schema import DYNAMIC, STRING, UNKNOWN, Dynamic

CANARY = "kanarienvogel"


def request(name: str, *values: object) -> pb.CallFunction.Request:
    """Write a call of the function `join`, whose second argument is dynamic."""
    types = [DYNAMIC if position == 1 else STRING for position in range(len(values))]
    arguments = [pb.DynamicValue(msgpack=encode(type_, value)) for type_, value in zip(types, values, strict=True)]
    return pb.CallFunction.Request(name=name, arguments=arguments)


def test_functions_are_described_alike_wherever_terraform_asks(client):
    """With the schema, and alone."""
    asked = client.call("GetFunctions").functions
    described = client.call("GetProviderSchema").functions

    assert dict(asked) == dict(described)
    join = asked["join"]
    assert [one.name for one in join.parameters] == ["between", "first", "secret"]
    assert [one.allow_null_value for one in join.parameters] == [True, True, False]
    assert [one.allow_unknown_values for one in join.parameters] == [False, True, False]
    assert join.parameters[1].type == b'"dynamic"'
    assert join.variadic_parameter.name == "others"
    assert not asked["version"].HasField("variadic_parameter")
    assert getattr(asked["version"], "return").type == b'["list", "number"]'


def test_a_function_is_called_without_a_configured_provider(client):
    """Terraform calls it in a process that it configures nothing in."""
    unconfigured = type(client)(client.provider)
    answer = unconfigured.send("CallFunction", request("join", "-", Dynamic(STRING, "a"), "s", "b", "c"))

    assert not answer.HasField("error")
    assert decode(STRING, answer.result.msgpack) == "a-b-c"


def test_nulls_and_unknowns_reach_a_function_that_takes_them(client):
    """The others never leave Terraform."""
    answer = client.send("CallFunction", request("join", None, UNKNOWN, "s", "b"))

    assert decode(STRING, answer.result.msgpack) == "UNKNOWNb"


def test_a_refusal_names_the_argument(client):
    """Counted from 0, the further ones with it; position 0 is not no position."""
    refused = client.send("CallFunction", request("join", "-", None, CANARY, "b", "refused"))

    assert refused.error.function_argument == 4
    assert refused.error.text == "'refused' is refused, as *** knows."
    missing = client.send("CallFunction", request("join", "-"))
    assert not missing.error.HasField("function_argument")
    assert missing.error.text == "3 arguments are needed, 1 given."


def test_too_many_arguments_are_refused(client):
    """Terraform counts them itself."""
    refused = client.send("CallFunction", request("version", "one"))

    assert refused.error.text == "At most 0 arguments are taken."
    assert refused.error.HasField("function_argument")
    assert refused.error.function_argument == 0


@pytest.mark.parametrize(("how", "said"), [("crash", "ValueError: crashed with ***"), ("odd", "string required")])
def test_a_bug_is_an_error_without_the_secret(client, how, said):
    """Whatever a function does, Terraform hears of it."""
    failed = client.send("CallFunction", request("join", "-", None, CANARY, how))

    assert said in failed.error.text
    assert CANARY not in failed.error.text


def test_an_unknown_function_is_named_with_those_that_exist(client):
    """After a downgrade of the provider, for example."""
    refused = client.send("CallFunction", pb.CallFunction.Request(name="nothing"))

    assert refused.error.text == "This version of the provider has no function 'nothing'; it has: join, version."


@pytest.mark.acceptance
def test_terraform_calls_functions_and_shows_where_they_refuse(workspace):
    """Values known and unknown, sensitive marks, and an error that points at its argument."""
    workspace.write("""
        resource "shelf_object" "one" {
          name = "one"
        }
        output "joined" {
          value = provider::shelf::join("-", 1, "s", "b", "c")
        }
        output "later" {
          value = provider::shelf::join(null, null, "s", shelf_object.one.id)
        }
        output "hidden" {
          value     = provider::shelf::join("-", "a", sensitive("s"))
          sensitive = true
        }
        output "version" {
          value = provider::shelf::version()
        }
    """)
    workspace.apply()
    printed = {name: one["value"] for name, one in json.loads(workspace.run("output", "-json").out).items()}

    assert printed["joined"] == "1-b-c"
    assert printed["later"] == f"None{workspace.attributes('one')['id']}"
    assert printed["hidden"] == "a"
    assert printed["version"] == [0, 1]

    workspace.write('output "bad" {\n  value = provider::shelf::join("-", 1, "s", "refused")\n}')
    refused = workspace.run("plan")
    assert refused.code == 1
    assert "Invalid value for \"others\" parameter: 'refused' is refused" in refused.text
