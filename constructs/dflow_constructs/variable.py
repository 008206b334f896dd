"""What a program can give a service as a variable."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from dflow_cdk import cdk
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.reference import EMPTY, Reference
from dflow_constructs.secret import Secret
from dflow_constructs.tokens import has_token, known_parts
from dflow_constructs.variable_value import Encoding, SecretPiece, VariableValue

if TYPE_CHECKING:
    from dflow_constructs.service import Service


@dataclass(frozen=True)
class Static:
    """Text that is text: a `{{` in it is refused, and never taken for a reference."""

    text: str


@dataclass(frozen=True)
class Base64:
    """Text or a secret in base64, which arrives whatever it holds: dollar signs, quotes, line breaks.

    Base64(Secret.from_file("/run/secrets/signing.pem"))

    The service has to decode it.
    """

    value: str | Secret


@dataclass(frozen=True)
class Generated:
    """A secret that Terraform computes and that stays, unlike what dFlow's `secret()` makes.

    It is hexadecimal digits, always the same ones for the same label and seed, and is stored nowhere but in the
    variable. Services that use the same label share it.

    Args:
        label: tells the secrets of one seed apart: `session-key`.
        seed: a secret of at least 32 random characters; whoever knows it knows all that is computed from it.
        length: how many digits, 32 to 128.
        version: any text; another one gives another value.
    """

    label: str
    seed: Secret
    length: int = 64
    version: str = "1"


@dataclass(frozen=True, init=False)
class Combined:
    """Text, references and secrets one after the other, each arriving as it is written.

    Combined("https://", web.ref.public_domain, "/callback")

    Text that follows a reference at the very beginning is kept: dFlow alone would drop it.
    """

    parts: tuple[str | Reference | Secret, ...]

    def __init__(self, *parts: str | Reference | Secret) -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True)
class Raw:
    """Text for dFlow as it is, where the program knows better.

    A reference may name a Service that the program does not know, `secret()` may be used, and a value may look as some
    versions of a node's storage change it. What no node and no dFlow can take is refused all the same.

    Args:
        text: what to store.
        reason: why it is right.
    """

    text: str
    reason: str


Variable: TypeAlias = str | Secret | Static | Reference | Base64 | Generated | Combined | Raw
"""What a variable can be given; in plain text, `{{ … }}` are references."""


def value_of(service: Service, key: str, variable: Variable) -> VariableValue:
    """Return a variable as the value it has on a service.

    Raises:
        ConfigurationError: it can be none.
    """
    match variable:
        case str() | Secret() | Reference():
            return VariableValue.of(str(variable) if isinstance(variable, Reference) else variable)
        case Static(text):
            return VariableValue.of(_text(service, key, text, "Static"))
        case Base64(value):
            return _in_base64(service, key, value)
        case Generated():
            derived = Secret.derived(variable.seed, variable.label, length=variable.length, version=variable.version)
            return VariableValue.of(derived)
        case Combined(parts):
            return VariableValue.of(*_combined(service, key, parts))
        case Raw(text, reason):
            if not isinstance(text, str):
                raise ConfigurationError(  # a program without a type checker gets here
                    service, f"variable {key!r} is Raw of a {type(text).__name__}; give it text"
                )
            if not (reason or "").strip():
                raise ConfigurationError(
                    service,
                    f"variable {key!r} is Raw without a reason, and nobody could tell why it is not checked; "
                    'say it, Raw(…, reason="the Service is made by hand")',
                )
            return VariableValue((text,), is_raw=True)
    raise ConfigurationError(  # a program without a type checker gets here
        service, f"variable {key!r} is a {type(variable).__name__}; variables are text, write it as one, or a Secret"
    )


def _in_base64(service: Service, key: str, value: str | Secret) -> VariableValue:
    if isinstance(value, Secret):
        return VariableValue.of(SecretPiece(value, Encoding.BASE64))
    if not isinstance(value, str):
        raise ConfigurationError(  # a program without a type checker gets here
            service, f"variable {key!r} is Base64 of a {type(value).__name__}; give it text or a Secret"
        )
    if has_token(value):
        return VariableValue.of(cdk.Fn.base64encode(value))
    return VariableValue.of(base64.b64encode(value.encode()).decode())


def _text(service: Service, key: str, text: str, kind: str) -> str:
    if not isinstance(text, str):
        raise ConfigurationError(  # a program without a type checker gets here
            service, f"variable {key!r} is {kind} of a {type(text).__name__}; give it text"
        )
    if "{{" in text:
        raise ConfigurationError(
            service,
            f"variable {key!r} has a {{{{ in the text of a {kind}, which dFlow takes for the beginning of an "
            "expression and cannot hold; pass a reference, cache.ref.uri, or store the text base64-encoded, Base64(…), "
            "and let the service decode it",
        )
    return text


def _combined(service: Service, key: str, parts: tuple[str | Reference | Secret, ...]) -> list[str | Secret]:
    written = [
        part if isinstance(part, Secret) else str(part) if isinstance(part, Reference) else _part(service, key, part)
        for part in parts
    ]
    references = [part for part in parts if isinstance(part, Reference)]
    text = "".join(part for part in written if isinstance(part, str))
    # What Terraform fills in may turn out to be empty.
    begins = "".join(known_parts(text)).lstrip().startswith("{{")
    if len(references) == 1 and text != str(references[0]) and begins:
        # With a second reference in it, dFlow keeps the text around the first; this one is always empty.
        written.append(str(Reference(service.name, EMPTY)))
    return written


def _part(service: Service, key: str, part: str) -> str:
    if not isinstance(part, str):
        raise ConfigurationError(  # a program without a type checker gets here
            service,
            f"variable {key!r} combines a {type(part).__name__}; combine text, references such as cache.ref.host, and "
            "Secrets",
        )
    # Two texts may have a brace each.
    return _text(service, key, part, "Combined")
