"""A throw-away dFlow control plane and AWS, as processes of this machine."""

from __future__ import annotations

import secrets
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from dflow_sandbox.access import SandboxAccess
from dflow_sandbox.cloud import LOG as CLOUD_LOG
from dflow_sandbox.cloud import start_cloud
from dflow_sandbox.control_plane import DATABASE, start_control_plane
from dflow_sandbox.control_plane import LOG as CONTROL_PLANE_LOG
from dflow_sandbox.errors import SandboxError
from dflow_sandbox.seed import FOREIGN_CIDR, OTHER_TENANT, REGION, TENANT, seed_cloud, seed_control_plane

if TYPE_CHECKING:
    from pathlib import Path

_FILES = (DATABASE, f"{DATABASE}-journal", f"{DATABASE}-shm", f"{DATABASE}-wal", CLOUD_LOG, CONTROL_PLANE_LOG)


@dataclass(frozen=True, kw_only=True)
class Sandbox(SandboxAccess):
    """A running sandbox whose servers are children of this process and end with it.

    A context manager: leaving it stops the servers. The files in its directory stay, for reading logs.
    """

    _servers: ExitStack = field(repr=False)
    pids: tuple[int, ...]
    """Process ids of the servers."""

    @classmethod
    def start(
        cls, directory: Path, *, control_plane_port: int = 0, aws_port: int = 0, timeout_seconds: float = 120
    ) -> Self:
        """Starts both servers and seeds them.

        Args:
            directory: Keeps the database and the logs; created when missing. What an earlier sandbox left there
                is replaced.
            control_plane_port: Port on 127.0.0.1; 0 takes a free one.
            aws_port: Port on 127.0.0.1; 0 takes a free one.
            timeout_seconds: How long both servers together may take to become ready.

        Raises:
            SandboxError: Node.js or a package is missing, or a server did not start.
        """
        deadline = time.monotonic() + timeout_seconds
        _empty(directory)
        with ExitStack() as servers:
            cloud = start_cloud(directory, port=aws_port)
            servers.callback(cloud.stop)
            control_plane = start_control_plane(directory, port=control_plane_port, secret=secrets.token_hex(32))
            servers.callback(control_plane.stop)

            endpoint = f"http://127.0.0.1:{control_plane.wait_until_ready(deadline)['port']}"
            seeded = seed_control_plane(endpoint)
            aws_endpoint = f"http://127.0.0.1:{cloud.wait_until_ready(deadline)['port']}"
            access_key_id, secret_access_key = f"AKIA{secrets.token_hex(8).upper()}", secrets.token_urlsafe(30)
            return cls(
                directory=directory,
                endpoint=endpoint,
                api_key=seeded.api_key,
                user_api_key=seeded.user_api_key,
                admin_email=seeded.admin_email,
                admin_password=seeded.admin_password,
                tenant=TENANT,
                tenant_id=seeded.tenant_id,
                other_tenant=OTHER_TENANT,
                other_tenant_id=seeded.other_tenant_id,
                worker_node_ids=seeded.worker_node_ids,
                aws_endpoint=aws_endpoint,
                aws_access_key_id=access_key_id,
                aws_secret_access_key=secret_access_key,
                region=REGION,
                security_group_id=seed_cloud(
                    aws_endpoint, access_key_id=access_key_id, secret_access_key=secret_access_key
                ),
                foreign_cidr=FOREIGN_CIDR,
                pids=(control_plane.pid, cloud.pid),
                _servers=servers.pop_all(),
            )

    def stop(self) -> None:
        """Stops both servers and waits for them. Stopping again does nothing."""
        self._servers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()


def _empty(directory: Path) -> None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in _FILES:
        try:
            (directory / name).unlink(missing_ok=True)
        except IsADirectoryError as error:
            raise SandboxError(f"{directory / name} is in the way: the sandbox keeps a file of this name.") from error
