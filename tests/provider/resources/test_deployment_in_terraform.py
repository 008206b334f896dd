"""A deployment that fails and then succeeds, as the real terraform goes about it."""

import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.acceptance

CONFIGURATION = """
resource "dflow_deployment" "web" {
  service_id = "%s"
  triggers   = { commit = "%s" }
}
"""
SECRET = "webhook-secret-kanarienvogel"


@pytest.fixture
def deployed(organisation, shop):
    """A service of a GitHub App."""
    number = uuid.uuid4().int % 10**9
    app = organisation.post(
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
    return organisation.post(
        "services",
        name="shop-web",
        type="app",
        project=shop["id"],
        provider=app["id"],
        providerType="github",
        githubSettings={"repository": "shop", "owner": "acme", "branch": "main"},
    )


def test_a_failed_one_is_repeated_and_a_new_trigger_deploys_again(terraform, organisation, deployed):
    def deployments():
        where = f"where[service][equals]={deployed['id']}&sort=createdAt"
        return organisation.send("GET", f"deployments?depth=0&{where}")["docs"]

    def worker(count, **outcome):
        end = time.monotonic() + 60
        while len(deployments()) < count and time.monotonic() < end:
            time.sleep(0.05)
        organisation.send("PATCH", f"deployments/{deployments()[-1]['id']}?depth=0", outcome)

    def apply(count, commit, **outcome):
        terraform.write(CONFIGURATION % (deployed["id"], commit))
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(worker, count, **outcome)
            done = terraform.run("apply", "-auto-approve")
            work.result()
        return done

    code, said = apply(1, "a1", status="failed", logs=["npm ERR! missing script"])
    assert code == 1
    assert "Error: Deployment failed" in said
    assert "npm ERR! missing script" in said

    code, said = apply(2, "a1", status="success")
    assert code == 0, said
    assert "dflow_deployment.web is tainted, so must be replaced" in said
    assert terraform.run("plan", "-detailed-exitcode")[0] == 0

    code, said = apply(3, "a2", status="success")
    assert code == 0, said
    state = (terraform.folder / "terraform.tfstate").read_text()
    (instance,) = json.loads(state)["resources"][0]["instances"]
    assert instance["attributes"]["deployment_id"] == deployments()[-1]["id"]
    assert instance["attributes"]["status"] == "success"
    assert SECRET not in state + said

    code, said = terraform.run("destroy", "-auto-approve")
    assert code == 0, said
    assert [each["status"] for each in deployments()] == ["failed", "success", "success"]
