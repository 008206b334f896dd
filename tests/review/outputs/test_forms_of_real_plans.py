"""Every form of reviews of plans that Terraform wrote."""

import datetime as dt
import json
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest

from dflow_review.reading import read_plans
from dflow_review.review_of import review_of

ROOT = Path(__file__).parents[3]
PLANS = sorted((ROOT / "tests/plans").glob("*/[a-c]*/change.json")) + sorted(
    (ROOT / "tests/plans/shop").glob("[!.]*g.json")
)
FORMS = ["terminal", "markdown", "json", "sarif", "junit", "mermaid", "picture", "html"]


@pytest.fixture(scope="module")
def reviews():
    assert PLANS
    return [review_of(read_plans([plan]), acknowledgements=None, today=dt.date(2026, 11, 22)) for plan in PLANS]


@pytest.mark.parametrize("form", FORMS)
def test_a_review_of_a_real_plan_has_the_same_bytes_twice_and_no_character_that_steers(form, reviews):
    module = import_module(f"dflow_review.outputs.{form}")

    for review in reviews:
        text = module.render(review)
        assert text == module.render(review)
        assert not [character for character in text if character != "\n" and ord(character) < 0x20]


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        ("errored", "planning ended with an error"),
        ("targeted", "only a part was planned"),
        ("deferred", "its settings are known only after another apply"),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_that_a_plan_is_incomplete_and_all_with_sentences_say_why(form, situation, words):
    plans = read_plans([ROOT / f"tests/plans/situations/{situation}/plan.json"])
    review = review_of(plans, acknowledgements=None, today=dt.date(2026, 11, 22))

    text = import_module(f"dflow_review.outputs.{form}").render(review)

    assert "incomplete" in text
    if form not in {"mermaid", "picture"}:
        assert words in " ".join(text.split())


def test_a_review_of_a_real_plan_is_of_the_published_form(reviews):
    schema = json.loads((ROOT / "docs/reference/review.schema.json").read_text(encoding="utf-8"))
    form = jsonschema.Draft202012Validator(schema)
    module = import_module("dflow_review.outputs.json")

    assert [error.message for review in reviews for error in form.iter_errors(json.loads(module.render(review)))] == []
