"""A review as one page that needs nothing else: the picture, every connection, filters, before and after.

Without scripts it shows everything. No text of a plan is markup, and the page's policy lets nothing run but its own
script.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Final

from dflow_review.outputs import page_parts, picture, wording
from dflow_review.outputs.connection import Cause, Status, changed, connections_of, unchanged
from dflow_review.outputs.escape import visible
from dflow_review.outputs.picture import CLASSES, mark, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dflow_review.finding import Acknowledgement, Finding
    from dflow_review.outputs.connection import Connection
    from dflow_review.reach import DatabaseChange
    from dflow_review.review import Review

_ROWS: Final = 5000
_OF_A_RULE: Final = 500
_SENTENCE: Final = 600
_SIGNS: Final = {Status.ADDED: "+", Status.REMOVED: "\u2212", Status.UNKNOWN: "?", Status.SAME: "="}
_VIEWS: Final = {"both": "Before and after", "before": "Before", "after": "After", "changes": "Only what changes"}
_HEADS: Final = ("Change", "Database", "Who", "Addresses", "Services and Environments", "Resource")
_STYLE: Final = page_parts.STYLE + picture.STYLE


def render(review: Review) -> str:
    """Return the page.

    Raises:
        ReviewError: networkx or NumPy is not installed.
    """
    policy = (
        f"default-src 'none'; style-src {_hash(_STYLE)}; script-src {_hash(page_parts.SCRIPT)}; "
        "base-uri 'none'; form-action 'none'"
    )
    title = escape(wording.headline(review))
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        "<title>Who can reach which database</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<header><h1>Who can reach which database</h1>",
        f'<p class="headline">{title}.</p>',
        *(f'<p class="unknown">? {_text(each, 1000)}</p>' for each in wording.incomplete(review)),
        "</header>",
        "<main>",
        *_filters(review),
        '<section aria-labelledby="picture"><h2 id="picture">Picture</h2>',
        '<div class="scroll" tabindex="0" role="group" aria-label="Picture, can be scrolled">',
        picture.drawing(review),
        "</div></section>",
        *_connections(review),
        *_findings(review),
        *_variables(review),
        *_plans(review),
        "</main>",
        f"<script>{page_parts.SCRIPT}</script>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _filters(review: Review) -> Iterator[str]:
    """Shown by the script: without it they would do nothing."""
    environments: set[str] = set()
    for change in review.reach.changes:
        environments |= {change.database.environment} - {""}
        environments |= {tenant.environment for tenant in change.undecided}
        for opening in (*change.before, *change.after):
            environments |= opening.source.environments
    databases = {wording.database(change) for change in review.reach.changes}
    yield '<form id="filters" hidden>'
    yield "<fieldset><legend>Show</legend>"
    for value, words in _VIEWS.items():
        checked = " checked" if value == "both" else ""
        yield f'<label><input type="radio" name="view" value="{value}"{checked}> {words}</label>'
    yield "</fieldset>"
    yield from _select("environment", "Environment", environments)
    yield from _select("database", "Database", databases)
    yield '<button type="button" id="everything">Show everything</button>'
    yield '<output id="count" for="filters" aria-live="polite"></output>'
    yield "</form>"


def _select(name: str, words: str, values: set[str]) -> Iterator[str]:
    yield f'<span><label for="{name}">{words}</label>'
    yield f'<select id="{name}" name="{name}"><option value="">all</option>'
    for value in sorted(values):
        yield f'<option value="{mark(value)}">{_text(value)}</option>'
    yield "</select></span>"


def _connections(review: Review) -> Iterator[str]:
    changes = [*changed(review.reach), *unchanged(review.reach)]
    rows = [(change, connection) for change in changes for connection in connections_of(change)]
    yield '<section aria-labelledby="connections"><h2 id="connections">Connections</h2>'
    if rows:
        yield '<div class="scroll" tabindex="0" role="group" aria-label="Connections, can be scrolled"><table>'
        heads = "".join(f'<th scope="col">{each}</th>' for each in _HEADS)
        yield f"<thead><tr>{heads}</tr></thead><tbody>"
        yield from (_row(change, connection) for change, connection in rows[:_ROWS])
        yield "</tbody></table></div>"
    else:
        yield "<p>None of the plans says anything about an allowlist.</p>"
    if len(rows) > _ROWS:
        yield f"<p>{len(rows) - _ROWS} more are in the form for programs, JSON.</p>"
    for address, reason in review.reach.unread:
        yield f'<p class="unknown">? <code>{_text(address)}</code> could not be understood: {_text(reason)}</p>'
    yield "</section>"


def _row(change: DatabaseChange, connection: Connection) -> str:
    kind = CLASSES[connection.status]
    own = (change.database.environment,) if change.database.environment else ()
    environments = tuple(sorted({*connection.environments, *own}))
    resource = f"<code>{_text(connection.resource)}</code>" if connection.resource else "its list is empty"
    there = _text(wording.runs_there(connection), _SENTENCE)
    if connection.cause is Cause.ENVIRONMENT:
        there += f"<small>{_text(' '.join(wording.told(connection)), _SENTENCE)}</small>"
        made = "".join(f"<code>{_text(tenant.resource)}</code>" for tenant in connection.tenants)
        resource = f"{made}<small>{resource}</small>" if connection.resource else made
    belongs = wording.belongs_to(change)
    about = f'data-environments="{marks(environments)}" data-databases="{mark(wording.database(change))}"'
    cells = [
        f'<span class="sign-{kind}" aria-hidden="true">{_SIGNS[connection.status]}</span> {connection.status.value}',
        f"{_text(wording.database(change))}" + (f"<small>{_text(belongs)}</small>" if belongs else ""),
        _text(connection.who) + (f"<small>{wording.ELSEWHERE}</small>" if connection.is_foreign else ""),
        _text(connection.spelling)
        + (f"<small>until {_text(connection.expires_at)}</small>" if connection.expires_at else ""),
        there,
        resource,
    ]
    return f'<tr class="{kind}" data-status="{kind}" {about}>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _findings(review: Review) -> Iterator[str]:
    verdicts = review.verdicts
    if not (verdicts.open or verdicts.acknowledged or verdicts.expired or verdicts.unused):
        return
    yield '<section aria-labelledby="findings"><h2 id="findings">Findings</h2>'
    yield from _listed(_finding(each, each.weight.name) for each in wording.problems(verdicts))
    yield from _listed(_finding(each, "RULE CRASHED") for each in wording.crashed(verdicts))
    yield from _untold(review)
    yield from _folded("acknowledged", [_acknowledged(finding, by) for finding, by in verdicts.acknowledged])
    odd = [(each, f"expired {each.expires}") for each in verdicts.expired]
    odd += [(each, "fits nothing") for each in verdicts.unused]
    yield from _listed(
        f"Acknowledgement <code>{_text(f'{each.rule_id} {each.address}')}</code> {_text(what)}" for each, what in odd
    )
    yield "</section>"


def _untold(review: Review) -> Iterator[str]:
    """Fold what cannot be told, by rule; a database that is chosen leaves what is about it, and about none."""
    by_rule = wording.untold_by_rule(review.verdicts)
    if not by_rule:
        return
    shown: dict[str, set[str]] = {}
    for change in review.reach.changes:
        shown.setdefault(change.database.name, set()).add(mark(wording.database(change)))
    number = wording.counted(sum(map(len, by_rule.values())), "check")
    yield f"<details><summary>{number} cannot be told from the plan</summary>"
    for rule, several in by_rule.items():
        often = f" ({len(several):,} times)" if len(several) > 1 else ""
        yield f"<details><summary><strong>? {_text(rule.id)}</strong> {_text(rule.title)}{often}</summary>"
        yield f"<small>{_text(rule.why, 1000)} {_text(rule.remedy, 1000)}</small><ul>"
        for each in several[:_OF_A_RULE]:
            about = f"<code>{_text(each.address)}</code> " if each.address else ""
            databases = " ".join(sorted(shown.get(each.database, ())))
            yield f'<li data-about="{databases}">{about}{_text(each.message, 1000)}</li>'
        if len(several) > _OF_A_RULE:
            yield f"<li>{len(several) - _OF_A_RULE:,} more are in the form for programs, JSON.</li>"
        yield "</ul></details>"
    yield "</details>"


def _finding(finding: Finding, label: str) -> str:
    rule = finding.rule
    address = f"<code>{_text(finding.address)}</code> " if finding.address else ""
    why = f"<small>{_text(rule.why, 1000)} {_text(rule.remedy, 1000)}</small>"
    return (
        f"<strong>{label} {_text(rule.id)}</strong> {_text(rule.title)}: {address}{_text(finding.message, 1000)}{why}"
    )


def _acknowledged(finding: Finding, by: Acknowledgement) -> str:
    until = f", until {_text(by.expires)}" if by.expires else ""
    return f"{_finding(finding, finding.weight.name)}<small>{_text(by.reason, 1000)} ({_text(by.who)}{until})</small>"


def _variables(review: Review) -> Iterator[str]:
    moving = [each for each in review.variables if each.added or each.changed or each.removed]
    if not moving:
        return
    yield '<section aria-labelledby="variables"><h2 id="variables">Variables</h2>'
    for each in moving:
        signed = [("+", "added", each.added), ("~", "changed", each.changed), ("\u2212", "removed", each.removed)]
        names = [
            f"{sign} <code>{_text(name)}</code> {what}{' (secret)' if name in each.secret else ''}"
            for sign, what, group in signed
            for name in group
        ]
        yield f"<h3>{_text(each.service)}</h3>"
        yield from _listed(names)
    yield "</section>"


def _plans(review: Review) -> Iterator[str]:
    yield '<section aria-labelledby="plans"><h2 id="plans">What was reviewed</h2>'
    yield from _listed(
        f"<code>{_text(plan.name)}</code> sha256 <code>{_text(plan.sha256)}</code>"
        + "".join(f"<small>{_text(warning, 1000)}</small>" for warning in plan.warnings)
        for plan in review.plans
    )
    yield "</section>"


def _folded(words: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f"<details><summary>{len(items)} {words}</summary>"
        yield from _listed(items)
        yield "</details>"


def _listed(items: Iterable[str]) -> Iterator[str]:
    lines = [f"<li>{item}</li>" for item in items]
    if lines:
        yield "<ul>"
        yield from lines
        yield "</ul>"


def _text(text: str, at_most: int = 200) -> str:
    return escape(visible(text, at_most=at_most))
