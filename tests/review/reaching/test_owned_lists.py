"""Entries that the dflow provider keeps."""

from __future__ import annotations

from typing import Any

import pytest

from dflow_review.reach import Movement


def _neon(entries: dict[str, str], foreign: Any = (), **more: Any) -> dict[str, Any]:
    return {
        "id": "quiet-river/shop/orders",
        "project_id": "quiet-river",
        "owner": "shop/orders",
        "database": "orders",
        "entries": {key: {"cidr": cidr, "description": None, "expires_at": None} for key, cidr in entries.items()},
        "active_entries": entries,
        "owned_entries": [*entries.values()],
        **({} if foreign is None else {"foreign_entries": [*foreign]}),
        **more,
    }


ONE = {"fra-1": "20.0.0.1/32"}
TWO = {**ONE, "fra-2": "20.0.0.2/32"}
COMPUTED = {"id": True, "foreign_entries": True, "active_entries": True, "owned_entries": True}


def test_entries_are_named_after_nodes_and_owner(scene) -> None:
    change = scene.only(scene.resource("dflow_neon_allowlist.a", _neon(ONE), _neon(TWO)))
    assert (change.database.name, change.database.vendor) == ("orders", "neon")
    assert change.movement is Movement.WIDENED
    assert [(each.source.node, each.owner) for each in change.after] == [
        ("fra-1", "shop/orders"),
        ("fra-2", "shop/orders"),
    ]
    assert change.added.cidrs() == ("20.0.0.2/32",)


def test_what_is_on_the_list_otherwise_stays_on_both_sides(scene, spelled) -> None:
    change = scene.only(scene.resource("dflow_neon_allowlist.a", _neon(ONE, ["192.0.2.0/24"]), None))
    assert change.movement is Movement.NARROWED
    assert spelled(change.after) == ["192.0.2.0/24"]
    assert change.after[0].is_foreign
    assert change.after[0].owner == ""


def test_removing_the_last_entry_of_all_opens_where_empty_means_open(scene, spelled) -> None:
    change = scene.only(scene.resource("dflow_neon_allowlist.a", _neon(ONE, []), None))
    assert change.movement is Movement.WIDENED
    assert spelled(change.after) == ["everybody: nothing is on the list of Neon IP Allow"]


def test_removing_the_last_entry_of_all_closes_where_empty_means_closed(scene) -> None:
    values = {**_neon(ONE, []), "project": "shop", "instance": "orders"}
    change = scene.only(scene.resource("dflow_google_cloud_sql_allowlist.a", values, None))
    assert change.movement is Movement.NARROWED
    assert change.after == ()


def test_the_first_entry_of_a_list_that_is_known_to_be_empty_narrows(scene) -> None:
    after = _neon(ONE, [])
    change = scene.only(scene.resource("dflow_neon_allowlist.a", None, after, unknown={"id": True}))
    assert change.movement is Movement.NARROWED


def test_the_first_entry_of_a_list_nobody_has_read_widens(scene) -> None:
    after = _neon(ONE, None)
    change = scene.only(scene.resource("dflow_neon_allowlist.a", None, after, unknown=COMPUTED))
    assert change.movement is Movement.WIDENED


def test_an_address_that_terraform_will_learn_is_bounded_by_its_node(scene, spelled) -> None:
    after = _neon({"fra-3": "x"}, None)
    after["entries"]["fra-3"].pop("cidr")
    unknown = {**COMPUTED, "entries": {"fra-3": {"cidr": True}}}
    change = scene.only(scene.resource("dflow_neon_allowlist.a", None, after, unknown=unknown))
    assert change.movement is Movement.UNKNOWN
    assert spelled(change.unknown) == ["1 address of fra-3, known after apply"]
    assert change.unknown[0].source.addresses is None


def test_entries_nobody_knows_the_number_of_are_unknown(scene, spelled) -> None:
    after = {**_neon(ONE, None), "entries": None}
    change = scene.only(
        scene.resource("dflow_neon_allowlist.a", _neon(ONE), after, unknown={**COMPUTED, "entries": True})
    )
    assert change.movement is Movement.UNKNOWN
    assert spelled(change.unknown) == ["addresses known after apply"]


