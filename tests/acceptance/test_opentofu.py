"""The suite runs with every program it finds, and OpenTofu finds the provider where Terraform does.

To OpenTofu `dflow-cdktf/dflow` is in another registry than to Terraform, so the same launcher lies under both.
"""

from pathlib import Path

import pytest
from dflow_acceptance.kinds import KINDS
from dflow_acceptance.place import Place
from dflow_acceptance.programs import CHOICE, programs
from dflow_acceptance.workspace import REQUIREMENTS, Workspace


@pytest.fixture
def path(tmp_path: Path):
    """Make a PATH on which there are these programs alone."""

    def make(*names: str) -> str:
        for name in names:
            (tmp_path / name).write_text("#!/bin/sh\n")
            (tmp_path / name).chmod(0o755)
        return str(tmp_path)

    return make


@pytest.mark.parametrize("names", [("terraform",), ("tofu",), ("terraform", "tofu")])
def test_every_program_on_the_path_is_used(names: tuple[str, ...], path):
    assert programs({"PATH": path(*names)}) == list(names)


def test_one_program_may_be_chosen(path):
    assert programs({"PATH": path("terraform", "tofu"), CHOICE: "tofu"}) == ["tofu"]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("", "no `terraform` and no `tofu` on PATH"),
        ("tofu", "no `tofu`, which DFLOW_ACCEPTANCE_PROGRAM names, on PATH"),
    ],
)
def test_where_there_is_none_it_is_said_what_is_missing(chosen: str, words: str, path):
    with pytest.raises(LookupError, match=words):
        programs({"PATH": path(*(["terraform"] if chosen else [])), CHOICE: chosen})


def test_every_resource_lives_and_ends_with_the_provider_of_opentofus_registry(place: Place, workspace: Workspace):
    there = {"dflow": {"source": "registry.opentofu.org/dflow-cdktf/dflow", "version": "0.1.0"}}
    workspace.configure(
        terraform={**REQUIREMENTS, "required_providers": there},
        resource={kind.type: {"it": kind.declared(place)} for kind in KINDS},
    )

    found = workspace.terraform("init", "-no-color")

    assert found.code == 0, str(found)
    assert '"registry.opentofu.org/dflow-cdktf/dflow"' in (workspace.directory / ".terraform.lock.hcl").read_text()
    workspace.applied()
    assert [len(kind.remote(place)) for kind in KINDS] == [1] * len(KINDS)
    workspace.unchanged()
    workspace.destroyed()
    assert [kind.remote(place) for kind in KINDS] == [[]] * len(KINDS)
