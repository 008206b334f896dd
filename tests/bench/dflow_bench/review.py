"""Row: reviewing a plan of 10,000 resources, against parsing the same file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dflow_bench.bench import VENV, Bench, surroundings
from dflow_bench.budget import Pair, TimesAtMost, Unbudgeted, Unit
from dflow_bench.process_tree import CannotMeasureError, Run, timed, weighed
from dflow_bench.table import Line, Promise, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SMALL, LARGE = 10_000, 40_000
ENTRIES_OF_A_LIST = 50
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
    """Write a plan: half of it rules of security groups, half of it machines; one in a thousand rules is new."""
    changes: list[dict[str, Any]] = []
    for number in range(count // 2):
        rule = _rule(number)
        is_new = number % 1000 == 0
        changes.append(_change("aws_vpc_security_group_ingress_rule", number, None if is_new else rule, rule))
        machine = _machine(number)
        changes.append(_change("aws_instance", number, machine, machine))
    changes.sort(key=lambda change: str(change["address"]))
    resources = [
        {key: change[key] for key in ("address", "mode", "type", "name", "index", "provider_name")}
        | {"schema_version": 1, "values": change["change"]["after"], "sensitive_values": {}}
        for change in changes
    ]
    whole = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": resources}},
        "resource_changes": changes,
        "prior_state": {"format_version": "1.0", "values": {"root_module": {"resources": resources}}},
        "configuration": {"root_module": {}},
    }
    file = room / f"{count}.json"
    file.write_text(json.dumps(whole, separators=(",", ":")), encoding="utf-8")
    return file


def _change(kind: str, number: int, before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, Any]:
    return {
        "address": f'{kind}.all["{number}"]',
        "mode": "managed",
        "type": kind,
        "name": "all",
        "index": str(number),
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": {
            "actions": ["no-op"] if before else ["create"],
            "before": before,
            "after": after,
            "after_unknown": {} if before else {"id": True, "arn": True},
            "before_sensitive": {"tags_all": {}} if before else False,
            "after_sensitive": {"tags_all": {}},
        },
    }


def _rule(number: int) -> dict[str, Any]:
    group = number // ENTRIES_OF_A_LIST
    return {
        "arn": f"arn:aws:ec2:eu-central-1:123456789012:security-group-rule/sgr-{number:017x}",
        "cidr_ipv4": f"20.{number >> 16}.{number >> 8 & 255}.{number & 255}/32",
        "cidr_ipv6": None,
        "description": f"dflow: db-{group:04} from node-{number} (shop/db-{group:04})",
        "from_port": 5432,
        "id": f"sgr-{number:017x}",
        "ip_protocol": "tcp",
        "prefix_list_id": None,
        "referenced_security_group_id": None,
        "region": "eu-central-1",
        "security_group_id": f"sg-{group:017x}",
        "tags": None,
        "tags_all": {},
        "to_port": 5432,
    }


def _machine(number: int) -> dict[str, Any]:
    block = [{"device_name": "/dev/sda1", "encrypted": True, "volume_id": f"vol-{number:017x}", "volume_size": 20}]
    return {
        "ami": "ami-0123456789abcdef0",
        "arn": f"arn:aws:ec2:eu-central-1:123456789012:instance/i-{number:017x}",
        "associate_public_ip_address": False,
        "availability_zone": "eu-central-1a",
        "ebs_optimized": False,
        "id": f"i-{number:017x}",
        "instance_type": "t3.small",
        "private_ip": f"10.0.{number >> 8 & 255}.{number & 255}",
        "root_block_device": block,
        "security_groups": [],
        "subnet_id": "subnet-0123456789abcdef0",
        "tags": {"Name": f"machine-{number}", "team": "shop"},
        "tags_all": {},
        "vpc_security_group_ids": [f"sg-{number % 7:017x}"],
    }
