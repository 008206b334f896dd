"""What holds at every vendor: only our own entries are ever added and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from dflow_sandbox.vendors.contract_server import ContractServer


@pytest.fixture
def addresses(server: ContractServer) -> list[str]:
    return list(server.ADDRESSES)


def test_entries_are_added_kept_changed_and_removed_and_foreign_ones_stay(
    key: str, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    foreign = server.listed()
    assert foreign, "the stand-in has an entry of somebody else's from the start"
    before = server.cidrs()

    state = terraform.apply(config({"fra-1": addresses[0], "fra-2": addresses[1]}))

    assert not terraform.last_report.has_errors
    assert server.cidrs() == before | {addresses[0], addresses[1]}
    assert state["active_entries"] == {"fra-1": addresses[0], "fra-2": addresses[1]}
    assert terraform.second_plan_is_empty(config({"fra-1": addresses[0], "fra-2": addresses[1]}), state)

    state = terraform.apply(config({"fra-1": addresses[2], "fra-2": addresses[1]}), state)

    assert server.cidrs() == before | {addresses[2], addresses[1]}
    terraform.destroy(state)
    assert server.listed() == foreign
