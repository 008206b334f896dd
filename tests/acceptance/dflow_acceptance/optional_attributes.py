"""Every attribute that a configuration may leave out, with a value for it and with what is empty."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from dflow_acceptance.record_kinds import PRIVATE_KEY, PUBLIC_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_acceptance.kinds import Attributes


class Empty(Enum):
    """What comes of an empty value, where it is not simply taken."""

    REFUSED = auto()
    """The plan refuses it."""
    UNKNOWN = auto()
    """The type has none: a number, a switch."""


@dataclass(frozen=True)
class OptionalAttribute:
    """An attribute that may be left out.

    Attributes:
        path: its name, after those of what it is nested in.
        given: a value for it.
        empty: its empty value, or what comes of that.
        beside: what else is given, by name, whether it is left out, empty or set.
        together: what is given next to it only where it is set.
    """

    path: str
    given: Any
    empty: Any = Empty.UNKNOWN
    beside: Mapping[str, Any] = field(default_factory=dict)
    together: Mapping[str, Any] = field(default_factory=dict)

    def put(self, attributes: Attributes, value: Any) -> Attributes:
        """Return the attributes with a value for this one, in the first element where it is nested in several."""
        whole = deepcopy(attributes)
        place: Any = whole
        *outer, last = self.path.split(".")
        for name in outer:
            place = place.setdefault(name, {})
            if isinstance(place, list):
                place = place[0]
        if outer == ["entries"]:
            place = place["fra-1"]
        place |= {last: value, **self.together}
        return whole


def _text(path: str, *, empty: Any = "", given: str = "second", **beside: Any) -> OptionalAttribute:
    return OptionalAttribute(path, given, empty, beside)


def _number(path: str, given: float, **beside: Any) -> OptionalAttribute:
    return OptionalAttribute(path, given, beside=beside)


def _switch(path: str, *, given: bool = True, **beside: Any) -> OptionalAttribute:
    return OptionalAttribute(path, given, beside=beside)


def _rule(path: str, given: Any, empty: Any = Empty.UNKNOWN, **rule: Any) -> OptionalAttribute:
    rules = path.partition(".")[0]
    return OptionalAttribute(path, given, empty, {rules: [{"cidr": "203.0.113.0/24", **rule}]})


def _rules(name: str) -> tuple[OptionalAttribute, ...]:
    return (
        OptionalAttribute(name, [{"type": "ssh", "cidr": "203.0.113.0/24"}], []),
        _rule(f"{name}.type", "custom-tcp", Empty.REFUSED, protocol="tcp", from_port=443),
        _rule(f"{name}.protocol", "tcp", Empty.REFUSED, type="https"),
        OptionalAttribute(
            f"{name}.from_port",
            443,
            beside={name: [{"cidr": "203.0.113.0/24", "type": "https"}]},
            together={"to_port": 443},
        ),
        _rule(f"{name}.to_port", 8010, type="custom-tcp", from_port=8000),
        _rule(f"{name}.description", "the shop", Empty.REFUSED, type="https"),
    )


def _account(cloud: str, secret: str, **identifiers: str) -> OptionalAttribute:
    credentials = {**identifiers, f"{secret}_wo": "not-much-of-a-secret-{unique}"}
    return _text(f"{cloud}.{secret}_wo_version", type=cloud, **{cloud: credentials})


_PORT = {"host_port": 80, "container_port": 8080}
_SSH = {"ssh_key_id": "{key}", "ip": "{address}", "port": 22}

OPTIONAL: Mapping[str, tuple[OptionalAttribute, ...]] = {
    "dflow_environment": (_text("description"), _switch("hard_delete")),
    "dflow_app_service": (
        _text("description"),
        _text("source.build_path", given="/web", empty=Empty.REFUSED),
        _text("source.git_provider_id", given="{app}", empty=Empty.REFUSED),
        _text("git_token_wo", given="not-much-of-a-secret", empty=Empty.REFUSED),
        _text("git_token_wo_version", git_token_wo="not-much-of-a-secret"),
        _text("builder", given="dockerfile", empty=Empty.REFUSED),
        _number("port", 8080),
        _switch("hard_delete"),
    ),
    "dflow_docker_service": (
        _text("description"),
        _text("docker_registry_id", given="{registry}", empty=Empty.REFUSED),
        OptionalAttribute("ports", [_PORT], []),
        _text("ports.scheme", given="https", empty=Empty.REFUSED, ports=[_PORT]),
        _switch("hard_delete"),
    ),
    "dflow_database_service": (_text("description"), _switch("hard_delete")),
    "dflow_service_variables": (
        OptionalAttribute("variables", {"MODE": "shop", "NOTHING": ""}, {}),
        OptionalAttribute("secret_variables_wo", {"TOKEN": "not-much-of-a-secret", "NO_TOKEN": ""}, {}),
        _text("secret_variables_wo_version", secret_variables_wo={"TOKEN": "not-much-of-a-secret"}),
        _switch("exclusive", variables={"MODE": "shop"}),
    ),
    "dflow_aws_security_group_allowlist": (
        _text("region", given="eu-central-1"),
        _text("database", given="orders"),
        _text("entries.description", given="the shop"),
        _text("entries.expires_at", given="2099-12-31T18:00:00Z", empty=Empty.REFUSED),
        _text("open_to_world_reason", given="none of it is true"),
        _number("rule_quota", 50),
    ),
    "dflow_ssh_key": (_text("description"), _text("private_key_wo_version")),
    "dflow_docker_registry": (_text("password_wo_version"), _switch("hard_delete")),
    "dflow_cloud_provider_account": (
        _account("aws", "secret_access_key", access_key_id="AKIA{unique}"),
        _account("dflow", "access_token"),
        _account(
            "azure", "client_secret", client_id="c{unique}", tenant_id="acme", subscription_id="not-much-of-a-secret"
        ),
        _account("gcp", "service_account_key", project_id="acme"),
        _account("digitalocean", "access_token"),
        _switch("hard_delete", type="dflow", dflow={"access_token_wo": "not-much-of-a-secret-{unique}"}),
    ),
    "dflow_worker_node": (
        _text("description"),
        _text("connection_type", given="ssh", empty=Empty.REFUSED, **_SSH),
        _text("ssh_key_id", given="{key}", empty=Empty.REFUSED),
        _text("ip", given="{address}", empty=Empty.REFUSED),
        _number("port", 22),
        _text("hostname", given="elsewhere", empty=Empty.REFUSED, connection_type="ssh", **_SSH),
        _text("cloud_provider", given="gcp", empty=Empty.REFUSED),
        _text("cloud_provider_account_id", given="{account}", empty=Empty.REFUSED),
        OptionalAttribute("aws_ec2", {"instance_id": "i-1", "region": "eu-central-1"}, {}),
        _text("aws_ec2.instance_id", given="i-1"),
        _text("aws_ec2.region", given="eu-central-1"),
        _text("aws_ec2.instance_type", given="t3.large"),
        _text("aws_ec2.public_ip_address", given="203.0.113.9", empty=Empty.REFUSED),
        OptionalAttribute("aws_ec2.security_group_ids", ["{group}"], []),
        _text("default_cpu_limit", given="2", empty=Empty.REFUSED),
        _text("default_memory_limit", given="1g", empty=Empty.REFUSED),
        _text("global_build_path", given="/srv", empty=Empty.REFUSED),
        _switch("hard_delete"),
    ),
    "dflow_security_group": (
        _text("cloud_provider", given="gcp", empty=Empty.REFUSED),
        _text("cloud_provider_account_id", given="{account}", empty=Empty.REFUSED, cloud_provider="aws"),
        *_rules("inbound_rules"),
        *_rules("outbound_rules"),
        OptionalAttribute("tags", {"team": "shop", "empty": ""}, {}),
        _switch("hard_delete", given=False),
    ),
}
"""By resource type. `{unique}`, `{address}` and the ids of what is referred to are filled in for each."""

_SOURCE = {"provider": "github", "repository": "shop", "owner": "acme", "branch": "main"}
REQUIRED: Mapping[str, Attributes] = {
    "dflow_environment": {"name": "{unique}", "worker_nodes": ["{node}"]},
    "dflow_app_service": {"name": "{unique}", "environment_id": "{environment}", "source": _SOURCE},
    "dflow_docker_service": {"name": "{unique}", "environment_id": "{environment}", "image": "acme/worker:1"},
    "dflow_database_service": {"name": "{unique}", "environment_id": "{environment}", "engine": "redis"},
    "dflow_service_variables": {"service_id": "{service}"},
    "dflow_aws_security_group_allowlist": {
        "security_group_id": "{aws_group}",
        "owner": "shop/{unique}",
        "port": "{port}",
        "entries": {"fra-1": {"cidr": "203.0.113.11/32"}},
    },
    "dflow_ssh_key": {"name": "{unique}", "public_key": PUBLIC_KEY, "private_key_wo": PRIVATE_KEY},
    "dflow_docker_registry": {
        "name": "{unique}",
        "type": "quay",
        "username": "{unique}",
        "password_wo": "not-much-of-a-secret",
    },
    "dflow_cloud_provider_account": {"name": "{unique}"},
    "dflow_worker_node": {"name": "{unique}", "hostname": "{unique}", "username": "root"},
    "dflow_security_group": {"name": "{unique}", "description": "the shop", "sync": False},
}
"""What each type demands."""


def filled_in(value: Any, known: Mapping[str, str]) -> Any:
    """Put what is known in the place of the names in braces."""
    if isinstance(value, dict):
        return {key: filled_in(each, known) for key, each in value.items()}
    if isinstance(value, list):
        return [filled_in(each, known) for each in value]
    if isinstance(value, str) and "{" in value:
        return value.format_map(known)
    return value
