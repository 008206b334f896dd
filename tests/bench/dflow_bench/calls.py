"""Row: how many calls 1,000 entries of one security group take."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dflow_bench.bench import PROGRAMS, VENV, Bench, provider_version, surroundings, without_secrets
from dflow_bench.budget import AtMost, Unbudgeted, Unit
from dflow_bench.process_tree import CannotMeasureError, timed
from dflow_bench.table import Line, Promise, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ENTRIES = 1_000
NEXT_PAGE = "page"
"""A request for the next page of an answer; the read it belongs to is counted already. 1,001 rules take two."""
REGION = "eu-central-1"


class EntriesOnOneList:
    """Create, and then read, an allowlist of 1,000 entries: calls counted where they arrive."""

    name = "calls"
    promises: Sequence[Promise] = (
        Promise("1,000 entries on one security group, calls of the create", Unit.CALLS, AtMost(4, Unit.CALLS)),
        Promise("the same, calls of the plan before it", Unit.CALLS, Unbudgeted()),
        Promise("the same, calls of a plan that changes nothing", Unit.CALLS, Unbudgeted()),
    )

    def measure(self, bench: Bench) -> Iterator[Line]:
        """Plan, apply the plan, plan again; a count is the same each time, so there are no pairs."""
        room = bench.room("calls")
        with _cloud(room) as (endpoint, calls):
            env = surroundings(
                **without_secrets({}),
                AWS_ENDPOINT_URL_EC2=endpoint,
                AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE",
                AWS_SECRET_ACCESS_KEY="counted-not-used",
                AWS_REGION=REGION,
                AWS_EC2_METADATA_DISABLED="true",
            )
            _write(room, _security_group(endpoint))
            terraform = "terraform"
            timed((terraform, "init", "-input=false", "-no-color"), cwd=room, env=env)
            calls.write_text("", encoding="ascii")
            timed((terraform, "plan", "-input=false", "-no-color", "-out=plan"), cwd=room, env=env)
            planned = _taken(calls)
            timed((terraform, "apply", "-input=false", "-no-color", "plan"), cwd=room, env=env)
            created = _taken(calls)
            again = (terraform, "plan", "-input=false", "-no-color", "-detailed-exitcode")
            timed(again, cwd=room, env=env)  # exit code 0: nothing to do
            unchanged = _taken(calls)
        for promise, found in zip(self.promises, (created, planned, unchanged), strict=True):
            bench.say(f"{promise.name}: {', '.join(f'{count} {action}' for action, count in found.items()) or 'none'}")
            yield counted(promise, found.total() - found[NEXT_PAGE])


def _taken(calls: Path) -> Counter[str]:
    found = Counter(calls.read_text(encoding="ascii").split())
    calls.write_text("", encoding="ascii")
    return found


def _write(room: Path, group: str) -> None:
    provider = {"source": "dflow-cdktf/dflow", "version": provider_version()}
    allowlist = {
        "security_group_id": group,
        "owner": "shop/orders",
        "database": "orders",
        "port": 5432,
        "rule_quota": ENTRIES,
        "entries": {
            f"node-{number:04}": {"cidr": f"20.0.{number >> 8}.{number & 255}/32"} for number in range(ENTRIES)
        },
    }
    document = {
        "terraform": {"required_providers": {"dflow": provider}},
        "provider": {"dflow": {}},
        "resource": {"dflow_aws_security_group_allowlist": {"orders": allowlist}},
    }
    (room / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")


@contextmanager
def _cloud(room: Path) -> Iterator[tuple[str, Path]]:
    calls = room / "calls"
    calls.touch()
    with (room / "cloud.log").open("wb") as log:
        process = subprocess.Popen(
            [VENV / "bin" / "python", PROGRAMS / "counting_cloud.py", calls],
            env=surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip().decode("ascii")
        if not port:
            raise CannotMeasureError(f"moto did not start: {(room / 'cloud.log').read_text(encoding='utf-8')[-500:]}")
        yield f"http://127.0.0.1:{port}", calls
    finally:
        process.kill()
        process.communicate()


def _security_group(endpoint: str) -> str:
    """A group of a VPC as AWS makes it: no inbound rule, one outbound."""
    import boto3  # noqa: PLC0415 (slow, and only this row needs it)

    client = boto3.client(
        "ec2",
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="counted-not-used",
    )
    vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    return client.create_security_group(GroupName="orders", Description="orders", VpcId=vpc)["GroupId"]
