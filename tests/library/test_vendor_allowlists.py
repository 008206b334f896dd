"""Each vendor's class and its row, and what the dflow provider is given."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

import dflow_constructs
from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    ConfigurationError,
    Egress,
    Engine,
    Environment,
    ExternalDatabase,
    LockOut,
    Manager,
    Neon,
    OpenToWorld,
    Secret,
    allowlists,
)
from dflow_constructs.allowlist import Access
from dflow_constructs.allowlists.vendor_allowlist import VendorAllowlist
from dflow_vendors import Family, Locator, Vendor, all_vendors, vendor_named

COMMON = {field.name for field in dataclasses.fields(VendorAllowlist)}
NOT_VENDORS = {
    "entry_labels",
    "entry_table",
    "named_cidrs",
    "official_entries",
    "owned_entries",
    "vendor_allowlist",
    "vendor_classes",
}
WORDS = {"allow_first": LockOut("a new database"), "allow_empty": OpenToWorld("nothing in it")}


def class_of(vendor: Vendor) -> type[VendorAllowlist]:
    module = importlib.import_module(f"dflow_constructs.allowlists.{vendor.key}")
    (found,) = [
        value for value in vars(module).values() if inspect.isclass(value) and value.__module__ == module.__name__
    ]
    return found


def locators_of(vendor: Vendor) -> dict[str, Locator]:
    owned = {locator.name: locator for locator in (vendor.owned.locators if vendor.owned else ())}
    official = {locator.name: locator for locator in (vendor.official[0].fields if vendor.official else ())}
    return {**official, **owned}


def example_of(vendor: Vendor, **options) -> VendorAllowlist:
    return class_of(vendor)(**{name: each.example for name, each in locators_of(vendor).items()}, **options)


def each_vendor() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vendor", all_vendors(), ids=lambda vendor: vendor.key)


def each_owned() -> pytest.MarkDecorator:
    owned = [vendor for vendor in all_vendors() if vendor.owned]
    return pytest.mark.parametrize("vendor", owned, ids=lambda vendor: vendor.key)


def database(stack, allowlist) -> ExternalDatabase:
    return ExternalDatabase(
        stack,
        "orders",
        engine=Engine.POSTGRES,
        host="orders.example.com",
        username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD"),
        allowlist=allowlist,
    )


def without_comment(block: dict) -> dict:
    return {key: value for key, value in block.items() if key != "//"}


def test_there_is_a_class_for_every_row_and_a_row_for_every_class():
    modules = {module.name for module in pkgutil.iter_modules(allowlists.__path__)} - NOT_VENDORS

    assert modules == {vendor.key for vendor in all_vendors()}


@each_vendor()
def test_a_class_is_exported_under_the_vendor_s_name(vendor):
    kind = class_of(vendor)

    assert kind.__name__.lower() == vendor.key.replace("_", "")
    assert getattr(dflow_constructs, kind.__name__) is kind
    assert vendor.key == kind.VENDOR


@each_vendor()
def test_a_class_has_the_fields_of_its_row_and_says_the_same_of_them(vendor):
    kind = class_of(vendor)
    fields = {field.name: field for field in dataclasses.fields(kind) if field.name not in COMMON}
    doc = " ".join(inspect.getdoc(kind).split())

    assert set(fields) == set(locators_of(vendor))
    owned = {locator.name for locator in (vendor.owned.locators if vendor.owned else ())}
    for name, locator in locators_of(vendor).items():
        has_to_be_given = locator.is_required and (name in owned or not vendor.owned)
        assert (fields[name].default is dataclasses.MISSING) is has_to_be_given, name
        if not has_to_be_given:
            assert fields[name].default == (locator.default if locator.variable is None else None), name
        assert f"{name}: {locator.description}" in doc
        assert locator.variable is None or locator.variable in doc


@each_owned()
def test_the_dflow_provider_is_given_the_list_and_the_entries(vendor, stack, production, web, synthesize):
    production.add_egress("nat-a", Egress("18.195.4.7", expires_at="2099-12-31T18:00:00Z"))
    web.connect_to(database(stack, example_of(vendor, manager=Manager.OWNED, timeout_minutes=5, **WORDS)))

    found = synthesize(stack)["resource"]
    ((name, block),) = found[f"dflow_{vendor.key}_allowlist"].items()
    assert without_comment(block) == {
        **{locator.name: locator.example for locator in vendor.owned.locators},
        "owner": "shop/orders",
        "database": "orders",
        "allow_first": True,
        "allow_empty": True,
        "timeout_minutes": 5,
        "entries": {
            "fra-1": {"cidr": "${data.dflow_worker_node.worker-node-fra-1.outbound_cidr}"},
            "nat-a": {"cidr": "18.195.4.7/32", "expires_at": "2099-12-31T18:00:00Z"},
        },
    }
    (variables,) = found["dflow_service_variables"].values()
    assert variables["depends_on"] == [f"dflow_{vendor.key}_allowlist.{name}"]


@each_owned()
def test_everybody_is_let_in_by_the_families_the_vendor_takes(vendor, stack):
    asked = example_of(vendor, manager=Manager.OWNED, open_to_world=OpenToWorld("load test until Friday"))
    access = Access(where=stack, owner="shop/orders", database="orders", port=5432)

    everybody = {address.cidr for address in asked.admitted(access, {}).values()}
    assert everybody == {"0.0.0.0/0"} | ({"::/0"} if Family.IPV6 in vendor.families else set())
    assert asked.owned_arguments(access)["open_to_world_reason"] == "load test until Friday"


@each_owned()
def test_a_field_that_names_no_list_is_refused_with_a_good_one(vendor, stack):
    locator = vendor.owned.locators[0]
    wrong = dataclasses.replace(example_of(vendor, manager=Manager.OWNED), **{locator.name: "/no such list/"})

    with pytest.raises(ConfigurationError) as refusal:
        database(stack, wrong)

    assert str(refusal.value) == (
        f"shop/orders: {type(wrong).__name__}({locator.name}='/no such list/'): that is not {locator.form}; "
        f"write {locator.example!r} for example"
    )


def test_a_field_may_be_filled_in_by_terraform(stack, web, synthesize):
    web.connect_to(database(stack, Neon("${neon_project.shop.id}" + str(stack.worker_node("fra-9").id))))

    (block,) = synthesize(stack)["resource"]["dflow_neon_allowlist"].values()
    assert block["project_id"] == "${neon_project.shop.id}${data.dflow_worker_node.worker-node-fra-9.id}"


def test_a_field_that_is_no_text_is_refused(stack):
    with pytest.raises(ConfigurationError, match=r"Neon\(project_id=7\): that is no text; write 'quiet-river-"):
        database(stack, Neon(7))


def test_a_field_that_has_to_be_given_is_missed(stack):
    with pytest.raises(ConfigurationError, match=r"Neon\(project_id=None\): it has to be given\. The Neon project;"):
        database(stack, Neon(None))


def test_an_ipv6_address_is_refused_where_the_vendor_takes_none(stack, production, web):
    web.connect_to(database(stack, Neon("quiet-river-12345678")))

    with pytest.raises(ConfigurationError) as refusal:
        production.add_egress("six", "2a01:4f8:c0c:1::/64")

    assert str(refusal.value) == (
        "shop/orders: 'six' leaves from 2a01:4f8:c0c:1::/64, which is IPv6, and Neon IP Allow takes IPv4 only; declare "
        "the IPv4 address it leaves from, and this one as Egress('2a01:4f8:c0c:1::/64', optional=True)"
    )


def test_an_optional_address_is_left_out_where_the_vendor_does_not_take_its_family(stack, production, web, synthesize):
    production.add_egress("six", Egress("2a01:4f8:c0c:1::/64", optional=True))
    web.connect_to(database(stack, Neon("quiet-river-12345678")))
    (connection,) = stack.connections
    assert connection.entries == ("fra-1",)

    (block,) = synthesize(stack)["resource"]["dflow_neon_allowlist"].values()
    assert set(block["entries"]) == {"fra-1"}


def test_an_optional_address_is_let_in_where_the_vendor_takes_its_family(stack, production, web, synthesize):
    production.add_egress("six", Egress("2a01:4f8:c0c:1::/64", optional=True))
    web.connect_to(database(stack, AwsSecurityGroup("sg-0123456789abcdef0")))
    (connection,) = stack.connections
    assert connection.entries == ("fra-1", "six")

    (block,) = synthesize(stack)["resource"]["dflow_aws_security_group_allowlist"].values()
    assert block["entries"]["six"] == {"cidr": "2a01:4f8:c0c:1::/64"}


def test_more_entries_than_fit_are_refused_with_the_vendor_s_number_and_where_it_stands(stack, web):
    environment = Environment(
        stack, "nat", application="shop", worker_nodes=["fra-1"], egress={f"n{n}": f"18.195.4.{n}" for n in range(60)}
    )
    service = AppService(environment, "web", source=web_source())

    with pytest.raises(ConfigurationError) as refusal:
        service.connect_to(database(stack, AwsSecurityGroup("sg-0123456789abcdef0")))

    assert str(refusal.value).startswith(
        "shop/orders: 61 IPv4 entries would stand on the list, AWS security group, and 60 fit (inbound rules of a "
        "security group; Amazon VPC User Guide, Amazon VPC quotas; terraform-linters/tflint#268, 2026-11-22). Ask AWS"
    )


def test_a_number_that_was_granted_counts_instead(stack, production, web, synthesize):
    for number in range(3):
        production.add_egress(f"n{number}", f"18.195.4.{number}")
    with pytest.raises(ConfigurationError, match="4 entries would stand on the list, Neon IP Allow, and 3 fit as"):
        web.connect_to(database(stack, Neon("quiet-river-12345678", entry_quota=3)))
    with pytest.raises(ConfigurationError, match="entry_quota is 0; a list holds at least 1 entry"):
        ExternalDatabase(
            stack,
            "none",
            engine=Engine.REDIS,
            host="cache.example.com",
            password=Secret.from_environment("CACHE_PASSWORD"),
            allowlist=Neon("quiet-river-12345678", entry_quota=0),
        )


def test_a_granted_number_reaches_the_provider(stack, web, synthesize):
    web.connect_to(database(stack, AwsSecurityGroup("sg-0123456789abcdef0", entry_quota=200)))

    (block,) = synthesize(stack)["resource"]["dflow_aws_security_group_allowlist"].values()
    assert block["rule_quota"] == 200


def test_nodes_with_one_declared_address_count_once(stack, production, web, synthesize):
    production.add_egress("nat-a", "18.195.4.7")
    production.add_egress("nat-b", "18.195.4.7")
    web.connect_to(database(stack, Neon("quiet-river-12345678", entry_quota=2)))

    (block,) = synthesize(stack)["resource"]["dflow_neon_allowlist"].values()
    assert set(block["entries"]) == {"fra-1", "nat-a", "nat-b"}


def test_the_earlier_end_counts_of_a_database_s_and_an_address_s(stack, production, web, synthesize):
    production.add_egress("early", Egress("18.195.4.7", expires_at="2030-01-01T00:00:00+02:00"))
    production.add_egress("late", Egress("18.195.4.8", expires_at="2040-01-01T00:00:00Z"))
    web.connect_to(database(stack, Neon("quiet-river-12345678", expires_at="2035-01-01T00:00:00Z")))

    (block,) = synthesize(stack)["resource"]["dflow_neon_allowlist"].values()
    assert {name: entry["expires_at"] for name, entry in block["entries"].items()} == {
        "early": "2030-01-01T00:00:00+02:00",
        "fra-1": "2035-01-01T00:00:00Z",
        "late": "2035-01-01T00:00:00Z",
    }


@pytest.mark.parametrize("moment", ["tomorrow", "2030-01-01", "2030-01-01T00:00:00", "", 7])
def test_an_end_is_a_moment_everywhere_the_same(stack, production, moment):
    with pytest.raises(ConfigurationError, match="is no moment with an offset from UTC; write one such as"):
        database(stack, Neon("quiet-river-12345678", expires_at=moment))
    with pytest.raises(ConfigurationError, match=r"shop/production: expires_at .* is no moment with an offset"):
        production.add_egress("nat-a", Egress("18.195.4.7", expires_at=moment))


def test_entries_of_a_security_group_end_with_the_first_plan_after_the_moment(stack, production, web, synthesize):
    """The group's own resource knows no end, so Terraform leaves the entry out."""
    production.add_egress("guest", Egress("18.195.4.7", expires_at="2030-01-01T00:00:00Z"))
    web.connect_to(database(stack, AwsSecurityGroup("sg-0123456789abcdef0")))

    found = synthesize(stack)
    (block,) = found["resource"]["dflow_aws_security_group_allowlist"].values()
    ((name, table),) = found["locals"].items()
    assert block["entries"] == (
        f"${{{{for key, entry in local.{name} : key => {{ cidr = entry.cidr }} "
        "if try(timecmp(plantimestamp(), entry.expires_at) < 0, true)}}"
    )
    assert table["guest"] == {"cidr": "18.195.4.7/32", "expires_at": "2030-01-01T00:00:00Z"}


