"""Every fault on the wire at every resource type's create, read, update and delete: nothing is lost or made twice.

What happened stands in `docs/design/faults.md`, and each row there is what the test of that fault has just seen.
"""

from functools import partial
from pathlib import Path

import pytest
from dflow_acceptance.breaking import breakable
from dflow_acceptance.place import Place
from dflow_acceptance.targets import TARGETS, Step
from dflow_acceptance.wire_faults import FAULTS, WireFault

from dflow_provider.catalogue import OWNED_ALLOWLISTS
from dflow_provider.provider import DflowProvider
from dflow_sandbox import Sandbox

PAGE = Path(__file__).resolve().parents[2] / "docs" / "design" / "faults.md"


def line(cells: list[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


def table() -> list[str]:
    return [each for each in PAGE.read_text(encoding="utf-8").splitlines() if each.startswith("|")]


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_leaves_no_orphan_no_duplicate_and_no_lost_variable(
    fault: WireFault, sandbox: Sandbox, place: Place, new_workspace
):
    with breakable(sandbox, place, new_workspace, fault) as world:
        terraform = world.workspace
        world.applied_in_the_end(world.broken(Step.CREATE, fault, terraform.apply))
        destroyed = None
        if fault.steps == tuple(Step):
            planned = world.broken(Step.READ, fault, terraform.plan)
            assert planned.changes == {}
            world.declare(changed=True)
            updated = world.broken(Step.UPDATE, fault, partial(terraform.apply, "-refresh=false"))
            assert updated.changes == {target.address: "update" for target in TARGETS if target.changed}
            world.applied_in_the_end(updated)
        terraform.unchanged()
        if Step.DELETE in fault.steps:
            destroyed = world.broken(Step.DELETE, fault, partial(terraform.apply, "-destroy", "-refresh=false"))
        world.destroyed_in_the_end(destroyed)
    print(*world.told, sep="\n")

    assert line([fault.name, *world.row()]) in table()


def test_the_table_has_every_fault_and_every_resource_type_once():
    """Allowlists of other firms talk to their servers alone, and their faults are tried there."""
    head, _, *rows = table()

    assert head == line(["fault", *map(str, TARGETS)])
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [fault.name for fault in FAULTS]
    other_firms = {f"dflow_{key}_allowlist" for key in OWNED_ALLOWLISTS}
    assert [target.type for target in TARGETS] == sorted({*DflowProvider.resources} - other_firms)
