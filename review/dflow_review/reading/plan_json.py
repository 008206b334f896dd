"""From what `terraform show -json` prints to a plan."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dflow_review.errors import ReviewError
from dflow_review.plan import Action, Deferral, Incomplete, Mode, Plan, PlannedResource
from dflow_review.reading.besides import besides_changes
from dflow_review.reading.references import UNTIED, links_in, without_keys
from dflow_review.values import Block, any_mark

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from dflow_review.reading.document import Document
    from dflow_review.reading.references import Links
    from dflow_review.values import Plain

NEWEST: Final = (1, 2)
"""The newest format this was written for; Terraform 1.11 to 1.14 and OpenTofu 1.11 write it."""

_HOW: Final = "Write the plan again with `terraform show -json PLANFILE > plan.json`."
_ACTIONS: Final = {
    ("no-op",): Action.NO_OP,
    ("read",): Action.READ,
    ("create",): Action.CREATE,
    ("update",): Action.UPDATE,
    ("delete",): Action.DELETE,
    ("delete", "create"): Action.REPLACE_DELETE_FIRST,
    ("create", "delete"): Action.REPLACE_CREATE_FIRST,
    ("forget",): Action.FORGET,
    ("create", "forget"): Action.REPLACE_AND_FORGET,
    ("forget", "create"): Action.REPLACE_AND_FORGET,
}
_MODES: Final = {"managed": Mode.MANAGED, "data": Mode.DATA}
_DEFERRALS: Final = {each.name.lower(): each for each in Deferral}
_NO_MARKS: Final[dict[str, Plain]] = {}
_DEEPEST_MODULE: Final = 100


def looks_like_plan(content: Mapping[str, Plain]) -> bool:
    """Say whether an object is what Terraform or OpenTofu makes of a plan, or meant to be."""
    return "resource_changes" in content or "planned_values" in content or "format_version" in content


def plan_from(document: Document, name: str, where: str) -> Plan:
    """Read a plan.

    Args:
        document: the file.
        name: what the plan is called.
        where: the file's name, for messages.

    Raises:
        ReviewError: it is no plan, or of a format that cannot be read.
    """
    content = document.content
    version, warnings = _format(content, where)
    if "resource_changes" not in content and "planned_values" not in content:
        what = "is a state, which changes nothing" if "values" in content else "has no planned changes"
        raise ReviewError("plan has no changes", f"{where} {what}. {_HOW}")
    reader = _Reader(where, links_in(content.get("configuration"), content.get("variables")))
    resources = [
        *reader.changes(content.get("resource_changes"), "resource_changes"),
        *reader.changes(content.get("resource_drift"), "resource_drift", is_drift=True),
        *reader.deferred(content.get("deferred_changes")),
    ]
    there = {each.address for each in resources if not each.is_drift}
    resources += reader.state(content.get("prior_state"), there)
    resources.sort(key=_by_address)
    program = content.get("terraform_version")
    return Plan(
        name=name,
        sha256=document.sha256,
        format_version=version,
        terraform_version=program if isinstance(program, str) else "",
        resources=tuple(resources),
        warnings=warnings,
        incomplete=tuple(_incomplete(content)),
        besides=besides_changes(content),
    )


def _by_address(resource: PlannedResource) -> tuple[str, bool]:
    return resource.address, resource.is_drift


def _format(content: Mapping[str, Plain], where: str) -> tuple[str, tuple[str, ...]]:
    version = content.get("format_version")
    numbers = version.split(".") if isinstance(version, str) else []
    if len(numbers) < 2 or not all(number.isascii() and number.isdigit() and len(number) < 9 for number in numbers):
        raise ReviewError(
            "plan has no format version", f"{where} has format_version {_shown(version)}, and 1.2 is one. {_HOW}"
        )
    major, minor = int(numbers[0]), int(numbers[1])
    if major != NEWEST[0]:
        age = "newer" if major > NEWEST[0] else "older"
        raise ReviewError(
            "plan format is unknown",
            f"{where} has format {version}, {age} than 1.x, and what it says might be misread. Use "
            f"{'a newer dflow-cdktf' if major > NEWEST[0] else 'Terraform 1.11, OpenTofu 1.11 or newer'}.",
        )
    if minor > NEWEST[1]:
        known = ".".join(str(number) for number in NEWEST)
        return str(version), (
            f"{where} has format {version}; this review knows {known}, and may miss what is new since then.",
        )
    return str(version), ()


def _incomplete(content: Mapping[str, Plain]) -> Iterator[Incomplete]:
    """Say what is missing. `applyable` and `checks` say nothing about that, and OpenTofu knows `errored` alone."""
    is_errored, is_deferred = content.get("errored") is True, bool(content.get("deferred_changes"))
    if is_errored:
        yield Incomplete.ERRORED
    if is_deferred:
        yield Incomplete.DEFERRED
    if content.get("complete") is False and not (is_errored or is_deferred):
        yield Incomplete.PARTIAL


def _shown(value: Plain) -> str:
    return repr(value)[:60]


class _Reader:
    """One plan's resources.

    Args:
        where: the file's name, for messages.
        links: of its configuration.
    """

    def __init__(self, where: str, links: Mapping[str, Links]) -> None:
        self._where = where
        self._links = links

    def changes(self, entries: Plain, within: str, *, is_drift: bool = False) -> Iterator[PlannedResource]:
        for place, entry in self._objects(entries, within):
            yield self._change(entry, place, is_drift=is_drift)

    def deferred(self, entries: Plain) -> Iterator[PlannedResource]:
        """Yield the changes that are put off, with as much of them as is known."""
        for place, entry in self._objects(entries, "deferred_changes"):
            change = entry.get("resource_change")
            if not isinstance(change, dict):
                raise self._wrong(f"{place}.resource_change", "an object", change)
            reason = _DEFERRALS.get(str(entry.get("reason")), Deferral.UNKNOWN)
            yield replace(self._change(change, f"{place}.resource_change", is_drift=False), deferral=reason)

    def _objects(self, entries: Plain, within: str) -> Iterator[tuple[str, dict[str, Plain]]]:
        if entries is None:
            return
        if not isinstance(entries, list):
            raise self._wrong(within, "a list", entries)
        for position, entry in enumerate(entries):
            place = f"{within}[{position}]"
            if not isinstance(entry, dict):
                raise self._wrong(place, "an object", entry)
            yield place, entry

    def state(self, state: Plain, changing: Container[str]) -> Iterator[PlannedResource]:
        """Yield what the state before the plan has besides what changes, as resources that nothing happens to."""
        values = state.get("values") if isinstance(state, dict) else None
        modules = [(values.get("root_module") if isinstance(values, dict) else None, 0)]
        while modules:
            module, depth = modules.pop()
            if not isinstance(module, dict) or depth > _DEEPEST_MODULE:
                continue
            children = module.get("child_modules")
            modules += [(child, depth + 1) for child in children] if isinstance(children, list) else []
            entries = module.get("resources")
            for entry in entries if isinstance(entries, list) else ():
                if not isinstance(entry, dict):
                    raise self._wrong("prior_state", "objects as resources", entry)
                address = entry.get("address")
                if isinstance(address, str) and address in changing:
                    continue
                side = self._side(entry, "values", None, "sensitive_values", "prior_state")
                yield self._resource(entry, "prior_state", Action.NO_OP, side, side, is_drift=False)

    def _change(self, entry: dict[str, Plain], place: str, *, is_drift: bool) -> PlannedResource:
        change = entry.get("change")
        if not isinstance(change, dict):
            raise self._wrong(f"{place}.change", "an object", change)
        before = self._side(change, "before", None, "before_sensitive", place)
        after = self._side(change, "after", "after_unknown", "after_sensitive", place)
        return self._resource(entry, place, self._action(change, place), before, after, is_drift=is_drift)

    def _resource(
        self,
        entry: dict[str, Plain],
        place: str,
        action: Action,
        before: Block | None,
        after: Block | None,
        *,
        is_drift: bool,
    ) -> PlannedResource:
        address = self._text(entry, "address", place)
        links = self._links.get(without_keys(address), UNTIED)
        deposed = entry.get("deposed")
        mode = _MODES.get(str(entry.get("mode", "managed")))
        if mode is None:
            raise self._wrong(f"{place}.mode", "managed or data", entry.get("mode"))
        return PlannedResource(
            address=f"{address} (deposed {deposed})" if isinstance(deposed, str) and deposed else address,
            type=self._text(entry, "type", place),
            provider=_provider(entry.get("provider_name")),
            action=action,
            before=before,
            after=after,
            references=links.references,
            unfollowed=links.unfollowed,
            depends_on=links.depends_on,
            is_drift=is_drift,
            mode=mode,
            previous_address=_optional(entry.get("previous_address")),
            import_id=_import_id(entry.get("change")),
        )

    def _action(self, change: dict[str, Plain], place: str) -> Action:
        actions = change.get("actions")
        names = tuple(str(each) for each in actions) if isinstance(actions, list) else ()
        action = _ACTIONS.get(names)
        if action is None:
            raise self._wrong(f"{place}.change.actions", "a list of actions this review knows", actions)
        return action

    def _side(
        self, holder: dict[str, Plain], values: str, unknown: str | None, sensitive: str, place: str
    ) -> Block | None:
        content = holder.get(values)
        marks = holder.get(unknown) if unknown is not None else None
        if content is None:
            # A resource whose every attribute is unknown has no object, and a mark on the whole of it.
            if marks is not True:
                return None
            content = {}
        if not isinstance(content, dict):
            raise self._wrong(f"{place}.{values}", "an object", content)
        return Block(content, self._marks(marks, f"{place}.{unknown}"), self._marks(holder.get(sensitive), place))

    def _marks(self, marks: Plain, place: str) -> Plain:
        match marks:
            case True:
                return True
            case dict():
                return marks if any_mark(marks) else _NO_MARKS
            case False | None:
                return _NO_MARKS
            case _:
                raise self._wrong(place, "an object or a boolean", marks)

    def _text(self, entry: dict[str, Plain], key: str, place: str) -> str:
        value = entry.get(key)
        if not isinstance(value, str) or not value:
            raise self._wrong(f"{place}.{key}", "a text", value)
        return value

    def _wrong(self, place: str, wanted: str, found: Plain) -> ReviewError:
        # What was found may be a secret in the wrong place: its type is enough.
        kind = "nothing" if found is None else f"a value of type {type(found).__name__}"
        return ReviewError(
            "plan is malformed", f"{self._where} has {kind} at {place}, where {wanted} is expected. {_HOW}"
        )


@lru_cache(maxsize=1024)
def _without_registry(name: str) -> str:
    return "/".join(name.split("/")[-2:])


def _provider(name: Plain) -> str:
    """`registry.terraform.io/dflow-cdktf/dflow` is `dflow-cdktf/dflow`."""
    return _without_registry(name) if isinstance(name, str) else ""


def _optional(value: Plain) -> str:
    return value if isinstance(value, str) else ""


def _import_id(change: Plain) -> str:
    match change:
        case {"importing": {"id": str() as id_}}:
            return id_
        case _:
            return ""
