import json
from pathlib import Path

import jsonschema
import pytest

from dflow_review.finding import Severity
from dflow_review.outputs.json import render

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/reference/review.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("review", ["ordinary", "joined", "quiet", "opened", "hostile"])
def test_every_review_is_of_the_published_form(review, request):
    document = json.loads(render(request.getfixturevalue(review)))

    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(document, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_the_published_form_says_what_each_field_is():
    def without_words(schema):
        for name, field in schema.get("properties", {}).items():
            if "description" not in field and "$ref" not in field and "enum" not in field:
                yield name
            yield from without_words(field)

    assert [name for part in [SCHEMA, *SCHEMA["$defs"].values()] for name in without_words(part)] == []


def test_a_program_finds_what_was_reviewed_and_what_came_of_it(ordinary):
    document = json.loads(render(ordinary))

    assert document["plans"][0]["sha256"] == ordinary.plans[0].sha256
    assert document["result"] == "widened"
    orders = next(each for each in document["databases"] if each["name"] == "orders")
    assert orders["movement"] == "widened"
    assert orders["added"] == {"cidrs": ["203.0.113.9/32"], "count": "1"}
    billing = next(each for each in document["databases"] if each["name"] == "billing")
    assert (billing["port"], billing["after"][0]["cidrs"]) == (None, None)
    assert [each["acknowledged"] and each["acknowledged"]["who"] for each in document["findings"]] == [
        None,
        None,
        "dana",
    ]


def test_findings_make_up_the_result_where_they_are_asked_to(ordinary):
    assert json.loads(render(ordinary, fail_on=Severity.LOW))["result"] == "findings"
    assert json.loads(render(ordinary, fail_on=Severity.HIGH))["result"] == "widened"


def test_descriptions_of_entries_are_left_out(ordinary):
    assert "a note" not in render(ordinary)


def test_a_number_of_addresses_that_readers_of_json_would_round_is_a_text(opened):
    added = json.loads(render(opened))["databases"][0]["added"]

    assert added["count"] == str(2**128 + 2**32 - 1)


def test_a_program_finds_who_joined_who_left_and_which_service_is_whose(joined):
    (orders,) = json.loads(render(joined))["databases"]

    assert orders["movement"] == "both"
    assert orders["joined"] == [
        {
            "environment": "canary",
            "node": "fra-1",
            "services": ["canary-web"],
            "resource": "dflow_environment.canary",
            "entry": {"spelling": "203.0.113.7/32", "resource": "dflow_neon_allowlist.orders"},
        }
    ]
    assert [each["environment"] for each in orders["left"]] == ["old"]
    assert [(each["environment"], each["node"]) for each in orders["undecided"]] == [("lost", "")]
    tenants = {each["environment"]: each["services"] for each in orders["after"][0]["tenants"]}
    assert tenants == {"canary": ["canary-web"], "production": ["web", "worker"]}
    assert [each["environment"] for each in orders["before"][0]["tenants"]] == ["old", "production"]
