"""What a provider and the Terraform that started it tell each other before the first call."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Mapping

COOKIE_NAME = "TF_PLUGIN_MAGIC_COOKIE"
COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"
"""Proves nothing; it only tells Terraform from a person who tries the program out."""

CLIENT_CERTIFICATE = "PLUGIN_CLIENT_CERT"
"""Set where Terraform wants TLS; unset under TF_DISABLE_PLUGIN_TLS."""

PROTOCOL_VERSIONS = "PLUGIN_PROTOCOL_VERSIONS"
PROTOCOL = "6"
LAUNCHER_VERSION = "DFLOW_PROVIDER_LAUNCHER_VERSION"
"""Set by the launcher in Terraform's plugin directory, whose checksum is in the lock file."""

NEEDED = ("msgpack", "google")
"""Packages of the extra `provider` that every call needs."""


def refusal(environment: Mapping[str, str], version: str) -> str | None:
    """Say why not to serve, in one line for Terraform to show; nothing if all is well."""
    launcher = environment.get(LAUNCHER_VERSION)
    if launcher is not None and launcher != version:
        return (
            f"The installed Python package dflow-cdktf is version {version}, but Terraform selected version {launcher} "
            "of its provider. Run `dflow-cdktf provider install`, then `terraform init -upgrade`."
        )
    if environment.get(COOKIE_NAME) != COOKIE:
        return (
            "This is a Terraform provider, which Terraform starts by itself; there is nothing to see when a person "
            "runs it. Run `dflow-cdktf provider install` once, then `terraform init` or `cdktf deploy`."
        )
    offered = environment.get(PROTOCOL_VERSIONS, PROTOCOL).split(",")
    if PROTOCOL not in offered:
        return (
            f"This provider speaks Terraform's plugin protocol {PROTOCOL}, and the program that started it only "
            f"{', '.join(offered)}. Use Terraform 1.11 or OpenTofu 1.11, or later."
        )
    return None


def missing_package() -> str | None:
    """Say which package is not installed that every call needs, in one line for Terraform to show."""
    from importlib.machinery import PathFinder  # noqa: PLC0415  # a refusal needs it not

    for package in NEEDED:
        if PathFinder.find_spec(package) is None:
            return f"The Python package {package} is not installed. Run: pip install 'dflow-cdktf[provider]'."
    return None


def handshake_line(socket: str, certificate: str) -> str:
    """Return the line that tells Terraform where to connect; `certificate` is base64, or empty without TLS."""
    return f"1|{PROTOCOL}|unix|{socket}|grpc|{certificate}"
