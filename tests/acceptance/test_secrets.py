"""No secret is left anywhere but in dFlow."""

import base64
import secrets
import zipfile
from pathlib import Path
from urllib.parse import unquote

from dflow_acceptance.kinds import APP_SERVICE
from dflow_acceptance.leaks import leaks, reveals
from dflow_acceptance.place import Place
from dflow_acceptance.run import Run
from dflow_acceptance.synthesis import QUICKSTART, synthesized
from dflow_acceptance.workspace import Workspace, clean_environment

from dflow_sandbox import Answer, FaultProxy, Sandbox


def note(run: Run, directory: Path) -> Run:
    """Keep what a command said among the files that are searched."""
    count = len(list(directory.glob("*.said")))
    (directory / f"{count}-{run.words[0]}.said").write_text(f"{run.stdout}\n{run.stderr}")
    return run


def test_a_secret_that_was_hidden_on_purpose_is_found(tmp_path: Path):
    """Otherwise the tests below would say nothing."""
    secret = secrets.token_hex(12)
    hidden = {
        "plain": f"password={secret}!".encode(),
        "percent": f"postgres://shop:p%40{secret}%2F@db".encode(),
        "base64": base64.b64encode(f'{{"password":"x{secret}y"}}'.encode()),
        "hexadecimal": secret.encode().hex().encode(),
    }
    for name, content in hidden.items():
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "plan", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tfplan", hidden["plain"] * 10)
    (tmp_path / "innocent").write_text(secrets.token_hex(12))

    found = leaks(secret, tmp_path)

    assert found == sorted(str(tmp_path / name) for name in [*hidden, "plan/tfplan"])


def test_a_password_and_the_keys_are_nowhere_but_in_dflow(
    sandbox: Sandbox, place: Place, settings: dict[str, str], tmp_path: Path
):
    place.organisation.worker_node("fra-2", publicIp="203.0.113.22")
    canary = secrets.token_hex(12)
    password = f"p@/{canary}%é+#:&?="
    home, searched = tmp_path / "home", tmp_path / "searched"
    home.mkdir()
    searched.mkdir()
    with FaultProxy(sandbox.endpoint) as proxy:
        environment = clean_environment(
            home,
            {
                **settings,
                "DFLOW_ENDPOINT": proxy.endpoint,
                "ORDERS_PASSWORD": password,
                "QUICKSTART_ENVIRONMENTS": "production",
                "QUICKSTART_SECURITY_GROUP": place.group.id,
                "TF_LOG": "TRACE",
                "TF_LOG_PATH": str(searched / "trace.log"),
                "TMPDIR": str(searched),
            },
        )
        workspace = synthesized(QUICKSTART, searched / "program", environment)

        # A failure is when most is said. This one comes after the password has left the provider.
        broken = proxy.script(Answer(500), method="PATCH", path="^/api/services", body=canary.encode(), times=None)
        failed = note(workspace.terraform("apply", "-auto-approve"), searched)
        assert failed.code == 1, str(failed)
        assert broken.hits > 0
        proxy.clear()

        planned = note(workspace.terraform("plan", "-out=saved.plan"), searched)
        assert planned.code == 0, str(planned)
        note(workspace.terraform("show", "-json", "saved.plan"), searched)
        note(workspace.terraform("show", "saved.plan"), searched)
        applied = note(workspace.terraform("apply", "-json", "saved.plan"), searched)
        assert applied.code == 0, str(applied)
        note(workspace.terraform("show", "-json"), searched)
        note(workspace.terraform("state", "pull"), searched)
        unchanged = note(workspace.plan(), searched)
        assert unchanged.code == 0, str(unchanged)

    web, worker = place.service("shop-production-web"), place.service("shop-production-worker")
    assert place.organisation.variables(worker["id"])["DB_PASSWORD"] == password
    url = place.organisation.variables(web["id"])["DATABASE_URL"]
    assert unquote(url.partition("://shop:")[2].partition("@")[0]) == password
    trace = (searched / "trace.log").read_text()
    assert "dFlow answered" in trace, "the provider's own log was searched as well"
    assert reveals(canary, url.encode())
    for secret in (canary, sandbox.api_key, sandbox.aws_secret_access_key):
        assert leaks(secret, searched) == []


def test_a_git_token_is_nowhere_but_in_dflow(sandbox: Sandbox, place: Place, new_workspace, tmp_path: Path):
    token = secrets.token_hex(12)
    with FaultProxy(sandbox.endpoint) as proxy:
        workspace: Workspace = new_workspace(
            DFLOW_ENDPOINT=proxy.endpoint,
            GIT_TOKEN=token,
            TF_LOG="TRACE",
            TF_LOG_PATH=str(tmp_path / "trace.log"),
        )
        app = {**APP_SERVICE.declared(place), "git_token_wo": "${ephemeral.dflow_process_environment.token.value}"}
        workspace.configure(
            ephemeral={"dflow_process_environment": {"token": {"name": "GIT_TOKEN"}}},
            resource={APP_SERVICE.type: {"it": {**app, "git_token_wo_version": "1"}}},
        )

        note(workspace.terraform("plan", "-out=saved.plan"), tmp_path)
        note(workspace.terraform("show", "-json", "saved.plan"), tmp_path)
        applied = note(workspace.terraform("apply", "-json", "saved.plan"), tmp_path)

        assert applied.code == 0, str(applied)
        assert any(token.encode() in request.body for request in proxy.requests if request.method == "POST")
    assert leaks(token, tmp_path) == []
    assert leaks(sandbox.api_key, tmp_path) == []


def test_a_secret_variable_is_sent_again_with_a_new_version(place: Place, workspace: Workspace):
    def configure(version: str) -> None:
        workspace.configure(
            ephemeral={"dflow_process_environment": {"password": {"name": "ORDERS_PASSWORD"}}},
            resource={
                "dflow_service_variables": {
                    "it": {
                        "service_id": place.service_id,
                        "variables": {"DB_USER": "shop"},
                        "secret_variables_wo": {"DB_PASSWORD": "${ephemeral.dflow_process_environment.password.value}"},
                        "secret_variables_wo_version": version,
                    }
                }
            },
        )

    configure("1")
    workspace.applied(ORDERS_PASSWORD="first-one")
    assert workspace.plan(ORDERS_PASSWORD="first-one").code == 0
    assert workspace.state()["dflow_service_variables.it"]["secret_variable_names"] == ["DB_PASSWORD"]

    configure("2")
    workspace.applied(ORDERS_PASSWORD="second-one")

    assert place.organisation.variables(place.service_id) == {"DB_USER": "shop", "DB_PASSWORD": "second-one"}
    assert workspace.plan(ORDERS_PASSWORD="second-one").code == 0
