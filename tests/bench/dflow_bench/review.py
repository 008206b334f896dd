"""Row: reviewing a plan of 10,000 resources, against parsing the same file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dflow_bench.bench import VENV, Bench, surroundings
from dflow_bench.budget import Pair, TimesAtMost, Unbudgeted, Unit
from dflow_bench.company_plan import write_company_plan
from dflow_bench.process_tree import CannotMeasureError, Run, timed, weighed
from dflow_bench.table import Line, Promise, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SMALL, LARGE = 10_000, 40_000
MOST_PAIRS = 3
"""A pair of the two sizes takes half a minute on a busy machine."""
WIDENED = 2
"""The exit code of a plan that widens, as this one does."""

_PARSE = "import json, sys; json.loads(open(sys.argv[1], 'rb').read())"


class ReviewOfPlan:
    """`dflow-cdktf review`, the whole command, against a process that parses the file and does nothing with it."""

    name = "review"
    promises: Sequence[Promise] = (
        Promise("review of a plan of 10,000 resources / json.loads of it", Unit.SECONDS, TimesAtMost(5)),
        Promise("review of one resource, among 40,000 / 10,000", Unit.SECONDS, TimesAtMost(1.2)),
        Promise("memory of that review / json.loads", Unit.BYTES, Unbudgeted()),
    )

    def measure(self, bench: Bench) -> Iterator[Line]:
        """Measure whole processes, one after the other; what a review says is looked at."""
        room = bench.room("review")
        small, large = (_written(room, count) for count in (SMALL, LARGE))
        times, growth, memory = self.promises
        runs = bench.interleaved(
            self.name,
            lambda: _review(room, small, SMALL),
            lambda: _parse(room, small),
            lambda run: f"{run.seconds:.2f} s",
        )
        yield measured(times, [Pair(ours.seconds, peer.seconds) for ours, peer in runs])
        few = Bench(min(bench.pairs, MOST_PAIRS), bench.directory, bench.say)
        sizes = few.interleaved(
            f"{self.name}, {LARGE:,} resources",
            lambda: _review(room, large, LARGE),
            lambda: _review(room, small, SMALL),
            lambda run: f"{run.seconds:.2f} s",
        )
        yield measured(growth, [Pair(ours.seconds / LARGE, peer.seconds / SMALL) for ours, peer in sizes])
        ours = weighed(_command(small), cwd=room, env=surroundings(), allowed=(WIDENED,))
        peer = weighed(_peer(small), cwd=room, env=surroundings())
        yield measured(memory, [Pair(ours.peak, peer.peak)])


def _command(file: Path) -> list[str | Path]:
    return [VENV / "bin" / "dflow-cdktf", "review", file]


def _peer(file: Path) -> list[str | Path]:
    return [VENV / "bin" / "python", "-c", _PARSE, file]


def _review(room: Path, file: Path, count: int) -> Run:
    run = timed(_command(file), cwd=room, env=surroundings(), allowed=(WIDENED,))
    if "db-0000" not in run.output:
        raise CannotMeasureError(f"the review of {count} resources does not name what widens: {run.output[-300:]!r}")
    return run


def _parse(room: Path, file: Path) -> Run:
    return timed(_peer(file), cwd=room, env=surroundings())


def _written(room: Path, count: int) -> Path:
    file = room / f"{count}.json"
    write_company_plan(file, count)
    return file
