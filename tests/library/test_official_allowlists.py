"""Entries that vendors' own Terraform providers keep, checked against what those providers document."""

from __future__ import annotations

import importlib
import inspect
import itertools
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest

from dflow_cdk import cdk
from dflow_cdk.element import Provider
from dflow_cdk.inputs import Kind
from dflow_constructs import (
    AppService,
    AwsSecurityGroup,
    AzurePostgreSql,
    ConfigurationError,
    CouchbaseCapella,
    DflowStack,
    Egress,
    Engine,
    Environment,
    ExternalDatabase,
    GitHub,
    HetznerFirewall,
    LockOut,
    Manager,
    OpenToWorld,
    Secret,
    YugabyteAeon,
)
from dflow_constructs.manager import usual_manager, ways
from dflow_constructs.testing import synthesized
from dflow_vendors import EmptyMeans, Shape, Vendor, all_vendors, vendor_named
from dflow_vendors.official import Holds, Name, Repeats, Text

SCHEMAS = json.loads((Path(__file__).parent / "data" / "official_schemas.json").read_text(encoding="utf-8"))
META = {"//", "for_each", "lifecycle", "depends_on", "provider", "dynamic"}
WORDS = {"allow_first": LockOut("a new database"), "allow_empty": OpenToWorld("nothing in it")}
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
GROUP = AwsSecurityGroup("sg-0123456789abcdef0", region="eu-central-1", manager=Manager.OFFICIAL)
ODD_NAME = 'büro "x" ' + "n" * 300
OFFICIAL = [vendor for vendor in all_vendors() if vendor.official]


def each_official() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vendor", OFFICIAL, ids=lambda vendor: vendor.official[0].type)


def example_of(vendor: Vendor, **options):
    module = importlib.import_module(f"dflow_constructs.allowlists.{vendor.key}")
    (kind,) = [
        value for value in vars(module).values() if inspect.isclass(value) and value.__module__ == module.__name__
    ]
    locators = (*vendor.official[0].fields, *(vendor.owned.locators if vendor.owned else ()))
    fields = {locator.name: locator.example for locator in locators}
    return kind(**fields, manager=Manager.OFFICIAL, **{**WORDS, **options})


def database(stack, allowlist, name: str = "orders") -> ExternalDatabase:
    return ExternalDatabase(
        stack,
        name,
        engine=Engine.POSTGRES,
        host="orders.example.com",
        username="shop",
        password=Secret.from_environment("ORDERS_PASSWORD"),
        allowlist=allowlist,
    )


