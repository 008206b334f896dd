"""The parts of the benchmark that need no clock: what a line says, and when a promise is kept."""

import sys
from pathlib import Path

import pytest
from dflow_bench.bench import Bench
from dflow_bench.budget import MIB, AtMost, MoreAtMost, Pair, TimesAtMost, TimesBetter, Unbudgeted, Unit
from dflow_bench.process_tree import CannotMeasureError, timed, weighed
from dflow_bench.table import Promise, counted, measured, not_measured, summary

FASTER = Promise("synth / peer", Unit.SECONDS, TimesBetter(10, "faster"))
FLOOR = Promise("synth / floor", Unit.SECONDS, TimesAtMost(1.3))
PLAN = Promise("plan / floor", Unit.SECONDS, MoreAtMost(0.45, Unit.SECONDS))
MEMORY = Promise("memory / peer", Unit.BYTES, AtMost(45 * MIB, Unit.BYTES))
REPORTED = Promise("plan of 100 / floor", Unit.SECONDS, Unbudgeted())
CALLS = Promise("calls", Unit.CALLS, AtMost(4, Unit.CALLS))


@pytest.mark.parametrize(
    ("promise", "pairs", "line"),
    [
        (FASTER, [Pair(1.0, 20.0)], "synth / peer | 1.00 s | 20.00 s | 20.0x faster | ≥ 10x faster | ok"),
        (FASTER, [Pair(2.0, 19.0)], "synth / peer | 2.00 s | 19.00 s | 9.5x faster | ≥ 10x faster | over"),
        (FLOOR, [Pair(1.3, 1.0)], "synth / floor | 1.30 s | 1.00 s | 1.30x | ≤ 1.3x | ok"),
        (FLOOR, [Pair(0.7, 0.5)], "synth / floor | 700 ms | 500 ms | 1.40x | ≤ 1.3x | over"),
        (PLAN, [Pair(0.4, 0.05)], "plan / floor | 400 ms | 50 ms | + 350 ms | ≤ peer + 450 ms | ok"),
        (PLAN, [Pair(0.04, 0.05)], "plan / floor | 40 ms | 50 ms | - 10 ms | ≤ peer + 450 ms | ok"),
        (PLAN, [Pair(0.6, 0.05)], "plan / floor | 600 ms | 50 ms | + 550 ms | ≤ peer + 450 ms | over"),
        (MEMORY, [Pair(44 * MIB, 9 * MIB)], "memory / peer | 44 MiB | 9 MiB | 44 MiB | ≤ 45 MiB | ok"),
        (MEMORY, [Pair(46 * MIB, 9 * MIB)], "memory / peer | 46 MiB | 9 MiB | 46 MiB | ≤ 45 MiB | over"),
        (REPORTED, [Pair(6.0, 1.0)], "plan of 100 / floor | 6.00 s | 1.00 s | 6.00x | none | -"),
    ],
)
def test_a_line_names_both_figures_their_ratio_and_the_verdict(promise: Promise, pairs: list[Pair], line: str):
    assert str(measured(promise, pairs)) == line


def test_the_ratio_is_the_median_over_the_pairs_so_that_a_busy_moment_spoils_one():
    """In the second pair the whole machine was slow, in the third only the peer's half of it."""
    pairs = [Pair(1.0, 11.0), Pair(5.0, 55.0), Pair(1.0, 90.0)]

    assert str(measured(FASTER, pairs)) == "synth / peer | 1.00 s | 55.00 s | 11.0x faster | ≥ 10x faster | ok"


def test_a_figure_that_rounds_to_the_budget_but_is_above_it_is_over():
    assert str(measured(FLOOR, [Pair(1.3001, 1.0)])).endswith("| 1.30x | ≤ 1.3x | over")


def test_a_count_has_no_peer():
    assert str(counted(CALLS, 4)) == "calls | 4 calls | - | - | ≤ 4 calls | ok"
    assert str(counted(CALLS, 5)) == "calls | 5 calls | - | - | ≤ 4 calls | over"
    assert str(counted(CALLS, 1)) == "calls | 1 call | - | - | ≤ 4 calls | ok"


def test_what_cannot_be_measured_says_why_in_one_line_and_is_not_within_budget():
    line = not_measured(FASTER, "no network |\n  pip ended with 1")

    assert str(line) == "synth / peer | not measured: no network / pip ended with 1 | - | - | ≥ 10x faster | over"
    assert summary([line]) == "0 of 1 within budget"


def test_the_last_line_counts_promises_alone():
    lines = [
        measured(FASTER, [Pair(1.0, 20.0)]),
        measured(FLOOR, [Pair(2.0, 1.0)]),
        measured(REPORTED, [Pair(2.0, 1.0)]),
        not_measured(REPORTED, "no network"),
        counted(CALLS, 3),
    ]

    assert summary(lines) == "2 of 3 within budget"


def test_pairs_are_interleaved_after_a_warm_up_and_take_turns_in_going_first(tmp_path: Path):
    order: list[str] = []
    said: list[str] = []

    def measure(name: str) -> int:
        order.append(name)
        return len(order)

    pairs = Bench(3, tmp_path, said.append).interleaved("row", lambda: measure("o"), lambda: measure("p"), str)

    assert "".join(order) == "op" + "op" + "po" + "op"
    assert pairs == [(3, 4), (6, 5), (7, 8)]
    assert said == ["row: warm-up", *(f"row: pair {n} of 3: {a} against {b}" for n, (a, b) in enumerate(pairs, 1))]


def test_a_command_that_fails_is_no_measurement_and_shows_its_error(tmp_path: Path):
    program = "import sys; print('noise\\n' * 9000); print('\\033[31mError: \\033[0mno such thing'); sys.exit(3)"

    with pytest.raises(CannotMeasureError, match=r"^`python.* ended with 3: Error: no such thing$"):
        timed([Path(sys.executable), "-c", program], cwd=tmp_path, env={})


def test_a_command_that_does_not_exist_is_named(tmp_path: Path):
    with pytest.raises(CannotMeasureError, match=r"^there is no no-such-program$"):
        timed(["no-such-program"], cwd=tmp_path, env={})


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_is_that_of_the_command_and_its_children_together(tmp_path: Path):
    """Two processes hold 40 MiB each; both are alive together until the child was waited for."""
    child = "held = b'x' * (40 << 20); import time; time.sleep(0.3)"
    parent = f"held = b'x' * (40 << 20)\nimport subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}])"

    run = weighed([Path(sys.executable), "-c", parent], cwd=tmp_path, env={})

    assert 80 * MIB < run.peak < 160 * MIB
    assert run.seconds >= 0.3


def test_time_of_the_processor_includes_children_and_leaves_out_waiting(tmp_path: Path):
    child = "import time; start = time.process_time()\nwhile time.process_time() - start < 0.2: pass"
    parent = f"import subprocess, sys, time\nsubprocess.run([sys.executable, '-c', {child!r}])\ntime.sleep(0.5)"

    run = timed([Path(sys.executable), "-c", parent], cwd=tmp_path, env={})

    assert run.cpu >= 0.2
    assert run.seconds - run.cpu > 0.4
