"""Azure's rule from 0.0.0.0 to 0.0.0.0, which is no address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.finding import Answer, Finding, Rule, Severity
from dflow_review.reaching.vendor_marks import ALL_OF_AZURE
from dflow_review.rules.entries import managed
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.finding import Subject
    from dflow_review.values import Block

AZURE_SERVICES: Final = Rule(
    id="DFLOW002",
    title="Other customers of Azure stay outside",
    why=(
        "The rule from 0.0.0.0 to 0.0.0.0 looks like nobody and means every machine in Azure, whichever customer rents "
        "it."
    ),
    severity=Severity.HIGH,
    remedy="Remove the rule and list the addresses of your own services, or use a private endpoint.",
)

_MARK: Final = "0.0.0.0"  # noqa: S104 - a mark of Azure's, not an address to listen at
_PAIRS: Final = (("start_ip_address", "end_ip_address"), ("start_ip", "end_ip"))
_LISTS: Final = {"azurerm_cosmosdb_account": "ip_range_filter"}


def other_customers_stay_outside(subject: Subject) -> Iterator[Finding]:
    """Find the rule in firewall rules, in the lists of Cosmos DB accounts, and among new entries of other resources.

    A foreign entry that was there before is shown with all others and is no finding: no resource here could remove it.
    """
    named: set[str] = set()
    for resource in managed(subject):
        if resource.after is None or not resource.type.startswith("azurerm_"):
            continue
        met = _met(resource.type, resource.after)
        if met is None:
            continue
        was = resource.before is not None and _met(resource.type, resource.before) is Answer.FINDING
        named.add(resource.address)
        yield Finding(
            AZURE_SERVICES,
            resource.address,
            (
                f"It {'already lets' if was else 'lets'} in all of Azure, other customers' machines too: {_MARK} is "
                "Azure's mark for that."
            )
            if met is Answer.FINDING
            else "Its addresses are known after apply; whether they are Azure's mark for all of Azure is not.",
            met,
            severity=Severity.LOW if was else None,
        )
    yield from _among_entries(subject, named)


def _met(kind: str, block: Block) -> Answer | None:
    """Say whether a resource lets in all of Azure; nothing if it does not."""
    if kind in _LISTS:
        return _in_list(block, _LISTS[kind])
    if not kind.endswith("_firewall_rule"):
        return None
    for first, last in _PAIRS:
        pair = (block.get(first), block.get(last))
        if pair == (_MARK, _MARK):
            return Answer.FINDING
        if Missing.UNKNOWN in pair and all(each in (Missing.UNKNOWN, _MARK) for each in pair):
            return Answer.CANNOT_TELL
    return None


def _in_list(block: Block, attribute: str) -> Answer | None:
    match block.get(attribute):
        case str() as text:  # one text with commas, in versions before 4
            return Answer.FINDING if _MARK in (part.strip() for part in text.split(",")) else None
        case list() as entries:
            return Answer.FINDING if _MARK in entries else None
        case Missing.UNKNOWN:
            entries = [block.get(attribute, position) for position in range(_length(block, attribute))]
            return Answer.FINDING if _MARK in entries else Answer.CANNOT_TELL
        case _:
            return None


def _length(block: Block, attribute: str) -> int:
    length = block.length(attribute)
    return 0 if isinstance(length, Missing) else length


def _among_entries(subject: Subject, named: set[str]) -> Iterator[Finding]:
    for change in subject.reach.changes:
        if not change.database.vendor.startswith("azure"):
            continue
        if any(opening.source.spelling == ALL_OF_AZURE for opening in change.before):
            continue
        for opening in change.after:
            if opening.source.spelling == ALL_OF_AZURE and opening.resource not in named:
                yield Finding(
                    AZURE_SERVICES,
                    opening.resource,
                    f"An entry on the list of {change.database.name} lets in all of Azure, other customers' machines "
                    "too.",
                    database=change.database.name,
                )
