"""Rules that a program sets for itself, checked when it synthesizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

import constructs

from dflow_constructs.dflow_stack import DflowStack
from dflow_constructs.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Finding:
    """Something that breaks a rule.

    Attributes:
        construct: what breaks it.
        message: what is wrong, and what to do.
    """

    construct: constructs.Construct
    message: str


class Rule(Protocol):
    """What a policy looks for."""

    def findings(self, stack: DflowStack) -> Iterator[Finding]:
        """Find what breaks the rule in a stack."""


class Policy:
    """A rule for everything below a construct; use `RequireTls`, `RequireAllowlist` or `ForbidOpenToWorld`."""

    def apply_to(self: Rule, scope: constructs.Construct) -> None:
        """Hold everything below `scope`, the app or a stack or one construct, to the rule; later constructs too."""
        _Policies.of(scope).rules.append((scope.node.path, self))

    @classmethod
    def acknowledge(cls, construct: constructs.Construct, *, reason: str) -> None:
        """Let a construct, and what is below it, break the rule; every plan shows the reason as an output.

        Raises:
            ConfigurationError: the reason says nothing, or the construct is in no stack of dFlow's.
        """
        call = f"{cls.__name__}.acknowledge(…)"
        if not reason.strip():
            raise ConfigurationError(
                construct,
                f"{call} without a reason: the rule would be broken and nobody could tell why; "
                'say it, reason="moves to TLS in March, ticket 4711"',
            )
        stack = DflowStack.around(construct, construct)
        _Policies.of(construct).acknowledged.append((construct.node.path, cls))
        stack.accepted_risks.add(f"{construct.node.path}: {cls.__name__}", reason)


class _Policies(constructs.Construct):
    """The rules of a program; one of its kind, right below the root, and only where there are any."""

    ID: ClassVar[str] = "DflowPolicies"

    def __init__(self, root: constructs.Construct) -> None:
        super().__init__(root, self.ID)
        self.rules: list[tuple[str, Rule]] = []
        self.acknowledged: list[tuple[str, type[Policy]]] = []

    @classmethod
    def of(cls, scope: constructs.Construct) -> _Policies:
        root = cast("constructs.Construct", scope.node.root)
        found = root.node.try_find_child(cls.ID)
        return found if isinstance(found, _Policies) else cls(root)


def policy_problems(stack: DflowStack) -> Iterator[ConfigurationError]:
    """Find what breaks a rule in a stack and is not acknowledged; each finding is told once."""
    policies = stack.node.root.node.try_find_child(_Policies.ID)
    if not isinstance(policies, _Policies):
        return
    told: set[Finding] = set()
    for scope, rule in policies.rules:
        for finding in rule.findings(stack):
            path = finding.construct.node.path
            accepted = any(isinstance(rule, kind) and _within(path, place) for place, kind in policies.acknowledged)
            if accepted or not _within(path, scope) or finding in told:
                continue
            told.add(finding)
            name = type(rule).__name__
            accept = f'{name}.acknowledge({finding.construct.node.id}, reason="…")'
            yield ConfigurationError(finding.construct, f"{finding.message}, or accept it, {accept} ({name})")


def _within(path: str, scope: str) -> bool:
    return not scope or path == scope or path.startswith(f"{scope}/")
