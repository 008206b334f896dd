"""GetFunctions and CallFunction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dflow_provider.plugin.coding import CodingError
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.reporting import text
from dflow_provider.plugin.secrecy import mask_strings
from dflow_provider.plugin.wire import read_value, write_value
from dflow_provider.schema import Accepts, Exposure, FunctionError, notation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dflow_provider.plugin.session import Session
    from dflow_provider.schema import Function, Parameter, Signature, Value


def get_functions(session: Session, _: pb.GetFunctions.Request) -> pb.GetFunctions.Response:
    """Describe the functions alone."""
    return pb.GetFunctions.Response(functions=function_messages(session))


def call_function(session: Session, request: pb.CallFunction.Request) -> pb.CallFunction.Response:
    """Call a function. Terraform may do so before it configures the provider, or without ever doing so."""
    functions = session.provider.functions
    if request.name not in functions:
        known = ", ".join(sorted(functions)) or "none"
        found = f"This version of the provider has no function {request.name!r}; it has: {known}."
        return pb.CallFunction.Response(error=pb.FunctionError(text=found))
    function = functions[request.name]
    try:
        result = function.call(_arguments(function.signature, request.arguments))
    except FunctionError as error:
        return pb.CallFunction.Response(error=pb.FunctionError(text=text(error.text), function_argument=error.argument))
    return pb.CallFunction.Response(result=write_value(function.signature.returns, result))


def function_messages(session: Session) -> dict[str, pb.Function]:
    """Write every function of the provider."""
    return {name: _function(function) for name, function in session.provider.functions.items()}


def _arguments(signature: Signature, sent: Iterable[pb.DynamicValue]) -> list[Value]:
    arguments = []
    for position, message in enumerate(sent):
        parameter = signature.parameter(position)
        if parameter is None:
            raise FunctionError(f"At most {len(signature.parameters)} arguments are taken.", position)
        try:
            value = read_value(parameter.type, message, parameter.name)
        except CodingError as error:
            raise FunctionError(f"{error.field} cannot be read: {error}", position) from None
        if parameter.exposure is not Exposure.PLAIN:
            mask_strings(value)
        arguments.append(value)
    if len(arguments) < len(signature.parameters):
        raise FunctionError(f"{len(signature.parameters)} arguments are needed, {len(arguments)} given.")
    return arguments


def _function(function: Function) -> pb.Function:
    signature = function.signature
    message = pb.Function(
        parameters=[_parameter(parameter) for parameter in signature.parameters],
        variadic_parameter=None if signature.variadic is None else _parameter(signature.variadic),
        summary=signature.summary,
        description=signature.description,
        description_kind="MARKDOWN",
    )
    getattr(message, "return").type = json.dumps(notation(signature.returns)).encode()  # a keyword of Python's
    return message


def _parameter(parameter: Parameter) -> pb.Function.Parameter:
    return pb.Function.Parameter(
        name=parameter.name,
        type=json.dumps(notation(parameter.type)).encode(),
        allow_null_value=Accepts.NULL in parameter.accepts,
        allow_unknown_values=Accepts.UNKNOWN in parameter.accepts,
        description=parameter.description,
        description_kind="MARKDOWN",
    )
