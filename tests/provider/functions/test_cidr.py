"""`provider::dflow::cidr`."""

import pytest

from dflow_provider.functions.cidr import Cidr
from dflow_provider.schema import FunctionError


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        ("203.0.113.0/24", "203.0.113.0/24"),
        ("2001:DB8:0:0::7", "2001:db8::7/128"),
        ("2001:0db8::/32", "2001:db8::/32"),
        ("10.0.0.1", "10.0.0.1/32"),
        ("0.0.0.0/0", "0.0.0.0/0"),
    ],
)
def test_an_address_gets_its_one_spelling(given: str, written: str):
    assert Cidr().call([given]) == written
    assert Cidr().call([written]) == written


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("203.0.113.7/24", "Write '203.0.113.7' for the one address, or '203.0.113.0/24' for the range."),
        ("2001:db8::7/64", "Write '2001:db8::7' for the one address, or '2001:db8::/64' for the range."),
        ("999.999.999.999", "a Worker Node has no address yet"),
        ("203.0.113", "no IP address and no range"),
        ("db.example.com", "no IP address and no range"),
        ("fe80::1%eth0", "without a zone"),
        (" 203.0.113.7", "blanks around it"),
        ("203.0.113.7:5432", "a port"),
        ("", "no IP address and no range"),
    ],
)
def test_what_is_no_address_or_may_mean_two_things_is_refused(given: str, said: str):
    with pytest.raises(FunctionError) as refused:
        Cidr().call([given])

    assert said in refused.value.text
    assert refused.value.argument == 0
