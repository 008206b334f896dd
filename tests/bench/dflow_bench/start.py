"""Row: how long the provider takes until Terraform can talk to it, and what it holds then."""

from __future__ import annotations

import datetime as dt
import subprocess
import time
from typing import TYPE_CHECKING

from dflow_bench.bench import VENV, Bench, launcher, show_time, surroundings, without_secrets
from dflow_bench.budget import MIB, AtMost, MoreAtMost, Pair, Unit
from dflow_bench.process_tree import CannotMeasureError, Run, end, resident, timed
from dflow_bench.table import Line, Promise, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COOKIE = {"TF_PLUGIN_MAGIC_COOKIE": "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"}
"""What tells a provider that Terraform started it; Terraform and its providers share it publicly."""

_FIELDS_OF_A_HANDSHAKE = 6


class ProviderStart:
    """The launcher, as Terraform starts it, until its handshake line; against an interpreter that does nothing."""

    name = "start"
    promises: Sequence[Promise] = (
        Promise("provider start to handshake / python -c pass", Unit.SECONDS, MoreAtMost(0.110, Unit.SECONDS)),
        Promise("provider memory at handshake / python -c pass", Unit.BYTES, AtMost(45 * MIB, Unit.BYTES)),
    )

    def measure(self, bench: Bench) -> Iterator[Line]:
        """Start both by turns; four times as often as asked for, because one start takes no time."""
        room = bench.room("start")
        certificate = _client_certificate()
        # The provider leaves its socket's directory behind when it is killed; it goes with the room.
        settings = {"PLUGIN_CLIENT_CERT": certificate, "TMPDIR": str(room), "XDG_RUNTIME_DIR": str(room)}
        env = surroundings(
            **without_secrets(COOKIE),
            PLUGIN_MIN_PORT="10000",
            PLUGIN_MAX_PORT="25000",
            PLUGIN_PROTOCOL_VERSIONS="5,6",
            **settings,
        )
        command = [str(launcher())]

        def provider() -> Run:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=room, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            assert process.stdout is not None
            assert process.stderr is not None
            try:
                line = process.stdout.readline().decode(errors="replace")
                seconds = time.perf_counter() - start
                held = resident(process.pid)
            finally:
                process.kill()
                with process.stdout, process.stderr as printed:
                    errors = printed.read()
                cpu = end(process)
            if len(line.split("|")) < _FIELDS_OF_A_HANDSHAKE:
                raise CannotMeasureError(
                    f"the provider printed no handshake line but {line!r}: {errors.decode(errors='replace')[-500:]}"
                )
            return Run(seconds, held, line, cpu)

        def interpreter() -> Run:
            python = VENV / "bin" / "python"
            run = timed([python, "-c", "pass"], cwd=room, env=env)
            held = timed([python, "-c", _OWN_MEMORY], cwd=room, env=env)
            return Run(run.seconds, float(held.output), run.output, run.cpu)

        many = Bench(bench.pairs * 4, bench.directory, bench.say)
        runs = many.interleaved(self.name, provider, interpreter, show_time)
        seconds, memory = self.promises
        yield measured(seconds, [Pair(ours.seconds, peer.seconds) for ours, peer in runs])
        if not all(ours.peak for ours, _ in runs):
            raise CannotMeasureError("memory of a process is read from /proc, which this system does not have")
        yield measured(memory, [Pair(ours.peak, peer.peak) for ours, peer in runs])


_OWN_MEMORY = """
import os
try:
    print(int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
except FileNotFoundError:
    print(0)
"""


def _client_certificate() -> str:
    """A certificate such as Terraform makes for each provider it starts: ECDSA on P-521, signed by itself."""
    from cryptography import x509  # noqa: PLC0415 (comes with moto; only this row needs it)
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 (comes with moto; only this row needs it)
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 (comes with moto; only this row needs it)

    key = ec.generate_private_key(ec.SECP521R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(seconds=30))
        .not_valid_after(now + dt.timedelta(hours=24))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA512())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")
