"""Certificates as they are published: what comes out, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dflow_provider.authorities.bundle import LARGEST_PEM, Bundle
from dflow_provider.schema import ProviderError, Report

KEY = b"-----BEGIN EC PRIVATE KEY-----\nhunter2\n-----END EC PRIVATE KEY-----\n"


def test_only_certificates_come_out_each_once_and_in_order(pem):
    first, second = pem(100), pem(200)
    said = f"subject=CN = localhost\r\n{first}\n  # and\n{second}{first}".replace("\n", "\r\n")

    bundle = Bundle.read(said.encode(), "ca.pem")

    assert bundle.pem == first + second
    assert [each.subject for each in bundle.certificates] == ["CN=localhost", "CN=localhost"]
    assert Bundle.read(bundle.pem.encode(), "ca.pem").pem == bundle.pem


@pytest.mark.parametrize("label", ["EC PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY"])
def test_a_private_key_is_refused_and_not_shown(pem, label: str):
    key = KEY.replace(b"EC PRIVATE KEY", label.encode())

    with pytest.raises(ProviderError, match=r"Private key is public: ca\.pem holds a private key") as refused:
        Bundle.read(pem(100).encode() + key, "ca.pem")

    assert "hunter2" not in str(refused.value)
    assert "have the key replaced" in refused.value.detail


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no certificate in PEM. Take a file that begins with -----BEGIN CERTIFICATE-----"),
        (b"  <!DOCTYPE html><p>Sign in", "It is a page for browsers"),
        (b"0\x82\x01\xd1", "openssl x509 -inform der"),
        (b"-----BEGIN X509 CRL-----\nMA==\n-----END X509 CRL-----\n", "a block that says BEGIN X509 CRL"),
        (b"-----BEGIN CERTIFICATE-----\n\xff\xfe\n-----END CERTIFICATE-----\n", "certificate 1 cannot be read"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "certificate 1 cannot be read"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB", "holds no certificate in PEM"),
    ],
)
def test_what_is_no_certificate_is_refused(content: bytes, words: str):
    with pytest.raises(ProviderError) as refused:
        Bundle.read(content, "ca.pem")

    assert refused.value.title == "No certificate"
    assert words in refused.value.detail


def test_what_no_variable_can_hold_is_refused_with_a_smaller_one(many: str):
    with pytest.raises(ProviderError, match="Certificates are too large") as refused:
        Bundle.read(many.encode(), "ca.pem")

    assert "eu-central-1-bundle.pem" in refused.value.detail
    half = many[: many.index("-----BEGIN", LARGEST_PEM - 2000)]
    assert len(Bundle.read(half.encode(), "ca.pem").pem) <= LARGEST_PEM


NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "title"),
    [([31], None), ([29], "Certificate expires soon"), ([400, -1], "Certificate has expired")],
)
def test_ends_that_are_near_or_over_are_warned_of(pem, days: list[int], title: str | None):
    report = Report()
    offset = (NOW - datetime.now(UTC)) / timedelta(days=1)
    bundle = Bundle.read("".join(pem(offset + each) for each in days).encode(), "ca.pem")

    bundle.judge("ca.pem", report, NOW)

    assert [each.title for each in report.diagnostics] == ([title] if title else [])
    assert not report.has_errors
    assert bundle.pem.count("BEGIN") == len(days)


def test_nothing_but_expired_certificates_is_refused(pem):
    bundle = Bundle.read((pem(-1) + pem(-2)).encode(), "ca.pem")

    with pytest.raises(ProviderError, match=r"Certificate has expired: ca\.pem holds nothing that is still good"):
        bundle.judge("ca.pem", Report())
