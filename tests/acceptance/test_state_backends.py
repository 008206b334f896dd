"""What `state=` renders, taken by the real Terraform: a state is kept, locked, and read by another stack."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from dflow_acceptance.azure_states import AzureSignIn, AzureStates
from dflow_acceptance.bucket import new_bucket
from dflow_acceptance.gcs_states import GcsStates
from dflow_acceptance.hcp_states import HcpStates
from dflow_acceptance.http_states import DOCUMENTED, GITLAB, HttpStates
from dflow_acceptance.postgres import PostgresMissingError, postgres
from dflow_acceptance.processes import assert_none_left
from dflow_acceptance.record_kinds import DOCKER_REGISTRY
from dflow_acceptance.synthesis import synthesized
from dflow_acceptance.tls_proxy import TlsProxy
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
    "azurerm": lambda: AzurermState(storage_account="acmestates", container="states", prefix="dflow/"),
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


@contextmanager
def azurerm(directory: Path) -> Iterator[dict[str, str]]:
    account = {
        "ARM_CLIENT_ID": "terraform",
        "ARM_CLIENT_SECRET": "not-much-of-a-secret",
        "ARM_SUBSCRIPTION_ID": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "ARM_TENANT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    }
    with ExitStack() as open_:
        sign_in = open_.enter_context(AzureSignIn(account, "not-much-of-a-token"))
        states = open_.enter_context(AzureStates("states", "not-much-of-a-token"))
        hosts = {"login.microsoftonline.com": sign_in, "acmestates.blob.core.windows.net": states}
        yield account | open_.enter_context(TlsProxy(directory, hosts)).environment()
        assert states.leased == {"dflow/live.tfstate": False, "dflow/shared.tfstate": False}, "no lock is left"


@contextmanager
def cloud(directory: Path) -> Iterator[dict[str, str]]:
    host, token = "terraform.acme.example", "not-much-of-a-token"
    with HcpStates(host, "acme", "dflow", token) as server, TlsProxy(directory, {host: server}) as proxy:
        yield {"STATE_ENDPOINT": host, "TF_TOKEN_terraform_acme_example": token, **proxy.environment()}
        assert server.kept == dict.fromkeys(("x-shared", "x-live"), ("dflow", True, False)), "no lock is left"


KINDS: dict[str, Callable[[Sandbox, str, Path], AbstractContextManager[dict[str, str]]]] = {
    "http": lambda _sandbox, _name, _directory: http(DOCUMENTED),
    "gitlab": lambda _sandbox, _name, _directory: http(GITLAB),
    "gcs": lambda _sandbox, _name, _directory: gcs(),
    "pg": lambda _sandbox, _name, _directory: pg(),
    "s3": lambda sandbox, name, _directory: s3(sandbox, name),
    "azurerm": lambda _sandbox, _name, directory: azurerm(directory),
    "cloud": lambda _sandbox, _name, directory: cloud(directory),
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
        where = open_.enter_context(KINDS[kind](sandbox, f"states-{place.organisation.slug}", tmp_path))
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
