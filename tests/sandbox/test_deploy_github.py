"""GitHub's push webhook, which makes deployments without the dashboard."""

import hashlib
import hmac
import json
import uuid

import pytest

SECRET = "hmac-key"


@pytest.fixture
def app(sandbox, operator):
    """A GitHub App, installed."""
    number = uuid.uuid4().int % 10**9
    return operator.create(
        "gitProviders",
        {
            "tenant": sandbox.tenant_id,
            "type": "github",
            "github": {
                "appName": f"dflow-{number}",
                "appUrl": f"https://github.com/apps/dflow-{number}",
                "appId": number,
                "clientId": f"Iv1.{number}",
                "clientSecret": "not-used",
                "privateKey": "not-used",
                "webhookSecret": SECRET,
                "installationId": str(number),
            },
        },
    )


@pytest.fixture
def service(app, new_service):
    """A service of the App, on the branch `main` of `shop`."""
    return of_app(new_service, app)


def of_app(new_service, app, *, branch="main", repository="shop"):
    settings = {"repository": repository, "owner": "acme", "branch": branch}
    return new_service(provider=app["id"], providerType="github", githubSettings=settings)


def push(app, **changes):
    number = int(app["github"]["installationId"])
    return {"installation": {"id": number}, "ref": "refs/heads/main", "repository": {"name": "shop"}, **changes}


def signature(body, secret=SECRET):
    compact = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
    return f"sha256={hmac.new(secret.encode(), compact, hashlib.sha256).hexdigest()}"


def send(caller, body, signed=None, *, event="push", raw=None):
    headers = {"x-github-event": event, "x-hub-signature-256": signed or signature(body)}
    return caller("POST", "/api/deploy/github", None if raw is not None else body, raw=raw, **headers)


def deployments_of(operator, service):
    return operator("GET", f"/api/deployments?depth=0&where[service][equals]={service['id']}").body["docs"]


def test_a_signed_push_queues_a_deployment_without_anybody_logged_in(anonymous, operator, app, service):
    assert send(anonymous, push(app)).status == 200

    (made,) = deployments_of(operator, service)
    assert made["status"] == "queued"
    assert "logs" not in made


def test_every_service_of_the_branch_and_repository_gets_one(anonymous, operator, app, service, new_service):
    also = of_app(new_service, app)
    others = [of_app(new_service, app, branch="next"), of_app(new_service, app, repository="blog"), new_service()]

    send(anonymous, push(app))

    assert [len(deployments_of(operator, one)) for one in (service, also, *others)] == [1, 1, 0, 0, 0]


def test_the_signature_is_of_the_body_written_again_without_blanks(anonymous, operator, app, service):
    body = push(app, note='Grüße\n"/\\')
    assert send(anonymous, body, raw=json.dumps(body, indent=2).encode()).status == 200
    assert len(deployments_of(operator, service)) == 1

    spaced = json.dumps(body)
    of_bytes = f"sha256={hmac.new(SECRET.encode(), spaced.encode(), hashlib.sha256).hexdigest()}"
    send(anonymous, body, of_bytes, raw=spaced.encode())
    assert len(deployments_of(operator, service)) == 1


def test_what_nobody_of_ours_signed_is_answered_alike_and_does_nothing(anonymous, operator, app, service):
    replies = [
        send(anonymous, push(app), signature(push(app), "another secret")),
        send(anonymous, push(app), "sha256="),
        send(anonymous, push(app), "nonsense"),
        send(operator, push(app), signature(push(app), "another secret")),
    ]

    assert [reply.status for reply in replies] == [200, 200, 200, 200]
    assert deployments_of(operator, service) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"ref": "refs/tags/main"},
        {"ref": "refs/heads/other"},
        {"ref": None},
        {"repository": {"name": "other"}},
        {"repository": None},
        {"installation": {"id": 1}},
        {"installation": None},
    ],
    ids=str,
)
def test_what_matches_nothing_is_answered_alike_and_does_nothing(anonymous, operator, app, service, changes):
    assert send(anonymous, push(app, **changes)).status == 200

    assert deployments_of(operator, service) == []


def test_other_events_and_broken_bodies_do_nothing(anonymous, operator, app, service):
    assert send(anonymous, push(app), event="ping").status == 200
    assert send(anonymous, push(app), raw=b"{").status == 200
    assert send(anonymous, push(app), raw=b"null").status == 200

    assert deployments_of(operator, service) == []


def test_a_trashed_service_is_not_deployed(anonymous, operator, app, service):
    operator.update("services", service["id"], {"deletedAt": "2026-01-01T00:00:00.000Z"})

    send(anonymous, push(app))

    assert deployments_of(operator, service) == []
