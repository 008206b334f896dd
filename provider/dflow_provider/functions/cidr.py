"""`provider::dflow::cidr`: one spelling for an address or range."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.importing import IMPORTING
from dflow_provider.schema import STRING, FunctionError, Parameter, Signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dflow_provider.schema import Value


class Cidr:
    """An IP address or range in CIDR form."""

    signature: ClassVar[Signature] = Signature(
        "An IP address or range in CIDR form.",
        "Writes an IP address or range the one way that allowlists compare it: with its prefix length, IPv6 in lower "
        "case and compressed. `203.0.113.7` becomes `203.0.113.7/32`, `2001:DB8:0::7` becomes `2001:db8::7/128`, and "
        "a range stays what it is.\n\n"
        "A range with bits set behind its prefix length (`203.0.113.7/24`) is an error: it may mean the one address "
        "or the whole range. So is `999.999.999.999`, which dFlow writes where a Worker Node has no address yet. "
        "Whether an address is public is not judged here; the allowlist resources do that.",
        (
            Parameter(
                "address",
                STRING,
                "The address (`203.0.113.7`, `2001:db8::7`) or the range (`203.0.113.0/24`), without blanks.",
            ),
        ),
        STRING,
    )

    def call(self, arguments: Sequence[Value]) -> Value:
        """Return the canonical spelling."""
        with IMPORTING:
            from dflow_provider.allowlists.address import Kind, classify  # noqa: PLC0415 (schemas need no ipaddress)

        text = str(arguments[0])
        address = classify(text)
        if address.kind is Kind.HOST_BITS:
            only = f"{text.partition('/')[0]}"
            raise FunctionError(
                f"{text!r} has bits set behind its prefix length, so it may mean one address or a range. Write "
                f"{only!r} for the one address, or {address.cidr!r} for the range.",
                0,
            )
        if address.kind is Kind.SENTINEL:
            raise FunctionError(
                f"{text!r} is {address.kind.value}. Wait until dFlow has seen the node's address, or declare the one "
                f"that its connections come from.",
                0,
            )
        if address.cidr is None:
            raise FunctionError(
                f"{text[:80]!r} is {address.kind.value}. Write an address like 203.0.113.7 or 2001:db8::7, or a range "
                f"like 203.0.113.0/24, without a zone, a port or blanks around it.",
                0,
            )
        return address.cidr