@pytest.mark.parametrize("option", ["open_to_world", "allow_first", "allow_empty"])
def test_a_word_without_a_reason_is_no_word(stack, option):
    """A program without a type checker gets here."""
    with pytest.raises(
        ConfigurationError, match=rf'{option} is True and says no reason; write {option}=\w+\(reason="…"\)'
    ):
        database(stack, Neon("quiet-river-12345678", **{option: True}))


def test_a_manager_is_one_of_the_two(stack):
    with pytest.raises(ConfigurationError, match=r"manager is 'official'; write Manager\.OWNED or Manager\.OFFICIAL"):
        database(stack, Neon("quiet-river-12345678", manager="official"))


def test_being_the_first_takes_a_reason():
    with pytest.raises(ConfigurationError, match="could be locked out and nobody could tell why; say it"):
        LockOut(" ")


def test_a_way_a_vendor_does_not_have_is_refused_with_the_one_it_has(stack):
    with pytest.raises(ConfigurationError) as refusal:
        database(stack, Neon("quiet-river-12345678", manager=Manager.OFFICIAL))

    assert str(refusal.value) == (
        "shop/orders: manager is Manager.OFFICIAL, and entries of Neon IP Allow can only be kept by the dflow "
        "provider; leave manager out, or say Manager.OWNED"
    )
    assert vendor_named("neon").official == ()


def web_source():
    return dflow_constructs.GitHub("acme/shop", branch="main")
