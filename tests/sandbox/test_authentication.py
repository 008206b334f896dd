"""Who is let in: API keys, logins, and the admin role as the only one REST knows."""

import uuid

import pytest

FORBIDDEN = {"errors": [{"message": "You are not allowed to perform this action."}]}

COLLECTIONS = [
    "backups",
    "cloudProviderAccounts",
    "deployments",
    "dockerRegistries",
    "gitProviders",
    "projects",
    "roles",
    "securityGroups",
    "servers",
    "services",
    "sshKeys",
    "tenants",
    "users",
]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_only_admins_read_and_write(collection, anonymous, developer, operator):
    """Being logged in is not enough, and the refusal is 403 either way."""
    for caller in (anonymous, developer):
        listed = caller("GET", f"/api/{collection}")
        created = caller("POST", f"/api/{collection}", {})

        assert (listed.status, listed.body) == (403, FORBIDDEN)
        assert (created.status, created.body) == (403, FORBIDDEN)
    assert operator("GET", f"/api/{collection}?depth=0").status == 200


def test_an_unknown_key_is_nobody_rather_than_an_error(anonymous):
    """Only `/me` tells a wrong key from a missing role."""
    reply = anonymous("GET", "/api/users/me", Authorization="users API-Key nobody-has-this")

    assert reply.status == 200
    assert reply.body["user"] is None
    assert anonymous("GET", "/api/servers", Authorization="users API-Key nobody-has-this").body == FORBIDDEN


def test_me_names_the_holder_of_the_key(operator, sandbox):
    user = operator("GET", "/api/users/me?depth=0").body["user"]

    assert user["email"] == sandbox.admin_email
    assert user["role"] == ["admin"]
    assert [row["tenant"] for row in user["tenants"]] == [sandbox.tenant_id]


def test_me_is_refused_to_a_user_without_the_admin_role(developer):
    """The lookup of oneself is subject to the same access rule."""
    assert developer("GET", "/api/users/me").status == 403


def test_a_login_yields_a_token_that_works_like_the_key(anonymous, sandbox):
    login = anonymous("POST", "/api/users/login", {"email": sandbox.admin_email, "password": sandbox.admin_password})

    assert login.status == 200
    assert "payload-token=" in login.headers["set-cookie"]
    for scheme in ("JWT", "Bearer"):
        assert anonymous("GET", "/api/servers?depth=0", Authorization=f"{scheme} {login.body['token']}").status == 200


def test_a_wrong_password_is_401(anonymous):
    reply = anonymous("POST", "/api/users/login", {"email": "nobody@acme.example", "password": "wrong"})

    assert reply.status == 401
    assert reply.messages == ["The email or password provided is incorrect."]


def test_only_the_first_user_registers_itself(anonymous, unique):
    reply = anonymous(
        "POST",
        "/api/users/first-register",
        {"email": f"{unique}@acme.example", "password": "long enough", "username": unique},
    )

    assert (reply.status, reply.body) == (403, FORBIDDEN)


def test_a_key_stops_working_when_it_is_disabled_or_its_user_trashed(operator, anonymous, unique):
    key = str(uuid.uuid4())
    user = operator.create(
        "users",
        {
            "email": f"{unique}@acme.example",
            "password": "long enough",
            "username": unique,
            "role": ["admin"],
            "enableAPIKey": True,
            "apiKey": key,
        },
    )

    def works() -> bool:
        return anonymous("GET", "/api/servers", Authorization=f"users API-Key {key}").status == 200

    assert works()
    operator.update("users", user["id"], {"enableAPIKey": False})
    assert not works()
    operator.update("users", user["id"], {"enableAPIKey": True, "apiKey": key})
    assert works()
    operator.update("users", user["id"], {"deletedAt": "2026-01-01T00:00:00.000Z"})
    assert not works()


def test_a_new_user_gets_an_organisation_and_an_admin_role_in_it(operator, unique):
    user = operator.create("users", {"email": f"{unique}@acme.example", "password": "long enough", "username": unique})

    (membership,) = user["tenants"]
    tenant = operator.read("tenants", membership["tenant"]).body
    role = operator.read("roles", membership["role"]).body
    assert (tenant["name"], tenant["slug"], tenant["subdomain"]) == (unique, unique, unique)
    assert (role["name"], role["tenant"], role["isAdminRole"]) == ("Admin", tenant["id"], True)
    assert user["role"] == ["user"]


def test_a_user_without_username_is_refused_by_its_organisation(operator, unique):
    reply = operator("POST", "/api/users", {"email": f"{unique}@acme.example", "password": "long enough"})

    assert reply.status == 400
    assert reply.invalid_paths == {"name", "slug", "subdomain"}
