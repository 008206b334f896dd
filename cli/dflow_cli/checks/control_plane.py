"""Whether dFlow answers, knows the API key, lets its user in, and has the organisation."""

from __future__ import annotations

import os
from itertools import takewhile
from typing import TYPE_CHECKING

from dflow_cli.checks.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDPOINT = "dFlow endpoint"
KEY = "API key"
ROLE = "Admin role"
TENANT = "Organisation"
STEPS = (ENDPOINT, KEY, ROLE, TENANT)
"""In the order in which the control plane lets one find out."""

ANSWER_SECONDS = 20.0

NEEDED = {
    "DFLOW_ENDPOINT": (ENDPOINT, "the address of the dashboard, such as https://dflow.example.com"),
    "DFLOW_API_KEY": (KEY, "the API key of an administrator, from the dashboard's admin area (`Enable API Key`)"),
    "DFLOW_TENANT": (TENANT, "the slug of the organisation"),
}


def check_control_plane(environment: Mapping[str, str] = os.environ) -> list[Finding]:
    """Ask dFlow one question, and say how far it got: one finding for each step."""
    unset = [
        Finding.failed(step, f"{variable} is not set", f"Set {variable} to {what}.")
        for variable, (step, what) in NEEDED.items()
        if not environment.get(variable, "").strip()
    ]
    if unset:
        missing = {finding.name: finding for finding in unset}
        because = f"{' and '.join(name for name in NEEDED if NEEDED[name][0] in missing)} must be set first"
        return [missing.get(step) or Finding.skipped(step, because) for step in STEPS]
    return _asked(environment)


def _asked(environment: Mapping[str, str]) -> list[Finding]:
    from dflow_provider.control_plane import errors  # noqa: PLC0415 - the HTTP client is an extra, and slow to load

    endpoint, tenant = environment["DFLOW_ENDPOINT"].strip(), environment["DFLOW_TENANT"].strip()
    answers = {
        ENDPOINT: f"{endpoint} is a dFlow control plane",
        KEY: "accepted",
        ROLE: "its user is an administrator",
    }
    failing_step: dict[type[errors.ControlPlaneError], str] = {
        errors.KeyRejected: KEY,
        errors.SettingInvalid: ENDPOINT,
        errors.NotAllowed: ROLE,
        errors.RoleMissing: ROLE,
        errors.TenantUnknown: TENANT,
    }
    try:
        nodes = _worker_nodes(endpoint, tenant, environment)
    except errors.ControlPlaneError as error:
        failed = failing_step.get(type(error), ENDPOINT)
        passed = list(takewhile(lambda step: step != failed, STEPS))
        seen, _, remedy = error.detail.partition(". ")
        return [
            *(Finding.ok(step, answers[step]) for step in passed),
            Finding.failed(failed, f"{error.title}. {seen}", remedy),
            *(Finding.skipped(step, f"see {failed}") for step in STEPS[len(passed) + 1 :]),
        ]
    answers[TENANT] = f"{tenant}, with {len(nodes)} Worker Node{'' if len(nodes) == 1 else 's'}: {', '.join(nodes)}"
    return [Finding.ok(step, answers[step].removesuffix(": ")) for step in STEPS]


def _worker_nodes(endpoint: str, tenant: str, environment: Mapping[str, str]) -> list[str]:
    """Names of the organisation's Worker Nodes; gives up much sooner than the provider would."""
    from dflow_provider.control_plane.client import ControlPlane  # noqa: PLC0415 - the HTTP client, as above
    from dflow_provider.control_plane.endpoint import Endpoint  # noqa: PLC0415
    from dflow_provider.control_plane.patience import Patience  # noqa: PLC0415
    from dflow_provider.control_plane.session import Session  # noqa: PLC0415
    from dflow_provider.control_plane.transport import Transport  # noqa: PLC0415

    transport = Transport(
        Endpoint.parse(endpoint),
        ca_file=environment.get("DFLOW_CA_FILE", "").strip() or None,
        read_seconds=ANSWER_SECONDS,
    )
    key = environment["DFLOW_API_KEY"].strip()
    session = Session(transport, key, tenant, _give_up, Patience(deadline_s=0))
    return sorted(node["name"] for node in ControlPlane(session).servers.find().documents)


def _give_up(_seconds: float) -> bool:
    return True
