"""Addresses that certificates may be downloaded from."""

from __future__ import annotations

import re
from typing import Final

HTTPS_ADDRESS: Final = re.compile(r"https://[^\s/?#@]+(/[^\s#]*)?(\?[^\s#]*)?")
"""It holds no user and no password, which would be seen by everybody who sees the configuration."""
