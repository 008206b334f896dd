"""`dflow_deployment` from plan to outcome; a thread of the test is the worker that dFlow would have."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from dflow_provider.resources.deployment import Deployment
from dflow_provider.schema import UNKNOWN, Call, ProviderError, Severity, Stop
from dflow_sandbox import Answer, Hang, Moment, Reset

SECRET = "webhook-secret-kanarienvogel"
SHORT = Decimal("0.02")


class Worker:
    """Sees to deployments as dFlow's own workers do: `building`, then an outcome."""

    def __init__(self, organisation, service):
        self._organisation, self._service = organisation, service

    def deployments(self):
        where = f"where[service][equals]={self._service['id']}&sort=createdAt"
        return self._organisation.send("GET", f"deployments?depth=0&{where}")["docs"]

    def outcome(self, status, before=0, **fields):
        """Wait for a deployment after the first so many, build it, and end it."""
        end = time.monotonic() + 30
        while len(self.deployments()) <= before and time.monotonic() < end:
            time.sleep(0.05)
        made = self.deployments()[before]
        self.set(made, status="building")
        return self.set(made, status=status, **fields)

    def set(self, deployment, **fields):
        return self._organisation.send("PATCH", f"deployments/{deployment['id']}?depth=0", fields)["doc"]


class NoticedStop(Stop):
    """A stop whose first wait can be waited for."""

    def __init__(self):
        super().__init__()
        self.waited = threading.Event()

    def wait(self, seconds):
        self.waited.set()
        return super().wait(seconds)


@pytest.fixture
def app(organisation):
    """A GitHub App, installed."""
    number = uuid.uuid4().int % 10**9
    return organisation.post(
        "gitProviders",
        type="github",
        github={
            "appName": f"dflow-{number}",
            "appUrl": f"https://github.com/apps/dflow-{number}",
            "appId": number,
            "clientId": f"Iv1.{number}",
            "clientSecret": "not-used",
            "privateKey": "not-used",
            "webhookSecret": SECRET,
            "installationId": str(number),
        },
    )


@pytest.fixture
def of_app(organisation, shop, app):
    """Make an App service whose code comes through the GitHub App."""

    def make(name, *, branch="main", **fields):
        settings = {"repository": "shop", "owner": "acme", "branch": branch}
        basics = {"name": name, "type": "app", "project": shop["id"], "providerType": "github"}
        return organisation.post("services", **{**basics, "provider": app["id"], "githubSettings": settings, **fields})

    return make


@pytest.fixture
def web(of_app):
    return of_app("shop-web")


@pytest.fixture
def worker(organisation, web):
    return Worker(organisation, web)


@pytest.fixture
def deployment(life):
    return life("dflow_deployment")


@pytest.fixture
def background():
    """Runs something beside the test and passes on what it raised."""
    with ThreadPoolExecutor(4) as pool:
        yield pool.submit


def failed(life, values, call=None):
    """Create, expect an error, and return it with the state that was kept."""
    call = call or Call()
    with pytest.raises(ProviderError) as caught:
        life.resource.create(life.plan(values), life.config(values), call)
    assert SECRET not in f"{caught.value}{call.kept}{call.private}"
    return caught.value, call.kept


def planned(life, values):
    call = Call()
    life.plan(values, call=call)
    return [f"{each.title}: {each.detail}" for each in call.report.diagnostics]


def test_it_deploys_waits_and_leaves_things_running(deployment, worker, web, background, organisation):
    work = background(worker.outcome, "success")
    wanted = {"service_id": web["id"], "triggers": {"commit": "a1"}}
    created = deployment.create(wanted).state
    done = work.result()

    (made,) = worker.deployments()
    assert created["id"] == created["deployment_id"] == made["id"]
    assert created["status"] == "success"
    assert created["created_at"] == made["createdAt"]
    assert created["finished_at"] == done["updatedAt"]
    assert SECRET not in repr(created)
    assert deployment.read(created) == created
    assert deployment.plans_no_change(created, wanted)

    deployment.delete(created)
    assert [each["status"] for each in worker.deployments()] == ["success"]
    assert organisation.get("services", web["id"]).get("deletedAt") is None


