"""A review for a terminal: ten lines for a change of the usual size."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, TextIO

from dflow_review.finding import Severity
from dflow_review.outputs import wording
from dflow_review.outputs.connection import Cause, Status, changed, changing, unchanged
from dflow_review.outputs.escape import columns, visible
from dflow_review.reach import Movement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dflow_review.finding import Finding
    from dflow_review.reach import DatabaseChange
    from dflow_review.review import Review, VariableChange

_NARROWEST: Final = 40
_DATABASES: Final = 12
_SOURCES: Final = 4
_FINDINGS: Final = 8
_SENTENCE: Final = 600
_SERVICES: Final = 8
_SIGNS: Final = {Status.ADDED: "+", Status.REMOVED: "-", Status.UNKNOWN: "?", Status.SAME: "="}
_MOVEMENT_SIGNS: Final = {
    Movement.WIDENED: "+",
    Movement.BOTH: "±",
    Movement.UNKNOWN: "?",
    Movement.NARROWED: "-",
}


class Palette(Enum):
    """Whether a terminal's colours are used."""

    PLAIN = "plain"
    COLOUR = "colour"


_COLOURS: Final = {"+": "32", "±": "32", "-": "31", "?": "33", "!": "35", "head": "1"}
"""Never the only thing that tells one line from another: each has a sign."""


def palette_for(stream: TextIO, environment: Mapping[str, str]) -> Palette:
    """Return colours for a terminal, unless `NO_COLOR` is set to anything or `TERM` says that it knows none."""
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb" or not stream.isatty():
        return Palette.PLAIN
    return Palette.COLOUR


def render(review: Review, *, width: int = 80, palette: Palette = Palette.PLAIN) -> str:
    """Return a review as lines.

    Args:
        review: the review.
        width: how many columns there are; 40 at least are used.
        palette: whether to use colours.
    """
    page = _Page(max(width, _NARROWEST), palette)
    page.line("head", "", f"{wording.headline(review)}.", indent=0)
    for sentence in wording.incomplete(review):
        page.line("?", "?", visible(sentence, at_most=600), indent=0)
    for text in _databases(review):
        page.line(*text)
    for text in _variables(review.variables):
        page.line(*text)
    for text in _findings(review):
        page.line(*text)
    for plan in review.plans:
        page.line("", "", f"Plan {visible(plan.name)}, sha256 {plan.sha256[:16]}", indent=0)
        for warning in plan.warnings:
            page.line("!", "!", visible(warning))
    return page.text()


class _Page:
    """Lines no wider than the terminal, continued below where their text began."""

    def __init__(self, width: int, palette: Palette) -> None:
        self._width = width
        self._palette = palette
        self._lines: list[str] = []

    def line(self, colour: str, sign: str, text: str, indent: int = 2) -> None:
        first = " " * indent + (f"{sign} " if sign else "")
        rest = " " * len(first)
        for number, part in enumerate(_wrapped(text, self._width - len(first))):
            self._lines.append(self._painted(colour, (first if number == 0 else rest) + part))

    def _painted(self, colour: str, text: str) -> str:
        code = _COLOURS.get(colour)
        return f"\x1b[{code}m{text}\x1b[0m" if code and self._palette is Palette.COLOUR else text

    def text(self) -> str:
        return "".join(f"{line.rstrip()}\n" for line in self._lines)


_Line = tuple[str, str, str, int]


def _databases(review: Review) -> Iterator[_Line]:
    moving = changed(review.reach)
    for change in moving[:_DATABASES]:
        yield from _database(change)
    if len(moving) > _DATABASES:
        kinds = [each.movement.value for each in moving[_DATABASES:]]
        counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
        yield "?", "…", f"{wording.counted(len(kinds), 'more database')}: {counts}", 2
    still = unchanged(review.reach)
    if still:
        moved = sum(change.movement is Movement.MOVED for change in still)
        by_others = f", {moved} of them by other resources" if moved else ""
        yield "", "=", f"{wording.counted(len(still), 'database')} reached as before{by_others}", 2
    for address, reason in review.reach.unread[:_SOURCES]:
        yield "?", "?", f"{visible(address)} could not be understood: {visible(reason)}", 2
    if len(review.reach.unread) > _SOURCES:
        yield "?", "?", f"{len(review.reach.unread) - _SOURCES} more could not be understood", 2


