"""From settings to a control plane."""

from __future__ import annotations

import time

from dflow_provider import log
from dflow_provider.control_plane.client import ControlPlane
from dflow_provider.control_plane.endpoint import Endpoint
from dflow_provider.control_plane.session import Session
from dflow_provider.control_plane.transport import Transport


def connect(*, endpoint: str, api_key: str, tenant: str, ca_file: str | None = None) -> ControlPlane:
    """Prepare to talk to a control plane; nothing is dialled before the first question.

    Args:
        endpoint: address with its scheme, as in the browser.
        api_key: key of an administrator.
        tenant: slug of the organisation to work in.
        ca_file: PEM file of certificate authorities to trust besides the system's.

    Raises:
        EndpointInvalid: the endpoint is not an address.
        SettingInvalid: the API key or the CA file cannot be used.
    """
    log.mask(api_key)
    transport = Transport(Endpoint.parse(endpoint), ca_file=ca_file)
    return ControlPlane(Session(transport, api_key, tenant, _sleep))


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False
