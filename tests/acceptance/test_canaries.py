"""A secret of its own in every field that takes one, and a search for each in everything that is left behind."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from dflow_acceptance.builder import building, github_app
from dflow_acceptance.leaks import beside_the_state, leaks
from dflow_acceptance.record_kinds import PUBLIC_KEY

from dflow_provider.provider import DflowProvider
from dflow_provider.schema import Attribute, Exposure, Nested
from dflow_sandbox import Answer, FaultProxy, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dflow_acceptance.place import Place
    from dflow_acceptance.run import Run

FIELDS = (
    "dflow_app_service.git_token_wo",
    "dflow_cloud_provider_account.aws.secret_access_key_wo",
    "dflow_cloud_provider_account.azure.client_secret_wo",
    "dflow_cloud_provider_account.dflow.access_token_wo",
    "dflow_cloud_provider_account.digitalocean.access_token_wo",
    "dflow_cloud_provider_account.gcp.service_account_key_wo",
    "dflow_docker_registry.password_wo",
    "dflow_service_variables.secret_variables_wo",
    "dflow_ssh_key.private_key_wo",
)
"""Every write-only attribute of every resource."""

LEARNT = (
    "dflow_database_credentials.connection_url",
    "dflow_database_credentials.password",
    "dflow_database_credentials.public_connection_url",
    "dflow_process_environment.value",
    "dflow_process_file.value",
)
"""Every secret that an ephemeral resource gives."""


def secret_fields(type_: str, attributes: tuple[Attribute, ...]) -> Iterator[str]:
    for attribute in attributes:
        path = f"{type_}.{attribute.name}"
        if attribute.exposure is not Exposure.PLAIN:
            yield path
        if isinstance(attribute.type, Nested):
            yield from secret_fields(path, attribute.type.attributes)


def test_no_secret_field_is_forgotten():
    def fields(types: Any) -> list[str]:
        return sorted(field for name, type_ in types.items() for field in secret_fields(name, type_.schema.attributes))

    assert fields(DflowProvider.resources) == list(FIELDS)
    assert fields(DflowProvider.ephemeral_resources) == list(LEARNT)
    assert fields(DflowProvider.data_sources) == []
    assert list(secret_fields("provider", DflowProvider.schema.attributes)) == ["provider.api_key"]


def test_a_hash_that_needs_no_key_counts_as_left_behind(tmp_path: Path):
    kept = json.dumps({"tag": hashlib.sha256(b"canary").hexdigest()}).encode()
    state = {"resources": [{"instances": [{"private": base64.b64encode(kept).decode()}]}]}
    (tmp_path / "terraform.tfstate").write_text(json.dumps(state))

    assert leaks("canary", tmp_path) == ["beside a state"]
    assert leaks("another", tmp_path) == []


def variable(field: str) -> str:
    """Name of the environment variable that holds the field's secret."""
    return field.replace(".", "_").upper()


def value(field: str) -> str:
    """The field's secret, as a configuration refers to it."""
    return f'${{ephemeral.dflow_process_environment.of["{field}"].value}}'


