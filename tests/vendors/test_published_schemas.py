"""What we say of other providers' resources, held against what those providers publish.

`tests/plans/schemas.py` wrote the published schemas down, from packages that were generated from them. Of providers
without such a package a person did, from pages that the provider generates from its schema, as far as we name them.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.specifiers import SpecifierSet

from dflow_review.reaching.aws_groups import TYPES as AWS_TYPES
from dflow_review.reaching.holders import HOLDERS, TIES
from dflow_review.reaching.inline_table import BY_TYPE, OTHER_SPELLINGS, WHOLES
from dflow_review.reaching.official_entries import _ELSEWISE
from dflow_review.rules.connection_protection import PARAMETER_GROUPS, SETTINGS
from dflow_vendors import all_vendors
from dflow_vendors.official import (
    Block,
    BlockForEach,
    EveryCidr,
    Fixed,
    GivenNumbers,
    JustTheCidr,
    Part,
    Port,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_vendors.official import Argument, Filling

TESTS = Path(__file__).resolve().parents[1]
PLANS = TESTS / "plans"
DOCUMENTED = json.loads((TESTS / "library" / "data" / "official_schemas.json").read_text(encoding="utf-8"))
DOCUMENTED.pop("//")
PACKAGES = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parent / "data" / "published").glob("*.json"))
}
PUBLISHED = {kind: (package, facts) for package in PACKAGES.values() for kind, facts in package["types"].items()}
NOT_RUN = sorted({file.parent for file in PLANS.glob("*/*/*.json") if '"provider_not_run"' in file.read_text("utf-8")})

NO_PACKAGE = "no package was generated from the provider's schema, and its pages are written by hand"
OLD_PAGE = "no package was generated from the provider's schema, and the page that was is of another version"
GONE = "the vendor has ended it: the package of today has it no more, states of before do"
YOUNGER = "the package is older than the type, and its page is written by hand"
UNPUBLISHED = {
    "aiven_alloydbomni": GONE,
    "aiven_cassandra": GONE,
    "aiven_influxdb": GONE,
    "aiven_m3db": GONE,
    "aiven_redis": GONE,
    "ibm_database": NO_PACKAGE,
    "rediscloud_essentials_database": YOUNGER,
    "upcloud_managed_database_redis": GONE,
    "ybm_allow_list": OLD_PAGE,
    "ybm_cluster": OLD_PAGE,
}
"""Types that are held against nothing but their documentation, and why."""
FROM_PAGES = {
    "clickhouse",
    "couchbase-capella",
    "neon",
    "planetscale",
    "render",
    "scalingo",
    "singlestoredb",
    "supabase",
}
"""Providers whose schemas were written down from pages, by hand."""
OF_BEFORE = {
    "azurerm_redis_cache.enable_non_ssl_port",
    "exoscale_dbaas.redis.ip_filter",
    "google_sql_database_instance.settings.ip_configuration.require_ssl",
}
"""Attributes that older versions of their providers have, and today's do not."""

TEXT, NUMBER, TRUTH, NESTED = "string", "number", "bool", "nested"
TEXTS = ("list of string", "set of string")
NUMBERS = ("list of number", "set of number")
LISTS = (*TEXTS, *NUMBERS)
KINDS = {"string": (TEXT,), "number": (NUMBER,), "bool": (TRUTH,), "list": LISTS, "map": ("map of string",)}


class Published:
    """An attribute as its provider publishes it, or what holds attributes.

    Args:
        kind: the resource's type.
        path: to the attribute; empty for the resource.
        package: where it was read.
        facts: what was read.
    """

    def __init__(self, kind: str, path: tuple[str, ...], package: dict[str, Any], facts: Any) -> None:
        self.place = ".".join((kind, *path))
        self.facts = facts
        self.is_renamed = package["spelled_by"] == "pulumi"
        self._here = partial(Published, kind, package=package)
        self._package = package["package"]
        self._path = path

    @property
    def kind(self) -> str:
        return NESTED if isinstance(self.facts, dict) else self.facts.partition(" ")[2]

    @property
    def is_required(self) -> bool:
        word = self.facts["presence"] if isinstance(self.facts, dict) else self.facts.partition(" ")[0]
        return bool(word == "required")

    @property
    def is_one_object(self) -> bool:
        return self.kind == NESTED and self.facts["nesting"] == "struct"

    @property
    def may_stand_as_one(self) -> bool:
        """Pulumi writes a list that holds one element at most as that element."""
        return self.is_renamed and self.is_one_object

    def __getitem__(self, name: str) -> Published:
        known = next((each for each in self._spellings(name) if each in self.holds), None)
        if known is None and (self.is_renamed, self._path, name) == (True, (), "id"):
            return self._here(path=("id",), facts="computed string")  # every resource has it, and Pulumi leaves it out
        assert known is not None, f"{self.place}.{name} is not in {self._package}"
        return self._here(path=(*self._path, name), facts=self.holds[known])

    def at(self, path: str) -> Published:
        found = self
        for step in path.split("."):
            found = found if step == "*" or step.isdigit() else found[step]
        return found

    @property
    def holds(self) -> dict[str, Any]:
        return dict(self.facts["holds"]) if isinstance(self.facts, dict) else {}

    def must_be(self, *kinds: str) -> None:
        assert self.kind in (*kinds, "any"), f"{self.place} is {self.kind} in {self._package}"

    def is_named(self, names: set[str], attribute: str) -> bool:
        """Say whether one of some names is that of a published attribute."""
        return any(attribute in self._spellings(name) for name in names)

    def _spellings(self, name: str) -> tuple[str, ...]:
        return (name, f"{name}s", f"{name}es", f"{name.removesuffix('y')}ies") if self.is_renamed else (name,)


