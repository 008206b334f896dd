"""DFLOW020 and DFLOW021: entries name addresses that databases see."""

from __future__ import annotations

import pytest

from dflow_review.reach import Database
from dflow_review.rules.unreachable_address import entries_name_no_examples, entries_name_public_addresses

LIST = "dflow_neon_allowlist.orders"
CHECKS = [entries_name_public_addresses, entries_name_no_examples]


def added(scene, *spellings, **more):
    return scene.subject(scene.change((), [scene.entry(each, **more) for each in spellings], **more))


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("address", ["18.195.4.7", "18.195.4.0/24", "2a05:d014::1", "0.0.0.0/0", "sg-123"])
def test_passes_public_addresses_and_what_other_rules_find(scene, asked, check, address):
    assert asked(check, added(scene, address)) == []


@pytest.mark.parametrize("check", CHECKS)
def test_passes_what_was_there_before_and_what_others_added(scene, asked, check):
    old = [scene.entry("10.0.0.1"), scene.entry("203.0.113.7")]
    theirs = [scene.entry("10.0.0.2", is_foreign=True), scene.entry("203.0.113.8", is_foreign=True)]

    assert asked(check, scene.subject(scene.change(old, [*old, *theirs]))) == []


def test_passes_a_private_address_behind_a_security_group(scene, asked):
    group = Database("1", "orders", "aws_security_group")
    change = scene.change((), [scene.entry("10.0.0.0/16", resource="aws_security_group.db")], database=group)

    assert asked(entries_name_public_addresses, scene.subject(change)) == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("10.1.2.3", "private"),
        ("192.168.0.0/24", "private"),
        ("fd00::1", "private"),
        ("100.64.3.2", "tailnets"),
        ("169.254.1.1", "link-local"),
        ("127.0.0.1", "loopback"),
        ("::1", "loopback"),
        ("0.0.0.0/32", "reserved"),
        ("999.999.999.999/32", "dFlow notes for a node without an address"),
    ],
)
def test_finds_what_no_database_sees(scene, address, why):
    found = list(entries_name_public_addresses(added(scene, address)))

    assert [each.address for each in found] == [LIST]
    assert why in found[0].message


def test_finds_the_mark_of_a_node_without_an_address_among_what_could_not_be_read(scene, asked):
    subject = scene.subject(unread=((LIST, "cidr is '999.999.999.999'"),))

    assert asked(entries_name_public_addresses, subject) == [LIST]


@pytest.mark.parametrize("address", ["203.0.113.7", "198.51.100.0/25", "192.0.2.1", "2001:db8::7"])
def test_finds_addresses_of_examples(scene, asked, address):
    assert asked(entries_name_no_examples, added(scene, address)) == [LIST]


@pytest.mark.parametrize("check", CHECKS)
def test_cannot_tell_of_an_address_that_is_known_after_apply(scene, asked, check):
    assert asked(check, added(scene, "1 address of fra-3, known after apply")) == [f"{LIST} (cannot tell)"]


@pytest.mark.parametrize("check", CHECKS)
def test_survives_values_of_the_wrong_type(odd_subjects, check):
    assert [list(check(subject)) for subject in odd_subjects]
