"""Rules of a security group: what a configuration means, and what dFlow makes of it."""

import pytest

from dflow_provider.resources.firewall_rule import (
    PRESETS,
    Direction,
    Ipv4Network,
    completed,
    from_rows,
    problems,
    to_rows,
)
from dflow_provider.schema import UNKNOWN


def a_rule(cidr="10.0.0.0/8", **fields):
    names = ("type", "protocol", "from_port", "to_port", "description")
    return {"cidr": cidr, **dict.fromkeys(names), **fields}


def meaning(rule):
    return tuple(rule[name] for name in ("type", "protocol", "from_port", "to_port"))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"type": "postgresql"}, ("postgresql", "tcp", 5432, 5432)),
        ({"type": "dns-udp"}, ("dns-udp", "udp", 53, 53)),
        ({"type": "all-tcp"}, ("all-tcp", "tcp", 0, 65535)),
        ({"type": "all-traffic"}, ("all-traffic", "all", -1, -1)),
        ({"type": "icmp"}, ("icmp", "icmp", -1, -1)),
        ({"type": "ssh", "protocol": "tcp", "from_port": 22, "to_port": 22}, ("ssh", "tcp", 22, 22)),
        ({"type": "custom-tcp", "from_port": 80}, ("custom-tcp", "tcp", 80, 80)),
        ({"protocol": "tcp", "from_port": 80, "to_port": 90}, ("custom-tcp", "tcp", 80, 90)),
        ({"protocol": "udp", "from_port": 53}, ("custom-udp", "udp", 53, 53)),
        ({"protocol": "all"}, ("all-traffic", "all", -1, -1)),
        ({"protocol": "TCP"}, (None, "TCP", None, None)),
        ({"type": UNKNOWN}, (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)),
        ({"protocol": "tcp", "from_port": UNKNOWN}, ("custom-tcp", "tcp", UNKNOWN, UNKNOWN)),
    ],
)
def test_a_rule_is_completed(given, meant):
    rule = a_rule(**given)

    assert list(problems(rule)) == []
    assert meaning(completed(rule)) == meant


@pytest.mark.parametrize(
    ("given", "attribute", "words"),
    [
        ({}, "type", "neither type nor protocol"),
        ({"type": "ssh", "protocol": "udp"}, "protocol", "type 'ssh' is for 'tcp', not for 'udp'"),
        ({"type": "ssh", "from_port": 2222}, "from_port", "stands for ports 22 to 22, and from_port is 2222"),
        ({"type": "icmp", "from_port": 8}, "from_port", "stands for no ports"),
        ({"protocol": "tcp"}, "from_port", "names its ports"),
        ({"protocol": "tcp", "to_port": 90}, "from_port", "names its ports"),
        ({"protocol": "tcp", "from_port": 90, "to_port": 80}, "from_port", "Ports 90 to 80"),
        ({"protocol": "tcp", "from_port": 65536}, "from_port", "Ports 65536 to 65536"),
        ({"protocol": "udp", "from_port": -1}, "from_port", "Ports -1 to -1"),
    ],
)
def test_a_rule_that_says_nothing_clear_is_refused(given, attribute, words):
    ((where, text),) = problems(a_rule(**given))

    assert where == attribute
    assert words in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0.0.0.0/0", None),
        ("203.0.113.7/32", None),
        ("203.0.113.7", "a single address is 203.0.113.7/32"),
        ("10.0.0.1/8", "Write 10.0.0.0/8"),
        ("::/0", "the whole sync fails"),
        ("all/0", "no network"),
    ],
)
def test_a_network_is_written_as_aws_writes_it(text, words):
    problem = Ipv4Network().problem(text)

    assert (problem is None) if words is None else (words in problem)


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("type_", sorted(PRESETS))
def test_what_is_sent_comes_back_as_the_same_rule(type_, direction):
    ports = {"from_port": 1} if type_.startswith("custom") else {}
    rule = completed(a_rule(type=type_, **ports))

    (row,) = to_rows([rule], direction)

    assert all(row[name] is not None for name in ("protocol", "fromPort", "toPort", direction.value))
    assert from_rows([row], direction, None) == [rule]


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ({"type": "postgresql"}, ("postgresql", "tcp", 5432, 5432)),
        ({"type": "all-traffic", "protocol": "-1"}, ("all-traffic", "all", -1, -1)),
        ({"type": "icmpv6", "protocol": None}, ("icmpv6", None, None, None)),
    ],
)
def test_a_rule_made_in_the_dashboard_is_read_as_dflow_means_it(row, meant):
    (rule,) = from_rows([{**row, "sourceType": "anywhere-ipv4", "source": "anywhere"}], Direction.INBOUND, None)

    assert meaning(rule) == meant
    assert rule["cidr"] == "0.0.0.0/0"


def test_rules_come_back_in_the_order_of_the_configuration():
    first, second, third = (completed(a_rule(protocol="tcp", from_port=port)) for port in (1, 2, 3))
    rows = to_rows([third, second, first], Direction.INBOUND)

    assert from_rows(rows, Direction.INBOUND, [first, second]) == [first, second, third]
