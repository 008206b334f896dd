"""What a file holds besides resources: providers' settings, modules, variables, outputs, local values, backends.

Nothing of it changes who reaches a database. It is read because secrets stand in it, too. What is of another shape
than expected is passed by: Terraform refuses it, and a review needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dflow_review.plan import Action, PlannedResource
from dflow_review.values import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dflow_review.values import Plain

_DEEPEST: Final = 50
"""Blocks in blocks of a provider's settings, and modules in modules; more is nobody's."""


def besides_changes(content: Mapping[str, Plain]) -> tuple[PlannedResource, ...]:
    """Return what `terraform show -json` prints besides resources, by address."""
    configuration = _object(content.get("configuration"))
    root = _object(configuration.get("root_module"))
    return _sorted(
        [
            *_settings(_object(configuration.get("provider_config"))),
            *_modules(root, "", 0),
            *_given(_object(content.get("variables")), _object(root.get("variables"))),
            *_outputs(content),
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
    for kind, named in _entries(content.get("ephemeral")):
        for name, blocks in _entries(named):
            found += (_said(f"ephemeral.{kind}.{name}", block) for block in _blocks(blocks))
    for terraform in _blocks(content.get("terraform")):
        for name, blocks in _entries(terraform.get("backend")):
            found += (_said(f"backend.{name}", block) for block in _blocks(blocks))
        found += (_said("terraform.cloud", block) for block in _blocks(terraform.get("cloud")))
    return _sorted(found)


def _settings(providers: dict[str, Plain]) -> Iterator[PlannedResource]:
    for name, settings in providers.items():
        yield _said(f"provider.{name}", _object(_constants(_object(settings).get("expressions"), 0)))


def _modules(module: dict[str, Plain], within: str, depth: int) -> Iterator[PlannedResource]:
    """Yield what modules are called with; what they hand out is in no plan but as somebody's argument."""
    if depth > _DEEPEST:
        return
    for name, call in _object(module.get("module_calls")).items():
        address = f"{within}module.{name}"
        yield _said(address, _object(_constants(_object(_object(call).get("expressions")), 0)))
        yield from _modules(_object(_object(call).get("module")), f"{address}.", depth + 1)


def _given(variables: dict[str, Plain], declared: dict[str, Plain]) -> Iterator[PlannedResource]:
    for name, variable in variables.items():
        mark = _object(declared.get(name)).get("sensitive")
        yield _said(f"var.{name}", {name: _object(variable).get("value")}, sensitive={name: mark})


def _outputs(content: Mapping[str, Plain]) -> Iterator[PlannedResource]:
    changes = _object(content.get("output_changes"))
    for name, change in changes.items():
        output = _object(change)
        before = output.get("before")
        yield _said(
            f"output.{name}",
            {name: output.get("after")},
            sensitive={name: output.get("after_sensitive")},
            unknown={name: output.get("after_unknown")},
            before=None if before is None else Block({name: before}, {}, {name: output.get("before_sensitive")}),
        )
    for name, planned in _object(_object(content.get("planned_values")).get("outputs")).items():
        if name not in changes:
            value, mark = _object(planned).get("value"), _object(planned).get("sensitive")
            yield _said(f"output.{name}", {name: value}, sensitive={name: mark})


def _said(
    address: str,
    values: dict[str, Plain],
    *,
    sensitive: dict[str, Plain] | None = None,
    unknown: dict[str, Plain] | None = None,
    before: Block | None = None,
) -> PlannedResource:
    after = Block(values, unknown or {}, sensitive or {})
    return PlannedResource(address=address, type="", provider="", action=Action.NO_OP, before=before, after=after)


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
