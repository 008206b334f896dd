"""A plan as reviews see it, whichever program wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_review.values import Block


class Action(Enum):
    """What Terraform will do with a resource."""

    NO_OP = "no-op"
    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    REPLACE_DELETE_FIRST = "delete, then create"
    REPLACE_CREATE_FIRST = "create, then delete"
    REPLACE_AND_FORGET = "create, and forget what was there"
    """What was there stays as it is, and no state knows it any longer."""
    FORGET = "forget"


class Mode(Enum):
    """Whether Terraform keeps something or only looks it up."""

    MANAGED = "resource"
    DATA = "data source"


class Incomplete(Enum):
    """Why a plan says less than what will happen."""

    ERRORED = "planning ended with an error, and what would have been planned after it is not there"
    DEFERRED = "changes are put off until a later plan"
    PARTIAL = "only a part was planned, because resources were targeted for example, and others may change too"


class Deferral(Enum):
    """Why Terraform puts a change off, by the word for it in `deferred_changes`."""

    INSTANCE_COUNT_UNKNOWN = "how many there will be is known only after another apply"
    RESOURCE_CONFIG_UNKNOWN = "its settings are known only after another apply"
    PROVIDER_CONFIG_UNKNOWN = "its provider's settings are known only after another apply"
    DEFERRED_PREREQ = "what it needs is put off as well"
    ABSENT_PREREQ = "what it needs does not exist yet"
    EXCLUDED = "the plan was told to leave it out"
    NOT_INCLUDED = "the plan was told to include others only"
    UNKNOWN = "Terraform does not say why"


@dataclass(frozen=True)
class PlannedResource:
    """One resource instance and what happens to it.

    Args:
        address: `module.a.dflow_environment.web["x"]`.
        type: `dflow_environment`.
        provider: the provider's source without a registry: `dflow-cdktf/dflow`; empty if the plan does not say.
        action: what will be done.
        before: what it is now; nothing if it does not exist.
        after: what it will be; nothing if it will not exist.
        references: for each top-level attribute, the addresses of the resources its expression refers to, without
            instance keys: `{"worker_nodes": ("data.dflow_worker_node.fra",)}`.
        unfollowed: for each top-level attribute, what else its expression refers to that leads to no resource: local
            values, of which a plan does not have the expressions, and variables that are written out:
            `{"vpc_security_group_ids": ("local.groups", "var.shared")}`.
        written: for each top-level attribute of a program with something in it that is known only after apply, what
            stands there, in a form that can be compared; nothing in a plan, which does not say.
        depends_on: the addresses it waits for by `depends_on`, without instance keys.
        is_drift: the difference came about outside Terraform, and the plan takes note of it or repairs it.
        mode: whether it is managed or only read.
        previous_address: where it was in the state before it was moved; empty if it was not.
        import_id: the id by which this plan imports it; empty if it does not.
        is_rewritten: it is compared with a base, and says something else than the base where neither knows the value.
        deferral: why this plan does not carry the change out, although it is known that there will be one; nothing if
            it does.
    """

    address: str
    type: str
    provider: str
    action: Action
    before: Block | None
    after: Block | None
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    is_drift: bool = False
    mode: Mode = Mode.MANAGED
    previous_address: str = ""
    import_id: str = ""
    deferral: Deferral | None = None
    unfollowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_rewritten: bool = False

    def mentions(self, attribute: str) -> bool:
        """Say whether its configuration takes an attribute from elsewhere, rather than to leave it to the provider."""
        return attribute in self.references or attribute in self.unfollowed


@dataclass(frozen=True)
class Plan:
    """One plan file.

    Args:
        name: what it is called in outputs: the file's name, or the stack's.
        sha256: of the file's bytes, in hexadecimal digits.
        format_version: of the JSON.
        terraform_version: of the program that wrote it; empty if it does not say.
        resources: in the order of their addresses, data sources included.
        warnings: what the reader wants people to know, a newer format for example.
        incomplete: why it says less than what will happen; nothing if it says all.
        besides: what the file holds besides resources, as if each were one: `provider.dflow`, `var.region`,
            `output.url`, `local.tags`. Secrets are looked for in it, and risks that a stack says it accepts.
    """

    name: str
    sha256: str
    format_version: str
    terraform_version: str
    resources: tuple[PlannedResource, ...]
    warnings: tuple[str, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    besides: tuple[PlannedResource, ...] = ()
