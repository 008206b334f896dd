"""Configuring and stopping a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_provider import log
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.planning import with_defaults
from dflow_provider.plugin.reporting import messages, record
from dflow_provider.plugin.secrecy import mask_secrets
from dflow_provider.plugin.wire import require_object

if TYPE_CHECKING:
    from dflow_provider.plugin.session import Session


def configure_provider(session: Session, request: pb.ConfigureProvider.Request) -> pb.ConfigureProvider.Response:
    """Hand a provider block to the provider; settings may still be unknown during a plan."""
    provider = session.provider
    config = require_object(provider.schema, request.config, "config")
    mask_secrets(provider.schema, config)
    call = session.call()
    try:
        session.configure(provider.configure(with_defaults(provider.schema, config), call))
    except Exception as error:  # noqa: BLE001  # whatever it is, it must reach a person as a diagnostic
        record(call.report, error, f"Configuring the provider {provider.name}")
    return pb.ConfigureProvider.Response(diagnostics=messages(call.report.diagnostics, provider.schema.value_type))


def stop_provider(session: Session, _: pb.StopProvider.Request) -> pb.StopProvider.Response:
    """Tell every hook that waits to come back; answers at once, and stops nothing by force.

    Terraform goes on reading results after this: they are the last chance to learn of an object just created.
    """
    log.info("Terraform asks to stop")
    session.stop.request()
    return pb.StopProvider.Response()
