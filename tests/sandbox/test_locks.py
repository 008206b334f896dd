"""A document somebody has open in the admin panel."""

import pytest


@pytest.fixture
def locked(operator, new_service):
    """A service locked by another user, as the panel does it."""
    service = new_service()
    other = operator("GET", "/api/users?depth=0&where[username][equals]=globex").body["docs"][0]
    operator.create(
        "payload-locked-documents",
        {
            "document": {"relationTo": "services", "value": service["id"]},
            "user": {"relationTo": "users", "value": other["id"]},
        },
    )
    return service


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_document_open_elsewhere_cannot_be_changed(operator, locked, method):
    reply = operator(method, f"/api/services/{locked['id']}", {"description": "x"} if method == "PATCH" else None)

    assert reply.status == 423
    assert "is currently locked" in reply.messages[0]


def test_a_change_can_insist(operator, locked):
    assert operator.update("services", locked["id"], {"description": "x"}, "&overrideLock=true").status == 200