def resource(kind: str) -> Published:
    package, attributes = PUBLISHED[kind]
    return Published(kind, (), package, {"presence": "", "nesting": "struct", "holds": attributes})


def official() -> Iterator[tuple[str, tuple[Argument, ...]]]:
    for vendor in all_vendors():
        for each in vendor.official:
            yield each.type, each.arguments
            yield from ((attachment.type, attachment.arguments) for attachment in each.attachments)


OFFICIAL = dict(official())
NAMED = {
    *BY_TYPE,
    *OFFICIAL,
    *DOCUMENTED,
    *AWS_TYPES,
    *PARAMETER_GROUPS,
    *(setting.type for setting in SETTINGS),
    *(tie.type for tie in TIES),
    *(kind for holder in HOLDERS for kind in (holder.type, *holder.lists)),
}


def test_every_type_we_name_is_published_or_has_a_reason_why_not():
    assert NAMED - PUBLISHED.keys() == UNPUBLISHED.keys()
    assert PUBLISHED.keys() - NAMED == set()


def test_what_is_kept_is_what_the_script_reads(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "path", [str(PLANS), *sys.path])
    import schemas  # noqa: PLC0415  # found by the line above

    assert PACKAGES.keys() - schemas.PACKAGES.keys() == FROM_PAGES
    for name, package in schemas.PACKAGES.items():
        assert PACKAGES[name]["types"].keys() == {*package.types, *getattr(package, "modules", ())}, name
        assert PACKAGES[name]["provider"] == package.provider


@pytest.mark.parametrize("vendor", [each for each in all_vendors() if each.official], ids=lambda each: each.key)
def test_schemas_are_of_a_version_that_the_row_names(vendor):
    for each in vendor.official:
        package = PACKAGES.get(each.provider.name, {"provider": each.provider.source})
        version = package.get("provider_version")
        assert package["provider"] == each.provider.source
        assert version is None or SpecifierSet(each.provider.versions).contains(version)


def test_attributes_of_before_are_not_in_the_versions_of_today():
    for place in OF_BEFORE:
        kind, _, path = place.partition(".")
        with pytest.raises(AssertionError, match="is not in"):
            resource(kind).at(path)


@pytest.mark.parametrize("whole", [each for each in WHOLES if each.type in PUBLISHED], ids=lambda each: each.type)
def test_lists_inside_of_resources_are_where_their_providers_keep_them(whole):
    here = resource(whole.type)
    others = OTHER_SPELLINGS.get(whole.type, ())
    for path in (*whole.lists, *others):
        if f"{whole.type}.{path.replace('.*', '')}" in OF_BEFORE:
            continue
        if whole.as_json:
            here.at(path).must_be(TEXT)
        elif path in others or not whole.value:
            here.at(path).must_be(*TEXTS)
        else:
            here.at(path).must_be(NESTED)
            for name in filter(None, (whole.value, whole.note, whole.expires_at, whole.named and whole.named[0])):
                here.at(path)[name].must_be(TEXT)
    for path in filter(None, (whole.off, whole.networks_only, whole.unenforced)):
        here.at(path).must_be(TRUTH)
    if whole.port:
        here.at(whole.port).must_be(NUMBER, TEXT)
    for name in whole.identity:
        here[name].must_be(TEXT, NUMBER)


@pytest.mark.parametrize("holder", [each for each in HOLDERS if each.type in PUBLISHED], ids=lambda each: each.type)
def test_databases_name_their_lists_where_we_look(holder):
    here = resource(holder.type)
    here.at(".".join(map(str, holder.path))).must_be(*LISTS)
    if holder.port:
        here.at(".".join(map(str, holder.port))).must_be(NUMBER, TEXT)


@pytest.mark.parametrize(
    ("kind", "path", "groups"),
    [
        ("aws_security_group", "ingress.*.", "security_groups"),
        ("aws_default_security_group", "ingress.*.", "security_groups"),
        ("aws_security_group_rule", "", "source_security_group_id"),
    ],
)
def test_rules_of_security_groups_are_as_we_read_them(kind: str, path: str, groups: str):
    here = resource(kind)
    for name in ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"):
        here.at(f"{path}{name}").must_be(*TEXTS)
    for name in ("from_port", "to_port"):
        here.at(f"{path}{name}").must_be(NUMBER)
    for name in ("description", "protocol"):
        here.at(f"{path}{name}").must_be(TEXT)
    here.at(f"{path}{groups}").must_be(TEXT, *TEXTS)
    here.at(f"{path}self").must_be(TRUTH)


