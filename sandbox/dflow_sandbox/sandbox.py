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
from dflow_sandbox.directory_lock import lock_directory
from dflow_sandbox.errors import SandboxError
from dflow_sandbox.seed import FOREIGN_CIDR, OTHER_TENANT, REGION, TENANT, seed_cloud, seed_control_plane
from dflow_sandbox.state_file import STATE_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from dflow_sandbox.child_process import ChildProcess

_DATABASE_FILES = tuple(f"{DATABASE}{suffix}" for suffix in ("", "-journal", "-shm", "-wal"))
_FILES = (*_DATABASE_FILES, CLOUD_LOG, CONTROL_PLANE_LOG, STATE_FILE)


@dataclass(frozen=True, kw_only=True)
class Sandbox(SandboxAccess):
    """A running sandbox whose servers are children of this process and end with it.

    A context manager: leaving it stops the servers. The files in its directory stay, for reading logs.
    """

    _servers: tuple[ChildProcess, ...] = field(repr=False)
    _cleanup: ExitStack = field(repr=False)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the servers."""
        return tuple(server.pid for server in self._servers)

    def is_running(self) -> bool:
        """Whether every server still runs."""
        return all(server.is_running() for server in self._servers)

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
        directory = directory.absolute()
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as cleanup:
            cleanup.enter_context(lock_directory(directory))
            _empty(directory)
            cloud = start_cloud(directory, port=aws_port)
            cleanup.callback(cloud.stop)
            control_plane = start_control_plane(directory, port=control_plane_port, secret=secrets.token_hex(32))
            cleanup.callback(control_plane.stop)

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
                _servers=(control_plane, cloud),
                _cleanup=cleanup.pop_all(),
            )

    def stop(self) -> None:
        """Stops both servers and waits for them. Stopping again does nothing."""
        self._cleanup.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()


def _empty(directory: Path) -> None:
    for name in _FILES:
        try:
            (directory / name).unlink(missing_ok=True)
        except IsADirectoryError as error:
            raise SandboxError(f"{directory / name} is in the way: the sandbox keeps a file of this name.") from error
