"""`import` blocks with `for_each`: what exists is adopted by readable names, many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dflow_acceptance.place import ENVIRONMENT

if TYPE_CHECKING:
    from dflow_acceptance.place import Place
    from dflow_acceptance.workspace import Workspace

NAMES = {key: f"shop-live-{key}" for key in ("front", "jobs", "mail")}


def adopt(workspace: Workspace, place: Place, ids: dict[str, str]) -> None:
    """Declare a Docker service for each name, and where each is to be found."""
    service: dict[str, Any] = {
        "for_each": NAMES,
        "environment_id": place.environment_id,
        "name": "${each.value}",
        "image": "acme/${each.key}:1",
    }
    block = {"for_each": ids, "to": "dflow_docker_service.of[each.key]", "id": "${each.value}"}
    workspace.configure(resource={"dflow_docker_service": {"of": service}}, **{"import": [block]})


def make(place: Place) -> dict[str, str]:
    """Make the services by hand; returns their ids."""
    about = {"type": "docker", "project": place.environment_id}
    return {
        key: place.organisation.make("services", **about, name=name, dockerDetails={"url": f"acme/{key}:1"})["id"]
        for key, name in NAMES.items()
    }


def test_several_services_are_adopted_by_their_names(place: Place, warm_workspace: Workspace):
    ids = make(place)
    before = place.picture()
    adopt(warm_workspace, place, {key: f"{ENVIRONMENT}/{name}" for key, name in NAMES.items()})

    adopted = warm_workspace.applied()

    assert adopted.changes == {f'dflow_docker_service.of["{key}"]': "import" for key in NAMES}
    warm_workspace.unchanged()
    assert place.picture() == before, "adopting writes nothing"
    shown = warm_workspace.terraform("state", "show", "-no-color", 'dflow_docker_service.of["jobs"]')
    assert ids["jobs"] in shown.stdout


def test_a_wrong_name_says_what_there_is_and_adopts_nothing(place: Place, warm_workspace: Workspace):
    make(place)
    right = {key: f"{ENVIRONMENT}/{name}" for key, name in NAMES.items()}
    adopt(warm_workspace, place, {**right, "jobs": f"{ENVIRONMENT}/shop-live-job"})

    error = warm_workspace.apply().only_error

    assert error.title == "Service does not exist"
    assert f"The Environment '{ENVIRONMENT}' has no service named 'shop-live-job'." in error.detail
    for name in (*NAMES.values(), "shop-live-api"):
        assert name in error.detail
    assert warm_workspace.state() == {}


def test_the_id_of_something_else_says_what_it_is(place: Place, warm_workspace: Workspace):
    ids = make(place)
    adopt(warm_workspace, place, {**ids, "jobs": place.node_id})

    error = warm_workspace.apply().only_error

    assert f"'{place.node_id}' is the id of the Worker Node 'fra-1'" in error.detail
    assert warm_workspace.state() == {}


def test_records_of_several_types_are_adopted_at_once(place: Place, warm_workspace: Workspace):
    organisation = place.organisation
    aws = {"accessKeyId": f"AKIA{organisation.slug}", "secretAccessKey": "-"}
    organisation.make("cloudProviderAccounts", name="shared", type="aws", awsDetails=aws)
    organisation.make("dockerRegistries", name="shared", type="github", username="acme", password="-")
    organisation.make("dockerRegistries", name="shared", type="quay", username="acme", password="-")
    before = organisation.documents("dockerRegistries") + organisation.documents("cloudProviderAccounts")
    account = {"access_key_id": aws["accessKeyId"], "secret_access_key_wo": "-"}
    registries = {
        "name": "shared",
        "type": "${each.value}",
        "username": "acme",
        "for_each": '${toset(["github", "quay"])}',
        "password_wo": "-",
    }
    warm_workspace.configure(
        resource={
            "dflow_cloud_provider_account": {"it": {"name": "shared", "type": "aws", "aws": account}},
            "dflow_docker_registry": {"of": registries},
            "dflow_worker_node": {"it": {"name": "fra-1", "hostname": "fra-1", "username": "root"}},
        },
        **{
            "import": [
                {"to": "dflow_cloud_provider_account.it", "id": "aws/shared"},
                {"to": "dflow_worker_node.it", "id": f"{organisation.slug}/fra-1"},
                {
                    "for_each": '${toset(["github", "quay"])}',
                    "to": "dflow_docker_registry.of[each.key]",
                    "id": "${each.key}/shared",
                },
            ]
        },
    )

    adopted = warm_workspace.applied()

    assert set(adopted.changes.values()) == {"import"}
    assert len(adopted.changes) == 4
    warm_workspace.unchanged()
    assert organisation.documents("dockerRegistries") + organisation.documents("cloudProviderAccounts") == before


def test_a_name_that_two_have_says_which_they_are(place: Place, warm_workspace: Workspace):
    ids = [
        place.organisation.make("dockerRegistries", name="shared", type=type_, username="acme", password="-")["id"]
        for type_ in ("github", "quay")
    ]
    registry = {"name": "shared", "type": "quay", "username": "acme", "password_wo": "-"}
    block = {"to": "dflow_docker_registry.it", "id": "shared"}
    warm_workspace.configure(resource={"dflow_docker_registry": {"it": registry}}, **{"import": [block]})

    error = warm_workspace.apply().only_error

    assert error.title == "Docker registry name is not unique"
    assert all(each in error.detail for each in ids)
    assert "Give the id of one of them, or <type>/<name>" in error.detail