def test_rules_on_their_own_and_prefix_lists_are_as_we_read_them():
    for name in ("type", "security_group_id"):
        resource("aws_security_group_rule")[name].must_be(TEXT)
    for name in ("cidr", "description"):
        resource("aws_ec2_managed_prefix_list")["entry"][name].must_be(TEXT)


@pytest.mark.parametrize("tie", [each for each in TIES if each.type in PUBLISHED], ids=lambda each: each.type)
def test_resources_that_put_a_list_in_force_name_list_and_database(tie):
    resource(tie.type)[tie.list].must_be(TEXT, NUMBER)
    resource(tie.type)[tie.database].must_be(TEXT, NUMBER)


@pytest.mark.parametrize("kind", sorted(OFFICIAL.keys() & PUBLISHED.keys()))
def test_arguments_of_entries_are_those_of_their_provider(kind: str):
    _hold_arguments(resource(kind), OFFICIAL[kind])
    for name, _ in _ELSEWISE.get(kind, ()):
        resource(kind).at(f"rule.{name}" if kind == "ec_deployment_traffic_filter" else name).must_be(TEXT)


def _hold_arguments(here: Published, arguments: tuple[Argument, ...]) -> None:
    for argument in arguments:
        here[argument.name].must_be(*_kinds(argument.filling))
        if isinstance(argument.filling, Block | BlockForEach):
            _hold_arguments(here[argument.name], argument.filling.arguments)
    asked = {name for name in here.holds if here[name].is_required}
    given = {argument.name for argument in arguments if argument.required}
    assert {name for name in asked if not here.is_named(given, name)} == set(), here.place


def _kinds(filling: Filling) -> tuple[str, ...]:
    match filling:
        case Block() | BlockForEach():
            return (NESTED,)
        case JustTheCidr() | EveryCidr.AS_SET:
            return TEXTS
        case GivenNumbers():
            return NUMBERS
        case Fixed(bool()):
            return (TRUTH,)
        case Port.AS_NUMBER | Part.PREFIX_LENGTH | Fixed(int()):
            return (NUMBER,)
        case _:
            return (TEXT, NUMBER)  # an id may be either: Terraform turns one into the other


@pytest.mark.parametrize("kind", sorted(DOCUMENTED.keys() & PUBLISHED.keys()))
def test_documented_arguments_are_the_published_ones(kind: str):
    _hold_documented(resource(kind), DOCUMENTED[kind]["arguments"])


def _hold_documented(here: Published, arguments: dict[str, Any]) -> None:
    for name, said in arguments.items():
        published = here[name]
        published.must_be(*(KINDS[said["type"]] if "type" in said else (NESTED,)))
        is_made_up = published.is_renamed and name == "name"  # Pulumi asks for no name
        assert is_made_up or said["required"] == published.is_required, published.place
        if "block" in said:
            _hold_documented(published, said["block"])
    asked = {name for name in here.holds if here[name].is_required}
    assert {name for name in asked if not here.is_named(set(arguments), name)} == set(), here.place


@pytest.mark.parametrize(
    "setting", [each for each in SETTINGS if each.type in PUBLISHED], ids=lambda each: f"{each.type}-{each.path[-1]}"
)
def test_settings_that_let_clear_text_in_are_their_databases(setting):
    path = ".".join(map(str, setting.path))
    if f"{setting.type}.{path.replace('.0', '')}" not in OF_BEFORE:
        resource(setting.type).at(path).must_be(TRUTH if isinstance(setting.bad[0], bool) else TEXT)
    if setting.only_if is not None:
        resource(setting.type)[setting.only_if[0]].must_be(TEXT)


@pytest.mark.parametrize("kind", sorted(PARAMETER_GROUPS))
def test_parameter_groups_hold_names_and_values(kind: str):
    for name in ("name", "value"):
        resource(kind)["parameter"][name].must_be(TEXT)


@pytest.mark.parametrize("case", [case.relative_to(PLANS).as_posix() for case in NOT_RUN])
def test_plans_that_no_provider_made_hold_what_it_publishes(case: str):
    for file in (PLANS / case).glob("*.json"):
        for change in json.loads(file.read_text(encoding="utf-8"))["resource_changes"]:
            for side in ("before", "after"):
                values = change["change"][side]
                if values is not None and change["type"] in PUBLISHED:
                    _hold_values(resource(change["type"]), values)


def _hold_values(here: Published, values: dict[str, Any]) -> None:
    for name, value in values.items():
        published = here[name]
        match value:
            case None:
                pass
            case bool():
                published.must_be(TRUTH)
            case int():
                published.must_be(NUMBER)
            case str():
                published.must_be(TEXT)
            case [dict(), *_]:
                published.must_be(NESTED)
                assert not published.is_one_object or published.may_stand_as_one, f"{published.place} is one object"
                for each in value:
                    _hold_values(published, each)
            case list():
                published.must_be(*LISTS, *([NESTED] if not value else []))
            case dict():
                published.must_be(NESTED)
                assert published.is_one_object, f"{published.place} is a {published.facts['nesting']}"
                _hold_values(published, value)