def _database(change: DatabaseChange) -> Iterator[_Line]:
    sign = _MOVEMENT_SIGNS.get(change.movement, "=")
    belongs = wording.belongs_to(change)
    name = visible(wording.database(change)) + (f" ({visible(belongs)})" if belongs else "")
    yield sign, sign, f"{name}: {visible(wording.movement(change))}", 2
    connections = changing(change)
    for connection in connections[:_SOURCES]:
        mark = _SIGNS[connection.status]
        who, about = wording.told(connection)
        between = " " if connection.cause is Cause.ENVIRONMENT else "  "  # a sentence goes on
        yield mark, mark, visible(who) + (f"{between}{visible(about, at_most=_SENTENCE)}" if about else ""), 6
    if len(connections) > _SOURCES:
        yield sign, "…", f"{len(connections) - _SOURCES} more", 6


def _variables(changes: Sequence[VariableChange]) -> Iterator[_Line]:
    moving = [each for each in changes if each.added or each.changed or each.removed]
    for each in moving[:_SERVICES]:
        yield "", "", f"Variables of {visible(each.service)}: {variables(each)}", 0
    if len(moving) > _SERVICES:
        yield "", "", f"Variables of {len(moving) - _SERVICES} more services", 0


def variables(change: VariableChange) -> str:
    """Return what happens to variables as signs and names, secrets marked: `+DATABASE_URL (secret) ~PORT -OLD`."""
    secret = set(change.secret)
    signed = [("+", change.added), ("~", change.changed), ("-", change.removed)]
    names = [
        f"{sign}{visible(name)}{' (secret)' if name in secret else ''}" for sign, group in signed for name in group
    ]
    return " ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def _findings(review: Review) -> Iterator[_Line]:
    verdicts = review.verdicts
    problems = wording.problems(verdicts)
    for finding in problems[:_FINDINGS]:
        colour = "-" if finding.weight >= Severity.HIGH else "?"
        yield colour, "!", f"{finding.weight.name} {finding.rule.id} {_about(finding)}", 0
    if len(problems) > _FINDINGS:
        yield "?", "!", f"{len(problems) - _FINDINGS} more findings", 0
    for crash in wording.crashed(verdicts):
        yield "!", "!", f"RULE CRASHED {crash.rule.id} {_about(crash)}", 0
    untold = wording.untold_by_rule(verdicts)
    if untold:
        number = sum(map(len, untold.values()))
        rules = [f"{rule.id} ({len(each):,} times)" if len(each) > 1 else rule.id for rule, each in untold.items()]
        yield "?", "?", f"{wording.counted(number, 'check')} cannot be told from the plan: {wording.listed(rules)}", 0
    for acknowledgement in verdicts.expired:
        text = f"{acknowledgement.rule_id} {acknowledgement.address} expired {acknowledgement.expires}"
        yield "?", "!", f"Acknowledgement of {visible(text)}", 0
    for acknowledgement in verdicts.unused:
        yield (
            "",
            "",
            f"Unused acknowledgement: {visible(acknowledgement.rule_id)} {visible(acknowledgement.address)}",
            0,
        )
    if verdicts.acknowledged:
        yield "", "", f"{wording.counted(len(verdicts.acknowledged), 'finding')} acknowledged", 0


def _about(finding: Finding) -> str:
    return visible(wording.about(finding), at_most=600)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Break a text between words; a word longer than a line wherever the line ends."""
    line = ""
    for word in text.split(" "):
        if line and columns(line) + 1 + columns(word) > width:
            yield line
            line = ""
        rest = f"{line} {word}" if line else word
        while columns(rest) > width:
            head = _head(rest, width)
            yield rest[:head]
            rest = rest[head:]
        line = rest
    yield line


def _head(text: str, width: int) -> int:
    """Return how many characters fit."""
    taken = 0
    for number, character in enumerate(text):
        taken += columns(character)
        if taken > width:
            return max(number, 1)
    return len(text)