def resources(place: Place, app_id: str, version: str) -> dict[str, Any]:
    """A resource for each field. The cloud's own credentials belong to the provider of the allowlist."""
    accounts = {
        "aws": {"access_key_id": f"AKIA{place.organisation.slug}"},
        "azure": {"client_id": place.organisation.slug, "tenant_id": "acme", "subscription_id": "-"},
        "dflow": {},
        "digitalocean": {},
        "gcp": {"project_id": "acme"},
    }
    credentials = {
        field.split(".")[1]: {field.split(".")[2]: value(field), f"{field.split('.')[2]}_version": version}
        for field in FIELDS
        if "account" in field
    }
    source = {"provider": "github", "repository": "shop", "owner": "acme", "branch": "main", "git_provider_id": app_id}
    database = "${ephemeral.dflow_database_credentials.orders.%s}"
    return {
        "dflow_app_service": {
            "it": {
                "environment_id": place.environment_id,
                "name": "shop-live-web",
                "source": source,
                "git_token_wo": value("dflow_app_service.git_token_wo"),
                "git_token_wo_version": version,
            }
        },
        "dflow_aws_security_group_allowlist": {
            "it": {
                "security_group_id": place.group.id,
                "owner": "shop/orders",
                "port": 5432,
                "entries": {"fra-1": {"cidr": "203.0.113.11/32"}},
            }
        },
        "dflow_cloud_provider_account": {
            cloud: {"name": cloud, "type": cloud, cloud: {**given, **credentials[cloud]}}
            for cloud, given in accounts.items()
        },
        "dflow_deployment": {
            "it": {
                "service_id": "${dflow_app_service.it.id}",
                "triggers": {"version": version},
                "depends_on": ["dflow_service_variables.it"],
            }
        },
        "dflow_docker_registry": {
            "it": {
                "name": "images",
                "type": "github",
                "username": "acme",
                "password_wo": value("dflow_docker_registry.password_wo"),
                "password_wo_version": version,
            }
        },
        "dflow_service_variables": {
            "it": {
                "service_id": "${dflow_app_service.it.id}",
                "secret_variables_wo": {
                    "TOKEN": value("dflow_service_variables.secret_variables_wo"),
                    "DATABASE_PASSWORD": database % "password",
                    "DATABASE_URL": database % "connection_url",
                    "PUBLIC_DATABASE_URL": database % "public_connection_url",
                },
                "secret_variables_wo_version": version,
            }
        },
        "dflow_ssh_key": {
            "it": {
                "name": "deploy",
                "public_key": PUBLIC_KEY,
                "private_key_wo": value("dflow_ssh_key.private_key_wo"),
                "private_key_wo_version": version,
            }
        },
    }


def planted(field: str, canary: str) -> str:
    """The secret in the form that its field takes."""
    if field.endswith("private_key_wo"):
        return f"-----BEGIN OPENSSH PRIVATE KEY-----\n{canary}\n-----END OPENSSH PRIVATE KEY-----\n"
    return canary


def refuse_and_repeat(proxy: FaultProxy, canaries: dict[str, str]) -> None:
    """Have dFlow refuse three secrets once each, and say in clear what it was sent."""
    for collection, field in (
        ("sshKeys", "dflow_ssh_key.private_key_wo"),
        ("dockerRegistries", "dflow_docker_registry.password_wo"),
        ("cloudProviderAccounts", "dflow_cloud_provider_account.aws.secret_access_key_wo"),
    ):
        echo = {"errors": [{"message": f"This is no good value: {planted(field, canaries[field])}"}]}
        answer = Answer(400, {"Content-Type": "application/json"}, json.dumps(echo).encode())
        proxy.script(answer, method="POST", path=f"^/api/{collection}", body=canaries[field].encode())


def build_log(canaries: dict[str, str], url: str) -> list[str]:
    """What a build prints that shows everything it was given."""
    return [
        f"git clone with {canaries['dflow_app_service.git_token_wo']}",
        f"TOKEN={canaries['dflow_service_variables.secret_variables_wo']}",
        f"DATABASE_PASSWORD={canaries['database']}",
        f"DATABASE_URL={url}",
    ]


def change_by_hand(place: Place, canaries: dict[str, str]) -> None:
    """Replace each secret that dFlow lets a person change."""
    organisation = place.organisation

    def put_in(group: str, collection: str, name: str, **secret: str) -> None:
        (found,) = organisation.named(collection, name)
        organisation.change(collection, found["id"], **{group: {**found[group], **secret}})

    (registry,) = organisation.named("dockerRegistries", "images")
    organisation.change("dockerRegistries", registry["id"], password=canaries["dflow_docker_registry.password_wo"])
    put_in("githubSettings", "services", "shop-live-web", gitToken=canaries["dflow_app_service.git_token_wo"])
    for cloud, group, secret in (
        ("aws", "awsDetails", "secretAccessKey"),
        ("azure", "azureDetails", "clientSecret"),
        ("dflow", "dFlowDetails", "accessToken"),
        ("digitalocean", "digitaloceanDetails", "accessToken"),
        ("gcp", "gcpDetails", "serviceAccountKey"),
    ):
        (field,) = [field for field in FIELDS if f"account.{cloud}." in field]
        put_in(group, "cloudProviderAccounts", cloud, **{secret: canaries[field]})
    (web,) = organisation.named("services", "shop-live-web")
    token = canaries["dflow_service_variables.secret_variables_wo"]
    rows = [{**row, "value": token} if row["key"] == "TOKEN" else row for row in web["variables"]]
    organisation.change("services", web["id"], variables=rows)


