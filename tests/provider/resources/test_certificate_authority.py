"""What can be asked of an authority, told before anybody is asked."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_provider.resources.certificate_authority import CertificateAuthority
from dflow_provider.schema import UNKNOWN, Report
from dflow_vendors import AuthorityOrigin, all_vendors

UUID = "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"
RDS = "orders.abc.eu-central-1.rds.amazonaws.com"


def said(**config: Any) -> list[str]:
    report = Report()
    empty = {attribute.name: None for attribute in CertificateAuthority.schema.attributes}
    CertificateAuthority.validate_config({**empty, **config}, report)
    return [f"{each.title}: {each.detail}" for each in report.diagnostics]


@pytest.mark.parametrize(
    "config",
    [
        {"url": "https://example.com/ca.pem"},
        {"vendor": "digitalocean", "locators": {"cluster_id": UUID}},
        {"vendor": "digitalocean", "locators": {"cluster_id": UNKNOWN}},
        {"vendor": "digitalocean", "locators": UNKNOWN},
        {"vendor": "google_cloud_sql", "locators": {"instance": "orders"}},
        {"vendor": "aws_security_group", "host": RDS},
        {"vendor": "aws_security_group", "host": UNKNOWN},
        {"vendor": "supabase"},
        {"vendor": UNKNOWN, "locators": {"anything": "1"}},
        {"url": UNKNOWN},
    ],
)
def test_good_questions_pass(config):
    assert said(**config) == []


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({}, "Neither url nor vendor is set"),
        ({"url": "https://example.com", "vendor": "neon"}, "Both url and vendor are set"),
        ({"url": "https://example.com", "host": RDS}, "Host without effect: host is given, and the certificates come"),
        (
            {"vendor": "neno"},
            "Vendor is not known: 'neno' is no vendor here. Those whose authority can",
        ),
        (
            {"vendor": "neon"},
            "Nothing to deliver: Neon IP Allow: the certificates are signed by an",
        ),
        (
            {"vendor": "render_postgres"},
            "nor a download for its authority's certificate (not documented)",
        ),
        ({"vendor": "hetzner_firewall"}, "nor a download for its authority's certificate. Take it from"),
        ({"vendor": "digitalocean"}, "cluster_id is not given. The id of the database cluster"),
        ({"vendor": "digitalocean"}, 'Write locators = { cluster_id = "'),
        ({"vendor": "digitalocean", "locators": {"cluster": UUID}}, "cluster says nothing of a database here"),
        ({"vendor": "digitalocean", "locators": {"cluster_id": "x"}}, "cluster_id: 'x' is not"),
        ({"vendor": "digitalocean", "locators": {"cluster_id": UUID}, "host": "h"}, "Host without effect"),
        ({"vendor": "aws_security_group"}, "Host is not given: AWS security group: which authority vouches for a data"),
        (
            {"vendor": "aws_security_group", "host": "db.example.com"},
            "Authority is not known: AWS security group",
        ),
        ({"vendor": "supabase", "locators": {"project_ref": "x"}}, "Locators without effect"),
    ],
)
def test_other_questions_are_refused_with_what_to_do(config, words: str):
    assert any(words in each for each in said(**config)), said(**config)


def test_every_vendor_has_an_answer_or_a_reason():
    for row in all_vendors():
        origin = AuthorityOrigin.UNDOCUMENTED if row.tls is None else row.tls.authority_from
        host = RDS if origin is AuthorityOrigin.PUBLISHED and row.tls.published[0].host else None
        owned = row.owned.locators if row.owned and origin is AuthorityOrigin.API else ()
        locators = {each.name: each.example for each in owned} or None

        words = said(vendor=row.key, host=host, locators=locators)

        assert (words == []) is (origin in {AuthorityOrigin.API, AuthorityOrigin.PUBLISHED}), row.key


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/ca.pem",
        "https://user:hunter2@example.com/ca.pem",
        "https://example.com/ca.pem#one",
        "https://example.com/a b",
        "file:///etc/ssl/ca.pem",
        "https://",
        "https://[::1",
        "https://example.com:99999/ca.pem",
        "https://example.com/\u202eca.pem",
    ],
)
def test_an_address_that_anybody_could_answer_for_is_refused(url: str):
    (attribute,) = (each for each in CertificateAuthority.schema.attributes if each.name == "url")

    assert "is not an https address without user and password" in (attribute.validators[0].problem(url) or "")
