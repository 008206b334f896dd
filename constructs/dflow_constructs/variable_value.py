"""The value of a service's variable: text, secrets, or text around secrets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import quote

from dflow_cdk import cdk
from dflow_constructs.secret import Secret
from dflow_constructs.tokens import escaped, has_token

if TYPE_CHECKING:
    from collections.abc import Callable


class Encoding(Enum):
    """How a secret is written into the text around it."""

    AS_IS = "as is"
    PERCENT = "percent"
    BASE64 = "base64"


@dataclass(frozen=True)
class SecretPiece:
    """A secret within a value."""

    secret: Secret
    encoding: Encoding = Encoding.AS_IS


@dataclass(frozen=True)
class VariableValue:
    """Pieces of text and secrets, one after the other.

    Attributes:
        pieces: the pieces.
        is_raw: whether somebody asked not to check what may be right.
    """

    pieces: tuple[str | SecretPiece, ...]
    is_raw: bool = False

    @classmethod
    def of(cls, *pieces: str | Secret | SecretPiece) -> VariableValue:
        """Put a value together; neighbouring texts become one piece and a bare secret is written as it is."""
        joined: list[str | SecretPiece] = []
        for piece in pieces:
            part = SecretPiece(piece) if isinstance(piece, Secret) else piece
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] += part
            elif part != "":
                joined.append(part)
        return cls(tuple(joined))

    @property
    def is_secret(self) -> bool:
        """Say whether any piece is a secret, which makes the whole value one."""
        return any(isinstance(piece, SecretPiece) for piece in self.pieces)

    @property
    def texts(self) -> tuple[str, ...]:
        """The pieces that are no secrets."""
        return tuple(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def known_texts(self) -> tuple[str, ...]:
        """The pieces that the program has in clear, secrets that it should not have among them."""
        found = (
            piece if isinstance(piece, str) else piece.secret.written_in_the_program
            for piece in self.pieces
            if isinstance(piece, str) or piece.encoding is Encoding.AS_IS
        )
        return tuple(text for text in found if text is not None)

    @property
    def only_text(self) -> str:
        """The whole value where the program has it in clear, and else nothing."""
        return self.known_texts[0] if len(self.pieces) == 1 and self.known_texts else ""

    @property
    def outline(self) -> str:
        """The value with every secret shown by its name and version: the same outline means the same value."""
        return "".join(
            piece if isinstance(piece, str) else f"<{piece.secret.outline} {piece.encoding.value}>"
            for piece in self.pieces
        )

    def may_be(self, other: VariableValue) -> bool:
        """Say whether both can be one value, as far as that is known before Terraform fills anything in."""
        return has_token(self.outline) or has_token(other.outline) or self.outline == other.outline

    def rendered(self, reveal: Callable[[SecretPiece], str]) -> str:
        """Return the value as Terraform gets it; `reveal` answers with the token that stands for a secret."""
        return "".join(escaped(piece) if isinstance(piece, str) else reveal(piece) for piece in self.pieces)


def percent_encoded(text: str) -> str:
    """Return the text as one part of a URL; what Terraform fills in later is encoded by Terraform."""
    return encoded_by_terraform(text) if has_token(text) else quote(text, safe="")


def encoded_by_terraform(token: str) -> str:
    """Return an expression that percent-encodes what a token stands for."""
    # Terraform encodes a space as `+`, as forms do; in the user information of a URL that is a plus sign.
    return cdk.Fn.replace(cdk.Fn.urlencode(token), "+", "%20")


def in_encoding(expression: str, encoding: Encoding) -> str:
    """Return a Terraform expression for the value of another one, in an encoding."""
    match encoding:
        case Encoding.PERCENT:
            return f'replace(urlencode({expression}), "+", "%20")'
        case Encoding.BASE64:
            return f"base64encode({expression})"
        case Encoding.AS_IS:
            return expression
