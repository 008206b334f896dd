import json
from pathlib import Path

import jsonschema
import pytest

from dflow_review.outputs.sarif import render

SCHEMA = Path(__file__).parents[3] / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


@pytest.fixture(scope="module")
def sarif():
    """SARIF 2.1.0 as SchemaStore has it (rtm.5), from the package of Microsoft's that brings it."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("review", ["ordinary", "joined", "quiet", "opened", "hostile"])
def test_every_review_is_valid_sarif(review, request, sarif):
    document = json.loads(render(request.getfixturevalue(review)))

    assert [f"{each.json_path}: {each.message}" for each in sarif.iter_errors(document)] == []


def test_what_is_no_sarif_is_refused(ordinary, sarif):
    document = json.loads(render(ordinary))
    document["runs"][0]["results"][0]["level"] = "terrible"

    assert list(sarif.iter_errors(document)) != []


def test_a_finding_fails_what_cannot_be_told_is_open_and_what_was_acknowledged_is_suppressed(ordinary):
    found, untold, acknowledged = json.loads(render(ordinary))["runs"][0]["results"]

    assert (found["ruleId"], found["kind"], found["level"], found["suppressions"]) == ("DFLOW011", "fail", "note", [])
    assert (untold["kind"], untold["level"]) == ("open", "none")
    assert acknowledged["level"] == "error"
    assert acknowledged["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "a demo (dana, until 2027-01-31)"}
    ]


def test_a_finding_names_the_plan_as_a_file_and_the_resource_in_it(ordinary):
    location = json.loads(render(ordinary))["runs"][0]["results"][0]["locations"][0]

    assert location["physicalLocation"]["artifactLocation"] == {"index": 0, "uri": "shop.json"}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "dflow_neon_allowlist.orders"


def test_the_plan_is_named_with_its_sha256(ordinary):
    artifact = json.loads(render(ordinary))["runs"][0]["artifacts"][0]

    assert artifact["hashes"] == {"sha-256": ordinary.plans[0].sha256}


def test_a_rule_that_crashed_makes_the_run_fail_and_is_no_result(opened):
    run = json.loads(render(opened))["runs"][0]

    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["toolExecutionNotifications"][0]["associatedRule"] == {"id": "DFLOW001", "index": 0}


def test_no_name_is_a_link_or_a_placeholder(hostile):
    message = json.loads(render(hostile))["runs"][0]["results"][0]["message"]["text"]

    assert "\\[x\\](javascript" in message


def test_who_joins_and_who_leaves_is_a_note_of_a_run_that_succeeded(joined):
    (invocation,) = json.loads(render(joined))["runs"][0]["invocations"]
    notes = invocation["toolExecutionNotifications"]

    assert invocation["executionSuccessful"] is True
    assert {each["level"] for each in notes} == {"note"}
    assert [each["message"]["text"].partition(" ")[0] for each in notes] == ["canary", "lost", "old"]
