"""A stack as Terraform gets it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

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
        document = json.loads(json.dumps(self.configuration))
        document.get("//", {}).get("metadata", {}).pop("version", None)
        local = document.get("terraform", {}).get("backend", {}).get("local", {})
        if "path" in local:
            local["path"] = PurePath(local["path"]).name
        return json.dumps(document, indent=2, sort_keys=True) + "\n"


def synthesized(stack: cdk.TerraformStack) -> Synthesized:
    """Return a stack as Terraform gets it, after every check that a synthesis runs.

    Raises:
        Exception: a check failed; the message names every problem with its construct path.
    """
    return Synthesized(json.loads(cdk.Testing.synth(stack, True)))  # noqa: FBT003 - the CDK has it in this place