def test_an_earlier_deployment_is_not_taken_for_the_new_one(deployment, worker, web, background, organisation):
    organisation.send("POST", "deployments?depth=0", {"service": web["id"], "status": "failed"})
    work = background(worker.outcome, "success", before=1)

    created = deployment.create({"service_id": web["id"]}).state

    assert created["id"] == work.result()["id"]


def test_new_settings_deploy_nothing(deployment, worker, web, background):
    work = background(worker.outcome, "success")
    created = deployment.create({"service_id": web["id"]}).state
    work.result()

    changed = deployment.update(created, {"service_id": web["id"], "timeout_minutes": 5}).state

    assert changed == {**created, "timeout_minutes": 5}
    assert len(worker.deployments()) == 1


def test_a_failed_build_is_an_error_with_the_end_of_its_log(deployment, worker, web, background, organisation):
    organisation.patch("services", web["id"], variables=[{"key": "TOKEN", "value": "zeisig-secret"}])
    work = background(worker.outcome, "failed", logs=["installing", "TOKEN=zeisig-secret", "npm ERR! missing script"])

    error, kept = failed(deployment, {"service_id": web["id"]})
    work.result()

    assert error.title == "Deployment failed"
    assert "  npm ERR! missing script" in error.detail
    assert "TOKEN=***" in error.detail
    assert "zeisig-secret" not in error.detail
    assert kept["status"] == "failed"
    assert kept["id"] == worker.deployments()[0]["id"]


def test_one_that_stays_queued_is_a_failure_with_the_reasons(deployment, worker, web):
    error, kept = failed(deployment, {"service_id": web["id"], "queued_timeout_minutes": SHORT})

    assert error.title == "Deployment stays queued"
    assert "nixpacks and herokuBuildPacks" in error.detail
    assert "this service's builder: buildPacks" in error.detail
    assert error.path == ("queued_timeout_minutes",)
    assert (kept["status"], kept["finished_at"]) == ("queued", None)


def test_one_that_builds_for_too_long_is_given_up_but_goes_on(deployment, worker, web, background):
    def build():
        end = time.monotonic() + 30
        while not worker.deployments() and time.monotonic() < end:
            time.sleep(0.05)
        worker.set(worker.deployments()[0], status="building")

    work = background(build)
    error, kept = failed(deployment, {"service_id": web["id"], "timeout_minutes": SHORT * 2})
    work.result()

    assert error.title == "Deployment takes too long"
    assert "still 'building' after 0.04 minutes" in error.detail
    assert kept["status"] == "building"


def test_a_stop_ends_the_wait_and_keeps_what_is_known(deployment, worker, web, background):
    call = Call()

    def stop():
        end = time.monotonic() + 30
        while call.kept is None and time.monotonic() < end:
            time.sleep(0.02)
        call.stop.request()

    work = background(stop)
    error, kept = failed(deployment, {"service_id": web["id"]}, call)
    work.result()

    assert error.title == "Stopped on request"
    assert kept["id"] == worker.deployments()[0]["id"]


def test_one_that_is_removed_meanwhile_is_an_error(deployment, worker, web, background, organisation):
    call = Call()

    def remove():
        end = time.monotonic() + 30
        while call.kept is None and time.monotonic() < end:
            time.sleep(0.02)
        organisation.send("DELETE", f"deployments/{call.kept['id']}?depth=0")

    work = background(remove)
    error, _ = failed(deployment, {"service_id": web["id"]}, call)
    work.result()

    assert error.title == "Deployment was removed"


def test_a_push_whose_answer_is_lost_is_found_by_its_deployment(life, proxy, worker, web, background):
    proxy.script(Reset(Moment.AFTER), path="^/api/deploy/")
    work = background(worker.outcome, "success")

    created = life("dflow_deployment", endpoint=proxy.endpoint).create({"service_id": web["id"]}).state

    work.result()
    assert created["status"] == "success"
    assert len(worker.deployments()) == 1


