"""The class of one resource, data source, ephemeral resource or provider."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_codegen.emit import docstring, syntax
from dflow_codegen.emit.given import given_type, kind_of
from dflow_codegen.emit.nested import NestedClasses, Path, given_class, inputs_name
from dflow_codegen.emit.reference import reference_property
from dflow_codegen.model import Element, ElementKind, Exposure, Field, Presence
from dflow_codegen.naming import RESERVED, Identifier, members

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRING_CONSTANT = syntax.code("_typing.ClassVar[str]")
_KINDS = syntax.code("_typing.ClassVar[_abc.Mapping[str, _inputs.Kind]]")
_GENERATOR = syntax.code("_typing.ClassVar[_abc.Mapping[str, str]]")
_NONE = ast.Constant(None)

_BASES = {
    ElementKind.PROVIDER: syntax.name("_element", "Provider"),
    ElementKind.RESOURCE: syntax.name("_element", "Resource"),
    ElementKind.DATA_SOURCE: syntax.name("_element", "DataSource"),
    ElementKind.EPHEMERAL_RESOURCE: syntax.name("_ephemeral", "EphemeralResource"),
}
_ALIAS = {"alias": syntax.code("str | None")}
_META_ARGUMENTS = {
    "depends_on": syntax.code("_abc.Sequence[_cdk.ITerraformDependable] | None"),
    "count": syntax.code("float | _cdk.TerraformCount | None"),
    "for_each": syntax.code("_cdk.ITerraformIterator | None"),
    "provider": syntax.code("_cdk.TerraformProvider | None"),
    "lifecycle": syntax.code("_cdk.TerraformResourceLifecycle | None"),
}


@dataclass(frozen=True)
class Generator:
    """What generated classes tell the CDK about the provider; `version` is a version or a constraint."""

    provider: str
    source: str
    version: str | None


def element_class(
    element: Element, name: Identifier, classes: Mapping[Path, NestedClasses], generator: Generator
) -> ast.stmt:
    """Return the class."""
    names = members([field.name for field in element.block.fields], RESERVED[element.kind], element.terraform_type)
    given = {names[field.name]: field for field in element.block.fields if field.presence.can_be_given}
    required = {identifier: field for identifier, field in given.items() if field.presence is Presence.REQUIRED}
    ordered = required | given
    body = [
        docstring.of_element(element, ordered),
        *_constants(element, list(given.values()), generator),
        _constructor(element, ordered, classes),
        _inputs_property(name),
    ]
    if element.kind is not ElementKind.PROVIDER:
        body += [
            reference_property(names[field.name], field, _reference_class(classes, (field.name,)))
            for field in element.block.fields
            if field.exposure is not Exposure.WRITE_ONLY
        ]
    return syntax.class_(name, [_BASES[element.kind]], body)


def inputs_class(element: Element, name: Identifier, classes: Mapping[Path, NestedClasses]) -> ast.stmt:
    """Return the typed dict of what an element was given, under Terraform's names."""
    given = {
        field.name: given_type(field.type, given_class(classes, (field.name,)))
        for field in element.block.fields
        if field.presence.can_be_given
    }
    # The functional form takes names that are keywords in Python; types in quotes may stand before their classes.
    quoted = {key: ast.Constant(ast.unparse(annotation)) for key, annotation in given.items()}
    inputs = inputs_name(name)
    value = syntax.call(
        syntax.name("_typing", "TypedDict"),
        ast.Constant(inputs),
        syntax.mapping(quoted),
        total=ast.Constant(value=False),
    )
    return ast.Assign([ast.Name(inputs, ast.Store())], value, lineno=0)


def _constants(element: Element, given: list[Field], generator: Generator) -> list[ast.stmt]:
    kinds = {field.name: kind_of(field.type) for field in given}
    about = {"providerName": ast.Constant(generator.provider)}
    if element.kind is ElementKind.PROVIDER and generator.version is not None:
        about["providerVersion"] = ast.Constant(generator.version)
    terraform_type: dict[str, str] = {"TF_RESOURCE_TYPE": element.terraform_type}
    if element.kind is ElementKind.EPHEMERAL_RESOURCE:
        terraform_type = {
            "TF_RESOURCE_TYPE": f"ephemeral.{element.terraform_type}",
            "TF_EPHEMERAL_TYPE": element.terraform_type,
        }
    if element.kind is ElementKind.PROVIDER:
        terraform_type["SOURCE"] = generator.source
    constants: list[ast.stmt] = [
        syntax.declaration(key, _STRING_CONSTANT, ast.Constant(value)) for key, value in terraform_type.items()
    ]
    constants.append(syntax.declaration("KINDS", _KINDS, syntax.mapping(kinds)))
    constants.append(syntax.declaration("GENERATOR", _GENERATOR, syntax.mapping(about)))
    return constants


def _constructor(
    element: Element, ordered: Mapping[Identifier, Field], classes: Mapping[Path, NestedClasses]
) -> ast.stmt:
    keyword_only: dict[str, tuple[ast.expr, ast.expr | None]] = {}
    for identifier, field in ordered.items():
        annotation = given_type(field.type, given_class(classes, (field.name,)))
        if field.presence is Presence.REQUIRED:
            keyword_only[identifier] = (annotation, None)
        else:
            keyword_only[identifier] = (syntax.optional(annotation), _NONE)
    meta_arguments = _ALIAS if element.kind is ElementKind.PROVIDER else _META_ARGUMENTS
    keyword_only |= {key: (annotation, _NONE) for key, annotation in meta_arguments.items()}
    inputs = syntax.mapping({field.name: syntax.name(identifier) for identifier, field in ordered.items()})
    call = syntax.call(
        syntax.code("super().__init__"),
        syntax.name("scope"),
        syntax.name("id_"),
        inputs=inputs,
        **{key: syntax.name(key) for key in meta_arguments},
    )
    positional = {"self": None, "scope": syntax.name("_constructs", "Construct"), "id_": syntax.name("str")}
    return syntax.function("__init__", syntax.arguments(positional, keyword_only), [ast.Expr(call)], returns=_NONE)


def _inputs_property(name: Identifier) -> ast.stmt:
    inputs = syntax.name(inputs_name(name))
    return syntax.function(
        "inputs",
        syntax.arguments({"self": None}),
        [
            docstring.of_text("What was given, under Terraform's names; changes count until the stack is synthesized."),
            ast.Return(syntax.call(syntax.name("_typing", "cast"), inputs, syntax.name("self", "_inputs"))),
        ],
        returns=inputs,
        decorators=[syntax.name("property")],
    )


def _reference_class(classes: Mapping[Path, NestedClasses], path: Path) -> Identifier | None:
    return classes[path].reference if path in classes else None
