"""A provider's schema → the files of a Python package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dflow_codegen.emit import package_files
from dflow_codegen.read import read_provider

if TYPE_CHECKING:
    from collections.abc import Mapping


def generate(
    document: Mapping[str, Any], provider: str, *, version: str | None = None, command: str = "dflow-cdktf codegen"
) -> dict[str, str]:
    """Return typed bindings for one provider as text by path, relative to the package's directory.

    The same input gives the same bytes. The package needs `dflow_cdk`, which comes with `dflow-cdktf`, at run time.

    Args:
        document: what `terraform providers schema -json` prints, parsed.
        provider: a source address (`dflow-cdktf/dflow`, with or without registry) or its last part (`dflow`).
        version: the provider version, or a constraint, that the package asks Terraform for; none asks for any.
        command: how to make the package again, for the header of every file; one line.

    Raises:
        CodegenError: the document is none, or a name in it cannot be one in Python. Nothing is half done.
    """
    model = read_provider(document, provider)
    header = [
        f"Generated from the schema of the Terraform provider {model.source}; do not edit.",
        f"Make it again with: {command}",
    ]
    return package_files(model, header, version)
