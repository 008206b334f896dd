"""Terraform at work on every resource type at once, over wires that break at the decisive request of each."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from dflow_acceptance.builder import building
from dflow_acceptance.kinds import Side
from dflow_acceptance.relay import Habit, Relay
from dflow_acceptance.targets import DEPLOYED, DEPLOYMENT, TARGETS, Step
from dflow_acceptance.warm import warmed

from dflow_sandbox import FaultProxy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dflow_acceptance.place import Place
    from dflow_acceptance.run import Diagnostic, Run
    from dflow_acceptance.targets import Identities, Target
    from dflow_acceptance.wire_faults import WireFault
    from dflow_acceptance.workspace import Workspace

    from dflow_sandbox import Sandbox

BY_HAND = {"key": "SET_BY_HAND", "value": "stays"}
"""A variable that no configuration knows of."""

NAMES_THE_CALL = re.compile(
    r"\b(GET|POST|PATCH|DELETE) http://127\.0\.0\.1:\d+/api/\w+"
    r"|\b(AuthorizeSecurityGroupIngress|RevokeSecurityGroupIngress|DescribeSecurityGroupRules)\b"
)


class Outcome(Enum):
    """What a step made of its fault; the value is the mark in the table."""

    ABSORBED = "✓"
    TOLD = "!"
    NOT_THERE = "-"


@dataclass
class Breakable:
    """A workspace with every target in it, and the wires from its provider to the servers."""

    place: Place
    workspace: Workspace
    wires: dict[Side, FaultProxy]
    outcomes: dict[tuple[Step, Target], Outcome] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def declare(self, *, changed: bool = False) -> None:
        """Write the configuration of all targets."""
        blocks = {}
        for target in TARGETS:
            attributes = target.changed if changed and target.changed else target.declared
            blocks[target.type] = {"it": attributes(self.place)}
        self.workspace.configure(resource=blocks)

    def broken(self, step: Step, fault: WireFault, command: Callable[..., Run]) -> Run:
        """Run a command while the fault befalls each target's decisive request, and note what came of it."""
        state = self.workspace.state()
        scripts = {}
        for target in TARGETS:
            own = state.get(target.address, {})
            call = None if step is Step.UPDATE and target.changed is None else target.request(step, own)
            planned = fault.dflow if target.side is Side.CONTROL_PLANE else fault.for_aws
            if call is None:
                self.outcomes[step, target] = Outcome.NOT_THERE
            else:
                scripts[target] = self.wires[target.side].script(
                    planned, method=call.method, path=call.path, body=call.body
                )
        run = command("-parallelism=20")
        missed = [str(target) for target, script in scripts.items() if script.hits != 1]
        assert not missed, f"the fault never came to {missed}: {[*map(str, run.diagnostics)]}"
        for wire in self.wires.values():
            wire.clear()
        self._note(step, run, state)
        return run

    def _note(self, step: Step, run: Run, state: dict[str, Identities]) -> None:
        for error in run.errors:
            text = f"{error.title}: {error.detail}"
            assert NAMES_THE_CALL.search(error.detail), text
            target = self._blamed(error, state)
            self.outcomes[step, target] = Outcome.TOLD
            self.told.append(f"{step.value} {target}: {text}")
        assert run.code != 1 or run.errors, str(run)
        for target in TARGETS:
            self.outcomes.setdefault((step, target), Outcome.ABSORBED)

    def _blamed(self, error: Diagnostic, state: dict[str, Identities]) -> Target:
        """Whose error it is; where Terraform leaves the address out, as in a destroy, the message has to say it."""
        for target in TARGETS:
            own = state.get(target.address, {})
            named = self.place.group.id if target.side is Side.CLOUD else own.get("service_id", own.get("id"))
            if error.address == target.address or (not error.address and named and named in error.detail):
                return target
        raise AssertionError(f"an error of no resource: {error}")

    def assert_whole(self, *, exist: bool) -> None:
        """Every object is there once, or not at all, and nobody else's is harmed."""
        for target in TARGETS:
            if target is not DEPLOYMENT:
                assert len(target.remote(self.place)) == (1 if exist else 0), target.type
        found = self.place.organisation.variables(self.place.service_id)
        assert found.pop(BY_HAND["key"]) == BY_HAND["value"]
        assert bool(found) is exist
        left = sorted(each["name"] for each in self.place.organisation.documents("services"))
        assert [name for name in left if name in {DEPLOYED, "shop-live-api"}] == ["shop-live-api", DEPLOYED]

    def applied_in_the_end(self, broken: Run) -> None:
        """If the broken apply failed, one more does not; every object is there, once."""
        if broken.code != 0:
            self.workspace.applied("-parallelism=20")
        assert sorted(self.workspace.state()) == sorted(target.address for target in TARGETS)
        self.assert_whole(exist=True)

    def destroyed_in_the_end(self, broken: Run | None) -> None:
        """If the broken destroy failed, one more does not; nothing of ours is left."""
        if broken is None or broken.code != 0:
            self.workspace.destroyed("-parallelism=20", "-refresh=false")
        assert self.workspace.state() == {}
        self.assert_whole(exist=False)

    def row(self) -> list[str]:
        """For each target what became of its four steps."""
        marks = {key: outcome.value for key, outcome in self.outcomes.items()}
        return ["".join(marks.get((step, target), "-") for step in Step) for target in TARGETS]


@contextmanager
def breakable(
    sandbox: Sandbox, place: Place, new_workspace: Callable[..., Workspace], fault: WireFault
) -> Iterator[Breakable]:
    """A warm workspace behind two proxies, and behind a relay for what a proxy cannot do."""
    place.organisation.change("services", place.service_id, variables=[BY_HAND])
    with ExitStack() as open_:
        dflow = open_.enter_context(FaultProxy(sandbox.endpoint))
        aws = open_.enter_context(FaultProxy(sandbox.aws_endpoint))
        endpoint = dflow.endpoint
        if fault.habit is not Habit.FAITHFUL or fault.clock is not None:
            endpoint = open_.enter_context(Relay(dflow.endpoint, fault.habit, fault.clock)).endpoint
        workspace = new_workspace(DFLOW_ENDPOINT=endpoint, AWS_ENDPOINT_URL_EC2=aws.endpoint)
        found = Breakable(place, workspace, {Side.CONTROL_PLANE: dflow, Side.CLOUD: aws})
        found.declare()
        open_.enter_context(building(place.organisation, status="success"))
        open_.enter_context(warmed(workspace))
        yield found
