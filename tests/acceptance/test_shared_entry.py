"""One address that two states want on one security group is one entry, which the last one to leave removes."""

from dflow_acceptance.kinds import ALLOWLIST, NODE_CIDR
from dflow_acceptance.place import Place


def test_an_entry_that_two_stacks_share_stays_until_the_last_one_leaves(place: Place, new_workspace):
    shop, crm = new_workspace(), new_workspace()
    shop.resource(ALLOWLIST.address, **ALLOWLIST.declared(place))
    crm.resource(ALLOWLIST.address, **{**ALLOWLIST.declared(place), "owner": "crm/orders"})

    shop.applied()
    crm.applied()

    assert place.group.ours() == [NODE_CIDR], "one entry"
    assert place.group.owners(NODE_CIDR) == ["crm/orders", "shop/orders"]
    assert crm.state()[ALLOWLIST.address]["shared_with"] == {NODE_CIDR: "shop/orders"}
    crm.unchanged()
    shop.unchanged()

    shop.destroyed()

    assert place.group.ours() == [NODE_CIDR]
    assert place.group.owners(NODE_CIDR) == ["crm/orders"]
    crm.unchanged()

    crm.destroyed()

    assert place.group.ours() == []


def test_an_entry_that_was_there_before_is_used_and_never_removed(place: Place, new_workspace):
    place.group.add_by_hand(NODE_CIDR, "somebody's own")
    workspace = new_workspace()
    workspace.resource(ALLOWLIST.address, **ALLOWLIST.declared(place))

    workspace.applied()
    workspace.unchanged()
    workspace.destroyed()

    assert place.group.ours() == [NODE_CIDR]
    assert place.group.rule(NODE_CIDR)["Description"] == "somebody's own"
