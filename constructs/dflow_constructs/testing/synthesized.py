"""A stack as Terraform gets it, or every stack of a program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, overload

from dflow_cdk import cdk

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Synthesized:
    """The configuration of a stack.

    Attributes:
        configuration: what stands in its `cdk.tf.json`.
    """

    configuration: Mapping[str, Any]

    def resources(self, terraform_type: str) -> list[dict[str, Any]]:
        """Return the resources of a type, such as `dflow_app_service`, in the order of their names in Terraform."""
        found = self.configuration.get("resource", {}).get(terraform_type, {})
        return [found[name] for name in sorted(found)]

    @property
    def text(self) -> str:
        """The configuration, the same for the same program whichever CDK wrote it and wherever."""
        return _text(_anywhere(self))


@dataclass(frozen=True)
class SynthesizedApp:
    """The configurations of a program.

    Attributes:
        stacks: each stack by its id, or by its path where it is built inside of another construct.
    """

    stacks: Mapping[str, Synthesized]

    @property
    def text(self) -> str:
        """All configurations, the same for the same program whichever CDK wrote it and wherever."""
        return _text({name: _anywhere(stack) for name, stack in self.stacks.items()})


@overload
def synthesized(of: cdk.TerraformStack) -> Synthesized: ...
@overload
def synthesized(of: cdk.App) -> SynthesizedApp: ...
def synthesized(of: cdk.TerraformStack | cdk.App) -> Synthesized | SynthesizedApp:
    """Return a stack, or every stack of a program, as Terraform gets it, after every check that a synthesis runs.

    No file is written.

    Raises:
        Exception: a check failed; the message names every problem with its construct path.
    """
    if isinstance(of, cdk.TerraformStack):
        return _stack(of)
    if not isinstance(of, cdk.App):
        raise TypeError(  # a program without a type checker gets here
            f"synthesized({type(of).__name__}): only a stack or the app can be synthesized; pass the stack it is in"
        )
    stacks = [each for each in of.node.find_all() if isinstance(each, cdk.TerraformStack)]
    # What one stack uses of another becomes an output of that one, whichever of them is read first.
    for stack in stacks:
        stack.prepare_stack()
    return SynthesizedApp({stack.node.path: _stack(stack) for stack in stacks})


def _stack(stack: cdk.TerraformStack) -> Synthesized:
    return Synthesized(json.loads(cdk.Testing.synth(stack, True)))  # noqa: FBT003 - the CDK has it in this place


def _anywhere(stack: Synthesized) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(stack.configuration))
    document.get("//", {}).get("metadata", {}).pop("version", None)
    local = document.get("terraform", {}).get("backend", {}).get("local", {})
    if "path" in local:
        local["path"] = PurePath(local["path"]).name
    return document


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True) + "\n"
