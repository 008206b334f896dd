"""`data.dflow_git_provider`."""

import pytest

from dflow_provider.schema import ProviderError

SECRETS = ("clientSecret", "privateKey", "webhookSecret", "installationToken")


@pytest.fixture
def app(organisation):
    return organisation.post(
        "gitProviders",
        type="github",
        github={
            "appName": "acme-dflow",
            "appUrl": "https://github.com/apps/acme-dflow",
            "appId": 4711,
            "clientId": "Iv1.abc",
            "installationId": "99",
            **dict.fromkeys(SECRETS, "canary"),
        },
    )


def test_it_is_found_by_its_app_and_by_id_without_secrets(ask, app):
    found = ask("dflow_git_provider", app_name="acme-dflow")

    assert found == {
        "id": app["id"],
        "app_name": "acme-dflow",
        "type": "github",
        "app_url": "https://github.com/apps/acme-dflow",
        "app_id": 4711,
        "installation_id": "99",
        "created_at": app["createdAt"],
    }
    assert ask("dflow_git_provider", id=app["id"]) == found


def test_no_secret_crosses_the_wire(backend, app):
    document = backend.control_plane.git_providers.get(app["id"])

    assert "canary" not in repr(document)


def test_an_unknown_app_lists_those_that_exist(ask, app):
    with pytest.raises(ProviderError, match=r"has no Git provider named 'acme'\. There is acme-dflow\."):
        ask("dflow_git_provider", app_name="acme")


def test_an_id_of_something_else_says_what_it_is(ask, shop):
    with pytest.raises(ProviderError, match=r"is the id of the Environment 'shop'\. Give the id of a Git provider"):
        ask("dflow_git_provider", id=shop["id"])


def test_its_own_id_elsewhere_says_what_it_is(ask, app):
    with pytest.raises(ProviderError, match=r"is the id of the Git provider 'acme-dflow'"):
        ask("dflow_environment", id=app["id"])
