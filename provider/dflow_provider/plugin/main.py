"""The program that Terraform starts: `terraform-provider-dflow`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dflow_provider.schema import Provider


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the dFlow provider until Terraform ends it."""
    return run(_dflow_provider, sys.argv[1:] if arguments is None else arguments)


def run(load: Callable[[], Provider], arguments: Sequence[str]) -> int:  # noqa: ARG001  # see --serve
    """Serve a provider, which is loaded only once standard output is safe from what an import might print."""
    import signal  # noqa: PLC0415  # nothing is imported before it is needed here

    from dflow_provider import __version__  # noqa: PLC0415  # as above
    from dflow_provider.plugin.handshake import refusal  # noqa: PLC0415  # as above
    from dflow_provider.plugin.stdout import take_stdout, write_line  # noqa: PLC0415  # as above

    # A terminal sends Ctrl-C to the whole group; Terraform passes on what it means by it, as StopProvider.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reason = refusal(os.environ, __version__)
    if reason is not None:
        print(reason)  # on stdout, from where Terraform shows it
        return 1
    terraform = take_stdout()
    from dflow_provider.plugin.serving import serve  # noqa: PLC0415  # imports gRPC

    serve(load, os.environ, lambda line: write_line(terraform, line))
    sys.stderr.flush()
    os._exit(0)  # a read that still waits for an answer must not keep the process


def _dflow_provider() -> Provider:
    from dflow_provider.provider import DflowProvider  # noqa: PLC0415  # imported once standard output is safe

    return DflowProvider()


if __name__ == "__main__":
    sys.exit(main())