CHANGEABLE = tuple(field for field in FIELDS if not field.startswith("dflow_ssh_key"))
"""What somebody can change by hand."""


def changed_by_hand_and_restored(place: Place, said: Callable[..., Run]) -> dict[str, str]:
    """The secrets that stood in dFlow for a while, by field."""
    by_hand = {field: secrets.token_hex(12) for field in CHANGEABLE}
    change_by_hand(place, by_hand)
    noticed = said("plan", "-json", "-out=restoring.plan")
    warned = [each.address for each in noticed.diagnostics if each.title == "Secret was changed by hand"]
    assert len(warned) == len(CHANGEABLE), str(noticed)
    said("show", "-json", "restoring.plan")
    restored = said("apply", "-json", "restoring.plan")
    assert restored.code == 0, str(restored)
    unchanged = said("plan", "-json", "-detailed-exitcode")
    assert unchanged.code == 0, str(unchanged)
    said("state", "pull")
    return by_hand


def test_no_secret_is_left_anywhere(sandbox: Sandbox, place: Place, new_workspace, tmp_path: Path):
    searched = tmp_path / "searched"
    searched.mkdir()
    canaries = {field: secrets.token_hex(12) for field in (*FIELDS, "webhook", "file", "database")}
    mounted = tmp_path / "mounted"
    mounted.write_text(f"{canaries['file']}\n")
    given = {variable(field): planted(field, canaries[field]) for field in FIELDS}
    app_id = github_app(place.organisation, canaries["webhook"])
    url = f"postgres://postgres:{canaries['database']}@dokku-postgres-shop-live-orders:5432/orders"
    details = {"type": "postgres", "connectionUrl": url, "exposedPorts": ["21543"], "status": "running"}
    about = {"name": "shop-live-orders", "type": "database", "project": place.environment_id}
    database = place.organisation.make("services", **about, databaseDetails=details)

    with FaultProxy(sandbox.endpoint) as proxy:
        workspace = new_workspace(
            **given, DFLOW_ENDPOINT=proxy.endpoint, TF_LOG="TRACE", TF_LOG_PATH=str(searched / "trace.log")
        )

        def configure(version: str) -> None:
            workspace.configure(
                ephemeral={
                    "dflow_database_credentials": {"orders": {"service_id": database["id"]}},
                    "dflow_process_file": {"mounted": {"path": str(mounted)}},
                    "dflow_process_environment": {
                        "of": {"for_each": {field: variable(field) for field in FIELDS}, "name": "${each.value}"}
                    },
                },
                resource=resources(place, app_id, version),
            )

        def said(*words: str) -> Run:
            run = workspace.terraform(*words)
            number = len(list(searched.glob("*.said")))
            (searched / f"{number}-{words[0]}.said").write_text(f"{run.stdout}\n{run.stderr}")
            return run

        configure("1")
        refuse_and_repeat(proxy, canaries)
        with building(place.organisation, status="failed", logs=build_log(canaries, url)):
            failed = said("apply", "-auto-approve")
        assert failed.code == 1, str(failed)
        for title in ("Deployment failed", "This is no good value"):
            assert title in failed.stderr + failed.stdout, str(failed)

        configure("2")
        planned = said("plan", "-out=saved.plan")
        assert planned.code == 0, str(planned)
        said("show", "-json", "saved.plan")
        with building(place.organisation, status="success"):
            applied = said("apply", "-json", "saved.plan")
        assert applied.code == 0, str(applied)
        unchanged = said("plan", "-json", "-detailed-exitcode")
        assert unchanged.code == 0, str(unchanged)
        said("show", "-json")
        said("state", "pull")

        by_hand = changed_by_hand_and_restored(place, said)
        sent = b"".join(request.body for request in proxy.requests)

    assert [field for field, canary in canaries.items() if canary.encode() not in sent] == ["webhook", "file"]
    workspace.directory.rename(searched / "workspace")
    assert "dFlow answered" in (searched / "trace.log").read_text(), "the provider's own log was searched as well"
    assert b"secret_tags" in b"".join(beside_the_state(searched)), "what stands beside the state was searched as well"
    everything = {**canaries, **{f"{field} by hand": secret for field, secret in by_hand.items()}}
    everything |= {"api_key": sandbox.api_key, "aws": sandbox.aws_secret_access_key}
    assert {field: found for field, secret in everything.items() if (found := leaks(secret, searched))} == {}
