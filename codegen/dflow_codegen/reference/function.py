"""The functions of a provider, which bindings have no use for and pages describe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dflow_codegen.errors import CodegenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_codegen.model import Provider

_REGISTRY = "registry.terraform.io/"


@dataclass(frozen=True)
class Parameter:
    """One parameter; `type` is spelled as in a configuration."""

    name: str
    type: str
    description: str
    nullable: bool
    variadic: bool = False


@dataclass(frozen=True)
class Function:
    """One function: `address` is how a configuration calls it, `provider::shop::price`."""

    name: str
    address: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    returns: str

    @property
    def signature(self) -> str:
        """What it takes and returns, in one line."""
        takes = ", ".join(f"{'…' if one.variadic else ''}{one.name} {one.type}" for one in self.parameters)
        return f"{self.address}({takes}) {self.returns}"


def functions_of(document: Mapping[str, Any], provider: Provider) -> tuple[Function, ...]:
    """Read the functions of a provider whose schemas were read from the same document, sorted by name.

    Raises:
        CodegenError: a signature makes no sense.
    """
    schemas = document["provider_schemas"]
    schema = schemas.get(provider.source) or schemas[f"{_REGISTRY}{provider.source}"]
    functions = schema.get("functions", {})
    return tuple(_function(name, functions[name], provider) for name in sorted(functions))


def _function(name: str, signature: Mapping[str, Any], provider: Provider) -> Function:
    try:
        parameters = [_parameter(one) for one in signature.get("parameters", ())]
        if "variadic_parameter" in signature:
            parameters.append(_parameter(signature["variadic_parameter"], variadic=True))
        return Function(
            name=name,
            address=f"provider::{provider.name}::{name}",
            summary=signature.get("summary", ""),
            description=signature.get("description", ""),
            parameters=tuple(parameters),
            returns=_spelled(signature["return_type"]),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise CodegenError("Malformed provider schema", f"functions / {name} has no readable {error}") from error


def _parameter(parameter: Mapping[str, Any], *, variadic: bool = False) -> Parameter:
    return Parameter(
        name=parameter["name"],
        type=_spelled(parameter["type"]),
        description=parameter.get("description", ""),
        nullable=bool(parameter.get("is_nullable", False)),
        variadic=variadic,
    )


def _spelled(notation: object) -> str:
    match notation:
        case "dynamic":
            return "any"
        case str():
            return notation
        case ["object", dict(attributes), *_]:
            return f"object({{{', '.join(f'{name} = {_spelled(attributes[name])}' for name in sorted(attributes))}}})"
        case ["tuple", list(elements)]:
            return f"tuple([{', '.join(_spelled(element) for element in elements)}])"
        case [str(collection), element]:
            return f"{collection}({_spelled(element)})"
        case _:
            raise TypeError(f"type: {notation!r}")
