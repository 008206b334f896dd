"""What a file holds besides the values of resources: settings of providers, provisioners, variables, outputs and more.

Nothing of it changes who reaches a database. It is read because secrets stand in it, too. What is of another shape
than expected is passed by: Terraform refuses it, and a review needs none of it.

A plan holds neither `connection` blocks nor local values nor the settings of a backend; synthesized JSON does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dflow_review.plan import Action, PlannedResource
from dflow_review.values import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dflow_review.values import Plain

_DEEPEST: Final = 50
"""Blocks in blocks of a provider's settings, and modules in modules; more is nobody's."""
_WRITE_ONLY: Final = "_wo"
"""How arguments end whose values are in no planned resource, but in the configuration if they are written out there."""


def besides_changes(content: Mapping[str, Plain]) -> tuple[PlannedResource, ...]:
    """Return what `terraform show -json` prints besides resources, by address."""
    configuration = _object(content.get("configuration"))
    root = _object(configuration.get("root_module"))
    return _sorted(
        [
            *_settings(_object(configuration.get("provider_config"))),
            *_given(_object(content.get("variables")), _object(root.get("variables"))),
            *_configured(root, "", 0),
            *_outputs(content),
            *_imports(content.get("resource_changes")),
            *_imports(_inner(content.get("deferred_changes"), "resource_change")),
            *_invocations(content.get("action_invocations")),
            *_invocations(_inner(content.get("deferred_action_invocations"), "action_invocation")),
            *_problems(content.get("checks")),
        ]
    )


def besides_blocks(content: Mapping[str, Plain]) -> tuple[PlannedResource, ...]:
    """Return what Terraform's configuration in JSON holds besides resources and data sources, by address."""
    found = [
        _said(_aliased(f"{section}.{name}", block), block)
        for section in ("provider", "module")
        for name, blocks in _entries(content.get(section))
        for block in _blocks(blocks)
    ]
    found += (_said(f"local.{name}", {name: value}) for name, value in _entries(content.get("locals")))
    for section, argument, place in (("variable", "default", "var"), ("output", "value", "output")):
        for name, blocks in _entries(content.get(section)):
            found += (
                _said(f"{place}.{name}", {name: block.get(argument)}, sensitive={name: block.get("sensitive")})
                for block in _blocks(blocks)
            )
    for section in ("ephemeral", "action"):
        for kind, named in _entries(content.get(section)):
            for name, blocks in _entries(named):
                found += (_said(f"{section}.{kind}.{name}", block) for block in _blocks(blocks))
    for kind, named in _entries(content.get("resource")):
        for name, blocks in _entries(named):
            found += _while_making(f"{kind}.{name}", blocks)
    for section in ("import", "removed"):
        for block in _blocks(content.get(section)):
            target = block.get("to", block.get("from"))
            place = f"{section}.{target}" if isinstance(target, str) else section
            found += [
                *_while_making(place, block),
                _said(place, {each: block.get(each) for each in ("id", "identity")}),
            ]
    for terraform in _blocks(content.get("terraform")):
        for kind in ("backend", "provider_meta"):
            for name, blocks in _entries(terraform.get(kind)):
                found += (_said(f"{kind}.{name}", block) for block in _blocks(blocks))
        found += (_said("terraform.cloud", block) for block in _blocks(terraform.get("cloud")))
    return _sorted(found)


def _settings(providers: dict[str, Plain]) -> Iterator[PlannedResource]:
    for name, settings in providers.items():
        yield _said(f"provider.{name}", _object(_constants(_object(settings).get("expressions"), 0)))


def _while_making(address: str, blocks: Plain) -> Iterator[PlannedResource]:
    """Yield what runs while a resource is made or destroyed, and what it connects with."""
    for block in _blocks(blocks):
        held = {name: block[name] for name in ("connection", "provisioner") if block.get(name)}
        if held:
            yield _said(address, held)


def _configured(module: dict[str, Plain], within: str, depth: int) -> Iterator[PlannedResource]:
    """Yield what is written out in a module of a plan's configuration, and in those that it calls."""
    if depth > _DEEPEST:
        return
    for block in _blocks(module.get("resources")):
        address = block.get("address")
        if isinstance(address, str):
            yield from _block(f"{within}{address}", block)
    if within:  # those of the root have values
        for name, variable in _object(module.get("variables")).items():
            declared = _object(variable)
            default = {name: declared.get("default")}
            yield _said(f"{within}var.{name}", default, sensitive={name: declared.get("sensitive")})
        for name, output in _object(module.get("outputs")).items():
            value = {name: _constants(_object(output).get("expression"), 0)}
            yield _said(f"{within}output.{name}", value, sensitive={name: _object(output).get("sensitive")})
    for name, call in _object(module.get("module_calls")).items():
        address = f"{within}module.{name}"
        yield _said(address, _object(_constants(_object(_object(call).get("expressions")), 0)))
        yield from _configured(_object(_object(call).get("module")), f"{address}.", depth + 1)


