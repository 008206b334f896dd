"""The version of the installed distribution, which is the provider's version too."""

from __future__ import annotations

from importlib import metadata


def installed_version() -> str:
    """The version that pip installed: `0.1.0`."""
    return metadata.version("dflow-cdktf")
