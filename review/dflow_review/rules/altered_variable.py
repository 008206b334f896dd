"""Values that do not arrive as they were written.

The rules are those of dFlow and of the Worker Node behind it: `config:set` puts values between double quotes into a
shell command, the node's storage loses some shapes, and dFlow drops what follows a value's only reference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.rules.expressions import GENERATED, expressions, reference_in, without_expressions
from dflow_review.rules.plan_variables import unknown_by_resource, variables_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject

ALTERED_VARIABLE: Final = Rule(
    id="DFLOW081",
    title="Variables arrive as they were written",
    why=(
        "The shell of the Worker Node runs or drops what it takes for its own, and storage there changes some values: "
        "the service gets another value than the one that was reviewed."
    ),
    severity=Severity.MEDIUM,
    remedy="Leave these characters out, or store the value base64-encoded and let the service decode it.",
)
GENERATED_VARIABLE: Final = Rule(
    id="DFLOW082",
    title="Secrets stay the same until somebody changes them",
    why=(
        "dFlow makes up a new value for `secret()` whenever any variable of the service is saved: sessions end, and "
        "what was encrypted with the old value is lost."
    ),
    severity=Severity.MEDIUM,
    remedy="Generate the value once and pass it as a secret: `secret_variables_wo`, or `Secret.from_environment(…)`.",
)

_KEY: Final = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_CHANGED_NUMBER: Final = re.compile(r"[+-]?0\d+|\+\d+|-0", re.ASCII)
_LONGEST_BYTES: Final = 19_982
"""In the way that dFlow stores a value, encrypted, as many make the 40,000 characters it takes."""
_SHELL_ACTIVE: Final = {
    "$": "a dollar sign, which the shell of the Worker Node interprets",
    "`": "a backtick, which makes the shell of the Worker Node run a command",
    '"': "a double quote, which ends the value in the shell of the Worker Node",
    "\\": "a backslash, which the shell of the Worker Node interprets",
    "\n": "a line break, which the shell of the Worker Node interprets",
    "\r": "a carriage return, which the shell of the Worker Node interprets",
    "\0": "a zero byte, which ends the command on the Worker Node",
}


def variables_arrive_unaltered(subject: Subject) -> Iterator[Finding]:
    """Find values and names that dFlow, the shell or the node's storage changes. A value is never shown."""
    for variable in variables_in(subject):
        if variable.name and not _KEY.fullmatch(variable.name):
            yield Finding(
                ALTERED_VARIABLE,
                variable.resource.address,
                f"variables.{variable.name!r} is no name a variable can have: letters, digits and _ are, no digit "
                "first.",
            )
        if isinstance(variable.value, str):
            for problem in _problems(variable.value):
                yield Finding(ALTERED_VARIABLE, variable.resource.address, f"variables.{variable.name} {problem}.")
    yield from _untold(subject, ALTERED_VARIABLE)


def secrets_stay_the_same(subject: Subject) -> Iterator[Finding]:
    """Find variables whose value dFlow makes up anew with every save."""
    for variable in variables_in(subject):
        if isinstance(variable.value, str) and any(GENERATED.match(each) for each in expressions(variable.value)):
            yield Finding(
                GENERATED_VARIABLE,
                variable.resource.address,
                f"variables.{variable.name} uses secret(): its value changes whenever a variable of the service is "
                "saved, with this apply too.",
            )
    yield from _untold(subject, GENERATED_VARIABLE)


def _untold(subject: Subject, rule: Rule) -> Iterator[Finding]:
    for address, names in unknown_by_resource(subject):
        yield Finding(rule, address, f"The values of {names} are known after apply.", Answer.CANNOT_TELL)


def _problems(text: str) -> Iterator[str]:
    static = without_expressions(text)
    for character, name in _SHELL_ACTIVE.items():
        if character in static:
            yield f"holds {name}"
    if "#" in text and "'" in text:
        yield "holds both # and a quote, which the node's storage cuts off when it reads it back"
    if _CHANGED_NUMBER.fullmatch(text):
        yield "is a number with a sign or zero in front, which the node's storage takes away"
    if (size := len(text.encode(errors="replace"))) > _LONGEST_BYTES:
        yield f"is {size:,} bytes long, and dFlow, which stores it encrypted, takes no more than {_LONGEST_BYTES:,}"
    found = expressions(text)
    if "{{" in static:
        yield "holds {{ without a matching }}, which dFlow cannot hold as text"
    trimmed = text.strip().strip("\ufeff").strip()  # white space for dFlow, too
    is_cut = len(found) == 1 and trimmed.startswith("{{") and not trimmed.endswith("}}")
    if is_cut and reference_in(found[0]) is not None:
        yield "begins with its only reference and goes on behind it, and dFlow drops what follows"
