"""Reading and writing documents: what a PATCH keeps, what it replaces and what it ignores."""

import pytest


def test_a_created_document_is_wrapped_and_a_read_one_is_not(operator, project):
    read = operator.read("projects", project["id"])

    assert read.status == 200
    assert read.body["id"] == project["id"]
    assert read.body["createdAt"] == project["createdAt"]


def test_fields_that_were_never_set_are_absent(operator, project):
    document = operator.read("projects", project["id"]).body

    assert "description" not in document
    assert "deletedAt" not in document


def test_defaults_are_filled_in(new_service):
    service = new_service()

    assert service["builder"] == "buildPacks"
    assert service["githubSettings"] == {"buildPath": "/", "port": 3000}
    assert (service["variables"], service["domains"], service["volumes"]) == ([], [], [])


def test_a_patch_keeps_what_it_does_not_name(operator, new_service):
    service = new_service(
        description="kept",
        providerType="github",
        githubSettings={"repository": "shop", "owner": "acme", "branch": "main", "gitToken": "t0ken"},
        variables=[{"key": "A", "value": "1"}],
    )

    patched = operator.update("services", service["id"], {"githubSettings": {"branch": "next"}}).body["doc"]

    assert patched["description"] == "kept"
    assert patched["variables"] == service["variables"]
    assert patched["githubSettings"] == {**service["githubSettings"], "branch": "next"}


def test_null_clears_a_field(operator, new_service):
    service = new_service(description="to be cleared")

    operator.update("services", service["id"], {"description": None})

    assert "description" not in operator.read("services", service["id"]).body


def test_arrays_are_replaced_as_a_whole_and_rows_sent_with_their_id_keep_it(operator, new_service):
    service = new_service(variables=[{"key": "A", "value": "1"}, {"key": "B", "value": ""}])
    first, _ = service["variables"]

    operator.update(
        "services", service["id"], {"variables": [{"key": "C", "value": "3"}, {**first, "value": "changed"}]}
    )

    added, kept = operator.read("services", service["id"]).body["variables"]
    assert (added["key"], added["value"]) == ("C", "3")
    assert kept == {"id": first["id"], "key": "A", "value": "changed"}
    assert added["id"] not in {row["id"] for row in service["variables"]}


def test_variable_keys_are_neither_checked_nor_unique(new_service):
    rows = [{"key": "NOT-A-KEY", "value": "1"}, {"key": "TWICE", "value": "1"}, {"key": "TWICE", "value": "2"}]

    stored = new_service(variables=rows)["variables"]

    assert [{"key": row["key"], "value": row["value"]} for row in stored] == rows


def test_a_variable_needs_a_key(operator, new_service):
    reply = operator.update("services", new_service()["id"], {"variables": [{"value": "1"}, {"key": "", "value": ""}]})

    assert reply.status == 400
    assert reply.invalid_paths == {"variables.0.key", "variables.1.key"}


def test_moving_a_service_to_another_project_is_ignored_without_a_word(operator, sandbox, new_service, project, unique):
    service = new_service()
    elsewhere = operator.create(
        "projects",
        {"name": f"{unique}b", "server": sandbox.worker_node_ids["fra-3"], "tenant": sandbox.tenant_id},
    )

    reply = operator.update("services", service["id"], {"project": elsewhere["id"], "description": "moved"})

    assert reply.status == 200
    assert reply.body["doc"]["project"] == project["id"]
    assert reply.body["doc"]["description"] == "moved"


def test_fields_the_collection_does_not_have_are_dropped(operator, new_service):
    service = new_service(cpuLimit="2", databaseDetails={"databaseName": "orders"})

    assert "cpuLimit" not in service
    assert "databaseName" not in service["databaseDetails"]


