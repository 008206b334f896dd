"""`dflow_docker_service` from plan to destroy."""

import pytest

from dflow_provider.schema import ProviderError


@pytest.fixture
def dockers(life):
    return life("dflow_docker_service")


@pytest.fixture
def values(shop):
    return {"environment_id": shop["id"], "name": "shop-worker", "image": "ghcr.io/acme/worker:1.4.2"}


def a_port(host: int, container: int, scheme: str | None = None):
    return {"host_port": host, "container_port": container, "scheme": scheme}


def test_it_lives_and_dies(dockers, organisation, values):
    wanted = {**values, "ports": [a_port(80, 8080), a_port(443, 8443, "https")]}
    created = dockers.create(wanted).state

    details = organisation.get("services", created["id"])["dockerDetails"]
    assert details["url"] == "ghcr.io/acme/worker:1.4.2"
    assert [(port["hostPort"], port["containerPort"], port["scheme"]) for port in details["ports"]] == [
        (80, 8080, "http"),
        (443, 8443, "https"),
    ]
    assert dockers.read(created) == created
    assert dockers.plans_no_change(created, wanted)

    changed = dockers.update(created, {**values, "image": "ghcr.io/acme/worker:1.5.0"}).state
    details = organisation.get("services", created["id"])["dockerDetails"]
    assert (details["url"], details["ports"]) == ("ghcr.io/acme/worker:1.5.0", [])
    assert changed["ports"] is None
    assert dockers.read(changed) == changed

    dockers.delete(changed)
    assert dockers.read(changed) is None
    assert organisation.get("services", created["id"])["deletedAt"]


@pytest.mark.parametrize("ports", [None, []])
def test_no_ports_come_back_as_they_were_given(dockers, values, ports):
    created = dockers.create({**values, "ports": ports}).state

    assert created["ports"] == ports
    assert dockers.read(created) == created
    assert dockers.plans_no_change(created, {**values, "ports": ports})


def test_a_registry_account_is_used_and_taken_away(dockers, organisation, values):
    registry = organisation.post("dockerRegistries", name="ghcr", type="github", username="acme", password="p")
    created = dockers.create({**values, "docker_registry_id": registry["id"]}).state
    assert created["docker_registry_id"] == registry["id"]
    assert dockers.read(created) == created

    changed = dockers.update(created, values).state

    assert changed["docker_registry_id"] is None
    assert organisation.get("services", created["id"])["dockerDetails"].get("account") is None


def test_an_unknown_registry_points_at_its_attribute(dockers, values):
    with pytest.raises(ProviderError) as caught:
        dockers.create({**values, "docker_registry_id": "nobody"})

    assert caught.value.path == ("docker_registry_id",)


def test_an_id_of_something_else_says_what_it_is(dockers, shop, values):
    with pytest.raises(ProviderError, match=r"is the id of the Environment 'shop'\. Give the id of a docker registry"):
        dockers.create({**values, "docker_registry_id": shop["id"]})
    created = dockers.create(values).state
    with pytest.raises(ProviderError, match=r"is the id of the Environment 'shop'\. Give the id of a docker registry"):
        dockers.update(created, {**values, "docker_registry_id": shop["id"]})


def test_drift_shows(dockers, organisation, values):
    created = dockers.create(values).state
    organisation.patch(
        "services",
        created["id"],
        dockerDetails={"url": "nginx", "ports": [{"hostPort": 80, "containerPort": 80, "scheme": "http"}]},
    )

    now = dockers.read(created)

    assert now["image"] == "nginx"
    assert now["ports"] == [a_port(80, 80, "http")]


def test_it_is_imported_by_id_and_by_names(dockers, values):
    created = dockers.create(values).state

    assert dockers.import_state(created["id"]).state == created
    assert dockers.import_state("shop/shop-worker").state == created


def test_a_port_forwarded_twice_is_refused_with_its_place(dockers, values, unknown):
    ports = [a_port(80, 8080), a_port(443, 1, "https"), a_port(80, 1, "http")]

    (problem,) = dockers.validate({**values, "ports": ports})

    assert problem.startswith(
        "Port is forwarded twice at ports.2.host_port: The ports 0 and 2 both have the host_port 80"
    )
    assert dockers.validate({**values, "ports": [a_port(80, 1), a_port(80, 1, "https"), a_port(81, 1)]}) == []
    assert dockers.validate({**values, "ports": [a_port(unknown, 1), a_port(unknown, 1)]}) == []
    assert dockers.validate({**values, "ports": unknown}) == []
