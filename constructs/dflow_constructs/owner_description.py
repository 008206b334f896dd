"""What dFlow's dashboard shows beside something that Terraform keeps, unless the program has words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs import IConstruct

LONGEST = 199
"""How many characters it may have. dFlow names no limit; people are to read it at a glance."""


def owner_description(stack: str, construct: IConstruct) -> str:
    """Say who keeps something, and where: `Kept by Terraform: stack shop, construct shop/production/web`.

    The same program says the same wherever it runs. What is too long is cut in its middle, because both ends tell more.

    Args:
        stack: the path of the stack, which is its name unless it stands in another construct.
        construct: what stands for it in the program.
    """
    text = f"Kept by Terraform: stack {stack}, construct {construct.node.path}"
    if len(text) <= LONGEST:
        return text
    half = (LONGEST - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
