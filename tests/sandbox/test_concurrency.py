"""Terraform works on ten things at a time."""

from concurrent.futures import ThreadPoolExecutor


def test_parallel_creates_all_succeed(operator, sandbox, project):
    def create(index: int) -> dict:
        return operator.create(
            "services",
            {
                "name": f"{project['name']}-{index}",
                "type": "app",
                "project": project["id"],
                "tenant": sandbox.tenant_id,
                "variables": [{"key": "INDEX", "value": str(index)}],
            },
        )

    with ThreadPoolExecutor(10) as pool:
        created = list(pool.map(create, range(30)))

    stored = operator("GET", f"/api/services?depth=0&limit=0&where[project][equals]={project['id']}").body["docs"]
    assert {service["id"] for service in stored} == {service["id"] for service in created}
    assert {(service["name"], service["variables"][0]["value"]) for service in stored} == {
        (f"{project['name']}-{index}", str(index)) for index in range(30)
    }


def test_the_last_of_two_writes_wins_without_a_word(operator, new_service):
    """There is no ETag: a client that replaces an array has to look again afterwards."""
    service = new_service(variables=[{"key": "A", "value": "1"}])
    rows = service["variables"]

    first = operator.update("services", service["id"], {"variables": [*rows, {"key": "B", "value": "2"}]})
    second = operator.update("services", service["id"], {"variables": [*rows, {"key": "C", "value": "3"}]})

    assert (first.status, second.status) == (200, 200)
    assert [row["key"] for row in operator.read("services", service["id"]).body["variables"]] == ["A", "C"]