def test_a_push_that_never_arrived_is_an_error_of_the_wire(life, proxy, worker, web):
    proxy.script(Reset(Moment.BEFORE), path="^/api/deploy/")
    behind = life("dflow_deployment", endpoint=proxy.endpoint)

    with pytest.raises(ProviderError, match="dFlow's answer got lost"):
        behind.create({"service_id": web["id"], "queued_timeout_minutes": SHORT})

    assert worker.deployments() == []


def test_a_push_that_failed_after_it_made_a_deployment_is_found_by_it(life, proxy, worker, web, background):
    proxy.script(Answer(500, moment=Moment.AFTER), path="^/api/deploy/")
    work = background(worker.outcome, "success")

    created = life("dflow_deployment", endpoint=proxy.endpoint).create({"service_id": web["id"]}).state

    work.result()
    assert created["status"] == "success"
    assert len(worker.deployments()) == 1


def test_a_push_that_failed_and_made_nothing_is_an_error_at_once(life, proxy, worker, web):
    proxy.script(Answer(500), path="^/api/deploy/")
    behind = life("dflow_deployment", endpoint=proxy.endpoint)

    with pytest.raises(ProviderError, match="dFlow failed inside"):
        behind.create({"service_id": web["id"]})

    assert worker.deployments() == []


def test_a_push_that_starts_nothing_is_an_error(life, proxy, worker, web):
    proxy.script(Answer(200, body=b'{"message":"ok"}'), path="^/api/deploy/")
    behind = life("dflow_deployment", endpoint=proxy.endpoint)

    error, kept = failed(behind, {"service_id": web["id"], "queued_timeout_minutes": SHORT})

    assert error.title == "dFlow started no deployment"
    assert "push to main of shop" in error.detail
    assert kept is None


def test_busy_answers_while_waiting_are_outlasted(life, proxy, worker, web, background):
    proxy.script(Answer(503), path="^/api/deployments/", times=2)
    work = background(worker.outcome, "success")

    assert (
        life("dflow_deployment", endpoint=proxy.endpoint).create({"service_id": web["id"]}).state["status"] == "success"
    )
    work.result()


def test_services_that_are_deployed_too_are_named_at_plan(deployment, web, of_app):
    assert planned(deployment, {"service_id": web["id"]}) == []
    of_app("shop-worker")
    of_app("shop-cron")
    of_app("shop-next", branch="next")

    (said,) = planned(deployment, {"service_id": web["id"]})

    assert said.startswith("Other services are deployed too: ")
    assert "Besides shop-web that is shop-cron, shop-worker." in said


def test_deployments_of_one_source_that_begin_together_share_a_push(life, proxy, organisation, web, of_app, background):
    services = [web, of_app("shop-worker"), of_app("shop-cron")]
    workers = [Worker(organisation, service) for service in services]
    push = Hang()
    pushes = proxy.script(push, path="^/api/deploy/", times=None)
    behind = life("dflow_deployment", endpoint=proxy.endpoint)

    work = [background(behind.create, {"service_id": service["id"]}) for service in services]
    # Each looks which deployments there are before it waits for its turn, and the first looks again in its turn.
    end = time.monotonic() + 30
    while sum(seen.path.startswith("/api/deployments?") for seen in proxy.requests) < 4 and time.monotonic() < end:
        time.sleep(0.02)
    push.release()
    for each in workers:
        each.outcome("success")

    assert [each.result().state["status"] for each in work] == ["success"] * 3
    assert [len(each.deployments()) for each in workers] == [1, 1, 1]
    assert pushes.hits == 1


