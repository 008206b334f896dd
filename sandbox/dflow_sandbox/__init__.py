"""A throw-away dFlow control plane and AWS on this machine, for the demo and for tests."""

from dflow_sandbox.access import SandboxAccess
from dflow_sandbox.detached import start_detached, status, stop
from dflow_sandbox.errors import SandboxError
from dflow_sandbox.fault_proxy import FaultProxy, SeenRequest
from dflow_sandbox.faults import Answer, Delay, Fault, Hang, Moment, ReplaceBody, Reset, Truncate
from dflow_sandbox.sandbox import Sandbox

__all__ = [
    "Answer",
    "Delay",
    "Fault",
    "FaultProxy",
    "Hang",
    "Moment",
    "ReplaceBody",
    "Reset",
    "Sandbox",
    "SandboxAccess",
    "SandboxError",
    "SeenRequest",
    "Truncate",
    "start_detached",
    "status",
    "stop",
]
