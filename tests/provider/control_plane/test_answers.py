"""What the engine's error bodies mean."""

import json

import pytest

from dflow_provider.control_plane.answers import Subject, meaning
from dflow_provider.control_plane.errors import (
    ControlPlaneError,
    Failed,
    FieldProblem,
    Forbidden,
    Locked,
    NotDflow,
    NotFound,
    Refused,
    RouteMissing,
)
from dflow_provider.control_plane.transport import Answer

SERVICE = Subject("service", "5f1")


def an_answer(status: int, body: object, **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("GET https://dflow.example.com/api/services", status, headers, content)


def said(message: str) -> dict[str, object]:
    return {"errors": [{"message": message}]}


def test_a_good_answer_is_its_json():
    assert meaning(an_answer(201, {"doc": {"id": "1"}}), SERVICE) == {"doc": {"id": "1"}}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (404, said("Not Found"), NotFound),
        (404, {"message": 'Route not found "/api/x"'}, RouteMissing),
        (403, said("You are not allowed to perform this action."), Forbidden),
        (401, said("Unauthenticated"), Forbidden),
        (423, said("Document with ID 5f1 is currently locked"), Locked),
        (500, said("Something went wrong."), Failed),
        (400, said("The following path cannot be queried: x"), Refused),
        (404, {"detail": "no such page"}, NotDflow),
        (500, b"Internal Server Error", NotDflow),
        (200, b"<html><title>Welcome to nginx!</title></html>", NotDflow),
        (200, [], NotDflow),
        (308, b"", NotDflow),
    ],
)
def test_every_refusal_is_an_error_of_its_own(status: int, body: object, error: type[ControlPlaneError]):
    with pytest.raises(error) as caught:
        meaning(an_answer(status, body), SERVICE)

    assert type(caught.value) is error


def test_a_validation_error_names_its_fields():
    body = {
        "errors": [
            {
                "name": "ValidationError",
                "data": {
                    "collection": "servers",
                    "errors": [
                        {"label": "Tenant", "message": "This field is required.", "path": "tenant"},
                        {"message": "Value must be unique", "path": "ip"},
                    ],
                },
                "message": "The following fields are invalid: Tenant, ip",
            }
        ]
    }
    with pytest.raises(Refused) as caught:
        meaning(an_answer(400, body), SERVICE)

    assert caught.value.problems == (
        FieldProblem("tenant", "This field is required."),
        FieldProblem("ip", "Value must be unique"),
    )
    assert "tenant: This field is required.; ip: Value must be unique" in caught.value.detail


def test_an_api_error_names_its_fields_too():
    body = {
        "errors": [{"name": "APIError", "data": [{"field": "cloudProvider", "message": "is missing"}], "message": "no"}]
    }
    with pytest.raises(Refused, match="cloudProvider: is missing"):
        meaning(an_answer(400, body), SERVICE)


def test_another_program_is_described():
    answer = an_answer(
        200, b"<html><TITLE lang=en> Welcome\nto nginx! </TITLE>", server="nginx/1.27", **{"content-type": "text/html"}
    )
    with pytest.raises(NotDflow) as caught:
        meaning(answer, SERVICE)

    assert "HTTP 200, text/html" in caught.value.detail
    assert "nginx!" in caught.value.detail
    assert "server nginx/1.27" in caught.value.detail
    assert "DFLOW_ENDPOINT" in caught.value.detail


def test_a_redirect_says_where_to():
    with pytest.raises(NotDflow, match=r"a redirect to 'https://login\.example\.com/', which is not followed"):
        meaning(an_answer(302, b"", location="https://login.example.com/"), SERVICE)
