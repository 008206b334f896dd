"""What a stack's program does although it is not safe, as the stack itself says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.secret_forms import has_password_in_url, kind_of_secret
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.values import Block

ACCEPTED_RISK: Final = Rule(
    id="DFLOW064",
    title="Stacks accept no new risk",
    why=(
        "A program may break a policy of its company or hold a secret in its text if it says why, and the output "
        "accepted_risks says it here: the reason was not yet read by anybody else."
    ),
    severity=Severity.LOW,
    remedy="Read the reason. Acknowledge the finding if you accept it too; else have the program changed.",
)
_OUTPUT: Final = "accepted_risks"
_ADDRESS: Final = f"output.{_OUTPUT}"


def stacks_accept_no_new_risk(subject: Subject) -> Iterator[Finding]:
    """Find what a stack's output `accepted_risks` says and did not say before."""
    for plan in subject.plans:
        for output in plan.besides:
            if output.address != _ADDRESS or output.after is None:
                continue
            if output.after.get(_OUTPUT) is Missing.UNKNOWN or isinstance(output.after.text(_OUTPUT), str):
                message = "Which risks the stack accepts is known after apply."
                yield Finding(ACCEPTED_RISK, _ADDRESS, message, Answer.CANNOT_TELL)
            there = set(_risks(output.before)) if output.before is not None else set[tuple[str, str]]()
            for what, reason in _risks(output.after):
                if (what, reason) not in there:
                    yield Finding(ACCEPTED_RISK, f'{_ADDRESS}["{what}"]', f"It is accepted because: {reason}")


def _risks(block: Block) -> Iterator[tuple[str, str]]:
    """Yield what is accepted and why; what is hidden or holds a secret is not said."""
    risks = block.values.get(_OUTPUT)
    is_hidden = block.get(_OUTPUT) is Missing.SENSITIVE
    for what, reasons in risks.items() if isinstance(risks, dict) else ():
        for reason in reasons if isinstance(reasons, list) else ():
            if isinstance(reason, str):
                yield ("…", "…") if is_hidden else (_shown(what), _shown(reason))


def _shown(text: str) -> str:
    return "…" if has_password_in_url(text) or kind_of_secret(text, "", is_hidden=False) else text
