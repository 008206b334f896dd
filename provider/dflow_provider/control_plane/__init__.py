"""The client of dFlow's control plane: HTTP and dFlow's own documents, no Terraform."""

from dflow_provider.control_plane.errors import ControlPlaneError

__all__ = ["ControlPlaneError"]
