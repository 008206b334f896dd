"""Measures ourselves against our peers, side by side, and prints one line for each promise.

`name | ours | peer | ratio | budget | ok`, or `over`; the last line counts. What the promises are and how each is
measured is in docs/design/budgets.md. Progress goes to standard error. The exit code is 0 unless a row crashed.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from typing import TYPE_CHECKING

from dflow_bench.bench import Bench, Row
from dflow_bench.calls import EntriesOnOneList
from dflow_bench.codegen import AgainstCdktfGet
from dflow_bench.organisation import StacksOfAnOrganisation
from dflow_bench.plan import COLD, WARM
from dflow_bench.process_tree import CannotMeasureError
from dflow_bench.review import ReviewOfPlan
from dflow_bench.start import ProviderStart
from dflow_bench.synth import AgainstAwsBindings, AgainstFloor
from dflow_bench.table import Line, not_measured, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS: tuple[Row, ...] = (
    AgainstAwsBindings(),
    AgainstFloor(),
    StacksOfAnOrganisation(),
    COLD,
    WARM,
    ProviderStart(),
    EntriesOnOneList(),
    AgainstCdktfGet(),
    ReviewOfPlan(),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the rows asked for, all by default, and return the exit code."""
    arguments = _parser().parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    start = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - start:5.0f} s] {text}", file=sys.stderr, flush=True)

    say(_machine())
    if os.getloadavg()[0] > (os.cpu_count() or 1) / 2:
        say("the machine is busy: ratios hold, but promises in milliseconds may read as over")
    crashed = False
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="dflow-bench-") as directory:
        bench = Bench(arguments.pairs, Path(directory), say)
        for row in (row for row in ROWS if row.name in arguments.rows):
            measured: list[Line] = []
            reason = "the row ended early"
            try:
                for line in row.measure(bench):
                    measured.append(line)
                    print(line, flush=True)
            except CannotMeasureError as problem:
                reason = str(problem)
            except Exception as problem:  # noqa: BLE001 (one broken row must not hide the others)
                crashed = True
                reason = f"the row crashed: {problem!r}"
                traceback.print_exc()
            for promise in row.promises[len(measured) :]:
                measured.append(not_measured(promise, reason))
                print(measured[-1], flush=True)
            lines += measured
    print(summary(lines))
    return 1 if crashed else 0


def _parser() -> argparse.ArgumentParser:
    names = [row.name for row in ROWS]
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", nargs="+", choices=names, default=names, metavar="ROW", help=", ".join(names))
    parser.add_argument("--pairs", type=_positive, default=5, metavar="N", help="pairs of each figure, 5 by default")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} pairs measure nothing; give 1 or more")
    return number


def _machine() -> str:
    load = ", ".join(f"{figure:.1f}" for figure in os.getloadavg())
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load}"
    return f"{system}, Python {platform.python_version()}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
