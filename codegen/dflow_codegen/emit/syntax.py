"""Short ways to write the syntax tree's nodes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def code(text: str) -> ast.expr:
    """An expression that is the same in all generated code, as it is written; never text that comes from a schema."""
    return ast.parse(text, mode="eval").body


def name(*parts: str) -> ast.expr:
    """`name("a", "b")` is the expression `a.b`."""
    node: ast.expr = ast.Name(parts[0], ast.Load())
    for part in parts[1:]:
        node = ast.Attribute(node, part, ast.Load())
    return node


def call(function: ast.expr, *arguments: ast.expr, **keywords: ast.expr) -> ast.Call:
    """A call with positional and keyword arguments."""
    return ast.Call(function, list(arguments), [ast.keyword(key, value) for key, value in keywords.items()])


def index(value: ast.expr, *keys: ast.expr) -> ast.Subscript:
    """`value[key]`, or `value[a, b]` for several keys."""
    key = keys[0] if len(keys) == 1 else ast.Tuple(list(keys), ast.Load())
    return ast.Subscript(value, key, ast.Load())


def union(*types: ast.expr) -> ast.expr:
    """`a | b | c`."""
    node = types[0]
    for other in types[1:]:
        node = ast.BinOp(node, ast.BitOr(), other)
    return node


def optional(type_: ast.expr) -> ast.expr:
    """`type | None`."""
    return union(type_, ast.Constant(None))


def mapping(values: Mapping[str, ast.expr]) -> ast.Dict:
    """A dict display with string keys."""
    return ast.Dict([ast.Constant(key) for key in values], list(values.values()))


def declaration(target: str, annotation: ast.expr, value: ast.expr | None = None) -> ast.AnnAssign:
    """`target: annotation = value`."""
    return ast.AnnAssign(ast.Name(target, ast.Store()), annotation, value, simple=1)


def docstring(text: str) -> ast.Expr:
    """A docstring; its text may be anything."""
    return ast.Expr(ast.Constant(text))


def class_(name_: str, bases: Sequence[ast.expr], body: Sequence[ast.stmt], **keywords: ast.expr) -> ast.ClassDef:
    """A class statement."""
    return ast.ClassDef(
        name=name_,
        bases=list(bases),
        keywords=[ast.keyword(key, value) for key, value in keywords.items()],
        body=list(body),
        decorator_list=[],
    )


def function(
    name_: str,
    arguments: ast.arguments,
    body: Sequence[ast.stmt],
    returns: ast.expr,
    decorators: Sequence[ast.expr] = (),
) -> ast.FunctionDef:
    """A function or method."""
    return ast.FunctionDef(
        name=name_, args=arguments, body=list(body), decorator_list=list(decorators), returns=returns, type_comment=None
    )


def arguments(
    positional: Mapping[str, ast.expr | None],
    keyword_only: Mapping[str, tuple[ast.expr, ast.expr | None]] | None = None,
    positional_defaults: Sequence[ast.expr] = (),
) -> ast.arguments:
    """Parameters: name → annotation, and for those after the star also the default."""
    after_star = keyword_only or {}
    return ast.arguments(
        posonlyargs=[],
        args=[ast.arg(key, annotation) for key, annotation in positional.items()],
        kwonlyargs=[ast.arg(key, annotation) for key, (annotation, _) in after_star.items()],
        kw_defaults=[default for _, default in after_star.values()],
        defaults=list(positional_defaults),
    )