def _block(address: str, block: dict[str, Plain]) -> Iterator[PlannedResource]:
    """Yield what is written out for a resource and does not show in its planned values."""
    held: dict[str, Plain] = {}
    if block.get("expressions"):
        written = _constants(block.get("expressions"), 0)
        held = _object(written if block.get("mode") == "ephemeral" else _write_only(written, 0))
    provisioners: list[Plain] = [_constants(each.get("expressions"), 0) for each in _blocks(block.get("provisioners"))]
    if provisioners:
        held["provisioner"] = provisioners
    if held:
        yield _said(address, held)


def _write_only(written: Plain, depth: int) -> Plain:
    if depth > _DEEPEST:
        return None
    match written:
        case dict():
            pairs = {
                name: value if name.endswith(_WRITE_ONLY) else _write_only(value, depth + 1)
                for name, value in written.items()
            }
            return {name: value for name, value in pairs.items() if value} or None
        case list():
            several = [_write_only(each, depth + 1) for each in written]
            return several if any(several) else None
        case _:
            return None


def _given(variables: dict[str, Plain], declared: dict[str, Plain]) -> Iterator[PlannedResource]:
    for name in sorted({*variables, *declared}):
        about = _object(declared.get(name))
        mark, default = {name: about.get("sensitive")}, about.get("default")
        value = _object(variables.get(name)).get("value")
        yield _said(f"var.{name}", {name: value}, sensitive=mark)
        if default is not None and default != value:
            yield _said(f"var.{name}.default", {name: default}, sensitive=mark)


def _outputs(content: Mapping[str, Plain]) -> Iterator[PlannedResource]:
    changes = _object(content.get("output_changes"))
    for name, change in changes.items():
        output = _object(change)
        before, after, unknown = output.get("before"), output.get("after"), output.get("after_unknown")
        was = None if before is None else Block({name: before}, {}, {name: output.get("before_sensitive")})
        will = Block({name: after}, {name: unknown}, {name: output.get("after_sensitive")})
        # Of one that goes, it counts what it was.
        goes = after is None and not unknown and was is not None
        yield replace(_said(f"output.{name}", {}), before=was, after=None if goes else will)
    for name, planned in _object(_object(content.get("planned_values")).get("outputs")).items():
        if name not in changes:
            value, mark = _object(planned).get("value"), _object(planned).get("sensitive")
            yield _said(f"output.{name}", {name: value}, sensitive={name: mark})


def _imports(changes: Plain) -> Iterator[PlannedResource]:
    for entry in _blocks(changes):
        change = _object(entry.get("change"))
        importing, generated = change.get("importing"), change.get("generated_config")
        if importing or generated:
            held = {**_object(importing), "generated_config": generated}
            yield _said(f"import.{entry.get('address')}", held)


def _invocations(actions: Plain) -> Iterator[PlannedResource]:
    for action in _blocks(actions):
        address, values = action.get("address"), _object(action.get("config_values"))
        if isinstance(address, str):
            yield _said(address, values, sensitive=_object(action.get("config_sensitive")))


def _problems(checks: Plain) -> Iterator[PlannedResource]:
    for check in _blocks(checks):
        for instance in _blocks(check.get("instances")):
            address = _object(instance.get("address")).get("to_display")
            messages: list[Plain] = [each.get("message") for each in _blocks(instance.get("problems"))]
            if isinstance(address, str) and messages:
                yield _said(address, {"error_message": messages})


def _inner(entries: Plain, name: str) -> Plain:
    return [entry.get(name) for entry in _blocks(entries)]


def _said(address: str, values: dict[str, Plain], *, sensitive: dict[str, Plain] | None = None) -> PlannedResource:
    after = Block(values, {}, sensitive or {})
    return PlannedResource(address=address, type="", provider="", action=Action.NO_OP, before=None, after=after)


def _sorted(found: list[PlannedResource]) -> tuple[PlannedResource, ...]:
    return tuple(sorted(found, key=lambda each: each.address))


def _constants(expression: Plain, depth: int) -> Plain:
    """Return what is written out in expressions, in the shape that they have; references are left out."""
    if depth > _DEEPEST:
        return None
    match expression:
        case {"constant_value": value}:
            return value
        case {"references": list()}:
            return None
        case dict() as block:
            return {name: _constants(inner, depth + 1) for name, inner in block.items()}
        case list() as blocks:
            return [_constants(inner, depth + 1) for inner in blocks]
        case _:
            return None


def _aliased(address: str, block: dict[str, Plain]) -> str:
    alias = block.get("alias")
    return f"{address}.{alias}" if isinstance(alias, str) else address


def _entries(blocks: Plain) -> Iterator[tuple[str, Plain]]:
    """Yield what is in a section, which may be written as one object or as several; comments are left out."""
    for block in _blocks(blocks):
        yield from ((key, value) for key, value in block.items() if key != "//")


def _blocks(value: Plain) -> Iterable[dict[str, Plain]]:
    every = value if isinstance(value, list) else [value]
    return [each for each in every if isinstance(each, dict)]


def _object(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}
