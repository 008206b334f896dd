"""What an address is, and the one spelling used for comparing."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dflow_provider.allowlists.address import Kind, canonical, classify


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("8.8.8.8", Kind.PUBLIC),
        ("8.8.8.0/24", Kind.PUBLIC),
        ("2606:4700::1111", Kind.PUBLIC),
        ("2a01:4f8::/32", Kind.PUBLIC),
        ("0.0.0.0/0", Kind.WORLD),
        ("::/0", Kind.WORLD),
        ("128.0.0.0/1", Kind.WORLD),
        ("8.0.0.0/7", Kind.WORLD),
        ("8.0.0.0/8", Kind.PUBLIC),
        ("2000::/3", Kind.WORLD),
        ("0.0.0.0", Kind.UNSPECIFIED),  # noqa: S104 (nothing is bound here)
        ("::", Kind.UNSPECIFIED),
        ("999.999.999.999", Kind.SENTINEL),
        ("999.999.999.999/32", Kind.SENTINEL),
        ("10.1.2.3", Kind.PRIVATE),
        ("172.16.0.0/12", Kind.PRIVATE),
        ("172.32.0.1", Kind.PUBLIC),
        ("192.168.0.1/32", Kind.PRIVATE),
        ("fd00::1", Kind.PRIVATE),
        ("100.64.0.1", Kind.SHARED),
        ("100.127.255.255", Kind.SHARED),
        ("100.128.0.0", Kind.PUBLIC),
        ("169.254.169.254", Kind.LINK_LOCAL),
        ("fe80::1", Kind.LINK_LOCAL),
        ("127.0.0.1", Kind.LOOPBACK),
        ("::1", Kind.LOOPBACK),
        ("192.0.2.1", Kind.DOCUMENTATION),
        ("198.51.100.0/24", Kind.DOCUMENTATION),
        ("203.0.113.7/32", Kind.DOCUMENTATION),
        ("2001:db8::7", Kind.DOCUMENTATION),
        ("224.0.0.1", Kind.MULTICAST),
        ("ff02::1", Kind.MULTICAST),
        ("0.1.2.3", Kind.RESERVED),
        ("198.18.0.1", Kind.RESERVED),
        ("255.255.255.255", Kind.RESERVED),
        ("::ffff:8.8.8.8", Kind.RESERVED),
        ("8.8.8.8/24", Kind.HOST_BITS),
        ("2606:4700::1/64", Kind.HOST_BITS),
        ("", Kind.MALFORMED),
        (" 8.8.8.8", Kind.MALFORMED),
        ("8.8.8", Kind.MALFORMED),
        ("8.8.8.8/33", Kind.MALFORMED),
        ("08.8.8.8", Kind.MALFORMED),
        ("8.8.8.8-8.8.8.9", Kind.MALFORMED),
        ("node.example.com", Kind.MALFORMED),
        ("fe80::1%eth0", Kind.MALFORMED),
    ],
)
def test_every_text_has_its_kind(text, kind):
    assert classify(text).kind is kind


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("8.8.8.8", "8.8.8.8/32"),
        ("8.8.8.8/32", "8.8.8.8/32"),
        ("100.68.0.18/18", "100.68.0.0/18"),
        ("2606:4700:0:0::1111", "2606:4700::1111/128"),
        ("2A01:04F8::/32", "2a01:4f8::/32"),
        (" 8.8.8.8 ", "8.8.8.8/32"),
        ("8.8.8.8-8.8.8.9", None),
        ("999.999.999.999", None),
    ],
)
def test_entries_of_a_list_are_compared_in_one_spelling(text, spelling):
    assert canonical(text) == spelling


@given(st.ip_addresses(), st.integers(0, 128))
def test_the_spelling_used_for_comparing_is_its_own(address, length):
    spelling = canonical(f"{address}/{min(length, address.max_prefixlen)}")

    assert spelling is not None
    assert canonical(spelling) == classify(spelling).cidr == spelling


@given(st.text())
def test_no_text_is_too_odd_to_be_judged(text):
    classify(text)
    canonical(text)


def test_it_is_cheap_to_import():
    code = (
        "import sys, dflow_provider.allowlists.address\n"
        "print([name for name in sys.modules if name.startswith(('boto', 'dflow'))])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "['dflow_provider', 'dflow_provider.allowlists', 'dflow_provider.allowlists.address']"
