"""Where the states of stacks are kept."""

import json

import pytest
from constructs import Construct

from dflow_cdk import cdk
from dflow_constructs import (
    App,
    AzurermState,
    CloudState,
    ConfigurationError,
    DflowStack,
    DockerService,
    Environment,
    GcsState,
    HttpState,
    PgState,
    Registry,
    RegistryAccount,
    S3State,
    Secret,
    State,
)

S3 = S3State(bucket="acme-states", region="eu-central-1", prefix="dflow/")


def written(tmp_path, app: App, name: str) -> dict:
    app.synth()
    return json.loads((tmp_path / "stacks" / name / "cdk.tf.json").read_text())


@pytest.mark.parametrize(
    ("state", "block"),
    [
        (
            S3,
            {
                "s3": {
                    "bucket": "acme-states",
                    "key": "dflow/shop-live.tfstate",
                    "region": "eu-central-1",
                    "encrypt": True,
                    "use_lockfile": True,
                }
            },
        ),
        (GcsState(bucket="acme"), {"gcs": {"bucket": "acme", "prefix": "shop-live"}}),
        (
            AzurermState(storage_account="acme", container="states"),
            {
                "azurerm": {
                    "storage_account_name": "acme",
                    "container_name": "states",
                    "key": "shop-live.tfstate",
                    "use_azuread_auth": True,
                }
            },
        ),
        (PgState(), {"pg": {"schema_name": "terraform_shop_live"}}),
        (
            HttpState.gitlab("https://gitlab.com/", 1234),
            {
                "http": {
                    "address": "https://gitlab.com/api/v4/projects/1234/terraform/state/shop-live",
                    "lock_address": "https://gitlab.com/api/v4/projects/1234/terraform/state/shop-live/lock",
                    "lock_method": "POST",
                    "unlock_address": "https://gitlab.com/api/v4/projects/1234/terraform/state/shop-live/lock",
                    "unlock_method": "DELETE",
                }
            },
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_stack_has_a_state_and_a_lock_of_its_own(tmp_path, state: State, block: dict):
    app = App(outdir=str(tmp_path))
    DflowStack(app, "shop-live", state=state)

    assert written(tmp_path, app, "shop-live")["terraform"]["backend"] == block


def test_hcp_terraform_has_a_workspace_for_each_stack(tmp_path):
    app = App(outdir=str(tmp_path))
    DflowStack(app, "shop-live", state=CloudState(organization="acme", project="dflow", prefix="x-"))

    found = written(tmp_path, app, "shop-live")["terraform"]
    assert found["cloud"] == {"organization": "acme", "workspaces": {"name": "x-shop-live", "project": "dflow"}}


@pytest.mark.parametrize("state", [S3, PgState(), HttpState(address="https://states.example.com")])
def test_what_crosses_stacks_is_read_from_the_state_of_the_other(tmp_path, state: State):
    app = App(outdir=str(tmp_path))
    shared = DflowStack(app, "shared", state=state)
    token = Secret.from_environment("GHCR_TOKEN")
    ghcr = RegistryAccount(shared, "ghcr", registry=Registry.GITHUB, username="acme", password=token)
    live = DflowStack(app, "live", state=state)
    environment = Environment(live, "live", application="shop", worker_nodes=["fra-1"])
    DockerService(environment, "worker", image="ghcr.io/acme/worker:1", docker_registry_id=ghcr.account_id)

    configuration = written(tmp_path, app, "live")
    ((name, remote),) = configuration["data"]["terraform_remote_state"].items()
    (worker,) = configuration["resource"]["dflow_docker_service"].values()
    output = f"${{data.terraform_remote_state.{name}.outputs."
    assert worker["docker_registry_id"].startswith(output)
    backend = json.loads((tmp_path / "stacks" / "shared" / "cdk.tf.json").read_text())["terraform"]["backend"]
    own = backend[remote["backend"]]
    assert remote["config"] == {key: value for key, value in own.items() if "lock" not in key}
    assert live.depends_on(shared)


def test_something_that_speaks_s3_is_not_asked_what_only_aws_knows(tmp_path):
    app = App(outdir=str(tmp_path))
    DflowStack(app, "live", state=S3State(bucket="b", region="x", endpoint="https://minio.example.com"))

    found = written(tmp_path, app, "live")["terraform"]["backend"]["s3"]
    assert found["endpoints"] == {"s3": "https://minio.example.com"}
    assert found["skip_requesting_account_id"] is True
    assert found["use_lockfile"] is True
    assert "encrypt" not in found


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (S3State(bucket=" "), r'shop: S3State\(bucket=""\): it has to have a name'),
        (CloudState(organization=""), r"CloudState\(organization"),
        (HttpState(address="http://states.example.com"), "write an address that begins with https://"),
    ],
)
def test_what_holds_no_state_is_refused(state: State, words: str):
    with pytest.raises(ConfigurationError, match=words):
        DflowStack(cdk.Testing.app(), "shop", state=state)


def test_no_credentials_can_be_given():
    fields = {name for kind in (S3State, GcsState, AzurermState, PgState, HttpState, CloudState) for name in vars(kind)}

    assert not {name for name in fields if any(word in name for word in ("password", "token", "secret", "conn"))}


@pytest.mark.parametrize(
    ("state", "other"),
    [
        (PgState(), "shop_live"),
        (S3State(bucket="acme", prefix="x/"), "nested"),
        (CloudState(organization="acme"), "nested"),
    ],
)
def test_two_stacks_do_not_share_a_state(app, state: State, other: str):
    DflowStack(app, "shop-live", state=state)
    scope, name = (Construct(app, "shop"), "live") if other == "nested" else (app, other)

    with pytest.raises(
        ConfigurationError, match=r"its state would be kept where that of shop-live is \(.*\), and each would destroy"
    ):
        DflowStack(scope, name, state=state)


def test_postgres_cuts_no_name_off(app):
    DflowStack(app, "x" * 53, state=PgState())

    with pytest.raises(ConfigurationError, match="PostgreSQL cuts names off behind 63 bytes, so that another stack mi"):
        DflowStack(app, "x" * 54, state=PgState())
