"""What Terraform is told about a provider that runs already, in TF_REATTACH_PROVIDERS."""

from __future__ import annotations


def attachment(pid: int, socket: str) -> dict[str, object]:
    """Describe a provider process and the socket that it listens at."""
    return {
        "Protocol": "grpc",
        "ProtocolVersion": 6,
        "Pid": pid,
        "Test": True,  # Terraform ends a provider that it is reattached to, unless it is one under test
        "Addr": {"Network": "unix", "String": socket},
    }
