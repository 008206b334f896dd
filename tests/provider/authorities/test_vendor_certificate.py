"""Every vendor whose API returns the certificate of its authority, against the stand-in for the API."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.authorities.vendor_certificate import VendorDatabase
from dflow_provider.schema import ProviderError, Stop
from dflow_sandbox.vendors import aiven, digitalocean, google_cloud_sql, redis_cloud
from dflow_sandbox.vendors.authority import AUTHORITY
from dflow_vendors import AuthorityOrigin, all_vendors, vendor_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_sandbox.vendors.contract_server import ContractServer

KEYS = [row.key for row in all_vendors() if row.tls and row.tls.authority_from is AuthorityOrigin.API]
FOR_EVERYBODY = {"cockroachdb_cloud"}
"""Whose call takes no credentials."""
OF_ACCOUNT = {"aiven", "exoscale"}
"""Whose authority is the account's, whatever databases there are."""
CALL = r"/(ca|cert|certificates?|ssl|dbaas-ca-certificate|listServerCas|connections/public|[a-z0-9]+\.pem)$"
"""The paths that return certificates; where there is none, the database holds it."""


@pytest.fixture(params=KEYS)
def key(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def server(key: str) -> Iterator[ContractServer]:
    with importlib.import_module(f"dflow_sandbox.vendors.{key}").SERVER() as server:
        yield server


@pytest.fixture
def ask(question: Any, key: str, server: ContractServer) -> Any:
    question.environment.update(server.environment())
    return lambda **config: question.read(vendor=key, **{"locators": dict(server.locators), **config})


def call_of(key: str) -> str:
    return r"/databases/[^/]+$" if key == "vultr" else CALL


def test_a_vendor_s_row_and_its_adapter_agree_on_who_can_be_asked():
    able = {
        row.key
        for row in all_vendors()
        if row.owned
        and any(
            hasattr(value, "authority") and hasattr(value, "apply")
            for value in vars(importlib.import_module(f"dflow_provider.allowlists.vendors.{row.key}")).values()
            if isinstance(value, type)
        )
    }

    assert able == set(KEYS)
    for key in KEYS:
        assert vendor_named(key).tls.authority_source is not None


def test_the_certificate_is_the_one_that_the_vendor_has(ask, question):
    found = ask()

    assert found["pem"] == AUTHORITY
    assert found["certificates"] == [
        {"subject": "CN=Authority of the stand-ins,O=dFlow sandbox", "not_after": "2126-10-29T16:35:56Z"}
    ]
    assert question.warnings == []


def test_wrong_credentials_are_told_with_the_variables_that_hold_them(key: str, ask, question):
    names = [name for each in vendor_named(key).owned.credentials for name in each.variables]
    for name in names:
        if name in question.environment:
            question.environment[name] = "wrong"
    if key in FOR_EVERYBODY:
        assert ask()["pem"] == AUTHORITY
        return

    with pytest.raises(ProviderError) as refused:
        ask()

    assert any(name in refused.value.detail for name in names), refused.value
    assert "wrong" not in refused.value.detail.replace("wrong key", "")


def test_missing_credentials_are_asked_for(key: str, ask, question):
    names = [name for each in vendor_named(key).owned.credentials for name in each.variables]
    for name in names:
        question.environment.pop(name, None)
    if key in FOR_EVERYBODY:
        assert ask()["pem"] == AUTHORITY
        return

    with pytest.raises(ProviderError, match="Vendor credential is missing"):
        ask()


def test_a_database_that_is_not_there_is_told_as_such(key: str, server: ContractServer, ask):
    server.remove_list()
    if key in OF_ACCOUNT:
        assert ask()["pem"] == AUTHORITY
        return

    with pytest.raises(ProviderError) as refused:
        ask()

    assert refused.value.title == "Database does not exist"
    assert refused.value.detail.endswith("Check the locators.")
    assert refused.value.path == ("locators",)


def test_an_answer_without_a_certificate_is_refused(key: str, server: ContractServer, ask):
    server.refuse_next("GET", call_of(key), status=200, body={"nonsense": True})

    with pytest.raises(ProviderError, match="no certificate") as refused:
        ask()

    assert "nonsense" not in str(refused.value)


def test_an_answer_that_is_something_else_is_refused(key: str, server: ContractServer, ask):
    server.authority = "<html>Sign in</html>"

    with pytest.raises(ProviderError, match=r"holds no certificate in PEM\. It is a page for browsers"):
        ask()


def test_an_endless_answer_is_refused(server: ContractServer, ask, many: str):
    server.authority = many

    with pytest.raises(ProviderError, match=r"Certificates are too large: .* holds 150 certificates, [\d,]+ bytes"):
        ask()


def test_an_authority_that_has_expired_is_refused(server: ContractServer, ask, pem):
    server.authority = pem(-2)

    with pytest.raises(ProviderError, match=r"holds nothing that is still good: CN=localhost, until \d{4}-\d\d-\d\d"):
        ask()


def test_a_pinned_certificate_may_not_change(server: ContractServer, ask, pem):
    digest = ask()["sha256"]
    assert ask(sha256=digest)["pem"] == AUTHORITY
    server.authority = pem(60)

    with pytest.raises(ProviderError, match=rf"and {digest} is configured. Find out whether the vendor has a new"):
        ask(sha256=digest)


def test_a_busy_vendor_is_asked_again(question):
    with digitalocean.SERVER() as server:
        question.environment.update(server.environment())
        server.refuse_next("GET", "/ca$", status=503)

        assert question.read(vendor="digitalocean", locators=dict(server.locators))["pem"] == AUTHORITY


def test_an_instance_with_a_shared_authority_is_asked_for_that_one(question):
    with google_cloud_sql.SERVER() as server:
        question.environment.update(server.environment())
        server.settings["ipConfiguration"]["serverCaMode"] = "GOOGLE_MANAGED_CAS_CA"

        found = question.read(vendor="google_cloud_sql", locators=dict(server.locators))

        assert found["pem"] == AUTHORITY
        assert re.search(r"listServerCertificates$", server.take_requests()[-1].path)


def test_both_certificates_of_a_renewal_are_delivered(question, pem):
    with aiven.SERVER() as server:
        question.environment.update(server.environment())
        server.authority = "old one:\n" + pem(20) + "new one:\n" + pem(900)

        found = question.read(vendor="aiven", locators=dict(server.locators))

    assert found["pem"].count("BEGIN CERTIFICATE") == 2
    assert "old one" not in found["pem"]
    (warning,) = question.warnings
    assert warning.startswith("Certificate expires soon: The authority of Aiven service orders-pg")


def test_an_essentials_database_of_redis_cloud_has_no_call(question):
    with redis_cloud.SERVER() as server:
        question.environment.update(server.environment())

        with pytest.raises(ProviderError, match="documents the call for the certificate for Pro databases only"):
            question.read(vendor="redis_cloud", locators=dict(server.ESSENTIALS))


def test_what_is_left_out_comes_from_the_environment(question):
    with google_cloud_sql.SERVER() as server:
        question.environment.update(server.environment(), GOOGLE_PROJECT=server.locators["project"])

        assert question.read(vendor="google_cloud_sql", locators={"instance": server.locators["instance"]})["pem"]

        del question.environment["GOOGLE_PROJECT"]
        with pytest.raises(ProviderError, match=r"Database is not named: project is not given\. Set it, or the env"):
            question.read(vendor="google_cloud_sql", locators={"instance": server.locators["instance"]})


def test_a_proxy_of_amazon_rds_has_nothing_to_deliver(question):
    with pytest.raises(ProviderError, match=r"Nothing to deliver: orders.* every system trusts") as refused:
        question.read(vendor="aws_security_group", host="orders.proxy-abc.eu-central-1.rds.amazonaws.com")

    assert "CertificateAuthority.of_system()" in refused.value.detail


def test_a_host_that_tells_nothing_is_refused_even_if_terraform_learns_it_late():
    late = VendorDatabase(vendor_named("aws_security_group"), {}, "db.example.com", {})

    with pytest.raises(
        ProviderError, match=r"nothing is known of the authority that vouches for db\.example\.com"
    ) as told:
        late.certificates(Stop())

    assert told.value.path == ("host",)
