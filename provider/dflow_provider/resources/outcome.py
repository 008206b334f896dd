"""From what dFlow answered to the state that Terraform keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider.schema import Presence, is_known

if TYPE_CHECKING:
    from dflow_provider.schema import Call, Schema, Value, Values


def settled(schema: Schema, plan: Values, actual: Values, call: Call) -> Values:
    """Return the state after an apply: what was planned, completed by what dFlow answered.

    A planned value stands, because Terraform takes nothing else; what dFlow learnt meanwhile of a computed attribute
    shows with the next refresh. A configured attribute that dFlow stored differently is reported as an error, and the
    state then says what dFlow has.
    """
    state: Values = {}
    for attribute in schema.attributes:
        name = attribute.name
        planned, answered = plan[name], actual[name]
        if not is_known(planned):
            state[name] = _completed(planned, answered)
        elif attribute.presence is Presence.COMPUTED or planned == answered:
            state[name] = planned
        else:
            state[name] = answered
            call.report.error(
                "dFlow kept another value",
                f"{name} was sent as {planned!r}, and dFlow has {answered!r} now. Somebody changed it at the same "
                f"moment, or this control plane does not take the value; apply again to see which.",
                (name,),
            )
    return state


def _completed(planned: Value, answered: Value) -> Value:
    if isinstance(planned, dict) and isinstance(answered, dict):
        return {name: _completed(value, answered.get(name)) for name, value in planned.items()}
    if isinstance(planned, list) and isinstance(answered, list) and len(planned) == len(answered):
        return [_completed(mine, theirs) for mine, theirs in zip(planned, answered, strict=True)]
    return planned if is_known(planned) else answered
