"""What may be declared as an outbound address."""

import pytest

from dflow_constructs.cidr import allowlist_cidr
from dflow_provider.allowlists.address import Kind, classify


@pytest.fixture(autouse=True)
def outside_a_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DFLOW_ALLOW_DOCUMENTATION_ADDRESSES", raising=False)


@pytest.mark.parametrize(
    ("address", "cidr"),
    [
        ("18.195.4.7", "18.195.4.7/32"),
        ("18.195.4.7/32", "18.195.4.7/32"),
        ("18.195.4.0/28", "18.195.4.0/28"),
        ("2A05:D014::7", "2a05:d014::7/128"),
        ("2a05:d014::/64", "2a05:d014::/64"),
        ("${TfToken[TOKEN.3]}", "${TfToken[TOKEN.3]}"),
    ],
)
def test_an_address_becomes_the_cidr_of_an_allowlist(address: str, cidr: str):
    assert allowlist_cidr(address) == cidr


REFUSED = [
    ("0.0.0.0/0", "lets in everybody.*OpenToWorld"),
    ("::/0", "lets in everybody"),
    ("0.0.0.0/1", "lets in everybody, or a good part of the internet"),
    ("0.0.0.0", "stands for no machine"),  # noqa: S104 - the address is refused
    ("999.999.999.999", "a node without an address of its own; write the public address"),
    ("999.999.999.999/32", "a node without an address of its own"),
    ("10.1.2.3", "is private, a database outside never sees it; write the public address"),
    ("192.168.0.0/24", "is private"),
    ("fd00::1", "is private"),
    ("100.64.3.2", "carriers' NAT and used by tailnets"),
    ("169.254.1.1", "is link-local"),
    ("127.0.0.1", "is loopback"),
    ("224.0.0.1", "is multicast"),
    ("240.0.0.1", "is reserved"),
    ("4000::1", "is reserved"),
    ("203.0.113.9", "reserved for documentation"),
    ("2001:db8::1", "reserved for documentation"),
    ("18.195.4.7/24", r"bits set behind its prefix, did you mean '18\.195\.4\.0/24'"),
    ("nat.example.com", r"neither an address nor a CIDR; write one such as '18\.195\.4\.7'"),
    ("fe80::1%eth0", "neither an address nor a CIDR"),
    ("", "neither an address nor a CIDR"),
]


@pytest.mark.parametrize(("address", "words"), REFUSED)
def test_what_no_database_could_see_is_refused_with_the_remedy(address: str, words: str):
    with pytest.raises(ValueError, match=words):
        allowlist_cidr(address)


def test_a_sandbox_lets_documentation_addresses_pass(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DFLOW_ALLOW_DOCUMENTATION_ADDRESSES", "1")

    assert allowlist_cidr("203.0.113.9") == "203.0.113.9/32"


@pytest.mark.parametrize(
    "address",
    [address for address, _ in REFUSED] + ["18.195.4.7", "8.8.8.0/24", "2a05:d014::7", "198.51.100.4", "198.18.3.4"],
)
def test_the_provider_judges_every_address_the_same_way(address: str):
    """What passes at synthesis must not fail at plan, and the other way round."""
    try:
        allowlist_cidr(address)
        passes = True
    except ValueError:
        passes = False

    assert passes == (classify(address).kind is Kind.PUBLIC)
