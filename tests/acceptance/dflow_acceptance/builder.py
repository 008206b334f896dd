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
    """Give every queued deployment this outcome, soon after it was asked for: its status and, if need be, its logs."""
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.2):
            ids = [service["id"] for service in organisation.documents("services", **{"where[type][equals]": "app"})]
            queued = {"where[service][in]": ",".join(ids), "where[status][equals]": "queued"}
            for deployment in organisation.send("GET", "deployments", limit="0", **queued)["docs"] if ids else ():
                organisation.change("deployments", deployment["id"], **outcome)

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        try:
            yield
        finally:
            over.set()
        working.result()


def github_app(organisation: Organisation, webhook: str = "-", name: str = "acme") -> str:
    """A GitHub App that is installed nowhere else, whose pushes are signed with `webhook`; returns its id."""
    # dFlow finds the App that a push is of by its installation.
    number = int(organisation.slug[1:], 16) % 10**9
    about = {"appName": name, "appUrl": f"https://github.com/apps/{name}", "clientId": organisation.slug}
    secrets = {"clientSecret": "-", "privateKey": "-", "webhookSecret": webhook}
    app = {**about, **secrets, "appId": number, "installationId": str(number)}
    return organisation.make("gitProviders", type="github", github=app)["id"]
