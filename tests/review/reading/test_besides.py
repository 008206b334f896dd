"""Secrets of files that stand in no resource."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dflow_review.finding import Answer, Severity
from dflow_review.outputs import json as json_form
from dflow_review.outputs import markdown, terminal
from dflow_review.reading import read_plans
from dflow_review.reading.besides import besides_blocks, besides_changes
from dflow_review.review_of import review_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dflow_review.finding import Finding
    from dflow_review.plan import Plan
    from dflow_review.review import Review

SECRET = "q7TzR2vLx9Wm4KpB"
CONNECTION = f"postgres://shop:{SECRET}@db.example.net/orders"
ODD: tuple[Any, ...] = (None, 7, "x", True, [], {}, [None, 7, ["x"]], {"a": None}, {"a": [7]}, {"a": {"b": "c"}})


def _synthesized(tmp_path: Path, **content: Any) -> Plan:
    file = tmp_path / "cdk.tf.json"
    file.write_text(json.dumps({"terraform": {}, **content}))
    return read_plans([file])[0]


def _review(plan: Plan) -> Review:
    return review_of((plan,), acknowledgements=None, today=None)


def _found(plan: Plan) -> list[Finding]:
    return [each for each in _review(plan).verdicts.open if each.answer is Answer.FINDING]


CONFIGURATION = {
    "provider_config": {
        "dflow": {"name": "dflow", "expressions": {"api_key": {"constant_value": SECRET}}},
        "aws.west": {"expressions": {"assume_role": [{"token": {"constant_value": SECRET}}]}},
        "google": {"expressions": {"access_token": {"references": ["var.token"]}}},
    },
    "root_module": {
        "variables": {"admin_password": {"sensitive": True}},
        "module_calls": {
            "shop": {
                "expressions": {"db_password": {"references": ["var.p"]}},
                "module": {"module_calls": {"orders": {"expressions": {"auth_token": {"constant_value": SECRET}}}}},
            }
        },
    },
}


def _root(**content: Any) -> dict[str, Any]:
    return {"configuration": {"root_module": content}}


def _called(**content: Any) -> dict[str, Any]:
    return _root(module_calls={"shop": {"module": content}})


def _importing(**change: Any) -> dict[str, Any]:
    return {
        "address": "acme_user.a",
        "mode": "managed",
        "type": "acme_user",
        "change": {"actions": ["no-op"], "before": {}, "after": {}, **change},
    }


LOCAL_EXEC = {"type": "local-exec", "expressions": {"environment": {"constant_value": {"PGPASSWORD": SECRET}}}}
COMMAND = {"type": "local-exec", "expressions": {"command": {"constant_value": f"PGPASSWORD={SECRET} psql -f x.sql"}}}
INVOCATION = {"address": "action.acme_notify.a", "type": "acme_notify", "config_values": {"token": SECRET}}
PROBLEM = {
    "address": {"kind": "check", "to_display": "check.login"},
    "status": "fail",
    "instances": [
        {"address": {"to_display": "check.login"}, "status": "fail", "problems": [{"message": f"password={SECRET}"}]}
    ],
}
PLACES_IN_A_PLAN: dict[str, tuple[dict[str, Any], str]] = {
    "provisioner": (_root(resources=[{"address": "null_resource.a", "provisioners": [LOCAL_EXEC]}]), "null_resource.a"),
    "command of a provisioner": (
        _root(resources=[{"address": "null_resource.a", "provisioners": [COMMAND]}]),
        "null_resource.a",
    ),
    "provisioner in a module": (
        _called(resources=[{"address": "null_resource.a", "provisioners": [LOCAL_EXEC]}]),
        "module.shop.null_resource.a",
    ),
    "write-only argument": (
        _root(
            resources=[
                {
                    "address": "acme_user.a",
                    "mode": "managed",
                    "expressions": {"login": [{"password_wo": {"constant_value": SECRET}}]},
                }
            ]
        ),
        "acme_user.a",
    ),
    "ephemeral resource": (
        _root(
            resources=[
                {
                    "address": "ephemeral.acme_login.a",
                    "mode": "ephemeral",
                    "expressions": {"password": {"constant_value": SECRET}},
                }
            ]
        ),
        "ephemeral.acme_login.a",
    ),
    "default of a variable": (_root(variables={"db_password": {"default": SECRET}}), "var.db_password.default"),
    "default of a module's variable": (
        _called(variables={"db_password": {"default": SECRET}}),
        "module.shop.var.db_password",
    ),
    "output of a module": (
        _called(outputs={"url": {"expression": {"constant_value": CONNECTION}}}),
        "module.shop.output.url",
    ),
    "output that goes": ({"output_changes": {"url": {"actions": ["delete"], "before": CONNECTION}}}, "output.url"),
    "import by id": ({"resource_changes": [_importing(importing={"id": CONNECTION})]}, "import.acme_user.a"),
    "import by identity": (
        {"resource_changes": [_importing(importing={"identity": {"token": SECRET}})]},
        "import.acme_user.a",
    ),
    "import that is put off": (
        {"deferred_changes": [{"reason": "unknown", "resource_change": _importing(importing={"id": CONNECTION})}]},
        "import.acme_user.a",
    ),
    "configuration that an import generates": (
        {
            "resource_changes": [
                _importing(generated_config=f'resource "acme_user" "a" {{\n  password = "{SECRET}"\n}}')
            ]
        },
        "import.acme_user.a",
    ),
    "action": ({"action_invocations": [INVOCATION]}, "action.acme_notify.a"),
    "action that is put off": (
        {"deferred_action_invocations": [{"reason": "unknown", "action_invocation": INVOCATION}]},
        "action.acme_notify.a",
    ),
    "message of a check": ({"checks": [PROBLEM]}, "check.login"),
}
PLANS: tuple[tuple[dict[str, Any], list[str]], ...] = (
    (
        {"configuration": CONFIGURATION},
        ["module.shop.module.orders", "provider.aws.west", "provider.dflow"],
    ),
    ({"variables": {"db_password": {"value": SECRET}, "region": {"value": "fra"}}}, ["var.db_password"]),
    ({"output_changes": {"url": {"actions": ["create"], "before": None, "after": CONNECTION}}}, ["output.url"]),
    ({"planned_values": {"outputs": {"url": {"sensitive": False, "value": CONNECTION}}}}, ["output.url"]),
)


@pytest.mark.parametrize(("content", "addresses"), PLANS)
def test_a_plan_is_searched_besides_its_resources_and_nothing_found_is_shown(
    plan: Callable[..., Plan], content: dict[str, Any], addresses: list[str]
) -> None:
    review = _review(plan(**content))

    assert sorted(each.address for each in review.verdicts.open) == addresses
    for form in (terminal, markdown, json_form):
        assert SECRET not in form.render(review)


@pytest.mark.parametrize("place", PLACES_IN_A_PLAN)
def test_each_place_of_a_plan_that_can_hold_a_secret_is_searched(plan: Callable[..., Plan], place: str) -> None:
    content, address = PLACES_IN_A_PLAN[place]

    review = _review(plan(**content))

    assert [each.address for each in review.verdicts.open if each.answer is Answer.FINDING] == [address]
    for form in (terminal, markdown, json_form):
        assert SECRET not in form.render(review)


def test_a_value_and_another_default_of_a_variable_are_two_findings(plan: Callable[..., Plan]) -> None:
    given = plan(
        variables={"db_password": {"value": SECRET}},
        configuration={"root_module": {"variables": {"db_password": {"default": SECRET[::-1]}}}},
    )
    same = plan(
        variables={"db_password": {"value": SECRET}},
        configuration={"root_module": {"variables": {"db_password": {"default": SECRET}}}},
    )

    assert [each.address for each in _found(given)] == ["var.db_password", "var.db_password.default"]
    assert [each.address for each in _found(same)] == ["var.db_password"]


PROGRAMS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"provider": {"dflow": [{"api_key": SECRET}]}}, "provider.dflow"),
    ({"provider": {"aws": {"alias": "west", "secret_key": SECRET}}}, "provider.aws.west"),
    ({"module": {"shop": {"source": "./shop", "db_password": SECRET}}}, "module.shop"),
    ({"locals": {"api_token": SECRET}}, "local.api_token"),
    ({"locals": [{"logins": {"shop": {"password": SECRET}}}]}, "local.logins"),
    ({"variable": {"admin_password": {"type": "string", "default": SECRET}}}, "var.admin_password"),
    ({"output": {"url": {"value": CONNECTION}}}, "output.url"),
    ({"ephemeral": {"vault_secret": {"s": {"token": SECRET}}}}, "ephemeral.vault_secret.s"),
    ({"terraform": {"backend": {"http": {"password": SECRET}}}}, "backend.http"),
    ({"terraform": [{"cloud": [{"token": SECRET}]}]}, "terraform.cloud"),
    ({"terraform": {"provider_meta": {"acme": {"api_key": SECRET}}}}, "provider_meta.acme"),
    ({"resource": {"null_resource": {"a": {"connection": {"password": SECRET}}}}}, "null_resource.a"),
    (
        {
            "resource": {
                "null_resource": {"a": {"provisioner": [{"local-exec": {"environment": {"PGPASSWORD": SECRET}}}]}}
            }
        },
        "null_resource.a",
    ),
    (
        {"resource": {"null_resource": {"a": {"provisioner": {"file": {"connection": {"password": SECRET}}}}}}},
        "null_resource.a",
    ),
    ({"resource": {"acme_user": {"a": {"password_wo": SECRET, "password_wo_version": 1}}}}, "acme_user.a"),
    (
        {"removed": [{"from": "null_resource.a", "provisioner": [{"local-exec": {"command": f"TOKEN={SECRET} rm"}}]}]},
        "removed.null_resource.a",
    ),
    ({"import": [{"to": "acme_user.a", "id": CONNECTION}]}, "import.acme_user.a"),
    ({"action": {"acme_notify": {"a": {"config": {"token": SECRET}}}}}, "action.acme_notify.a"),
)


@pytest.mark.parametrize(("content", "address"), PROGRAMS)
def test_a_program_is_searched_besides_its_resources_and_nothing_found_is_shown(
    tmp_path: Path, content: dict[str, Any], address: str
) -> None:
    review = _review(_synthesized(tmp_path, **{"resource": {}, **content}))

    assert [each.address for each in review.verdicts.open] == [address]
    for form in (terminal, markdown, json_form):
        assert SECRET not in form.render(review)


def test_a_hidden_variable_weighs_less_and_a_hidden_output_counts_when_it_changes(plan: Callable[..., Plan]) -> None:
    def output(before: str) -> dict[str, Any]:
        return {"db_password": {"before": before, "after": SECRET, "before_sensitive": True, "after_sensitive": True}}

    variables = plan(
        configuration={"root_module": {"variables": {"db_password": {"sensitive": True}}}},
        variables={"db_password": {"value": SECRET}},
    )

    assert [(each.address, each.weight) for each in _found(variables)] == [("var.db_password", Severity.MEDIUM)]
    assert [each.address for each in _found(plan(output_changes=output("another")))] == ["output.db_password"]
    assert _found(plan(output_changes=output(SECRET))) == []


def test_what_refers_to_a_value_or_says_where_it_is_holds_no_secret(tmp_path: Path, plan: Callable[..., Plan]) -> None:
    program = _synthesized(
        tmp_path,
        provider={"dflow": [{"api_key": "${var.dflow_api_key}", "endpoint": "https://dflow.example.net"}]},
        variable={"dflow_api_key": {"type": "string", "sensitive": True}},
        output={"url": {"value": "postgres://shop:${var.password}@db.example.net/orders"}},
        locals={"//": {"password": SECRET}},
    )

    assert _found(program) == []
    assert _found(plan(variables={"region": {"value": "fra"}, "token": {}})) == []


@pytest.mark.parametrize("odd", ODD)
def test_content_of_another_shape_is_passed_by(odd: Any) -> None:
    sections = ("provider", "module", "locals", "variable", "output", "ephemeral", "terraform", "action", "import")
    besides_blocks(dict.fromkeys(sections, odd))
    besides_blocks({section: {"x": odd} for section in sections})
    besides_blocks({"terraform": {"backend": odd}})
    besides_changes(dict.fromkeys(("configuration", "variables", "output_changes", "planned_values"), odd))
    besides_changes({"configuration": {"provider_config": odd, "root_module": odd}})
    besides_changes({"configuration": {"provider_config": {"x": odd}, "root_module": {"module_calls": odd}}})
    besides_changes({"configuration": {"root_module": {"resources": odd, "variables": odd, "outputs": odd}}})
    besides_changes({"configuration": {"root_module": {"resources": [{"address": "a.b", "provisioners": odd}]}}})
    besides_changes(dict.fromkeys(("resource_changes", "deferred_changes", "action_invocations", "checks"), odd))
    besides_changes(
        {"checks": [{"instances": odd}], "resource_changes": [{"change": odd}, {"change": {"importing": odd}}]}
    )
    besides_blocks({"resource": {"a": {"b": {"provisioner": odd, "connection": odd}}}, "removed": odd})
    besides_changes({"output_changes": {"x": odd}, "variables": {"x": odd}, "planned_values": {"outputs": odd}})

    assert besides_changes({"configuration": {"provider_config": {"x": {"expressions": odd}}}})


def test_settings_and_modules_without_an_end_are_passed_by() -> None:
    blocks: Any = {"constant_value": SECRET}
    module: Any = {}
    for _ in range(5_000):
        blocks, module = [blocks], {"module_calls": {"m": {"module": module}}}
    configuration = {"provider_config": {"x": {"expressions": {"token": blocks}}}, "root_module": module}

    assert "provider.x" in {each.address for each in besides_changes({"configuration": configuration})}


def test_a_risk_and_a_hidden_output_that_the_base_has_are_no_news(plan_file: Callable[..., Path]) -> None:
    def outputs(*reasons: str) -> dict[str, Any]:
        return {
            "accepted_risks": {"after": {"shop: RequireTls": [*reasons]}},
            "db_password": {"after": SECRET, "after_sensitive": True},
        }

    base = plan_file(name="base.json", output_changes=outputs("until March"))
    head = plan_file(name="head.json", output_changes=outputs("until March", "until May"))
    (compared,) = read_plans([head], base=[base])

    assert [(each.rule.id, each.message) for each in _found(compared)] == [
        ("DFLOW064", "It is accepted because: until May")
    ]


def test_a_stack_that_goes_has_nothing_to_be_found_besides(plan_file: Callable[..., Path]) -> None:
    base = [plan_file(name=f"old/{name}.json", variables={"token": {"value": SECRET}}) for name in ("a", "b")]
    plans = read_plans([plan_file(name="new/a.json")], base=base)

    assert [(each.name, each.besides) for each in plans] == [("a", ()), ("b", ())]
