"""What comes of a connection, and what has to."""

from __future__ import annotations

from enum import Enum

from dflow_constructs import TlsMode


class Outcome(Enum):
    """What a server sees of a client."""

    ENCRYPTED = "logs in, encrypted"
    CLEAR = "logs in, in clear text"
    REFUSED = "goes before it says who it is"


class Server(Enum):
    """Whom a client meets."""

    RIGHT = "certificate of the right authority, for the host"
    ANOTHER_HOST = "certificate of the right authority, for another host"
    ANOTHER_AUTHORITY = "certificate of an authority that nobody trusts, for the host"
    SYSTEM_AUTHORITY = "certificate of an authority that only the system trusts, for another host"
    NO_TLS = "no TLS"


_CHECKED = dict.fromkeys(Server, Outcome.REFUSED) | {Server.RIGHT: Outcome.ENCRYPTED}
PROMISED = {
    TlsMode.VERIFY_FULL: _CHECKED,
    TlsMode.VERIFY_CA: _CHECKED | {Server.ANOTHER_HOST: Outcome.ENCRYPTED},
    TlsMode.REQUIRE: dict.fromkeys(Server, Outcome.ENCRYPTED) | {Server.NO_TLS: Outcome.REFUSED},
    TlsMode.DISABLED: {Server.RIGHT: Outcome.CLEAR, Server.NO_TLS: Outcome.CLEAR},
}
"""What the guide promises of each protection."""
