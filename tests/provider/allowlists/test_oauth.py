"""Access tokens: asked for once, anew before they end, and an authority's refusals."""

from __future__ import annotations

import pytest

from dflow_provider.allowlists.entry import Author
from dflow_provider.allowlists.listing import TryLaterError
from dflow_provider.allowlists.oauth import granted_token
from dflow_provider.allowlists.place import Place
from dflow_provider.schema import ProviderError
from dflow_sandbox.vendors.crunchy_bridge import BridgeServer
from dflow_vendors.rows.crunchy_bridge import CRUNCHY_BRIDGE

GOOD = {"grant_type": "client_credential", "client_secret": "cbkey_of_the_sandbox"}


@pytest.fixture
def server():
    with BridgeServer() as server:
        yield server


def token(server, form=None, now=0.0):
    place = Place(CRUNCHY_BRIDGE, BridgeServer.locators, Author("shop/orders"), server.environment())
    return granted_token(place, f"{server.url}/access-tokens", form or GOOD, clock=lambda: now)


def test_a_token_is_asked_for_once_and_anew_before_it_ends(server):
    assert token(server) == token(server, now=100.0) == "cbat_of_the_sandbox"
    assert len(server.take_requests()) == 1

    token(server, now=500.0)  # it lasts 600 seconds

    assert len(server.take_requests()) == 1


def test_other_credentials_get_no_token_of_others(server):
    token(server)

    with pytest.raises(ProviderError, match="Vendor refuses the credential") as refused:
        token(server, {**GOOD, "client_secret": "canary"})

    assert "CB_API_KEY" in refused.value.detail
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("status", [429, 503])
def test_an_authority_that_is_busy_is_asked_again_later(server, status):
    server.refuse_next("POST", status=status, headers={"Retry-After": "7"})

    with pytest.raises(TryLaterError) as busy:
        token(server)

    assert busy.value.after_s == 7.0


def test_an_authority_that_is_not_there_does_not_mean_that_the_list_is_gone(server):
    server.refuse_next("POST", status=404)

    with pytest.raises(ProviderError, match="Vendor refuses the credential"):
        token(server)


def test_an_answer_without_a_token_is_strange(server):
    server.refuse_next("POST", status=200, body={"token": "elsewhere"})

    with pytest.raises(TryLaterError, match="Vendor answered strangely"):
        token(server)
