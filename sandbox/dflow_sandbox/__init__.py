"""A throw-away dFlow control plane and AWS on this machine, for the demo and for tests."""

from dflow_sandbox.access import SandboxAccess
from dflow_sandbox.errors import SandboxError
from dflow_sandbox.sandbox import Sandbox

__all__ = ["Sandbox", "SandboxAccess", "SandboxError"]