def rendered(configuration: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the blocks of other providers, by their addresses."""
    return {
        f"{kind}.{name}": block
        for kind, blocks in configuration["resource"].items()
        for name, block in blocks.items()
        if not kind.startswith("dflow_")
    }


def problems(block: dict[str, Any], arguments: dict[str, Any], path: str) -> list[str]:
    """Return what a provider would not take in a block, or misses."""
    given = {name: value for name, value in block.items() if name not in META}
    given |= {name: [every["content"] for every in blocks] for name, blocks in block.get("dynamic", {}).items()}
    found = [f"{path}.{name} is unknown" for name in given if name not in arguments]
    found += [f"{path}.{name} is missing" for name, each in arguments.items() if each["required"] and name not in given]
    for name, value in given.items():
        argument = arguments.get(name, {})
        if "block" in argument:
            found += [each for inner in value for each in problems(inner, argument["block"], f"{path}.{name}")]
        elif argument and not fits(value, argument["type"]):
            found.append(f"{path}.{name} is {value!r} and no {argument['type']}")
    return found


def fits(value: object, kind: str) -> bool:
    if isinstance(value, str) and value.startswith("${") and value.endswith("}"):
        return True
    expected = {"string": str, "number": int, "bool": bool, "list": list, "map": dict}[kind]
    return isinstance(value, expected) and (kind != "number" or not isinstance(value, bool))


def test_at_least_fourteen_types_are_rendered_and_each_is_described():
    types = {resource.type for vendor in OFFICIAL for resource in vendor.official}
    attachments = {each.type for vendor in OFFICIAL for each in vendor.official[0].attachments}

    assert len(types) >= 14
    assert types | attachments <= set(SCHEMAS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nosuch": "x"}, ["cockroach_allow_list.nosuch is unknown"]),
        ({"sql": None}, ["cockroach_allow_list.sql is missing"]),
        ({"cidr_mask": "32"}, ["cockroach_allow_list.cidr_mask is '32' and no number"]),
        ({"ui": 0}, ["cockroach_allow_list.ui is 0 and no bool"]),
        ({}, []),
    ],
)
def test_the_check_finds_what_a_provider_would_refuse(change, words):
    block = {"cluster_id": UUID, "cidr_ip": "18.195.4.7", "cidr_mask": 32, "sql": True, "ui": False, **change}
    block = {name: value for name, value in block.items() if value is not None}

    assert problems(block, SCHEMAS["cockroach_allow_list"]["arguments"], "cockroach_allow_list") == words


@cache
def program_of(key: str) -> dict[str, Any]:
    """A program with two Environments, one of which gets its node last; the tests of a vendor look at one result."""
    stack = DflowStack(cdk.Testing.app(), "shop")
    orders = database(stack, example_of(vendor_named(key)))
    early = Environment(stack, "early", application="shop", worker_nodes=["fra-1"])
    late = Environment(stack, "late", application="shop")
    for environment in (early, late):
        AppService(environment, "web", source=GitHub("acme/shop", branch="main")).connect_to(orders)
    late.add_worker_node("fra-2")
    early.add_egress(ODD_NAME, "18.195.4.7")
    return dict(synthesized(stack).configuration)


@each_official()
def test_a_block_is_what_the_provider_documents(vendor):
    blocks = rendered(program_of(vendor.key))

    assert {address.partition(".")[0] for address in blocks} == {
        vendor.official[0].type,
        *(each.type for each in vendor.official[0].attachments),
    }
    for address, block in blocks.items():
        kind = address.partition(".")[0]
        assert problems(block, SCHEMAS[kind]["arguments"], kind) == []


@each_official()
def test_the_provider_comes_along_with_the_versions_that_fit(vendor):
    found = program_of(vendor.key)

    provider = vendor.official[0].provider
    assert found["terraform"]["required_providers"][provider.name] == {
        "source": provider.source,
        "version": provider.versions,
    }
    assert found["provider"][provider.name] == [{name: [{}] for name in provider.needs}]
    assert vendor.official[0].type.startswith(f"{provider.name}_")
    assert re.fullmatch(r">= \d+\.\d+(\.\d+)?, < \d+\.\d+(\.\d+)?", provider.versions)


@each_official()
def test_variables_wait_for_every_entry(vendor):
    """One block holds all entries, those of nodes named later too, so one address stands for them."""
    found = program_of(vendor.key)

    blocks = rendered(found)
    variables = found["resource"]["dflow_service_variables"].values()
    (last,) = {address for block in variables for address in block["depends_on"]}
    attached = [address for address in blocks if address.partition(".")[0] != vendor.official[0].type]
    assert [last] == (attached or list(blocks))
    ((_, table),) = found["locals"].items()
    assert set(table) == {"fra-1", "fra-2", ODD_NAME}


@each_official()
def test_every_entry_or_its_list_says_whose_it_is(vendor):
    """As a note, a comment, a label or a name: what no list of a vendor's leaves out."""
    found = program_of(vendor.key)

    (block,) = (each for address, each in rendered(found).items() if address.startswith(f"{vendor.official[0].type}."))
    ((_, table),) = found["locals"].items()
    said = [text for part in (block, table["fra-1"]) for text in part.values() if isinstance(text, str)]
    assert any(re.match(r"dflow[-: _]*orders", text, re.IGNORECASE) for text in said)


@each_official()
def test_an_entry_is_keyed_by_its_node_and_its_address_may_be_unknown(vendor):
    found = program_of(vendor.key)

    ((name, table),) = found["locals"].items()
    assert table["fra-1"]["cidr"] == "${data.dflow_worker_node.worker-node-fra-1.outbound_cidr}"
    (block,) = found["resource"][vendor.official[0].type].values()
    if vendor.official[0].holds is Holds.ONE_ENTRY:
        assert block["for_each"] == f"${{local.{name}}}"
        assert block["lifecycle"]["create_before_destroy"] is True
        assert block["lifecycle"].get("ignore_changes", []) == list(vendor.official[0].kept)
    else:
        assert "for_each" not in block
        assert f"local.{name}" in json.dumps(block)


@each_official()
def test_what_an_entry_says_of_itself_fits_its_field(vendor):
    found = program_of(vendor.key)

    ((_, table),) = found["locals"].items()
    for argument in all_arguments(vendor.official[0]):
        form = argument.filling
        if not isinstance(form, (Name, Text)):
            continue
        field = "name" if isinstance(form, Name) else "note"
        texts = [row[field] for row in table.values() if field in row]
        texts += [text for text in in_block(found, vendor, argument.name) if "${" not in text]
        assert texts
        for text in texts:
            assert len(text) <= form.longest
            assert re.fullmatch(f"(?:{form.allowed.pattern})+", text), text


def all_arguments(resource):
    for argument in resource.arguments:
        yield argument
        yield from getattr(argument.filling, "arguments", ())


def in_block(found: dict, vendor: Vendor, name: str) -> list[str]:
    return [block[name] for block in found["resource"][vendor.official[0].type].values() if name in block]


def test_names_of_entries_differ_between_nodes_owners_and_databases(stack, app, synthesize):
    vendor = next(vendor for vendor in OFFICIAL if vendor.key == "azure_redis")
    other = DflowStack(app, "billing")
    names = set()
    for each, name in itertools.product((stack, other), ("a", "b")):
        environment = Environment(each, f"e-{name}", application=each.node.id, worker_nodes=["fra-1"])
        environment.add_egress("fra1", "18.195.4.7")
        AppService(environment, "web", source=GitHub("acme/shop", branch="main")).connect_to(
            database(each, example_of(vendor), name)
        )
    for each in (stack, other):
        names |= {row["name"] for table in synthesize(each)["locals"].values() for row in table.values()}

    assert len(names) == 8
    assert all(re.fullmatch(r"dflow[a-z0-9]+", name) for name in names)


def test_an_entry_names_database_node_and_owner(stack, web, synthesize):
    web.connect_to(database(stack, GROUP))

    ((_, table),) = synthesize(stack)["locals"].items()
    assert table["fra-1"]["note"] == "dflow: orders from fra-1 (shop/orders)"


def test_nodes_with_one_declared_address_are_one_entry_where_the_vendor_takes_it_once(
    stack, production, web, synthesize
):
    production.add_egress("nat-a", "18.195.4.7")
    production.add_egress("nat-b", "18.195.4.7")
    web.connect_to(database(stack, GROUP))

    ((_, table),) = synthesize(stack)["locals"].items()
    assert set(table) == {"fra-1", "nat-a"}
    assert table["nat-a"]["note"] == "dflow: orders from nat-a, nat-b (shop/orders)"


def test_an_entry_without_an_end_of_the_vendor_s_is_left_out_of_the_first_plan_after_it(
    stack, production, web, synthesize
):
    production.add_egress("guest", Egress("18.195.4.7", expires_at="2030-01-01T00:00:00Z"))
    web.connect_to(database(stack, GROUP))

    found = synthesize(stack)
    ((name, table),) = found["locals"].items()
    (block,) = rendered(found).values()
    assert block["for_each"] == (
        f"${{{{for key, entry in local.{name} : key => entry "
        "if try(timecmp(plantimestamp(), entry.expires_at) < 0, true)}}"
    )
    assert (table["guest"]["expires_at"], "expires_at" in table["fra-1"]) == ("2030-01-01T00:00:00Z", False)


def test_an_end_is_handed_to_the_vendor_that_has_one(stack, production, web, synthesize):
    production.add_egress("guest", Egress("18.195.4.7", expires_at="2030-01-01T00:00:00Z"))
    web.connect_to(database(stack, CouchbaseCapella(UUID, UUID, UUID)))

    found = synthesize(stack)
    ((name, table),) = found["locals"].items()
    (block,) = rendered(found).values()
    assert (block["for_each"], block["expires_at"]) == (f"${{local.{name}}}", "${each.value.expires_at}")
    assert (table["guest"]["expires_at"], table["fra-1"]["expires_at"]) == ("2030-01-01T00:00:00Z", "${null}")


def test_an_address_only_terraform_knows_is_looked_at_when_it_plans(stack, production, web, synthesize):
    production.add_egress("nat-a", "18.195.4.7")
    web.connect_to(database(stack, GROUP))

    (block,) = rendered(synthesize(stack)).values()
    open_, twice = block["lifecycle"]["precondition"]
    assert "is no CIDR, or lets in a good part of the internet" in open_["error_message"]
    assert (
        "Two Worker Nodes leave from one address, and AWS security group takes an address once"
        in twice["error_message"]
    )


def test_literal_addresses_were_looked_at_before(stack, production, web, synthesize):
    production.add_egress("fra-1", "18.195.4.7")
    web.connect_to(database(stack, GROUP))

    (block,) = rendered(synthesize(stack)).values()
    assert "precondition" not in block["lifecycle"]


def test_opening_to_the_world_is_two_entries(stack, web, synthesize):
    group = AwsSecurityGroup(
        "sg-0123456789abcdef0", manager=Manager.OFFICIAL, open_to_world=OpenToWorld("load test until Friday")
    )
    web.connect_to(database(stack, group))

    ((_, table),) = synthesize(stack)["locals"].items()
    assert {table[name]["cidr"] for name in ("everybody", "everybody-ipv6")} == {"0.0.0.0/0", "::/0"}


class OwnProvider(Provider):
    """A configuration of the program's own."""

    KINDS: ClassVar = {"region": Kind.STRING}


def own_provider(stack, name: str = "aws", alias: str | None = None) -> Provider:
    facts = {
        "TF_RESOURCE_TYPE": name,
        "SOURCE": f"hashicorp/{name}",
        "GENERATOR": {"providerName": name, "providerVersionConstraint": "~> 6.10"},
    }
    kind = type("OwnProvider", (OwnProvider,), facts)
    return kind(stack, f"own-{name}", inputs={"region": "eu-west-1"}, alias=alias)


def test_a_configuration_of_the_program_s_own_is_used_by_its_alias(stack, web, synthesize):
    provider = own_provider(stack, alias="frankfurt")
    web.connect_to(
        database(stack, AwsSecurityGroup("sg-0123456789abcdef0", manager=Manager.OFFICIAL, provider=provider))
    )

    found = synthesize(stack)
    (block,) = rendered(found).values()
    assert block["provider"] == "aws.frankfurt"
    assert found["provider"]["aws"] == [{"region": "eu-west-1", "alias": "frankfurt"}]
    assert found["terraform"]["required_providers"]["aws"]["version"] == "~> 6.10"


@pytest.mark.parametrize("first", [True, False])
def test_a_default_configuration_of_the_program_s_own_takes_the_place_of_ours(stack, web, synthesize, first):
    if first:
        own_provider(stack)
    web.connect_to(database(stack, GROUP))
    if not first:
        own_provider(stack)

    found = synthesize(stack)
    assert found["provider"]["aws"] == [{"region": "eu-west-1"}]
    assert found["terraform"]["required_providers"]["aws"]["version"] == "~> 6.10"


def test_a_configuration_of_another_provider_is_refused(stack, web):
    orders = database(
        stack,
        AwsSecurityGroup("sg-0123456789abcdef0", manager=Manager.OFFICIAL, provider=own_provider(stack, "google")),
    )

    with pytest.raises(ConfigurationError) as refusal:
        web.connect_to(orders)

    assert str(refusal.value) == (
        "shop/orders: provider is a configuration of 'google', and aws_vpc_security_group_ingress_rule belongs to "
        "'aws' (hashicorp/aws); pass one of that"
    )


def test_a_configuration_of_another_stack_is_refused(stack, app):
    provider = own_provider(stack)
    orders = database(stack, AwsSecurityGroup("sg-0123456789abcdef0", manager=Manager.OFFICIAL, provider=provider))
    billing = DflowStack(app, "billing")
    environment = Environment(billing, "production", application="bill", worker_nodes=["fra-9"])

    with pytest.raises(ConfigurationError, match="'billing' connects to the database with entries of its own"):
        AppService(environment, "web", source=GitHub("acme/shop", branch="main")).connect_to(orders)


def test_a_provider_means_nothing_to_entries_of_our_own(stack):
    with pytest.raises(ConfigurationError, match=r"leave it out, or say manager=Manager\.OFFICIAL"):
        database(stack, AwsSecurityGroup("sg-0123456789abcdef0", provider=own_provider(stack)))


def test_a_vendor_without_entries_of_our_own_says_whose_they_are(stack):
    with pytest.raises(ConfigurationError) as refusal:
        database(stack, CouchbaseCapella(UUID, UUID, UUID, manager=Manager.OWNED))

    assert str(refusal.value) == (
        "shop/orders: manager is Manager.OWNED, and entries of Couchbase Capella allowed IPs can only be kept by "
        "Terraform's couchbasecloud/couchbase-capella; leave manager out, or say Manager.OFFICIAL"
    )


def test_a_list_that_opens_when_empty_takes_two_words_where_nobody_looks(stack):
    with pytest.raises(ConfigurationError) as refusal:
        database(stack, HetznerFirewall("4711"))

    assert str(refusal.value) == (
        "shop/orders: an empty list of Hetzner Cloud Firewall lets in everybody, so the first entry locks all others "
        "out and the last one to go opens the database, and hetznercloud/hcloud looks at neither; say that this is "
        'meant, allow_first=LockOut(reason="…"), allow_empty=OpenToWorld(reason="…")'
    )


def test_a_time_to_wait_means_nothing_to_an_official_provider(stack):
    with pytest.raises(ConfigurationError, match="timeout_minutes is 5, and couchbasecloud/couchbase-capella waits as"):
        database(stack, CouchbaseCapella(UUID, UUID, UUID, timeout_minutes=5))


def test_who_keeps_the_entries_is_a_promise():
    """To change one is a breaking change: entries would be destroyed here and created there, with a gap."""
    both = {vendor.key: usual_manager(vendor) for vendor in OFFICIAL if len(ways(vendor)) == 2}

    assert both == {
        "aws_prefix_list": Manager.OFFICIAL,
        "aws_security_group": Manager.OWNED,
        "azure_mysql": Manager.OFFICIAL,
        "azure_postgresql": Manager.OFFICIAL,
        "azure_sql": Manager.OFFICIAL,
        "cockroachdb_cloud": Manager.OFFICIAL,
        "elastic_cloud": Manager.OWNED,
        "mongodb_atlas": Manager.OWNED,
    }


def test_a_way_is_chosen_by_what_the_vendor_s_provider_offers():
    for vendor in all_vendors():
        usual = usual_manager(vendor)
        if not vendor.official:
            assert usual is Manager.OWNED
        elif not vendor.owned and vendor.key != "aws_security_group":
            assert usual is Manager.OFFICIAL
        elif vendor.key == "aws_security_group":
            assert usual is Manager.OWNED
        else:
            fits_in = vendor.shape in {Shape.PER_ENTRY, Shape.NAMED_LIST} and vendor.empty_means is EmptyMeans.CLOSED
            fits_in = fits_in and vendor.official[0].repeats is not Repeats.MERGED
            assert (usual is Manager.OFFICIAL) is fits_in, vendor.key


def test_no_vendor_takes_an_address_twice_unless_its_row_says_so():
    for vendor in OFFICIAL:
        resource = vendor.official[0]
        named = any(type(argument.filling).__name__ == "Name" for argument in resource.arguments)
        if resource.repeats is Repeats.ALLOWED and resource.holds is Holds.ONE_ENTRY and vendor.key != "oci_nsg":
            assert named, vendor.key


def test_a_thousand_entries_are_one_block(stack, production, web, synthesize):
    for number in range(200):
        production.add_egress(f"n{number:03}", f"18.195.{number}.1")
    group = AwsSecurityGroup("sg-0123456789abcdef0", manager=Manager.OFFICIAL, entry_quota=1000)
    web.connect_to(database(stack, group))

    found = synthesize(stack)
    assert len(rendered(found)) == 1
    assert len(next(iter(found["locals"].values()))) == 201


def test_a_resource_of_the_stack_may_name_the_list(stack, web, synthesize):
    group = cdk.TerraformResource(stack, "group", terraform_resource_type="aws_security_group")
    web.connect_to(database(stack, AwsSecurityGroup(group.get_string_attribute("id"), manager=Manager.OFFICIAL)))

    block = next(b for address, b in rendered(synthesize(stack)).items() if "ingress_rule" in address)
    assert block["security_group_id"] == "${aws_security_group.group.id}"


def test_numbers_may_come_from_a_resource_of_the_stack(stack, web, synthesize):
    server = cdk.TerraformResource(stack, "server", terraform_resource_type="hcloud_server")
    web.connect_to(database(stack, HetznerFirewall(f"{server.get_string_attribute('id')},4711", **WORDS)))

    (attachment,) = synthesize(stack)["resource"]["hcloud_firewall_attachment"].values()
    assert attachment["server_ids"] == '${split(",", "${hcloud_server.server.id},4711")}'


def test_a_field_that_only_our_own_provider_reads_from_the_environment_has_to_be_given(stack):
    with pytest.raises(ConfigurationError) as refusal:
        database(stack, AzurePostgreSql("shop-production", "orders"))

    assert "AzurePostgreSql(subscription_id=None): it has to be given. The Azure subscription." in str(refusal.value)
    assert "hashicorp/azurerm does not read ARM_SUBSCRIPTION_ID into its resources. Write '1111" in str(refusal.value)
    database(stack, AzurePostgreSql("shop-production", "orders", manager=Manager.OWNED), "stock")


def test_a_list_that_something_else_names_says_where_it_is(stack, web, synthesize):
    orders = database(stack, YugabyteAeon())
    address = orders.allowlist_address
    web.connect_to(orders)

    assert address in rendered(synthesize(stack))


def test_the_port_may_come_from_a_resource_of_the_stack(stack, web, synthesize):
    server = cdk.TerraformResource(stack, "db", terraform_resource_type="hcloud_server")
    facts = {"engine": Engine.POSTGRES, "host": "db.example.com", "username": "shop"}
    web.connect_to(
        ExternalDatabase(
            stack,
            "orders",
            **facts,
            password=Secret.from_environment("ORDERS_PASSWORD"),
            port=server.get_number_attribute("port"),
            allowlist=HetznerFirewall("4711", **WORDS),
        )
    )

    (firewall,) = synthesize(stack)["resource"]["hcloud_firewall"].values()
    assert firewall["dynamic"]["rule"][0]["content"]["port"] == "${hcloud_server.db.port}"
