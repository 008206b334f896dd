"""The program that Terraform starts: `terraform-provider-dflow`."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # `typing` itself would cost every start 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dflow_provider.schema import Provider

# Nothing is imported up here: a refusal needs next to nothing, and what an import prints must not reach stdout.
# ruff: noqa: PLC0415

STAY = "--serve"
"""Serve any number of Terraform commands, and print the value for TF_REATTACH_PROVIDERS.

With the number of an inherited descriptor behind it, serve the socket that listens there, and print nothing.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the dFlow provider until Terraform ends it."""
    packages = ("dflow_provider", "dflow_vendors")
    return run(_dflow_provider, sys.argv[1:] if arguments is None else arguments, packages)


def run(load: Callable[[], Provider], arguments: Sequence[str], packages: tuple[str, ...] = ()) -> int:
    """Serve a provider, which is loaded only once standard output is safe from what an import might print.

    Ends the process when done; returns only if it refuses to serve.

    Args:
        load: returns the provider.
        arguments: those of the command line.
        packages: what the provider's schema is made from, so that it can be kept for as long as they do not change;
            it is built anew by each process if there are none.
    """
    import signal

    from dflow_provider import __version__
    from dflow_provider.plugin.handshake import missing_package, refusal
    from dflow_provider.plugin.kept_answers import KeptAnswers
    from dflow_provider.plugin.stdout import take_stdout, write_line
    from dflow_provider.plugin.transport import transport_refusal

    stays = list(arguments[:1]) == [STAY]
    reason = (None if stays else refusal(os.environ, __version__)) or transport_refusal(os.environ) or missing_package()
    if reason is not None:
        print(reason)  # on stdout, from where Terraform shows it
        return 1

    # A terminal sends Ctrl-C to the whole group; Terraform passes on what it means by it, as StopProvider.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stdout = take_stdout()
    kept = KeptAnswers(packages, os.environ) if packages else None
    if stays:
        from dflow_provider.plugin.reattach import serve_reattached

        listener = int(arguments[1]) if arguments[1:] else None
        serve_reattached(load, os.environ, lambda line: write_line(stdout, line), kept, listener)
    else:
        from dflow_provider.plugin.serving import serve

        serve(load, os.environ, lambda line: write_line(stdout, line), kept)
    sys.stderr.flush()
    os._exit(0)  # a read that still waits for an answer must not keep the process


def _dflow_provider() -> Provider:
    from dflow_provider.provider import DflowProvider

    return DflowProvider()


if __name__ == "__main__":
    sys.exit(main())
