"""What an error says, and what it leaves out."""

import pytest

from dflow_constructs import ConfigurationError, GitHub, HttpState
from dflow_constructs.errors import ConfigurationError as Error


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("host 'postgresql://shop:hunter2@db/orders'", "host 'postgresql://…@db/orders'"),
        ("host 'shop:hunter2@db.example.com' is none", "host '…@db.example.com' is none"),
        ("'https://hunter2@github.com/acme/shop'", "'https://…@github.com/acme/shop'"),
        ("image='me:hunter2@ghcr.io/a/b'", "image='…@ghcr.io/a/b'"),
        ("https://me:hun/ter@2@db/a, and more", "https://…@db/a, and more"),
    ],
)
def test_an_address_is_shown_without_its_login(found: str, shown: str):
    assert str(Error("shop/orders", found)) == f"shop/orders: {shown}"


@pytest.mark.parametrize(
    "found",
    [
        "image 'acme/worker:1@sha256:abc' is no image name",
        "address 'https://git.example.com/a' is none; ask dba@example.com",
        "variable 'X' holds {{ a.B }}: it would be empty",
    ],
)
def test_anything_else_is_shown_as_it_is(found: str):
    assert str(Error("shop/orders", found)) == f"shop/orders: {found}"


def test_a_call_is_shown_without_the_login_in_it():
    with pytest.raises(ConfigurationError, match=r"GitHub\('https://…@github\.com/acme/shop'\): a repository is named"):
        GitHub("https://hunter2@github.com/acme/shop", branch="main")


def test_a_state_is_not_kept_where_the_address_holds_a_login(stack):
    with pytest.raises(ConfigurationError, match="without user and password, which Terraform takes") as refusal:
        HttpState(address="https://me:hunter2@states.example.com").keep(stack, "shop")

    assert "hunter2" not in str(refusal.value)
