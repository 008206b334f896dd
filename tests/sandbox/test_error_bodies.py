"""What a refused request looks like, word for word."""

import pytest


def test_a_missing_field_is_named_by_label_and_path(operator, sandbox):
    reply = operator("POST", "/api/deployments", {})

    assert reply.status == 400
    assert reply.body == {
        "errors": [
            {
                "name": "ValidationError",
                "data": {
                    "collection": "deployments",
                    "errors": [{"label": "Service", "message": "This field is required.", "path": "service"}],
                },
                "message": "The following field is invalid: Service",
            }
        ]
    }


def test_a_value_outside_the_choices_is_refused(operator, sandbox, project):
    reply = operator(
        "POST",
        "/api/services",
        {"name": "x", "type": "lambda", "project": project["id"], "tenant": sandbox.tenant_id},
    )

    assert reply.status == 400
    (error,) = reply.body["errors"][0]["data"]["errors"]
    assert (error["path"], error["message"]) == ("type", "This field has an invalid selection.")


def test_a_relation_to_nothing_is_refused(operator, sandbox):
    reply = operator("POST", "/api/projects", {"name": "x", "server": "nothing", "tenant": sandbox.tenant_id})

    assert reply.status == 400
    (error,) = reply.body["errors"][0]["data"]["errors"]
    assert error["path"] == "server"
    assert error["message"].startswith("This field has the following invalid selections:")


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("document_id", ["nothing", "00000000-0000-4000-8000-000000000000"])
def test_a_document_that_does_not_exist_is_404(operator, method, document_id):
    reply = operator(method, f"/api/projects/{document_id}", {} if method == "PATCH" else None)

    assert (reply.status, reply.body) == (404, {"errors": [{"message": "Not Found"}]})


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/nope"), ("PUT", "/api/projects/x"), ("POST", "/api/graphql"), ("GET", "/nope")]
)
def test_an_unknown_route_is_404_of_another_shape(operator, method, path):
    """There is no PUT, no GraphQL, and nothing outside /api."""
    reply = operator(method, path, {} if method != "GET" else None)

    assert (reply.status, reply.body) == (404, {"message": f'Route not found "{path}"'})


def test_a_malformed_body_counts_as_an_empty_one(operator):
    reply = operator("POST", "/api/projects", raw=b'{"name": ')

    assert reply.status == 400
    assert reply.invalid_paths == {"tenant", "name", "server"}


def test_an_unknown_path_cannot_be_queried(operator):
    reply = operator("GET", "/api/projects?where[nope][equals]=1")

    assert reply.status == 400
    assert reply.messages == ["The following path cannot be queried: nope"]


def test_a_value_that_must_be_unique_everywhere_says_so(operator, sandbox):
    reply = operator("POST", "/api/tenants", {"name": "x", "slug": sandbox.tenant, "subdomain": "x"})

    assert reply.status == 400
    assert reply.messages == ["The following field is invalid: slug"]
    assert reply.body["errors"][0]["data"]["errors"] == [{"message": "Value must be unique", "path": "slug"}]
