"""Text that Terraform fills in later, as it looks before synthesis.

CDKTF writes a value it does not know yet as a marker such as `${TfToken[TOKEN.7]}` into the text around it. Looking for
the marker here saves a call into the CDK's own process for every value.
"""

from __future__ import annotations

import re

_LOWEST_REAL_NUMBER = -1e200
_TOKEN = re.compile(r"\$\{TfToken\[[^\]]*\]\}")


def has_token(text: str) -> bool:
    """Say whether Terraform fills in any part of the text."""
    return _TOKEN.search(text) is not None


def is_token(number: float) -> bool:
    """Say whether Terraform fills in the number; until then the CDK has an absurdly negative one in its place."""
    return number < _LOWEST_REAL_NUMBER


def known_parts(text: str) -> tuple[str, ...]:
    """Return the pieces of the text that are known now, in order, without the empty ones."""
    return tuple(part for part in _TOKEN.split(text) if part)


def escaped(text: str) -> str:
    """Return the text so that Terraform reads a `%{` in it as two characters and not as a directive."""
    return text.replace("%{", "%%{")
