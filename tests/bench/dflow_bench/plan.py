"""Rows: `terraform plan` of resources that do not exist yet, against Terraform's own `terraform_data`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_bench.bench import Bench, provider_version, show_time, surroundings, without_secrets
from dflow_bench.budget import Budget, MoreAtMost, Pair, TimesAtMost, Unbudgeted, Unit
from dflow_bench.process_tree import CannotMeasureError, Run, timed
from dflow_bench.table import Line, Promise, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

PLAN = ("plan", "-input=false", "-no-color")
IMAGE = "ghcr.io/acme/worker:1.4.2"
ENVIRONMENT_ID = "665f1c2ab0c1d2e3f4a5b6c7"


@dataclass(frozen=True)
class PlanRow:
    """Plans of 1, 100 and 1,000 resources.

    Args:
        name: what `--rows` calls it.
        terraform: the command that plans ours, without its arguments.
        budgets: by number of resources.
    """

    name: str
    terraform: tuple[str, ...]
    budgets: Mapping[int, Budget]

    @property
    def promises(self) -> Sequence[Promise]:
        """One line for each number of resources."""
        return [
            Promise(f"{self.name}, {count:,} of ours / terraform_data", Unit.SECONDS, budget)
            for count, budget in self.budgets.items()
        ]

    def measure(self, bench: Bench) -> Iterator[Line]:
        """Measure 1, then 100, then 1,000."""
        for promise, count in zip(self.promises, self.budgets, strict=True):
            ours = _Configuration.of_ours(bench.room(f"{self.name}-{count}-ours"), count)
            floor = _Configuration.of_floor(bench.room(f"{self.name}-{count}-floor"), count)
            runs = bench.interleaved(
                promise.name,
                lambda ours=ours: ours.plan(self.terraform),
                lambda floor=floor: floor.plan(("terraform",)),
                show_time,
            )
            yield measured(promise, [Pair(ours.seconds, peer.seconds) for ours, peer in runs])


COLD = PlanRow(
    "plan-cold",
    ("terraform",),
    {1: MoreAtMost(0.45, Unit.SECONDS), 100: Unbudgeted(), 1_000: TimesAtMost(2.2)},
)
WARM = PlanRow(
    "plan-warm",
    ("dflow-cdktf", "tf"),
    {1: MoreAtMost(0.15, Unit.SECONDS), 100: Unbudgeted(), 1_000: TimesAtMost(1.8)},
)


@dataclass(frozen=True)
class _Configuration:
    """A directory that Terraform was initialized in, and how many resources its plan has to create."""

    directory: Path
    count: int

    @classmethod
    def of_ours(cls, directory: Path, count: int) -> _Configuration:
        """Docker services of an Environment whose id is known: the plan needs no control plane."""
        provider = {"source": "dflow-cdktf/dflow", "version": provider_version()}
        services = {
            f"worker_{number}": {
                "environment_id": ENVIRONMENT_ID,
                "name": f"shop-production-worker-{number}",
                "image": IMAGE,
            }
            for number in range(count)
        }
        document = {
            "terraform": {"required_providers": {"dflow": provider}},
            "provider": {"dflow": {}},
            "resource": {"dflow_docker_service": services},
        }
        return cls._written(directory, count, document)

    @classmethod
    def of_floor(cls, directory: Path, count: int) -> _Configuration:
        """As many `terraform_data` with as much in them: what Terraform itself costs, without a provider process."""
        values = {
            f"worker_{number}": {
                "input": {
                    "environment_id": ENVIRONMENT_ID,
                    "name": f"shop-production-worker-{number}",
                    "image": IMAGE,
                }
            }
            for number in range(count)
        }
        return cls._written(directory, count, {"resource": {"terraform_data": values}})

    @classmethod
    def _written(cls, directory: Path, count: int, document: Mapping[str, object]) -> _Configuration:
        (directory / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")
        timed(("terraform", "init", "-input=false", "-no-color"), cwd=directory, env=_environment())
        return cls(directory, count)

    def plan(self, terraform: tuple[str, ...]) -> Run:
        """Plan, and see that all of it was planned."""
        run = timed((*terraform, *PLAN), cwd=self.directory, env=_environment())
        expected = f"Plan: {self.count} to add, 0 to change, 0 to destroy."
        if expected not in run.output:
            raise CannotMeasureError(f"the plan does not say {expected!r}: {run.output[-500:]}")
        return run


def _environment() -> dict[str, str]:
    return surroundings(**without_secrets({}))
