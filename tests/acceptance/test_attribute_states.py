"""Every attribute that may be left out: unset, set, empty and unset again, and no plan ever finds a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from dflow_acceptance.optional_attributes import OPTIONAL, REQUIRED, Empty, OptionalAttribute, filled_in
from dflow_acceptance.vendor_attributes import VENDOR_ATTRIBUTES

from dflow_provider.provider import DflowProvider
from dflow_provider.schema import Attribute, Nested, Presence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_acceptance.kinds import Attributes
    from dflow_acceptance.place import Place
    from dflow_acceptance.workspace import Workspace

ELSEWHERE = {
    "dflow_cloud_provider_account": {"aws", "dflow", "azure", "gcp", "digitalocean"},  # one of them, by the type
    "dflow_security_group": {"sync"},  # dFlow reaches no AWS here; see test_security_group_sync.py
    "dflow_deployment": {"triggers", "start", "timeout_minutes", "queued_timeout_minutes"},  # test_deployment_life.py
    **VENDOR_ATTRIBUTES,  # test_vendor_allowlist_attributes.py
}
"""What has a test of its own."""

Resources = dict[str, dict[str, dict[str, Any]]]


def optional(attributes: tuple[Attribute, ...], inside: str = "") -> Iterator[str]:
    for attribute in attributes:
        path = f"{inside}{attribute.name}"
        if attribute.presence in {Presence.OPTIONAL, Presence.OPTIONAL_COMPUTED}:
            yield path
        if isinstance(attribute.type, Nested):
            yield from optional(attribute.type.attributes, f"{path}.")


@pytest.mark.parametrize("type_", DflowProvider.resources)
def test_no_attribute_is_forgotten(type_: str):
    known = {each.path for each in OPTIONAL.get(type_, ())}

    assert known | ELSEWHERE.get(type_, set()) == set(optional(DflowProvider.resources[type_].schema.attributes))


class Cases:
    """One resource for each attribute, told from the others by its name alone."""

    def __init__(self, place: Place) -> None:
        make = place.organisation.make
        details = {"appName": "acme", "appUrl": "https://github.com/apps/acme", "clientSecret": "-", "privateKey": "-"}
        slug = place.organisation.slug
        number = int(slug[1:], 16) % 10**9
        github = {**details, "appId": number, "clientId": slug, "installationId": str(number), "webhookSecret": "-"}
        aws = {"accessKeyId": f"AKIA{slug}", "secretAccessKey": "-"}
        key = {"name": "login", "publicKey": "-", "privateKey": "-"}
        registry = {"name": "images", "type": "github", "username": "acme", "password": "-"}
        self._place = place
        self._there = {
            "account": make("cloudProviderAccounts", name="there", type="aws", awsDetails=aws)["id"],
            "app": make("gitProviders", type="github", github=github)["id"],
            "aws_group": place.group.id,
            "environment": place.environment_id,
            "group": make("securityGroups", name="there", description="there")["id"],
            "key": make("sshKeys", **key)["id"],
            "node": place.node_id,
            "registry": make("dockerRegistries", **registry)["id"],
        }
        self._known: dict[tuple[str, int], dict[str, str]] = {}

    def resources(self, state: str) -> Resources:
        """What to declare in one state: `unset`, `given` or `empty`; what has no empty value keeps the given one."""
        return {
            type_: {f"it{number}": self._attributes(type_, number, each, state) for number, each in enumerate(cases)}
            for type_, cases in OPTIONAL.items()
        }

    def refused(self) -> Resources:
        """One resource for each empty value that is to be refused."""
        found: Resources = {}
        for type_, cases in OPTIONAL.items():
            for number, each in enumerate(cases):
                if each.empty is Empty.REFUSED:
                    whole = each.put(self._base(type_, number, each), "")
                    found.setdefault(type_, {})[f"it{number}"] = whole
        return found

    def _attributes(self, type_: str, number: int, each: OptionalAttribute, state: str) -> Attributes:
        base = self._base(type_, number, each)
        if state == "unset":
            return base
        value = each.given if state == "given" or isinstance(each.empty, Empty) else each.empty
        return each.put(base, filled_in(value, self._facts(type_, number)))

    def _base(self, type_: str, number: int, each: OptionalAttribute) -> Attributes:
        facts = self._facts(type_, number)
        base = {**filled_in(REQUIRED[type_], facts), **filled_in(each.beside, facts)}
        return {name: value for name, value in base.items() if name != each.path}

    def _facts(self, type_: str, number: int) -> dict[str, str]:
        if (type_, number) not in self._known:
            unique = f"{type_.removeprefix('dflow_').replace('_', '-')}-{number}"
            facts = {
                **self._there,
                "address": f"203.0.113.{20 + number}",
                "port": str(5432 + number),
                "unique": f"{unique}-{self._place.organisation.slug}",
            }
            if type_ == "dflow_service_variables":
                new = {"name": f"{unique}-service", "type": "app", "project": self._place.environment_id}
                facts["service"] = self._place.organisation.make("services", **new)["id"]
            self._known[type_, number] = facts
        return self._known[type_, number]


def test_unset_set_empty_and_unset_again_end_in_an_empty_plan_each(place: Place, warm_workspace: Workspace):
    cases = Cases(place)
    for state in ("unset", "given", "empty", "unset"):
        warm_workspace.configure(resource=cases.resources(state))

        warm_workspace.applied()

        warm_workspace.unchanged()
    assert len(warm_workspace.state()) == sum(map(len, OPTIONAL.values()))


def test_an_empty_value_that_means_nothing_is_refused_where_it_stands(place: Place, warm_workspace: Workspace):
    resources = Cases(place).refused()
    warm_workspace.configure(resource=resources)
    before = place.picture()

    refused = warm_workspace.plan()

    wrong = {f"{type_}.{name}" for type_, named in resources.items() for name in named}
    assert {each.address for each in refused.errors} == wrong
    assert place.picture() == before
