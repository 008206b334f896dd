"""What a stack does that is not safe, and why somebody wants it, for whoever reads the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_cdk import cdk

if TYPE_CHECKING:
    from constructs import Construct


class AcceptedRisks:
    """Reasons that every plan shows as one output; a stack that accepts no risk has none.

    Args:
        stack: the stack.
    """

    def __init__(self, stack: Construct) -> None:
        self._stack = stack
        self._reasons: dict[str, list[str]] = {}
        self._output: cdk.TerraformOutput | None = None

    @property
    def reasons(self) -> dict[str, tuple[str, ...]]:
        """The reasons by what is accepted; a copy."""
        return {what: tuple(reasons) for what, reasons in sorted(self._reasons.items())}

    def add(self, what: str, reason: str) -> None:
        """Accept a risk; the same one for the same reason is accepted once.

        Args:
            what: the construct path, a colon, and what is not safe.
            reason: why somebody wants it.
        """
        known = self._reasons.setdefault(what, [])
        if reason in known:
            return
        known.append(reason)
        value = {what: list(reasons) for what, reasons in self.reasons.items()}
        if self._output is None:
            self._output = cdk.TerraformOutput(
                self._stack, "accepted_risks", description="What is not safe here, and why", value=value
            )
        else:
            self._output.value = value
