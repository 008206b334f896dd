"""The few expressions that dFlow's constructs write around an entry's CIDR, carried out."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from dflow_review.values import Plain

_X: Final = r"(?P<x>[\w.-]+)"
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[str], Plain]], ...]] = (
    (re.compile(rf'strcontains\({_X}, ":"\) \? null : (?P=x)'), lambda cidr: None if ":" in cidr else cidr),
    (re.compile(rf'strcontains\({_X}, ":"\) \? (?P=x) : null'), lambda cidr: cidr if ":" in cidr else None),
    (re.compile(rf'strcontains\({_X}, ":"\) \? "v6" : "v4"'), lambda cidr: "v6" if ":" in cidr else "v4"),
    (re.compile(rf"cidrhost\({_X}, 0\)"), lambda cidr: str(_network(cidr)[0])),
    (re.compile(rf"cidrhost\({_X}, -1\)"), lambda cidr: str(_network(cidr)[-1])),
    (re.compile(rf'tonumber\(split\("/", {_X}\)\[1\]\)'), lambda cidr: _network(cidr).prefixlen),
)
_EVERY_CIDR: Final = re.compile(r"\[for key, entry in (?P<table>local\.[\w-]+) : entry\.cidr\]")
_JOINED: Final = re.compile(r'join\(",", distinct\((?P<list>\[.*\])\)\)')


def about_cidr(expression: str) -> tuple[str, Callable[[str], Plain]] | None:
    """Return what an expression is about and what it makes of that; nothing for any other expression.

    The function raises ValueError for a text that is no CIDR.
    """
    for form, function in _FORMS:
        found = form.fullmatch(expression)
        if found is not None:
            return found["x"], function
    return None


def every_cidr(expression: str) -> tuple[str, bool] | None:
    """Return the table whose CIDRs an expression lists, and whether it joins them with commas."""
    joined = _JOINED.fullmatch(expression)
    found = _EVERY_CIDR.fullmatch(joined["list"] if joined else expression)
    return None if found is None else (found["table"], joined is not None)


def _network(cidr: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    return ipaddress.ip_network(cidr, strict=False)
