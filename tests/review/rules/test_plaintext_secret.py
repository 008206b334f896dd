"""DFLOW062 and DFLOW063: no secrets in plain text, and none in what is said about them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dflow_review.finding import Severity
from dflow_review.rules.plaintext_secret import connection_strings_hold_no_password, plans_hold_no_secrets

RANDOM = "q7Zt" + "9LxV2mB8" + "rKw4"
CONNECTION = "postgresql://app:" + RANDOM + "@db.example.net:5432/orders"
CHECKS = [connection_strings_hold_no_password, plans_hold_no_secrets]

# Put together here, so that no scanner takes this file for a leak.
GITLAB = ("pat", "ptt", "rt", "dt", "soat", "cbt", "ft", "imt", "agent", "oas")
TOKENS = {
    "an AWS access key id": "AKIA" + "QX7T" * 4,
    "a GitHub token": "ghp_" + "a1B2c3" * 6,
    "a GitLab token": "glpat-" + "x9Y8z7W6" * 3,
    "a Slack token": "xoxb-" + "123456789012-abcDEF",
    "a Slack webhook": "https://hooks.slack.com/services/" + "T0000000/B0000000/abcDEFghi",
    "a Stripe key": "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "a Neon API key": "napi_" + "a1b2c3d4" * 8,
    "a Neon password": "npg_" + "aB3dE5fG7h",
    "a PlanetScale secret": "pscale_pw_" + "a1B2c3D4" * 4,
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE",
    "a JSON web token": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N",
    "a DigitalOcean token": "dop_v1_" + "0123456789abcdef" * 4,
}


def setting(scene, values, **more):
    return scene.subject(scene.resource("acme_thing.a", values, **more))


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    "values",
    [
        {"password": None, "password_wo_version": "1"},
        {"password": "********", "api_token": "${var.token}", "secret": "{{ shop-db.POSTGRES_PASSWORD }}"},
        {"kms_key_id": "arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"},
        {"secret_arn": "arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders-AbCdEf"},
        {"id": "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "etag": "W/" + RANDOM, "fingerprint": RANDOM},
        {"token_type": "hardware", "secret_name": RANDOM, "password_policy": "at least twelve characters"},
        {"public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8bXqZ0p0k1 shop"},
        {"url": "postgresql://app@db.example.net/orders", "endpoint": "https://example.net/a?b=c"},
        {"url": "postgresql://app:${var.password}@db.example.net/orders", "other": "redis://:{{ a.B }}@h"},
        {"command": "PGPASSWORD=$DB_PASSWORD psql --set token=${var.token}", "script": "TOKEN=$(vault read x)"},
        {"user_data": "export DB_PASSWORD=changeme; API_TOKEN_FILE=/run/secrets/token", "tags": {"token": "none"}},
        {"policy": '{"Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:eu:1:secret:A1"}'},
        {"entries": {"fra-1": {"cidr": "203.0.113.7/32"}}, "auth": "disabled"},
    ],
)
def test_passes_what_only_looks_like_a_secret(scene, asked, check, values):
    assert asked(check, setting(scene, values)) == []


@pytest.mark.parametrize("kind", sorted(TOKENS))
def test_finds_tokens_wherever_they_stand_and_shows_none(scene, kind):
    token = TOKENS[kind]

    found = list(plans_hold_no_secrets(setting(scene, {"settings": [{"note": f"use {token}"}]})))

    assert [(each.address, each.weight) for each in found] == [("acme_thing.a", Severity.HIGH)]
    assert found[0].message == f"settings[0].note holds {kind}."
    assert token not in repr(found)


@pytest.mark.parametrize(
    "token",
    [
        *(f"gh{kind}_" + "a1B2c3" * 6 for kind in "pousr"),
        *(f"gl{kind}-" + "x9Y8z7W6" * 3 for kind in GITLAB),
        *(f"xox{kind}-" + "123456789012-abcDEF" for kind in "abeoprs"),
        *(f"do{kind}_v1_" + "0123456789abcdef" * 4 for kind in "oprt"),
        *(f"{kind}_" + "4eC39HqLyjWDarjtT1zdp7dc" for kind in ("sk_live", "sk_test", "rk_live", "rk_test")),
        "ASIA" + "QX7T" * 4,
        "github_pat_" + "a1B2c3" * 10,
        "xapp-1-" + "A0B1C2D3E4F5",
        "whsec_" + "a1B2c3" * 5,
        "AIza" + "a1B2c3D" * 5,
        "npm_" + "a1B2c3" * 6,
        "sbp_" + "a1b2" * 10,
        "sb_secret_" + "a1B2" * 6,
    ],
)
def test_finds_each_form_of_a_token(scene, asked, token):
    assert asked(plans_hold_no_secrets, setting(scene, {"note": token})) == ["acme_thing.a"]


@pytest.mark.parametrize(
    "text",
    [
        f"PGPASSWORD={RANDOM} psql -f schema.sql",
        f"#!/bin/sh\nexport DB_TOKEN='{RANDOM}'\n./start",
        f"mysql --user=app --password={RANDOM} orders",
        f'{{"name": "x", "client_secret": "{RANDOM}"}}',
        f"curl https://example.net/?api_key={RANDOM}&page=1",
    ],
)
def test_finds_what_a_command_or_a_script_calls_a_secret(scene, text):
    found = list(plans_hold_no_secrets(setting(scene, {"user_data": text})))

    assert [each.message for each in found] == ["user_data holds what looks like a secret that a text gives by name."]
    assert RANDOM not in repr(found)


def test_finds_a_secret_that_is_written_out_for_a_write_only_argument_and_none_that_is_passed(scene, asked):
    passed = scene.resource(
        "acme_thing.b", {}, unknown={"password_wo": True}, references={"password_wo": ("ephemeral.acme_login.a",)}
    )

    assert asked(plans_hold_no_secrets, setting(scene, {"password_wo": RANDOM})) == ["acme_thing.a"]
    assert asked(plans_hold_no_secrets, scene.subject(passed)) == []


@pytest.mark.parametrize("name", ["password", "admin_password", "api_key", "clientSecret", "AUTH_TOKEN", "access_key"])
def test_finds_random_values_under_telling_names(scene, name):
    found = list(plans_hold_no_secrets(setting(scene, {"settings": {name: RANDOM}})))

    assert [each.message.partition(" ")[0] for each in found] == [f"settings.{name}"]
    assert RANDOM not in repr(found)


def test_finds_less_in_a_value_that_terraform_hides(scene):
    found = list(plans_hold_no_secrets(setting(scene, {"result": RANDOM}, sensitive={"result": True})))

    assert [each.weight for each in found] == [Severity.MEDIUM]
    assert RANDOM not in repr(found)


def test_passes_a_hidden_value_that_was_in_the_state_before(scene, asked):
    values = {"result": RANDOM, "url": CONNECTION}
    old = scene.resource("acme_thing.a", values, dict(values), sensitive={"result": True, "url": True})

    assert [asked(check, scene.subject(old)) for check in CHECKS] == [[], []]


def test_finds_secrets_of_what_is_destroyed(scene, asked):
    gone = scene.resource("acme_thing.a", None, {"password": RANDOM})

    assert asked(plans_hold_no_secrets, scene.subject(gone)) == ["acme_thing.a"]


@pytest.mark.parametrize(
    "text",
    [
        CONNECTION,
        "redis://:" + RANDOM + "@cache.example.net:6379",
        "mongodb+srv://app:" + RANDOM + "@cluster.example.net/",
        "jdbc:postgresql://db.example.net/orders?user=app&password=" + RANDOM,
        "Server=db.example.net;Database=orders;User Id=app;Password=" + RANDOM,
        "host=db.example.net user=app password=" + RANDOM + " dbname=orders",
    ],
)
def test_finds_connection_strings_with_a_password_and_shows_none(scene, text):
    subject = scene.subject(scene.variables({"DATABASE_URL": text}))

    found = list(connection_strings_hold_no_password(subject))

    assert [each.address for each in found] == ["dflow_service_variables.web"]
    assert found[0].message == "variables.DATABASE_URL holds a connection string with a password."
    assert RANDOM not in repr(found)
    assert list(plans_hold_no_secrets(subject)) == [], "one finding is enough"


def test_finds_a_secret_that_stands_as_a_key_and_shows_it_neither(scene):
    token = TOKENS["a GitHub token"]

    found = list(plans_hold_no_secrets(setting(scene, {"headers": {token: token}})))

    assert [each.message for each in found] == ["headers.… holds a GitHub token."]


def test_cannot_tell_of_values_that_are_known_after_apply(scene, asked):
    unknown = scene.resource(
        "acme_thing.a",
        {},
        unknown={"admin_password": True, "connection_string": True, "id": True},
        references={"admin_password": ("random_password.a",), "connection_string": ("x.y",), "id": ("x.y",)},
    )

    assert [asked(check, scene.subject(unknown)) for check in CHECKS] == [["acme_thing.a (cannot tell)"]] * 2


def test_finds_secrets_besides_resources_and_shows_none(scene):
    settings = scene.resource("provider.dflow", {"api_key": RANDOM})
    output = scene.resource("output.url", {"url": CONNECTION})
    subject = scene.subject()
    plan = replace(subject.plans[0], besides=(settings, output))

    found = [each for check in CHECKS for each in check(replace(subject, plans=(plan,)))]

    assert [(each.rule.id, each.address) for each in found] == [
        ("DFLOW062", "output.url"),
        ("DFLOW063", "provider.dflow"),
    ]
    assert RANDOM not in repr(found)


def test_passes_a_value_that_terraform_puts_together(scene, asked):
    assert asked(plans_hold_no_secrets, setting(scene, {"password": "a1B2c3D4-${var.rest}"})) == []


@pytest.mark.parametrize("check", CHECKS)
def test_survives_values_of_the_wrong_type(odd_subjects, check):
    assert [list(check(subject)) for subject in odd_subjects]


@pytest.mark.parametrize("check", CHECKS)
def test_survives_values_that_are_nested_deeper_than_python_calls(scene, asked, check):
    deep = "x"
    for _ in range(20_000):
        deep = [deep]

    assert asked(check, setting(scene, {"a": deep})) == []
