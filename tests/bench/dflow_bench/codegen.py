"""Row: writing Python bindings of the dflow provider, against `cdktf get`."""

from __future__ import annotations

import itertools
import json
import shutil
from typing import TYPE_CHECKING

from dflow_bench.bench import ROOT, VENV, Bench, provider_version, show_time, surroundings, without_secrets
from dflow_bench.budget import Pair, TimesBetter, Unit
from dflow_bench.process_tree import CannotMeasureError, Run, timed
from dflow_bench.table import Line, Promise, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SOURCE = "dflow-cdktf/dflow"


class AgainstCdktfGet:
    """From the installed provider to Python classes: find it, ask it for its schema, generate."""

    name = "codegen"
    promises: Sequence[Promise] = (
        Promise("bindings of the dflow provider / cdktf get", Unit.SECONDS, TimesBetter(5, "faster")),
    )

    def measure(self, bench: Bench) -> Iterator[Line]:
        """Measure whole commands, each in an empty directory."""
        cdktf = ROOT / "node_modules" / ".bin" / "cdktf"
        if not cdktf.exists():
            raise CannotMeasureError("cdktf-cli is not installed; run `make install`")
        numbers = itertools.count()
        home = bench.room("codegen-home")
        runs = bench.interleaved(
            self.name,
            lambda: _ours(bench.room(f"codegen-ours-{next(numbers)}")),
            lambda: _peer(bench.room(f"codegen-peer-{next(numbers)}"), cdktf, home),
            show_time,
        )
        (promise,) = self.promises
        yield measured(promise, [Pair(ours.seconds, peer.seconds) for ours, peer in runs])


def _ours(room: Path) -> Run:
    """The three commands of the guide, which `cdktf get` does in one."""
    required = {"dflow": {"source": SOURCE, "version": provider_version()}}
    document = {"terraform": {"required_providers": required}}
    (room / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")
    env = surroundings(**without_secrets({}))
    schema, bindings = room / "schema.json", room / "dflow_bindings"
    init = timed(("terraform", "init", "-input=false", "-no-color"), cwd=room, env=env)
    read = timed(("terraform", "providers", "schema", "-json"), cwd=room, env=env)
    schema.write_text(read.output, encoding="utf-8")
    generate = (VENV / "bin" / "dflow-cdktf", "codegen", "--schema", schema, "--provider", SOURCE, "--output", bindings)
    generated = timed(generate, cwd=room, env=env)
    _see_that_python_came_of_it(bindings, generated)
    shutil.rmtree(room)
    runs = (init, read, generated)
    return Run(sum(run.seconds for run in runs), 0, "", sum(run.cpu for run in runs))


def _peer(room: Path, cdktf: Path, home: Path) -> Run:
    settings = {
        "language": "python",
        "app": "true",
        "projectId": "5b2e9f4c-9a0f-4df0-8c0e-7d1b1c6f6a55",
        "sendCrashReports": "false",
        "terraformProviders": [f"{SOURCE}@{provider_version()}"],
        "terraformModules": [],
        "context": {},
    }
    (room / "cdktf.json").write_text(json.dumps(settings), encoding="utf-8")
    env = surroundings(
        **without_secrets({}),
        CDKTF_HOME=str(home),
        CI="1",
        DISABLE_VERSION_CHECK="1",
    )
    run = timed((cdktf, "get", "--force", "--output", "imports"), cwd=room, env=env)
    _see_that_python_came_of_it(room / "imports", run)
    shutil.rmtree(room)
    return run


def _see_that_python_came_of_it(directory: Path, run: Run) -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in directory.rglob("*.py"))
    for name in ("DockerService", "ServiceVariables", "AwsSecurityGroupAllowlist"):
        if f"class {name}" not in written:
            raise CannotMeasureError(f"no class {name} was generated: {run.output[-500:]}")
