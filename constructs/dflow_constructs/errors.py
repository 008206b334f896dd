"""The one exception a program that uses the constructs has to know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constructs import IConstruct

_LOGIN = re.compile(r"(?<=://)[^\s@]\S*@|(?<![^\s'\"=(])[^\s'\"=(/]+:(?!//)[^\s'\"]+@(?!sha256:)")
"""What stands before the host in an address: a user and a password, or a token."""


class ConfigurationError(ValueError):
    """The program asks for something that cannot be.

    The message begins with the construct's path, says what was found and why it is refused, and ends with the remedy.
    It never shows the value of a secret, nor the login in an address.

    Args:
        where: the construct, or the call that was made where there is no construct yet.
        message: what was found, why it is refused, and what to do.
    """

    def __init__(self, where: IConstruct | str, message: str) -> None:
        self.where = _LOGIN.sub("…@", where) if isinstance(where, str) else where.node.path
        self.message = _LOGIN.sub("…@", message)
        super().__init__(f"{self.where}: {self.message}")
