"""What holds at every vendor: only our own entries are ever added and removed, and nobody is locked out by accident."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dflow_provider.schema import ProviderError, Severity
from dflow_vendors import CallPattern, EmptyMeans, Family, OwnerMark, Vendor, vendor_named

if TYPE_CHECKING:
    from dflow_sandbox.vendors.contract_server import ContractServer

WRITTEN_AT_ONCE = {CallPattern.LOCKED_LIST, CallPattern.UNLOCKED_LIST, CallPattern.DELTA, CallPattern.NAMED_LIST}


@pytest.fixture
def row(key: str) -> Vendor:
    return vendor_named(key)


@pytest.fixture
def addresses(server: ContractServer) -> list[str]:
    return list(server.ADDRESSES)


def words(terraform: Any, severity: Severity = Severity.WARNING) -> str:
    return "\n".join(
        f"{each.title}: {each.detail}" for each in terraform.last_report.diagnostics if each.severity is severity
    )


def test_entries_are_added_changed_and_removed_and_foreign_ones_stay_as_they_are(
    server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    foreign, before = server.listed(), server.cidrs()
    assert foreign, "the stand-in has an entry of somebody else's from the start"

    state = terraform.apply(config({"fra-1": addresses[0], "fra-2": addresses[1]}))

    assert not words(terraform, Severity.ERROR)
    assert server.cidrs() == before | {addresses[0], addresses[1]}
    assert state["active_entries"] == {"fra-1": addresses[0], "fra-2": addresses[1]}
    assert len(state["owned_entries"]) == 2
    assert terraform.second_plan_is_empty(config({"fra-1": addresses[0], "fra-2": addresses[1]}), state)

    state = terraform.apply(config({"fra-1": addresses[2], "fra-2": addresses[1]}), state)

    assert server.cidrs() == before | {addresses[2], addresses[1]}
    terraform.destroy(state)
    assert server.listed() == foreign


def test_an_entry_that_was_there_before_us_is_used_and_stays(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    server.put_by_hand(addresses[0])
    before = server.listed()

    state = terraform.apply(config({"fra-1": addresses[0]}))

    assert state["active_entries"] == {"fra-1": addresses[0]}
    if row.owner_mark is not OwnerMark.OWN_ENTRY:
        assert "Entry is somebody else's" in words(terraform, Severity.WARNING) or server.listed() == before
        assert state["owned_entries"] == []
    assert terraform.second_plan_is_empty(config({"fra-1": addresses[0]}), state)
    terraform.destroy(state)
    assert server.listed() == before


def test_two_owners_of_one_address_keep_it_until_the_last_one_leaves(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    foreign = server.listed()
    first = terraform.apply(config({"fra-1": addresses[0]}, owner="shop/orders"))
    second = terraform.apply(config({"fra-1": addresses[0]}, owner="blog/orders"))
    assert second["active_entries"] == {"fra-1": addresses[0]}
    if row.owner_mark in {OwnerMark.TAG, OwnerMark.NOTE} and row.note.change.name == "IN_PLACE":
        assert list(second["shared_with"].values()) == ["shop/orders"]

    terraform.destroy(terraform.refresh(first))

    if row.owner_mark is OwnerMark.NOWHERE or (row.note is not None and row.note.change.name == "NEVER"):
        # Nothing at the vendor says that two want it; the second owner's next apply brings it back.
        second = terraform.apply(config({"fra-1": addresses[0]}, owner="blog/orders"), terraform.refresh(second))
    assert addresses[0] in server.cidrs()
    second = terraform.refresh(second)
    assert second["active_entries"] == {"fra-1": addresses[0]}
    assert second["shared_with"] == {}
    terraform.destroy(second)
    assert server.listed() == foreign


def test_an_entry_somebody_removes_is_added_again(
    server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    state = terraform.apply(config({"fra-1": addresses[0], "fra-2": addresses[1]}))
    server.remove_by_hand(addresses[0])

    state = terraform.refresh(state)
    assert list(state["active_entries"]) == ["fra-2"]
    state = terraform.apply(config({"fra-1": addresses[0], "fra-2": addresses[1]}), state)

    assert {addresses[0], addresses[1]} <= server.cidrs()


def test_a_bare_address_and_its_range_of_one_are_the_same(
    server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    bare = config({"fra-1": addresses[0].partition("/")[0]})
    state = terraform.apply(bare)

    assert terraform.second_plan_is_empty(bare, state)
    assert addresses[0] in server.cidrs()


def test_spelling_and_order_make_no_difference(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    entries = {"fra-2": addresses[1], "fra-1": addresses[0], "fra-1-again": addresses[0].partition("/")[0]}
    ipv6 = Family.IPV6 in row.families and server.TAKES_IPV6
    if ipv6:
        entries["fra-3"] = "2001:DB8:0:0::0007/128"
    state = terraform.apply(config(entries))
    wanted = {addresses[0], addresses[1], *(["2001:db8::7/128"] if ipv6 else [])}
    assert wanted <= server.cidrs()
    assert len(state["owned_entries"]) == len(wanted)

    shuffled = config(dict(reversed(list(entries.items()))))

    assert terraform.second_plan_is_empty(shuffled, state)


def test_an_address_that_stands_twice_is_no_difference_and_others_keep_their_copy(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    if row.pattern not in {CallPattern.LOCKED_LIST, CallPattern.UNLOCKED_LIST} or not server.TAKES_COPIES:
        pytest.skip("this vendor has an address once, or tells entries apart by an id")
    server.put_by_hand(addresses[3])
    server.put_by_hand(addresses[3])
    before = server.listed()
    one, both = ({"fra-1": addresses[0], "nat": addresses[3]}, {"fra-1": addresses[0], "fra-2": addresses[1]})
    state = terraform.apply(config(one))
    server.put_by_hand(addresses[0])
    with_copies = server.listed()

    state = terraform.refresh(state)
    assert terraform.plan(config(one), state) == state
    state = terraform.apply(config(both), state)
    assert len(server.listed()) == len(with_copies) + 1
    terraform.destroy(state)

    assert len(server.listed()) == len(before) + 1
    server.remove_by_hand(addresses[0])
    assert server.listed() == before


def test_a_new_address_is_added_before_the_old_one_goes(
    server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    state = terraform.apply(config({"fra-1": addresses[0]}))
    seen: list[set[str]] = []
    server.after_every(lambda: seen.append(server.cidrs() & {addresses[0], addresses[1]}))

    terraform.apply(config({"fra-1": addresses[1]}), state)

    assert all(seen), "for a moment neither address was let in"
    assert seen[-1] == {addresses[1]}


def test_what_somebody_adds_while_we_write_survives_where_the_vendor_can_tell(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    if row.pattern is CallPattern.UNLOCKED_LIST:
        pytest.skip("this vendor's list is written whole and without a lock: nobody can tell")
    config_ = config({"fra-1": addresses[0]})
    planned = terraform.plan(config_)
    for method in ("POST", "PUT", "PATCH"):
        server.before_next(method, _once(lambda: server.put_by_hand(addresses[3])))

    from dflow_provider.schema import Call  # noqa: PLC0415

    state = terraform.resource.create(planned, config_, Call())

    assert {addresses[0], addresses[3]} <= server.cidrs()
    terraform.destroy(state)
    assert addresses[3] in server.cidrs()


def _once(happens: Any) -> Any:
    done: list[bool] = []

    def run() -> None:
        if not done:
            done.append(True)
            happens()

    return run


def test_the_first_entry_is_refused_where_an_empty_list_is_open(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    server.clear_by_hand()
    assert server.listed() == []
    entries = {"fra-1": addresses[0]}
    if row.empty_means is EmptyMeans.CLOSED:
        terraform.apply(config(entries))
        assert addresses[0] in server.cidrs()
        return

    with pytest.raises(ProviderError, match="First entry locks others out") as refused:
        terraform.apply(config(entries))

    assert "allow_first = true" in refused.value.detail
    assert server.listed() == []
    state = terraform.apply(config(entries, allow_first=True))
    assert server.cidrs() == {addresses[0]}
    with pytest.raises(ProviderError, match="Last entry keeps database closed") as refused:
        terraform.destroy(state)
    assert "allow_empty = true" in refused.value.detail
    assert server.cidrs() == {addresses[0]}
    state = terraform.apply(config(entries, allow_first=True, allow_empty=True), state)
    terraform.destroy(state)
    assert server.listed() == []


def test_bad_credentials_are_named_and_never_shown(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str], environment: dict[str, str]
):
    before = server.listed()
    endpoints = set(row.owned.endpoint.variables) if row.owned else set()
    secrets = [name for name in server.environment() if name not in endpoints]
    names = {name for each in row.owned.credentials for name in each.variables}
    for name in secrets:
        if name in names:
            environment[name] = "canary-wrong-credential"
    terraform.resource._backend.environment = environment

    with pytest.raises(ProviderError) as refused:
        terraform.apply(config({"fra-1": addresses[0]}))

    assert any(name in refused.value.detail for name in names), refused.value.detail
    assert "canary" not in str(refused.value)
    assert server.listed() == before


def test_missing_credentials_are_named(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str], environment: dict[str, str]
):
    names = {name for each in row.owned.credentials for name in each.variables}
    for name in names:
        environment.pop(name, None)
    terraform.resource._backend.environment = environment

    with pytest.raises(ProviderError) as refused:
        terraform.apply(config({"fra-1": addresses[0]}))

    assert any(name in refused.value.detail for name in names), refused.value.detail
    assert not server.writes()


def test_a_busy_vendor_is_asked_again(server: ContractServer, terraform: Any, config: Any, addresses: list[str]):
    server.refuse_next("GET", status=429, headers={"Retry-After": "0"})
    server.refuse_next("GET", status=503)

    terraform.apply(config({"fra-1": addresses[0]}))

    assert addresses[0] in server.cidrs()


def test_a_write_whose_answer_is_lost_is_looked_at_and_not_repeated(
    server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    foreign = server.listed()
    planned = terraform.plan(config({"fra-1": addresses[0]}))
    server.take_requests()
    for method in ("POST", "PUT", "PATCH"):
        server.drop_next(method)

    from dflow_provider.schema import Call  # noqa: PLC0415

    call = Call()
    state = terraform.resource.create(planned, config({"fra-1": addresses[0]}), call)

    assert not call.report.has_errors, call.report.diagnostics
    assert addresses[0] in server.cidrs()
    assert len(state["owned_entries"]) == 1
    for each in ("POST", "PUT", "PATCH"):  # what was not used up would hit the destroy
        server.forget_planned(each)
    terraform.destroy(state)
    assert server.listed() == foreign


def test_a_create_whose_state_was_lost_is_taken_over_by_the_next_one(
    server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    foreign = server.listed()
    terraform.apply(config({"fra-1": addresses[0], "fra-2": addresses[1]}))  # the process died before Terraform knew

    state = terraform.apply(config({"fra-1": addresses[0]}))

    assert len(state["owned_entries"]) == 1
    assert addresses[1] not in server.cidrs()
    terraform.destroy(state)
    assert server.listed() == foreign


def test_a_list_that_is_gone_is_gone_from_the_state_too(
    server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    state = terraform.apply(config({"fra-1": addresses[0]}))
    server.remove_list()

    assert terraform.refresh(state) is None
    terraform.resource.delete(state, _call())
    with pytest.raises(ProviderError, match="does not exist"):
        terraform.apply(config({"fra-1": addresses[0]}))


def _call() -> Any:
    from dflow_provider.schema import Call  # noqa: PLC0415

    return Call()


def test_entries_are_imported_by_the_id_in_the_state(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    state = terraform.apply(config({"fra-1": addresses[0]}))
    named = f"={addresses[0]}" if row.owner_mark is OwnerMark.NOWHERE else ""

    imported = terraform.import_(f"{state['id']}{named}")

    assert imported["id"] == state["id"]
    assert imported["owned_entries"] == state["owned_entries"]
    assert [each["cidr"].partition("/")[0] for each in imported["entries"].values()] == [addresses[0].partition("/")[0]]
    writes = len(server.writes())
    again = terraform.apply(config({"fra-1": addresses[0]}), imported)
    assert again["active_entries"] == {"fra-1": addresses[0]}
    assert len(server.writes()) - writes <= 1  # a note at most


def test_an_import_id_that_is_none_says_how_one_is_written(row: Vendor, terraform: Any):
    with pytest.raises(ProviderError, match="Import id not understood") as refused:
        terraform.import_("nonsense")

    assert row.owned.locators[0].name in refused.value.detail


def test_everybody_is_refused_without_a_reason_and_reported_if_let_in_by_others(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    report = terraform.validate(config({"fra-1": "0.0.0.0/0"}))
    assert [each.title for each in report.diagnostics] == ["Entry lets in everybody"]
    nowhere = "0.0.0.0"  # noqa: S104 (an entry, not an interface)
    for private in ("10.0.0.7/32", "100.64.1.1", "127.0.0.1", "169.254.1.1", "999.999.999.999", nowhere):
        assert terraform.validate(config({"fra-1": private})).has_errors, private
    if Family.IPV6 not in row.families:
        assert "IPv6" in terraform.validate(config({"fra-1": "2001:db8::7"})).diagnostics[0].title
    server.open_by_hand()

    terraform.plan(config({"fra-1": addresses[0]}))

    said = words(terraform)
    assert "Database is open to everybody" in said
    if row.note is not None:
        assert re.search(r"\d/\d \(\S", said), "what somebody wrote beside it, so that one knows whom to ask"


def test_more_entries_than_fit_are_refused_at_plan_with_the_numbers(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    here = server.occupied()

    with pytest.raises(ProviderError, match="quota") as refused:
        terraform.plan(config({"fra-1": addresses[0], "fra-2": addresses[1]}, entry_quota=here + 1))

    assert str(here + 2) in refused.value.detail
    assert str(here + 1) in refused.value.detail
    if row.quota is not None:
        assert f"the vendor's default is {row.quota.number}, {row.quota.source.where}, read " in refused.value.detail
        assert row.quota.remedy in refused.value.detail
    assert not server.writes()


def test_an_expired_entry_is_not_added_and_leaves_the_list(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
    state = terraform.apply(config({"fra-1": addresses[0], "fra-2": addresses[1]}))
    ended = config({"fra-1": addresses[0], "fra-2": {"cidr": addresses[1], "expires_at": past}})

    planned = terraform.plan(ended, state)

    assert planned["active_entries"] == {"fra-1": addresses[0]}
    assert 'The entry of "fra-2"' in words(terraform)
    state = terraform.apply(ended, state)
    assert addresses[1] not in server.cidrs()
    assert addresses[0] in server.cidrs()
    assert terraform.second_plan_is_empty(ended, state)


def test_an_entry_that_ends_is_given_its_end_where_the_vendor_takes_one(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    end = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    ending = config({"fra-1": {"cidr": addresses[0], "expires_at": end}})

    state = terraform.apply(ending)

    assert terraform.second_plan_is_empty(ending, state)
    if row.owned.expiry is not None:
        assert any(row.owned.expiry.field in str(entry) for entry in server.listed())


def test_a_thousand_entries_are_one_read_one_write_and_one_look(
    row: Vendor, server: ContractServer, terraform: Any, config: Any, addresses: list[str]
):
    if row.pattern not in WRITTEN_AT_ONCE:
        pytest.skip("this vendor takes one entry a call")
    room = min(1000, (row.quota.number if row.quota else 1000) - server.occupied())
    config_ = config({f"node-{number}": f"45.67.{number // 200}.{number % 200 + 1}/32" for number in range(room)})
    server.take_requests()
    planned = terraform.plan(config_)
    one_look = _readings(server)

    terraform.resource.create(planned, config_, _call())

    assert len(server.cidrs()) >= room
    assert len(server.writes()) <= -(-room // server.ENTRIES_PER_WRITE) + server.CALLS_TO_BEGIN, server.writes()
    readings = _readings(server)
    pages = -(-len(server.listed()) // server.ENTRIES_PER_READ)
    for path, times in one_look.items():
        if not re.search(f"{server.POLLED}$", path):
            assert readings[path] == times + pages, (path, readings)


def _readings(server: ContractServer) -> Counter[str]:
    """Count what was read since the last time, by path."""
    return Counter(request.path for request in server.take_requests() if request.method == "GET")
