"""Rows: synthesizing a stack with 100 allowlist entries."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from dflow_bench.bench import PROGRAMS, ROOT, VENV, Bench, show_time, surroundings
from dflow_bench.budget import Pair, TimesAtMost, TimesBetter, Unit
from dflow_bench.process_tree import CannotMeasureError, Run, weighed
from dflow_bench.table import Line, Promise, measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

ENTRIES = 100
AWS_LOCK = ROOT / "requirements" / "bench-aws.lock"
AWS_VENV = ROOT / ".bench" / "aws"
RULE = "aws_vpc_security_group_ingress_rule"
ALLOWLIST = "dflow_aws_security_group_allowlist"


class AgainstAwsBindings:
    """Ours against the bindings that a user of AWS would install from PyPI."""

    name = "synth-aws"
    promises: Sequence[Promise] = (
        Promise("synth 100 entries, time / AWS bindings", Unit.SECONDS, TimesBetter(10, "faster")),
        Promise("synth 100 entries, memory / AWS bindings", Unit.BYTES, TimesBetter(5, "less")),
    )

    def measure(self, bench: Bench) -> Iterator[Line]:
        """Install the peer if need be, then measure time and memory of the same runs."""
        peer = _synth(bench, _aws_python(bench), "synth_aws.py", _entries_of_rules)
        runs = bench.interleaved(self.name, _constructs(bench), peer, _show)
        time, memory = self.promises
        yield measured(time, [Pair(ours.seconds, peer.seconds) for ours, peer in runs])
        yield measured(memory, [Pair(ours.peak, peer.peak) for ours, peer in runs])


class AgainstFloor:
    """Ours against what the CDK costs without us."""

    name = "synth-floor"
    promises: Sequence[Promise] = (
        Promise("synth 100 entries, constructs / bare resources", Unit.SECONDS, TimesAtMost(1.3)),
        Promise("synth 100 resources, bindings / bare resources", Unit.SECONDS, TimesAtMost(1.3)),
        Promise("synth 100 entries, official provider / bare resources", Unit.SECONDS, TimesAtMost(1.3)),
    )

    def measure(self, bench: Bench) -> Iterator[Line]:
        """Measure the constructs, then as many resources of our bindings as the floor has, then the vendor's own."""
        python = VENV / "bin" / "python"
        floor = _synth(bench, python, "synth_floor.py", _resources)
        bindings = _synth(bench, python, "synth_bindings.py", _entries_of_allowlists)
        official = _synth(bench, python, "synth_official.py", _entries_of_table)
        for promise, ours in zip(self.promises, (_constructs(bench), bindings, official), strict=True):
            runs = bench.interleaved(promise.name, ours, floor, _show)
            yield measured(promise, [Pair(ours.seconds, peer.seconds) for ours, peer in runs])


def _constructs(bench: Bench) -> Callable[[], Run]:
    return _synth(bench, VENV / "bin" / "python", "synth_constructs.py", _entries_of_allowlists)


def _synth(bench: Bench, python: Path, program: str, entries: Callable[[dict[str, Any]], int]) -> Callable[[], Run]:
    """Measure a program; what it wrote is counted each time, so that nothing is fast by doing less."""
    numbers = itertools.count()

    def once() -> Run:
        directory = bench.room(f"{program}-{next(numbers)}-{id(once)}")
        output = directory / "cdktf.out"
        run = weighed([python, PROGRAMS / program, output], cwd=directory, env=surroundings(DFLOW_CDK="cdktf"))
        document = json.loads((output / "stacks" / "allowlist" / "cdk.tf.json").read_text(encoding="utf-8"))
        if (found := entries(document)) != ENTRIES:
            raise CannotMeasureError(f"{program} wrote {found} entries instead of {ENTRIES}")
        shutil.rmtree(directory)
        return run

    return once


def _entries_of_rules(document: dict[str, Any]) -> int:
    return len(document["resource"][RULE])


def _entries_of_allowlists(document: dict[str, Any]) -> int:
    return sum(len(allowlist["entries"]) for allowlist in document["resource"][ALLOWLIST].values())


def _entries_of_table(document: dict[str, Any]) -> int:
    """Count what the one block of rules goes through."""
    (rule,) = document["resource"][RULE].values()
    return len(document["locals"][rule["for_each"].removeprefix("${local.").removesuffix("}")])


def _resources(document: dict[str, Any]) -> int:
    return len(document["resource"][ALLOWLIST])


def _show(run: Run) -> str:
    return f"{show_time(run)}, {Unit.BYTES.show(run.peak)}"


def _aws_python(bench: Bench) -> Path:
    """The Python that has the AWS bindings, and nothing of ours."""
    python = AWS_VENV / "bin" / "python"
    stamp = AWS_VENV / "installed"
    wanted = hashlib.sha256(AWS_LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return python
    bench.say("installing the prebuilt AWS bindings into .bench/aws, about a minute and half a gigabyte")
    shutil.rmtree(AWS_VENV, ignore_errors=True)
    install = [python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--require-hashes"]
    for command in ([sys.executable, "-m", "venv", AWS_VENV], [*install, "-r", AWS_LOCK]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CannotMeasureError(f"the AWS bindings cannot be installed: {done.stderr[-1000:]}")
    stamp.write_text(wanted, encoding="ascii")
    return python
