"""The reference: from the provider's schema, the examples in examples/, the vendors' rows and the review's rules."""

from __future__ import annotations

from pathlib import Path

from dflow_cli import launcher
from dflow_cli.rules_page import rules_page
from dflow_cli.vendor_pages import example_files, matrix_page
from dflow_codegen.reference import FurtherPage, Sources, reference_files
from dflow_provider.catalogue import OWNED_ALLOWLISTS
from dflow_provider.provider import DflowProvider
from dflow_provider.schema.reference_document import reference_document

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def our_reference() -> dict[str, str]:
    """Return the pages as text by path, relative to docs/reference. Works in a clone of the repository.

    Raises:
        CodegenError: an example is missing.
    """
    return reference_files(
        reference_document(DflowProvider()),
        launcher.SOURCE,
        Sources(_EXAMPLES, vendor_examples()),
        command="make codegen",
        further=(
            FurtherPage(
                "vendors.md",
                "Vendors",
                "How each vendor's allowlist works, and which resources keep entries on it.",
                matrix_page(),
            ),
            FurtherPage(
                "rules.md",
                "Rules",
                "What the review looks for in plans, and how to accept what it finds.",
                rules_page(),
            ),
        ),
    )


def vendor_examples() -> dict[str, str]:
    """Return the examples that are written from the vendors' rows, by their paths below examples/."""
    return {
        f"resources/dflow_{key}_allowlist/{name}": text
        for key in OWNED_ALLOWLISTS
        for name, text in example_files(key).items()
    }
