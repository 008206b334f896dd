"""What every row of the table is given, and how a row takes its pairs of measurements."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from dflow_bench.budget import Unit
from dflow_bench.process_tree import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dflow_bench.process_tree import Run
    from dflow_bench.table import Line, Promise

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = Path(__file__).resolve().parent.parent / "programs"
VENV = Path(sys.prefix)

_NOT_INHERITED = ("AWS_", "CDKTF_", "DFLOW_", "JSII_", "PLUGIN_", "PYTHON", "TF_", "XDG_")

Measurement = TypeVar("Measurement")


@dataclass(frozen=True)
class Bench:
    """One run of the benchmark.

    Args:
        pairs: how many pairs each figure is the median of.
        directory: for the files of this run; removed afterwards.
        say: tells a person what is going on.
    """

    pairs: int
    directory: Path
    say: Callable[[str], None]

    def room(self, name: str) -> Path:
        """An empty directory below `directory`."""
        made = self.directory / name
        made.mkdir(parents=True)
        return made

    def interleaved(
        self,
        name: str,
        ours: Callable[[], Measurement],
        peer: Callable[[], Measurement],
        show: Callable[[Measurement], str],
    ) -> list[tuple[Measurement, Measurement]]:
        """Warm both up once, then measure in pairs, the one that goes first changing from pair to pair.

        Args:
            name: what is measured, for the person who waits.
            ours: measures ours once.
            peer: measures the peer once.
            show: writes one measurement for that person.
        """
        self.say(f"{name}: warm-up")
        ours(), peer()
        pairs = []
        for number in range(1, self.pairs + 1):
            if number % 2:
                pair = ours(), peer()
            else:
                second = peer()
                pair = ours(), second
            self.say(f"{name}: pair {number} of {self.pairs}: {show(pair[0])} against {show(pair[1])}")
            pairs.append(pair)
        return pairs


class Row(Protocol):
    """A group of lines that are measured together."""

    name: str
    """What `--rows` calls it."""

    promises: Sequence[Promise]
    """Its lines, in the order of the table."""

    def measure(self, bench: Bench) -> Iterator[Line]:
        """Measure line after line.

        Raises:
            CannotMeasureError: what the lines not given yet need is not there.
        """


def surroundings(**more: str) -> dict[str, str]:
    """The environment variables that measured programs see, equal for ours and peers.

    Nothing that configures Terraform, jsii or a provider is inherited, but for the transport to measure, and Python may
    keep its byte code, as it does where a wheel was installed.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name == "DFLOW_PROVIDER_TRANSPORT" or not name.startswith(_NOT_INHERITED)
    }
    tools = os.pathsep.join((str(VENV / "bin"), str(ROOT / "node_modules" / ".bin"), inherited.get("PATH", os.defpath)))
    return {
        **inherited,
        "PATH": tools,
        "CHECKPOINT_DISABLE": "1",
        "TF_CLI_CONFIG_FILE": os.devnull,
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "18,20,21,23",
        "XDG_DATA_DIRS": str(VENV / "share"),
        **more,
    }


def show_time(run: Run) -> str:
    """Write a run's times for the person who waits; the processor's tells how far a busy machine is to blame."""
    return f"{Unit.SECONDS.show(run.seconds)} (processor {Unit.SECONDS.show(run.cpu)})"


def launcher() -> Path:
    """What Terraform starts as the provider on this machine.

    Raises:
        CannotMeasureError: it is not installed.
    """
    system = {"Darwin": "darwin"}.get(platform.system(), "linux")
    machine = {"arm64": "arm64", "aarch64": "arm64"}.get(platform.machine(), "amd64")
    plugins = VENV / "share" / "terraform" / "plugins" / "registry.terraform.io" / "dflow-cdktf" / "dflow"
    found = sorted(plugins.glob(f"*/{system}_{machine}/terraform-provider-dflow_v*"))
    if not found:
        raise CannotMeasureError("the provider's launcher is not installed in this environment; run `make install`")
    return found[-1]


def provider_version() -> str:
    """The version of the installed provider, as a Terraform configuration asks for it."""
    return launcher().parent.parent.name


def without_secrets(variables: Mapping[str, str]) -> dict[str, str]:
    """Settings that let the provider be configured, for runs that never reach a control plane."""
    return {
        "DFLOW_ENDPOINT": "http://127.0.0.1:9",
        "DFLOW_API_KEY": "00000000-0000-4000-8000-000000000000",
        "DFLOW_TENANT": "acme",
        **variables,
    }
