"""Whoever builds what was asked for: the sandbox has nobody, so a test says how each deployment ends."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dflow_acceptance.organisation import Organisation


@contextmanager
def building(organisation: Organisation, **outcome: Any) -> Iterator[None]:
    """Give every queued deployment this outcome: its status and, where that matters, its logs."""
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.1):
            for service in organisation.documents("services", **{"where[type][equals]": "app"}):
                queued = {"where[service][equals]": service["id"], "where[status][equals]": "queued"}
                for deployment in organisation.send("GET", "deployments", **queued)["docs"]:
                    organisation.change("deployments", deployment["id"], **outcome)

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        try:
            yield
        finally:
            over.set()
        working.result()


def github_app(organisation: Organisation, webhook_secret: str) -> str:
    """A GitHub App that is installed nowhere else; returns its id."""
    number = int(organisation.slug[1:], 16) % 10**9
    about = {"appName": "acme", "appUrl": "https://github.com/apps/acme", "clientId": organisation.slug}
    secrets = {"clientSecret": "-", "privateKey": "-", "webhookSecret": webhook_secret}
    app = {**about, **secrets, "appId": number, "installationId": str(number)}
    return organisation.make("gitProviders", type="github", github=app)["id"]
