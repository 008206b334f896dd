"""A review as Markdown for a comment on a pull request: short, details folded, the same text for the same review."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dflow_review.outputs import mermaid, wording
from dflow_review.outputs.connection import Cause, Status, changed, changing, unchanged
from dflow_review.outputs.escape import visible
from dflow_review.reach import Movement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dflow_review.finding import Finding, Rule
    from dflow_review.outputs.connection import Connection
    from dflow_review.reach import DatabaseChange
    from dflow_review.review import Review, VariableChange

MARK: Final = "<!-- dflow-cdktf review -->"
"""The first line: by it a pipeline finds its comment again, to replace it."""

_LONGEST: Final = 60_000
_LONGEST_PART: Final = 8_000
"""Characters of the comment, of which GitHub takes 65,536, and of one table or list."""

_ADDRESSES: Final = 3

_SIGNS: Final = {
    Movement.WIDENED: "🔓 wider",
    Movement.BOTH: "🔓 wider and narrower",
    Movement.UNKNOWN: "❓ cannot tell",
    Movement.NARROWED: "🔒 narrower",
}
_MARKS: Final = {Status.ADDED: "added", Status.REMOVED: "removed", Status.UNKNOWN: "❓", Status.SAME: "="}
_JOINER: Final = "\u2060"
_REFERS = re.compile(r"([@#!~&$%])(?=[\w\"])")
_LINKS = re.compile(r"(://|www\.|mailto:)", re.IGNORECASE)


def render(review: Review) -> str:
    """Return the comment: what changes in sight, everything else folded."""
    parts = [MARK, f"### {wording.headline(review)}"]
    incomplete = wording.incomplete(review)
    if incomplete:
        parts.append(_list((f"- ❓ {prose(each)}" for each in incomplete), len(incomplete)))
    moving = changed(review.reach)
    if moving:
        parts.append(_table("| | Database | What changes | Who |\n|---|---|---|---|", map(_row, moving), len(moving)))
    still = unchanged(review.reach)
    if still:
        parts.append(f"{wording.counted(len(still), 'database')} reached as before.")
    if review.reach.unread:
        unread = (f"- ❓ {code(address)} could not be understood: {prose(why)}" for address, why in review.reach.unread)
        parts.append(_list(unread, len(review.reach.unread)))
    parts += _findings(review)
    variables = [each for each in review.variables if each.added or each.changed or each.removed]
    if variables:
        parts.append(_folded(f"Variables of {wording.counted(len(variables), 'service')}", _variables(variables)))
    parts.append(_folded("What was reviewed", _plans(review)))
    picture = mermaid.render(review)
    if moving and len(picture) <= _LONGEST_PART:
        parts.append(_folded("Picture", f"```mermaid\n{picture}```"))
    return "\n\n".join(_fitting_parts(parts)) + "\n"


def code(text: str) -> str:
    """Return a name as code, in which nothing is a mention, a link or markup."""
    shown = visible(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest or shown.startswith(" ") or not shown else ""
    return f"{fence}{space}{shown}{space}{fence}"


def _cell(text: str) -> str:
    """Return a name as code in a table, where a bar would end the cell, in code too."""
    return code(text).replace("|", "\\|")


def prose(text: str) -> str:
    """Return a sentence in which nothing is markup, and nothing becomes a mention, a reference or a link."""
    shown = _REFERS.sub(rf"\1{_JOINER}", visible(text, at_most=600))
    shown = _LINKS.sub(lambda link: link.group()[0] + _JOINER + link.group()[1:], shown)
    return re.sub(r"([!-/:-@\[-`{-~])", lambda found: _without_meaning(found.group()), shown)


def _without_meaning(character: str) -> str:
    if character in "<>&":
        return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}[character]
    return character if character in ",;:'\"/.%=?-" else f"\\{character}"


def _row(change: DatabaseChange) -> str:
    belongs = wording.belongs_to(change)
    name = _cell(wording.database(change)) + (f"<br>{prose(belongs)}" if belongs else "")
    connections = changing(change)
    who = [_who(each) for each in connections[:8]]
    if len(connections) > 8:
        who.append(f"and {len(connections) - 8} more")
    return f"| {_SIGNS[change.movement]} | {name} | {prose(wording.movement(change))} | {'<br>'.join(who)} |"


def _who(connection: Connection) -> str:
    name, about = wording.told(connection)
    # A sentence says itself what becomes of its Environment.
    is_sentence = connection.cause is Cause.ENVIRONMENT and connection.status is not Status.UNKNOWN
    return f"{_MARKS[connection.status] * (not is_sentence)} {_cell(name)} {prose(about)}".strip()


def _findings(review: Review) -> Iterator[str]:
    verdicts = review.verdicts
    crashed = wording.crashed(verdicts)
    problems = wording.problems(verdicts)
    if crashed:
        lines = (f"- 💥 **{prose(each.rule.id)} crashed** {_about(each)}" for each in crashed)
        yield _list(lines, len(crashed))
    if problems:
        yield f"**{wording.counted(len(problems), 'finding')}**\n\n{_list(map(_problem, problems), len(problems))}"
    untold = wording.untold_by_rule(verdicts)
    if untold:
        number = sum(map(len, untold.values()))
        lines = (_untold(rule, several) for rule, several in untold.items())
        yield _folded(f"{wording.counted(number, 'check')} cannot be told from the plan", _list(lines, len(untold)))
    if verdicts.acknowledged:
        lines = (
            f"- {prose(finding.rule.id)} {_about(finding)} — {prose(by.reason)} ({prose(by.who)}"
            f"{', until ' + prose(by.expires) if by.expires else ''})"
            for finding, by in verdicts.acknowledged
        )
        number = len(verdicts.acknowledged)
        yield _folded(f"{wording.counted(number, 'finding')} acknowledged", _list(lines, number))
    odd = [(each, f"expired {each.expires}") for each in verdicts.expired]
    odd += [(each, "fits nothing") for each in verdicts.unused]
    if odd:
        lines = (f"- ⚠️ Acknowledgement {code(f'{each.rule_id} {each.address}')} {prose(what)}" for each, what in odd)
        yield _list(lines, len(odd))


def _problem(finding: Finding) -> str:
    rule = finding.rule
    why = f"<br>{prose(rule.why)} {prose(rule.remedy)}"
    return f"- **{finding.weight.name} {prose(rule.id)}** {prose(rule.title)}: {_about(finding)}{why}"


def _untold(rule: Rule, several: Sequence[Finding]) -> str:
    """Return what one rule could not tell, in one line however often it could not."""
    if len(several) == 1:
        return f"- {prose(rule.id)} {_about(several[0])}"
    addresses = sorted({each.address for each in several if each.address})
    shown = ", ".join(map(code, addresses[:_ADDRESSES]))
    more = f" and {len(addresses) - _ADDRESSES:,} more" if len(addresses) > _ADDRESSES else ""
    return f"- {prose(rule.id)} {prose(rule.title)}: {len(several):,} times{', of ' if shown else ''}{shown}{more}"


def _about(finding: Finding) -> str:
    return f"{code(finding.address)} {prose(finding.message)}" if finding.address else prose(finding.message)


def _variables(changes: list[VariableChange]) -> str:
    return _list((f"- {code(each.service)}: {', '.join(_signed(each))}" for each in changes), len(changes))


def _signed(change: VariableChange) -> Iterator[str]:
    signed = [("added", change.added), ("changed", change.changed), ("removed", change.removed)]
    for what, names in signed:
        for name in names:
            yield f"{code(name)} {what}{' (secret)' if name in change.secret else ''}"


def _plans(review: Review) -> str:
    lines = [f"- {code(plan.name)} sha256 {code(plan.sha256)}" for plan in review.plans]
    lines += [f"- ⚠️ {prose(warning)}" for plan in review.plans for warning in plan.warnings]
    return _list(lines, len(lines))


def _folded(summary: str, content: str) -> str:
    """Without the empty lines, Markdown would not be read inside."""
    return f"<details><summary>{summary}</summary>\n\n{content}\n\n</details>"


def _table(head: str, rows: Iterable[str], number: int) -> str:
    body = list(_fitting(rows))
    return "\n".join([head, *body]) + (f"\n\nand {number - len(body)} more" if number > len(body) else "")


def _list(lines: Iterable[str], number: int) -> str:
    body = list(_fitting(lines))
    return "\n".join([*body, *([f"- and {number - len(body)} more"] if number > len(body) else [])])


def _fitting_parts(parts: list[str]) -> list[str]:
    """Return the parts there is room for; the changes themselves come first."""
    for number in range(len(parts), 1, -1):
        if sum(len(part) + 2 for part in parts[:number]) <= _LONGEST:
            return parts if number == len(parts) else [*parts[:number], "_The rest did not fit into a comment._"]
    return parts[:2]


def _fitting(lines: Iterable[str]) -> Iterator[str]:
    """Return the lines there is room for, at least one; the others are not even written."""
    taken = 0
    for line in lines:
        taken += len(line) + 1
        if taken > _LONGEST_PART and taken > len(line) + 1:
            return
        yield line