def test_two_stacks_on_one_list_see_each_other_s_entries_once(scene, spelled) -> None:
    shop, blog = _neon(ONE, ["20.0.0.2/32"]), _neon({"fra-2": "20.0.0.2/32"}, ["20.0.0.1/32"], owner="blog/orders")
    change = scene.only(
        scene.resource("dflow_neon_allowlist.shop", shop, shop),
        scene.resource("dflow_neon_allowlist.blog", blog, None),
    )
    assert change.movement is Movement.NARROWED
    assert spelled(change.before) == ["20.0.0.1/32", "20.0.0.2/32"]
    assert spelled(change.after) == ["20.0.0.1/32"]
    assert not any(each.is_foreign for each in change.before)


def test_an_address_that_was_there_before_us_stays_when_we_go(scene) -> None:
    values = _neon(TWO, [], owned_entries=["20.0.0.2/32"])
    change = scene.only(scene.resource("dflow_neon_allowlist.a", values, None))
    assert change.removed.cidrs() == ("20.0.0.2/32",)
    assert [each.source.spelling for each in change.after] == ["20.0.0.1/32"]


def test_a_shared_address_stays_when_one_of_its_owners_goes(scene) -> None:
    values = _neon(TWO, [], shared_with={"20.0.0.1/32": "blog/orders"})
    change = scene.only(scene.resource("dflow_neon_allowlist.a", values, None))
    assert change.removed.cidrs() == ("20.0.0.2/32",)


def test_an_entry_whose_end_has_come_lets_nobody_in(scene) -> None:
    before = _neon(TWO, active_entries=ONE)
    change = scene.only(scene.resource("dflow_neon_allowlist.a", before, before))
    assert [each.source.node for each in change.before] == ["fra-1"]


def test_a_list_that_is_not_in_force_lets_everybody_in_whatever_is_on_it(scene) -> None:
    before = _neon(ONE, open_to_world=True)
    after = _neon(TWO, None)
    change = scene.only(scene.resource("dflow_neon_allowlist.a", before, after, unknown={"open_to_world": True}))
    assert change.movement in {Movement.SAME, Movement.MOVED}
    assert any("not in force" in each.source.spelling for each in change.after)


def test_a_rule_that_denies_lets_nobody_in(scene, spelled) -> None:
    values = {**_neon(ONE, ["192.0.2.0/24 (deny, inbound)"]), "region": "fr-par", "instance_id": "i-1"}
    assert spelled(scene.only(scene.resource("dflow_scaleway_rdb_allowlist.a", values, values)).before) == [
        "20.0.0.1/32"
    ]


def test_an_allowlist_of_a_vendor_without_a_row_is_said_to_be_unread(scene) -> None:
    reach = scene.reach(scene.resource("dflow_nimbus_allowlist.a", None, _neon(ONE)))
    assert reach.changes == ()
    assert reach.unread[0][0] == "dflow_nimbus_allowlist.a"


@pytest.mark.parametrize("cidr", ["twelve", "300.1.1.1", "20.0.0.1/40", "::g"])
def test_an_entry_that_is_no_address_is_unread_and_not_ignored(scene, cidr: str) -> None:
    ((address, reason),) = scene.reach(scene.resource("dflow_neon_allowlist.a", None, _neon({"a": cidr}))).unread
    assert address == "dflow_neon_allowlist.a"
    assert cidr in reason


def test_what_is_only_forgotten_still_lets_in(scene, spelled) -> None:
    change = scene.only(scene.resource("dflow_neon_allowlist.a", _neon(ONE), None, actions=["forget"]))
    assert change.movement is Movement.SAME
    assert spelled(change.after) == ["20.0.0.1/32"]


def test_a_database_without_a_name_is_called_like_its_owner(scene) -> None:
    values = {**_neon(ONE), "database": None}
    assert scene.only(scene.resource("dflow_neon_allowlist.a", values, values)).database.name == "shop/orders"