def test_names_of_services_and_projects_may_repeat(operator, sandbox, new_service, project):
    assert new_service()["name"] == new_service()["name"]
    again = {"name": project["name"], "server": sandbox.worker_node_ids["fra-1"], "tenant": sandbox.tenant_id}
    assert operator.create("projects", again)["id"] != project["id"]


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"providerType": "github"}, {"githubSettings.repository", "githubSettings.owner", "githubSettings.branch"}),
        (
            {"providerType": "azureDevOps", "azureSettings": {"repository": "r", "owner": "o", "branch": "b"}},
            {"azureSettings.gitToken"},
        ),
    ],
)
def test_the_chosen_git_provider_decides_what_is_required(operator, sandbox, project, fields, missing):
    basics = {"name": "x", "type": "app", "project": project["id"], "tenant": sandbox.tenant_id}

    reply = operator("POST", "/api/services", {**basics, **fields})

    assert (reply.status, reply.invalid_paths) == (400, missing)


def test_nothing_of_an_app_is_required_of_a_database_and_strange_parts_are_accepted(new_service):
    service = new_service(
        type="database",
        databaseDetails={"type": "postgres"},
        providerType="github",
        dockerDetails={"url": "ghcr.io/acme/odd:1"},
    )

    assert service["databaseDetails"]["type"] == "postgres"
    assert service["dockerDetails"]["url"] == "ghcr.io/acme/odd:1"


def test_computed_database_details_are_writable(operator, new_service):
    """Queues write them in dFlow; REST does not protect them."""
    service = new_service(type="database", databaseDetails={"type": "redis"})

    operator.update("services", service["id"], {"databaseDetails": {"status": "running", "exposedPorts": ["16379"]}})

    details = operator.read("services", service["id"]).body["databaseDetails"]
    assert details == {"type": "redis", "status": "running", "exposedPorts": ["16379"]}


@pytest.mark.parametrize(("connection", "missing"), [("ssh", {"sshKey", "ip", "port"}), ("tailscale", {"hostname"})])
def test_the_connection_type_decides_what_a_worker_node_needs(operator, sandbox, connection, missing):
    reply = operator(
        "POST",
        "/api/servers",
        {"name": "x", "username": "root", "preferConnectionType": connection, "tenant": sandbox.tenant_id},
    )

    assert (reply.status, reply.invalid_paths) == (400, missing)


def test_a_deployment_made_by_rest_stays_queued(operator, new_service):
    service = new_service()

    deployment = operator.create("deployments", {"service": service["id"]})

    assert deployment["status"] == "queued"
    assert operator.read("services", service["id"]).body["deployments"]["docs"] == [deployment["id"]]


def test_a_project_lists_its_services_unless_asked_not_to(operator, project, new_service):
    service = new_service()

    joined = operator.read("projects", project["id"]).body
    plain = operator.read("projects", project["id"], "&joins[services]=false").body

    assert joined["services"] == {"docs": [service["id"]], "hasNextPage": False}
    assert "services" not in plain


def test_select_narrows_what_is_answered(operator, project):
    assert operator.read("projects", project["id"], "&select[name]=true").body == {
        "id": project["id"],
        "name": project["name"],
    }


def test_lists_are_paged_by_ten_and_complete_with_limit_zero(operator, sandbox, new_service, project):
    for index in range(11):
        new_service(name=f"{project['name']}-{index}")
    where = f"where[project][equals]={project['id']}"

    first = operator("GET", f"/api/services?depth=0&{where}").body
    everything = operator("GET", f"/api/services?depth=0&limit=0&{where}").body

    assert (len(first["docs"]), first["totalDocs"], first["hasNextPage"], first["nextPage"]) == (10, 11, True, 2)
    assert len(everything["docs"]) == 11


def test_deeper_reads_reveal_the_private_key_of_the_node(operator, sandbox):
    """Why clients have to ask for depth 0."""
    node = sandbox.worker_node_ids["fra-1"]

    assert isinstance(operator.read("servers", node).body["sshKey"], str)
    assert operator("GET", f"/api/servers/{node}?depth=1").body["sshKey"]["privateKey"].startswith("not a usable key")
