"""What plans do to the variables of services: names, and never a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.plan import Action, Mode
from dflow_review.reaching.directory import Directory
from dflow_review.review import VariableChange
from dflow_review.values import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dflow_review.plan import Plan, PlannedResource
    from dflow_review.values import Block

_TYPE: Final = "dflow_service_variables"
_PLAIN: Final = "variables"
_HIDDEN: Final = "secret_variable_names"
_VERSION: Final = "secret_variables_wo_version"
_CHANGED: Final = "secret_variables_changed"


def variables_of(plans: Iterable[Plan]) -> tuple[VariableChange, ...]:
    """Return what becomes of each service's variables, sorted by service; services without a change are left out.

    Names that only Terraform knows are left out. A secret counts as changed if it is sent again: its value may be the
    same.
    """
    directory = Directory(plans)
    found: dict[str, list[_Difference]] = {}
    for resource in directory.of_type(_TYPE):
        if resource.mode is Mode.MANAGED and resource.action not in (Action.NO_OP, Action.FORGET):
            found.setdefault(_service(directory, resource), []).append(_Difference(resource))
    changes = (_together(service, differences) for service, differences in sorted(found.items()))
    return tuple(change for change in changes if change.added or change.changed or change.removed)


class _Difference:
    """What one resource does.

    Args:
        resource: which.
    """

    def __init__(self, resource: PlannedResource) -> None:
        before, after = _names(resource.before), _names(resource.after)
        self.secret = _secrets(resource.before) | _secrets(resource.after)
        self.added = after - before
        self.removed = before - after
        self.changed = {name for name in before & after if _differs(resource, name)}


def _together(service: str, differences: Iterable[_Difference]) -> VariableChange:
    several = [*differences]
    added = set[str]().union(*(each.added for each in several))
    removed = set[str]().union(*(each.removed for each in several))
    changed = set[str]().union(*(each.changed for each in several)) | (added & removed)
    touched = added | removed | changed
    return VariableChange(
        service,
        added=tuple(sorted(added - changed)),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(removed - changed)),
        secret=tuple(sorted(touched & set[str]().union(*(each.secret for each in several)))),
    )


def _names(block: Block | None) -> set[str]:
    if block is None:
        return set()
    keys = block.keys(_PLAIN)
    return {*(keys if isinstance(keys, tuple) else ()), *_listed(block, _HIDDEN)}


def _secrets(block: Block | None) -> set[str]:
    if block is None:
        return set()
    keys = block.keys(_PLAIN)
    hidden = {name for name in keys if block.get(_PLAIN, name) is Missing.SENSITIVE} if isinstance(keys, tuple) else ()
    return {*hidden, *_listed(block, _HIDDEN)}


def _listed(block: Block, attribute: str) -> Iterator[str]:
    length = block.length(attribute)
    for index in range(length) if isinstance(length, int) else ():
        name = block.text(attribute, index)
        if isinstance(name, str):
            yield name


def _differs(resource: PlannedResource, name: str) -> bool:
    before, after = resource.before, resource.after
    if before is None or after is None:
        return False
    secrets = {*_listed(before, _HIDDEN)} & {*_listed(after, _HIDDEN)}
    if name in secrets:
        again = before.get(_VERSION) != after.get(_VERSION) or after.get(_VERSION) is Missing.UNKNOWN
        return again or name in {*_listed(before, _CHANGED)} or resource.action is not Action.UPDATE
    if name in {*_listed(before, _HIDDEN)} | {*_listed(after, _HIDDEN)}:
        return True  # it becomes a secret, or ceases to be one
    # Hidden values are compared and never looked at; one that is known only after apply counts as another.
    if after.get(_PLAIN, name) is Missing.UNKNOWN:
        return True
    return _raw(before, name) != _raw(after, name) or resource.action is not Action.UPDATE


def _raw(block: Block, name: str) -> object:
    variables = block.values.get(_PLAIN)
    return variables.get(name) if isinstance(variables, dict) else None


def _service(directory: Directory, resource: PlannedResource) -> str:
    for block in (resource.after, resource.before):
        id_ = block.text("service_id") if block is not None else Missing.ABSENT
        owner = directory.with_id(id_) if isinstance(id_, str) else None
        several = (owner,) if owner is not None else directory.referred(resource, "service_id")
        for service in several:
            for side in (service.after, service.before):
                name = side.text("name") if side is not None else Missing.ABSENT
                if isinstance(name, str):
                    return name
    return resource.address
