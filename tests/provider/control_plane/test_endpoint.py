"""Addresses as people write them."""

import pytest

from dflow_provider.control_plane.endpoint import Endpoint
from dflow_provider.control_plane.errors import EndpointInvalid


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://dflow.example.com", "https://dflow.example.com"),
        ("https://dflow.example.com/", "https://dflow.example.com"),
        ("https://dflow.example.com/api", "https://dflow.example.com"),
        ("https://dflow.example.com/api/", "https://dflow.example.com"),
        ("https://dflow.example.com:8443", "https://dflow.example.com:8443"),
        ("https://example.com/dflow/", "https://example.com/dflow"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_a_trailing_slash_or_api_is_dropped(text: str, address: str):
    assert str(Endpoint.parse(text)) == address


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dflow.example.com", "has no scheme. Write https://dflow.example.com instead"),
        ("ftp://dflow.example.com", "must start with https://"),
        ("https://", "must start with https://"),
        ("https://dflow.example.com:port", "https://dflow.example.com:port"),
        ("https://dflow.example.com?x=1", "has a query or fragment"),
    ],
)
def test_what_is_no_address_is_refused_with_the_remedy(text: str, words: str):
    with pytest.raises(EndpointInvalid) as caught:
        Endpoint.parse(text)

    assert words in caught.value.detail


def test_credentials_in_the_address_are_refused_and_not_repeated():
    with pytest.raises(EndpointInvalid, match="user name or password") as caught:
        Endpoint.parse("https://admin:hunter2@dflow.example.com")

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "in_clear"),
    [
        ("https://dflow.example.com", False),
        ("http://dflow.example.com", True),
        ("http://10.0.0.5:3000", True),
        ("http://localhost:3000", False),
        ("http://127.0.0.1:3000", False),
        ("http://[::1]:3000", False),
    ],
)
def test_the_key_travels_in_clear_only_over_http_to_another_machine(text: str, in_clear: bool):
    assert Endpoint.parse(text).in_clear is in_clear
