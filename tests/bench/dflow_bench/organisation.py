"""Row: synthesizing the stacks of a large organisation."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from dflow_bench.bench import PROGRAMS, VENV, Bench, show_time, surroundings
from dflow_bench.budget import Pair, TimesAtMost, Unit
from dflow_bench.process_tree import CannotMeasureError, Run, weighed
from dflow_bench.table import Line, Promise, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SMALL, LARGE = 15, 150
SERVICES = 20
MOST_PAIRS = 2
"""A pair takes a minute; two tell whether the machine had a bad moment."""


class StacksOfAnOrganisation:
    """Ours against ourselves: a stack among 150 against a stack among 15."""

    name = "synth-organisation"
    promises: Sequence[Promise] = (
        Promise("synth of a stack of 20 services, among 150 / 15 stacks", Unit.SECONDS, TimesAtMost(1.1)),
    )

    def measure(self, bench: Bench) -> Iterator[Line]:
        """Measure the whole program, and divide by its stacks."""
        (promise,) = self.promises
        _synth(bench, 1)
        pairs = []
        for number in range(1, min(bench.pairs, MOST_PAIRS) + 1):
            small, large = _synth(bench, SMALL), _synth(bench, LARGE)
            bench.say(
                f"{self.name}: pair {number}: {SMALL} stacks in {show_time(small)}, {LARGE} in {show_time(large)}, "
                f"{Unit.BYTES.show(small.peak)} and {Unit.BYTES.show(large.peak)}"
            )
            pairs.append(Pair(large.seconds / LARGE, small.seconds / SMALL))
        yield measured(promise, pairs)


def _synth(bench: Bench, stacks: int) -> Run:
    """Measure a program; what it wrote is counted, so that nothing is fast by doing less."""
    directory = bench.room(f"organisation-{stacks}")
    output = directory / "cdktf.out"
    program = [VENV / "bin" / "python", PROGRAMS / "synth_organisation.py", output, str(stacks)]
    run = weighed(program, cwd=directory, env=surroundings(DFLOW_CDK="cdktf"))
    written = [path for path in (output / "stacks").glob("*/cdk.tf.json") if path.parent.name != "shared"]
    services = sum(
        len(blocks)
        for path in written
        for kind, blocks in json.loads(path.read_text(encoding="utf-8"))["resource"].items()
        if kind.endswith("_service")
    )
    if (len(written), services) != (stacks, stacks * SERVICES):
        raise CannotMeasureError(f"{len(written)} stacks with {services} services were written instead of {stacks}")
    shutil.rmtree(directory)
    return run
