"""What cannot be looked at on either side of a resource, compared nevertheless: it may be something else afterwards."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from dflow_review.reach import Side
from dflow_review.reaching.entries import HIDDEN
from dflow_review.reaching.inline_table import BY_TYPE, Kind
from dflow_review.values import any_mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from dflow_review.plan import PlannedResource
    from dflow_review.reaching.entries import Part
    from dflow_review.values import Block, Plain


def hides_something_new(resource: PlannedResource, attributes: Collection[str] | None = None) -> bool:
    """Say whether a resource holds something afterwards that nobody can see, and that it did not hold before.

    Sensitive values are compared and never shown. What both sides of a comparison with a base know only after apply is
    compared by what the programs say there.

    Args:
        resource: which.
        attributes: which sensitive values are looked at, by the names of their arguments; all if not given.
    """
    before, after = resource.before, resource.after
    if before is None or after is None:
        return False
    new = Counter(_hidden(after)) - Counter(_hidden(before))
    return resource.is_rewritten or any(attributes is None or name in attributes for name, _ in new)


def hides_how_it_lets_in(resource: PlannedResource, parts: Iterable[Part]) -> bool:
    """Say whether something hidden changes that is no address: a port, a protocol, a list's name, or if it is in force.

    Of a database only the arguments are asked about that its list is read from.

    Args:
        resource: which.
        parts: what it says about lists; addresses that are hidden themselves are told with these.
    """
    if any(HIDDEN in entry.source.spelling for part in parts if part.side is Side.AFTER for entry in part.entries):
        return False
    whole = BY_TYPE.get(resource.type)
    if whole is None or whole.kind is Kind.LIST:
        asked = None
    else:
        paths = (*whole.lists, *whole.identity, whole.off, whole.networks_only, whole.unenforced, whole.port)
        asked = {path.partition(".")[0] for path in paths if path}
    return not resource.is_rewritten and hides_something_new(resource, asked)


def _hidden(block: Block) -> Iterator[tuple[str, str]]:
    """Yield what is marked sensitive: the attribute's name, and the value's JSON; of a list, each element's."""
    if not any_mark(block.sensitive):
        return
    for name, content in block.values.items():
        left = [(content, block.sensitive.get(name) if isinstance(block.sensitive, dict) else block.sensitive)]
        while left:
            value, marks = left.pop()
            if marks is True:
                several = value if isinstance(value, list) else [value]
                yield from ((name, json.dumps(each, sort_keys=True)) for each in several)
            else:
                left += _inner(value, marks)


def _inner(value: Plain, marks: Plain) -> Iterator[tuple[Plain, Plain]]:
    if isinstance(value, dict) and isinstance(marks, dict):
        yield from ((value.get(key), mark) for key, mark in marks.items())
    elif isinstance(value, list) and isinstance(marks, list):
        yield from zip(value, marks, strict=False)
