"""What `state=` renders, taken by the real Terraform: a state is kept, locked, and read by another stack."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from dflow_acceptance.bucket import new_bucket
from dflow_acceptance.gcs_states import GcsStates
from dflow_acceptance.http_states import DOCUMENTED, GITLAB, HttpStates
from dflow_acceptance.postgres import PostgresMissingError, postgres
from dflow_acceptance.processes import assert_none_left
from dflow_acceptance.record_kinds import DOCKER_REGISTRY
from dflow_acceptance.synthesis import not_initialised, synthesized
from dflow_acceptance.wire import Wire, wait_for
from dflow_acceptance.workspace import Workspace, clean_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dflow_acceptance.http_states import Locking
    from dflow_acceptance.place import Place

    from dflow_sandbox import Sandbox

PROGRAM = """
import os

from dflow_constructs import (
    App, AzurermState, CloudState, DflowStack, DockerService, Environment, GcsState, HttpState, PgState, Registry,
    RegistryAccount, S3State, Secret,
)

at, bucket = os.environ.get("STATE_ENDPOINT", ""), os.environ.get("STATE_BUCKET", "")
state = {
    "http": lambda: HttpState(address=f"{at}/states"),
    "gitlab": lambda: HttpState.gitlab(at, 1234),
    "gcs": lambda: GcsState(bucket=bucket, prefix="dflow/"),
    "pg": lambda: PgState(),
    "s3": lambda: S3State(bucket=bucket, region=os.environ["AWS_REGION"], prefix="dflow/", endpoint=at),
    "azurerm": lambda: AzurermState(storage_account="acmestates", container="states"),
    "cloud": lambda: CloudState(organization="acme", project="dflow", prefix="x-", hostname=at),
}[os.environ["STATE_KIND"]]()
app = App()
shared = DflowStack(app, "shared", state=state)
ghcr = RegistryAccount(
    shared, "ghcr", registry=Registry.GITHUB, username="acme", password=Secret.from_environment("GHCR_TOKEN")
)
live = DflowStack(app, "live", state=state)
environment = Environment(live, "live", application="billing", worker_nodes=["fra-1"])
DockerService(environment, "worker", image="ghcr.io/acme/worker:1", docker_registry_id=ghcr.account_id)
app.synth()
"""


@contextmanager
def http(locking: Locking) -> Iterator[dict[str, str]]:
    with HttpStates(locking, "acme", "not-much-of-a-token") as server:
        yield {
            "STATE_ENDPOINT": server.endpoint,
            "TF_HTTP_USERNAME": "acme",
            "TF_HTTP_PASSWORD": "not-much-of-a-token",
        }


@contextmanager
def gcs() -> Iterator[dict[str, str]]:
    with GcsStates("states", "not-much-of-a-token") as server:
        yield {
            "STATE_BUCKET": "states",
            "GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT": f"{server.endpoint}/storage/v1/b",
            "GOOGLE_OAUTH_ACCESS_TOKEN": "not-much-of-a-token",
        }
        assert server.names == ["dflow/live/default.tfstate", "dflow/shared/default.tfstate"], "no lock is left"


@contextmanager
def pg() -> Iterator[dict[str, str]]:
    try:
        with postgres() as connection:
            yield {"PG_CONN_STR": connection}
    except PostgresMissingError as missing:
        pytest.skip(str(missing))


@contextmanager
def s3(sandbox: Sandbox, bucket: str) -> Iterator[dict[str, str]]:
    client = new_bucket(sandbox, bucket)
    yield {"STATE_ENDPOINT": sandbox.aws_endpoint, "STATE_BUCKET": bucket}
    kept = sorted(each["Key"] for each in client.list_objects_v2(Bucket=bucket)["Contents"])
    assert kept == ["dflow/live.tfstate", "dflow/shared.tfstate"], "no lock is left"


KINDS: dict[str, Callable[[Sandbox, str], AbstractContextManager[dict[str, str]]]] = {
    "http": lambda _sandbox, _name: http(DOCUMENTED),
    "gitlab": lambda _sandbox, _name: http(GITLAB),
    "gcs": lambda _sandbox, _name: gcs(),
    "pg": lambda _sandbox, _name: pg(),
    "s3": s3,
}
QUICK = "http"
"""The one that is tried each time; the others take as long again each."""


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=() if kind == QUICK else pytest.mark.slow, id=kind) for kind in KINDS]
)
def test_a_state_is_kept_locked_and_read_by_another_stack(
    kind: str, sandbox: Sandbox, place: Place, settings: dict[str, str], tmp_path: Path
):
    (tmp_path / "home").mkdir()
    (tmp_path / "program.py").write_text(PROGRAM)
    with ExitStack() as open_:
        where = open_.enter_context(KINDS[kind](sandbox, f"states-{place.organisation.slug}"))
        wire = open_.enter_context(Wire(sandbox.endpoint))
        given = {**settings, **where, "STATE_KIND": kind, "GHCR_TOKEN": "not-much-of-a-token"}
        environment = clean_environment(tmp_path / "home", given)
        first = synthesized(
            tmp_path / "program.py", tmp_path / "first", {**environment, "DFLOW_ENDPOINT": wire.endpoint}, "shared"
        )
        shutil.copytree(tmp_path / "first", tmp_path / "second", symlinks=True)
        stacks = tmp_path / "second" / "cdktf.out" / "stacks"
        second, live = Workspace(stacks / "shared", environment), Workspace(stacks / "live", environment)

        held = wire.hold_request(DOCKER_REGISTRY.creating)
        with first.started("apply", "-json", "-auto-approve") as apply:
            wait_for(held)
            refused = second.apply().only_error
            held.release()
            finished = apply.ended()
        assert finished.code == 0, str(finished)
        assert refused.title == "Error acquiring the state lock"
        assert "OperationTypeApply" in refused.detail
        second.unchanged()

        initialised = live.terraform("init", "-no-color")
        assert initialised.code == 0, str(initialised)
        live.applied()
        (account,) = place.organisation.documents("dockerRegistries")
        assert place.service("billing-live-worker")["dockerDetails"]["account"] == account["id"]
        assert [path for path in tmp_path.rglob("terraform.tfstate*") if path.parent.name != ".terraform"] == []
    for each in (first, second, live):
        assert_none_left(each.mark)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param("azurerm", "unable to build authorizer for Storage API", marks=pytest.mark.slow, id="azurerm"),
        pytest.param("cloud", 'Get "https://localhost:9/.well-known/terraform.json"', id="cloud"),
    ],
)
def test_a_block_is_understood_where_nobody_can_be_reached(
    kind: str, words: str, settings: dict[str, str], tmp_path: Path
):
    """Both insist on TLS and on the vendor's own sign-in; a block that is wrong is refused before either."""
    program, home = tmp_path / "program.py", tmp_path / "home"
    program.write_text(PROGRAM)
    home.mkdir()
    nobody = {"HTTPS_PROXY": "http://127.0.0.1:9", "PATH": str(home)}
    given = {**settings, "STATE_KIND": kind, "STATE_ENDPOINT": "localhost:9", "GHCR_TOKEN": "-"}
    environment = clean_environment(home, given)
    shared = not_initialised(program, tmp_path / "stacks", environment, "shared")
    (home / shared.program).symlink_to(shutil.which(shared.program) or "nowhere")  # and no `az` beside it

    run = shared.terraform("init", "-no-color", **nobody)

    assert run.code == 1
    assert words in run.stderr, str(run)
