"""The syntax tree → text with one parameter, entry or argument per line where a line would be too long.

Every piece of text comes from `ast.unparse` or `repr`; this module only decides where lines end.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDTH = 120
_STEP = "    "
_IMPORT = (ast.Import, ast.ImportFrom)
_BLOCK = (ast.ClassDef, ast.FunctionDef)
_ATOM = (ast.Name, ast.Attribute, ast.Constant, ast.Subscript)
_FLAT = ("if ", "_")


def module_source(header: Iterable[str], head: Iterable[ast.stmt], body: str) -> str:
    """Return a module's text: comment lines, a docstring and imports, then what `statements_source` made.

    Raises:
        ValueError: a header line holds a line break.
    """
    lines = [_comment(line) for line in header]
    previous: ast.stmt | None = None
    for statement in head:
        if not (isinstance(previous, _IMPORT) and isinstance(statement, _IMPORT)) or _ends_group(previous):
            lines.append("")
        lines += _statement(statement, "")
        previous = statement
    return "\n".join([*lines, *([""] if body.startswith(_FLAT) else ["", ""]), body])


def statements_source(statements: Iterable[ast.stmt]) -> str:
    """Return the text of top-level statements."""
    lines: list[str] = []
    previous: ast.stmt | None = None
    for statement in statements:
        if previous is not None:
            lines += ["", ""] if isinstance(statement, _BLOCK) or isinstance(previous, _BLOCK) else [""]
        lines += _statement(statement, "")
        previous = statement
    return "\n".join(lines) + "\n"


def _ends_group(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _comment(line: str) -> str:
    if len(line.splitlines()) != 1:
        raise ValueError(f"{line!r} is not one line")
    return f"# {line}"


def _statement(node: ast.stmt, indent: str) -> Iterator[str]:
    match node:
        case ast.ClassDef():
            yield from _class(node, indent)
        case ast.FunctionDef():
            yield from _function(node, indent)
        case ast.If(orelse=[]):
            yield f"{indent}if {_text(node.test)}:"
            for statement in node.body:
                yield from _statement(statement, indent + _STEP)
        case ast.Expr(ast.Constant(str())):
            yield from _docstring(node, indent)
        case ast.AnnAssign(value=ast.expr() as value):
            yield from _value(f"{indent}{_text(node.target)}: {_text(node.annotation)} = ", value, indent)
        case ast.Assign(targets=[target], value=value):
            yield from _value(f"{indent}{_text(target)} = ", value, indent)
        case ast.Return(ast.expr() as value):
            yield from _value(f"{indent}return ", value, indent)
        case ast.Expr(value):
            yield from _value(indent, value, indent)
        case ast.ImportFrom(names=[_, _, *_]):
            yield from _import(node, indent)
        case _:
            yield from (indent + line for line in ast.unparse(ast.fix_missing_locations(node)).splitlines())


def _class(node: ast.ClassDef, indent: str) -> Iterator[str]:
    for decorator in node.decorator_list:
        yield f"{indent}@{_text(decorator)}"
    bases = ", ".join([*map(_text, node.bases), *map(ast.unparse, node.keywords)])
    yield f"{indent}class {node.name}({bases}):" if bases else f"{indent}class {node.name}:"
    for position, statement in enumerate(node.body):
        if position and (isinstance(statement, ast.FunctionDef) or position == 1):
            yield ""
        yield from _statement(statement, indent + _STEP)


def _function(node: ast.FunctionDef, indent: str) -> Iterator[str]:
    for decorator in node.decorator_list:
        yield f"{indent}@{_text(decorator)}"
    returns = f" -> {_text(node.returns)}" if node.returns else ""
    line = f"{indent}def {node.name}({ast.unparse(node.args)}){returns}:"
    if len(line) <= _WIDTH:
        yield line
    else:
        yield f"{indent}def {node.name}("
        for parameter in _parameters(node.args):
            yield f"{indent}{_STEP}{parameter},"
        yield f"{indent}){returns}:"
    for statement in node.body:
        yield from _statement(statement, indent + _STEP)


def _parameters(arguments: ast.arguments) -> Iterator[str]:
    plain: list[ast.expr | None] = [None] * (len(arguments.args) - len(arguments.defaults))
    for argument, default in zip(arguments.args, [*plain, *arguments.defaults], strict=True):
        yield _parameter(argument, default)
    if arguments.kwonlyargs:
        yield "*"
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _parameter(argument, default)


def _parameter(argument: ast.arg, default: ast.expr | None) -> str:
    annotation = f": {_text(argument.annotation)}" if argument.annotation else ""
    return f"{argument.arg}{annotation}" + ("" if default is None else f" = {_text(default)}")


def _docstring(node: ast.Expr, indent: str) -> Iterator[str]:
    # `ast` writes a constant as a docstring, with its line breaks kept, only where one may stand.
    yield indent + ast.unparse(ast.Module(body=[node], type_ignores=[]))


def _import(node: ast.ImportFrom, indent: str) -> Iterator[str]:
    line = indent + ast.unparse(node)
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"{indent}from {'.' * node.level}{node.module or ''} import ("
    for alias in node.names:
        yield f"{indent}{_STEP}{ast.unparse(alias)},"
    yield f"{indent})"


def _value(start: str, node: ast.expr, indent: str) -> Iterator[str]:
    text = _text(node)
    if len(start) + len(text) <= _WIDTH:
        yield start + text
        return
    parts = _parts(node)
    if parts is None:
        yield start + text
        return
    opening, entries, closing = parts
    yield start + opening
    for prefix, entry in entries:
        *first, last = _value(indent + _STEP + prefix, entry, indent + _STEP)
        yield from first
        yield last + ","
    yield indent + closing


def _parts(node: ast.expr) -> tuple[str, list[tuple[str, ast.expr]], str] | None:
    match node:
        case ast.Dict(keys=[_, *_]):
            pairs = zip(node.keys, node.values, strict=True)
            return "{", [(f"{_text(key)}: ", value) for key, value in pairs if key is not None], "}"
        case ast.List(elts=[_, *_]):
            return "[", [("", element) for element in node.elts], "]"
        case ast.Tuple(elts=[_, *_]):
            return "(", [("", element) for element in node.elts], ")"
        case ast.Call() if node.args or node.keywords:
            keywords = [(f"{keyword.arg}=", keyword.value) for keyword in node.keywords]
            return f"{_text(node.func)}(", [*(("", argument) for argument in node.args), *keywords], ")"
        case _:
            return None


def _text(node: ast.expr) -> str:
    """Do what `ast.unparse` does, several times faster for what generated code mostly consists of."""
    match node:
        case ast.Name(name):
            return name
        case ast.Constant(None | bool() | int() | str() as value):
            return repr(value)
        case ast.Attribute(ast.Name(name), attribute):
            return f"{name}.{attribute}"
        case ast.BinOp(left, ast.BitOr(), right) if isinstance(right, _ATOM):
            return f"{_text(left)} | {_text(right)}"
        case ast.Subscript(
            ast.Name() | ast.Attribute() as value, ast.Name() | ast.Attribute() | ast.Subscript() as key
        ):
            return f"{_text(value)}[{_text(key)}]"
        case _:
            return ast.unparse(node)