@pytest.mark.parametrize("builder", ["nixpacks", "herokuBuildPacks"])
def test_a_builder_without_a_worker_is_warned_of(deployment, of_app, builder):
    (said,) = planned(deployment, {"service_id": of_app("shop-odd", builder=builder, branch="odd")["id"]})

    assert said.startswith(f"dFlow does not run this builder: The service 'shop-odd' has the builder {builder}.")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"type": "database", "databaseDetails": {"type": "postgres"}}, "is of the type 'database'"),
        ({"type": "docker", "dockerDetails": {"url": "nginx"}}, "is of the type 'docker'"),
        ({"type": "app", "provider": None, "providerType": None}, "has no source yet"),
        ({"type": "app", "provider": None}, "has its code on GitHub, but not through a GitHub App"),
        ({"type": "app", "providerType": "gitlab", "gitlabSettings": {"repository": "r", "owner": "o", "branch": "b"}},
         "has its code on gitlab"),
    ],
)  # fmt: skip
def test_what_rest_cannot_deploy_is_refused_at_plan(deployment, of_app, organisation, fields, why):
    service = of_app("shop-other", **fields)

    with pytest.raises(ProviderError) as caught:
        deployment.plan({"service_id": service["id"]})

    assert caught.value.title == "REST cannot deploy this service"
    assert f"The service 'shop-other' {why}." in caught.value.detail
    assert f"/{organisation.slug} and press Deploy" in caught.value.detail
    assert 'set start = "manual"' in caught.value.detail
    assert caught.value.path == ("start",)


def test_an_app_that_is_not_installed_is_an_error(deployment, organisation, app, web):
    organisation.patch("gitProviders", app["id"], github={"installationId": None})

    error, _ = failed(deployment, {"service_id": web["id"]})

    assert error.title == "GitHub App is not installed"
    assert "no installation of the GitHub App" in error.detail


def test_manual_waits_for_a_person_and_says_so(deployment, organisation, shop, background):
    database = organisation.post(
        "services", name="shop-db", type="database", project=shop["id"], databaseDetails={"type": "postgres"}
    )
    wanted = {"service_id": database["id"], "start": "manual"}
    (said,) = planned(deployment, wanted)
    assert said.startswith("Somebody has to press Deploy: The apply waits for up to 30 minutes until somebody opens ")
    assert "presses Deploy at the service 'shop-db'" in said

    call = Call(stop=NoticedStop())

    def person():
        assert call.stop.waited.wait(30)
        made = organisation.send("POST", "deployments?depth=0", {"service": database["id"]})["doc"]
        return Worker(organisation, database).set(made, status="success")

    work = background(person)
    state = deployment.resource.create(deployment.plan(wanted), deployment.config(wanted), call)

    assert state["id"] == work.result()["id"]
    assert state["status"] == "success"


def test_manual_gives_up_when_nobody_comes(deployment, web):
    error, kept = failed(deployment, {"service_id": web["id"], "start": "manual", "timeout_minutes": SHORT})

    assert error.title == "Nobody pressed Deploy"
    assert kept is None


def test_a_service_known_after_apply_is_looked_at_then(deployment):
    assert planned(deployment, {"service_id": UNKNOWN}) == []
    (said,) = planned(deployment, {"service_id": UNKNOWN, "start": "manual"})
    assert "presses Deploy at the service, and then" in said


def test_an_id_of_something_else_says_what_it_is(deployment, shop):
    with pytest.raises(ProviderError, match=r"is the id of the Environment 'shop'"):
        deployment.plan({"service_id": shop["id"]})


def test_a_removed_record_is_no_reason_to_deploy_again(deployment, worker, web, background, organisation):
    work = background(worker.outcome, "success")
    created = deployment.create({"service_id": web["id"]}).state
    work.result()

    organisation.send("DELETE", f"deployments/{created['id']}?depth=0")
    assert deployment.read(created) == created

    organisation.patch("services", web["id"], deletedAt="2026-01-01T00:00:00.000Z")
    assert deployment.read(created) is None


def test_its_schema_refuses_impossible_times_and_words():
    validators = {attribute.name: attribute.validators for attribute in Deployment.schema.attributes}

    for name in ("timeout_minutes", "queued_timeout_minutes"):
        (check,) = validators[name]
        assert check.problem(0) == "0 is no time to wait; use a number of minutes above 0."
        assert check.problem(Decimal("0.5")) is None
    (check,) = validators["start"]
    assert "use github_push or manual" in check.problem("now")


def test_nothing_is_warned_of_when_nothing_is_new(deployment, worker, web, background, of_app):
    of_app("shop-worker")
    work = background(worker.outcome, "success")
    created = deployment.create({"service_id": web["id"]}).state
    work.result()
    call = Call()

    deployment.plan({"service_id": web["id"]}, created, call)

    assert [each for each in call.report.diagnostics if each.severity is Severity.WARNING] == []
