"""What cannot be looked at on either side of a resource, compared nevertheless: it may be something else afterwards."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from dflow_review.values import any_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_review.plan import PlannedResource
    from dflow_review.values import Block, Plain


def hides_something_new(resource: PlannedResource) -> bool:
    """Say whether a resource holds something afterwards that nobody can see, and that it did not hold before.

    Sensitive values are compared and never shown. What both sides of a comparison with a base know only after apply is
    compared by what the programs say there.
    """
    before, after = resource.before, resource.after
    if before is None or after is None:
        return False
    return resource.is_rewritten or bool(Counter(_hidden(after)) - Counter(_hidden(before)))


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
