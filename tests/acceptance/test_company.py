"""The stacks of a company, each with a state of its own in a bucket, deployed one by one."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from dflow_acceptance.bucket import new_bucket
from dflow_acceptance.synthesis import ROOT, synthesized
from dflow_acceptance.workspace import Workspace, clean_environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dflow_acceptance.place import Place

    from dflow_sandbox import Sandbox

COMPANY = ROOT / "stacks" / "company_main.py"
PAGE = """

### billing-live

| Node or address | Leaves from |
| --- | --- |
| fra-1 | `203.0.113.9/32` |

It is let in to shared/orders.

### shop-test

| Node or address | Leaves from |
| --- | --- |
| fra-2 | `203.0.113.77/32` |

It is let in to shared/orders.

## Databases

### shared/orders

Services connect to `orders.abc.eu-central-1.rds.amazonaws.com`, port 5432.

The list: AWS security group (`region` `{region}`, `security_group_id` `{group}`). """


@pytest.fixture
def bucket(sandbox: Sandbox, place: Place) -> str:
    name = f"states-{place.organisation.slug}"
    new_bucket(sandbox, name)
    return name


@pytest.fixture
def environment(
    settings: dict[str, str], sandbox: Sandbox, place: Place, bucket: str, tmp_path: Path
) -> dict[str, str]:
    home = tmp_path / "home"
    home.mkdir()
    own = {
        "COMPANY_NODES": "fra-1,fra-2,fra-1",
        "COMPANY_SECURITY_GROUP": place.group.id,
        "COMPANY_STATE_BUCKET": bucket,
        "COMPANY_STATE_ENDPOINT": sandbox.aws_endpoint,
        "GHCR_TOKEN": "not-much-of-a-token",
        "ORDERS_PASSWORD": "not-much-of-a-secret",
    }
    return clean_environment(home, {**settings, **own})


def access(*words: str, of: Sequence[Workspace]) -> None:
    """Run `dflow-cdktf access` on stacks that are deployed."""
    directories = [str(workspace.directory) for workspace in of]
    ran = subprocess.run(
        [sys.executable, "-m", "dflow_cli", "access", *words, *directories],
        env=of[0].environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_stacks_are_deployed_one_by_one_and_share_what_they_share(
    environment: dict[str, str], place: Place, tmp_path: Path
):
    place.organisation.worker_node("fra-2", publicIp="203.0.113.77")
    shared = synthesized(COMPANY, tmp_path / "program", environment, "shared")
    shared.applied()

    def deployed(name: str) -> Workspace:
        workspace = Workspace(tmp_path / "program" / "cdktf.out" / "stacks" / name, dict(environment))
        run = workspace.terraform("init", "-no-color")
        assert run.code == 0, str(run)
        workspace.applied()
        return workspace

    billing, shop = deployed("billing-live"), deployed("shop-test")

    (account,) = place.organisation.documents("dockerRegistries")
    assert place.service("billing-live-worker")["dockerDetails"]["account"] == account["id"]
    variables = place.organisation.variables(place.service("shop-test-web")["id"])
    assert variables["REDIS_URL"] == "{{ shop-test-cache.REDIS_URI }}"
    assert variables["DATABASE_URL"].endswith(
        "@orders.abc.eu-central-1.rds.amazonaws.com:5432/orders?sslmode=verify-full&sslrootcert=%2Fetc%2Fssl%2Frds.pem"
    )
    assert (
        place.service("shop-test-web")["description"]
        == "Kept by Terraform: stack shop-test, construct shop-test/test/web"
    )
    assert place.group.ours() == ["203.0.113.77/32", "203.0.113.9/32"]
    billing.unchanged()

    page = tmp_path / "access.md"
    access("--output", str(page), of=(billing, shop))
    access("--check", str(page), of=(shop, billing))
    assert page.read_text().partition("## Environments")[2].partition("Terraform keeps the entries")[0] == PAGE.format(
        group=place.group.id, region=environment["AWS_REGION"]
    )
    assert page.read_text().endswith(
        "| `203.0.113.9/32` | fra-1 of billing-live | for good |\n"
        "| `203.0.113.77/32` | fra-2 of shop-test | for good |\n"
    )

    shop.destroyed()

    assert place.group.ours() == ["203.0.113.9/32"]
    billing.unchanged()
