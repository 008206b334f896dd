"""What dFlow would refuse, change or drop in a variable, found before anything is sent.

The rules are those of the control plane and of the node behind it: `config:set` puts values between double quotes into
a shell command, and the node's storage loses some shapes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dflow_constructs import reference
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import has_token, known_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import IConstruct

    from dflow_constructs.variable_value import VariableValue

_KEY = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_CHANGED_NUMBER = re.compile(r"[+-]?0\d+|\+\d+|-0")
_FUNCTION = re.compile(r"""secret\(\s*\d+,\s*['"][^'"]+['"]\s*\)""")
_LONGEST_BYTES = 19_982
"""dFlow takes 40,000 characters of what it stores: the cipher text of the value's JSON form, in hexadecimal."""
_LONGEST_TOGETHER_BYTES = 120 * 1024
_SHELL_ACTIVE = {
    "$": "a dollar sign",
    "`": "a backtick",
    '"': "a double quote",
    "\\": "a backslash",
    "\n": "a line break",
    "\r": "a carriage return",
    "\0": "a zero byte",
}
_ENCODE = "store it base64-encoded, Base64(…), and let the service decode it"


def check_key(where: IConstruct, key: str) -> None:
    """Refuse a name that no variable can have."""
    if key == reference.EMPTY:
        raise ConfigurationError(
            where, f"variable {key!r} has to be missing, since combined values refer to it to be empty; rename it"
        )
    if not isinstance(key, str):
        raise ConfigurationError(  # a program without a type checker gets here
            where, f"variable {key!r} has no text for a name; write one, 'LOG_LEVEL'"
        )
    if not _KEY.fullmatch(key):
        suggestion = re.sub(r"^(?=\d)", "_", re.sub(r"\W", "_", key, flags=re.ASCII)) or "LOG_LEVEL"
        raise ConfigurationError(
            where,
            f"variable {key!r} cannot have that name: letters, digits and _ are allowed, no digit first; "
            f"rename it, for example to {suggestion!r}",
        )


def check_value(where: IConstruct, key: str, value: VariableValue) -> None:
    """Refuse a value that would not arrive as it was written; only what is known now is looked at."""
    for text in value.known_texts:
        for part in known_parts(text):
            _check_characters(where, key, part)
    whole = value.only_text
    if whole:
        _check_expressions(where, key, whole, is_raw=value.is_raw)
        if not has_token(whole):
            _check_size(where, key, whole)
            if not value.is_raw:
                _check_storage(where, key, whole)
    elif any("{{" in text for text in value.known_texts):
        raise ConfigurationError(
            where, f"variable {key!r} mixes a secret with a {{{{ … }}}} expression; give each a variable of its own"
        )


def _check_characters(where: IConstruct, key: str, text: str) -> None:
    # `secret(8, "abc")` needs its quotes, and is refused with a better reason later.
    static = reference.without_expressions(text)
    for character, name in _SHELL_ACTIVE.items():
        if character in static:
            raise ConfigurationError(
                where,
                f"variable {key!r} holds {name}, which the shell of the Worker Node would interpret: the service would "
                f"get another value, or the node run a command; leave it out, or {_ENCODE}",
            )


def _check_storage(where: IConstruct, key: str, text: str) -> None:
    if "#" in text and "'" in text:
        raise ConfigurationError(
            where,
            f"variable {key!r} holds both # and a quote, which the node's storage cuts off when it reads it back; "
            f"leave one of them out, or {_ENCODE}",
        )
    if _CHANGED_NUMBER.fullmatch(text):
        raise ConfigurationError(
            where,
            f"variable {key!r} is {text!r}, which the node's storage turns into {str(int(text))!r}; "
            f"write it so that it does not look like a number, or {_ENCODE}",
        )


def _check_size(where: IConstruct, key: str, text: str) -> None:
    if (size := len(text.encode())) > _LONGEST_BYTES:
        raise ConfigurationError(
            where,
            f"variable {key!r} is {size:,} bytes long, and dFlow, which stores it encrypted, takes no more than "
            f"{_LONGEST_BYTES:,}; put it into a file of the image",
        )


def total_size_problem(values: Mapping[str, VariableValue]) -> str | None:
    """Say why the variables of a service could not be set together, as far as their values are known."""
    size = sum(
        len(f'"{key}"="" '.encode()) + sum(len(text.encode()) for text in value.known_texts)
        for key, value in values.items()
    )
    if size <= _LONGEST_TOGETHER_BYTES:
        return None
    largest = max(values, key=lambda key: sum(len(text) for text in values[key].known_texts))
    return (
        f"its variables are {size:,} bytes long together, and dFlow sets them with one command, which Linux does not "
        f"run from 128 KiB on: none would arrive; keep them below {_LONGEST_TOGETHER_BYTES:,}, the largest "
        f"is {largest!r}, or put something into a file of the image"
    )


def _check_expressions(where: IConstruct, key: str, text: str, *, is_raw: bool) -> None:
    found = reference.expressions(text)
    for expression in found:
        if is_raw and _FUNCTION.fullmatch(expression):
            for character in set(expression[expression.index(",") :]) & set("$`\\"):
                raise ConfigurationError(
                    where,
                    f"variable {key!r} has dFlow choose from characters that hold {_SHELL_ACTIVE[character]}, which "
                    "the shell of the Worker Node would interpret; leave it out of them",
                )
            continue
        if expression.startswith("secret("):
            raise ConfigurationError(
                where,
                f"variable {key!r} uses secret(), and dFlow makes up a new value whenever any variable of the service "
                'is saved; have Terraform make one that stays, Generated("session-key", seed=…), or pass it as a '
                f"secret, Secret.from_environment({key!r})",
            )
        if reference.parsed(expression) is None:
            raise ConfigurationError(
                where,
                f"variable {key!r} holds {{{{ {expression} }}}}, which dFlow takes for an expression, does not know, "
                "and replaces by nothing; write {{ <service>.<VARIABLE> }}. "
                f"Braces that are meant literally cannot be escaped: {_ENCODE}",
            )
    if "{{" in reference.without_expressions(text):
        raise ConfigurationError(
            where,
            f"variable {key!r} holds {{{{ without a matching }}}}, which dFlow cannot hold as text; close the "
            f"expression, or {_ENCODE}",
        )
    _check_suffix(where, key, text, found)


def _check_suffix(where: IConstruct, key: str, text: str, found: tuple[str, ...]) -> None:
    # As JavaScript trims it: for Python the mark of byte order, which some editors put first, is no blank.
    trimmed = text.strip().strip("\ufeff").strip()
    if len(found) != 1 or not trimmed.startswith("{{") or found[0].startswith("secret("):
        return
    lost = trimmed[trimmed.index("}}") + 2 :]
    if not lost:
        return
    target = reference.parsed(found[0])
    service, variable = (target.service, target.variable) if target else ("<service>", "<VARIABLE>")
    raise ConfigurationError(
        where,
        f"variable {key!r} begins with {{{{ {found[0]} }}}} and goes on with {lost!r}, and dFlow drops what follows a "
        "value that begins with its only reference; have it kept, "
        f'Combined(Reference("{service}", "{variable}"), {lost!r})',
    )
