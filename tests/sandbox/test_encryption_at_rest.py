"""Secrets are readable over the API and nowhere in the database file."""

from dflow_sandbox.control_plane import DATABASE


def database_bytes(sandbox) -> bytes:
    """The database as it is on disk, write-ahead log included."""
    return b"".join(path.read_bytes() for path in sorted(sandbox.directory.glob(f"{DATABASE}*")))


def test_variables_and_tokens_are_encrypted_in_the_file_and_plain_in_the_answer(sandbox, operator, new_service, unique):
    service = new_service(
        variables=[{"key": f"{unique}_key", "value": f"{unique}-value"}],
        githubSettings={"repository": f"{unique}-repository", "gitToken": f"{unique}-token"},
        populatedVariables=f'{{"A": "{unique}-populated"}}',
    )

    read = operator.read("services", service["id"]).body
    stored = database_bytes(sandbox)

    assert [(row["key"], row["value"]) for row in read["variables"]] == [(f"{unique}_key", f"{unique}-value")]
    assert read["githubSettings"]["gitToken"] == f"{unique}-token"
    assert f"{unique}-repository".encode() in stored  # what is not secret can be seen, so the search does search
    for secret in (f"{unique}_key", f"{unique}-value", f"{unique}-token", f"{unique}-populated"):
        assert secret.encode() not in stored


def test_credentials_are_encrypted(sandbox, operator, unique):
    tenant = {"tenant": sandbox.tenant_id}
    operator.create(
        "sshKeys", {"name": unique, "publicKey": f"{unique}-public", "privateKey": f"{unique}-private", **tenant}
    )
    operator.create(
        "dockerRegistries",
        {"name": unique, "type": "docker", "username": f"{unique}-user", "password": f"{unique}-password", **tenant},
    )
    operator.create(
        "cloudProviderAccounts",
        {"name": unique, "type": "digitalocean", "digitaloceanDetails": {"accessToken": f"{unique}-token"}, **tenant},
    )
    stored = database_bytes(sandbox)

    for secret in ("public", "private", "user", "password", "token"):
        assert f"{unique}-{secret}".encode() not in stored
    assert sandbox.api_key.encode() not in stored


def test_the_database_password_of_a_service_is_not_encrypted(sandbox, new_service, unique):
    """Nor is it in dFlow."""
    new_service(type="database", databaseDetails={"type": "postgres", "password": f"{unique}-password"})

    assert f"{unique}-password".encode() in database_bytes(sandbox)
