"""The same with OpenTofu, where it is installed."""

import shutil

import pytest
from dflow_acceptance.kinds import KINDS
from dflow_acceptance.place import Place


@pytest.mark.skipif(shutil.which("tofu") is None, reason="no `tofu` on PATH")
def test_every_resource_lives_and_ends_under_opentofu(place: Place, new_workspace):
    workspace = new_workspace(program="tofu")
    workspace.configure(resource={kind.type: {"it": kind.declared(place)} for kind in KINDS})

    workspace.applied()

    assert [len(kind.remote(place)) for kind in KINDS] == [1] * len(KINDS)
    workspace.unchanged()
    workspace.destroyed()
    assert [kind.remote(place) for kind in KINDS] == [[]] * len(KINDS)
