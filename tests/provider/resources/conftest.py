"""Hooks driven as Terraform drives them, against the sandbox, in organisations of their own."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dflow_provider.backend import Backend
from dflow_provider.plugin.planning import planned_values, with_defaults
from dflow_provider.provider import DflowProvider
from dflow_provider.schema import UNKNOWN, Call, Exposure, Presence, Report, Schema, Severity, Values
from dflow_sandbox import FaultProxy, Sandbox


@dataclass(frozen=True)
class Outcome:
    """What an apply gave: the state, and what was said."""

    state: Values
    call: Call

    @property
    def warnings(self) -> list[str]:
        return said(self.call.report, Severity.WARNING)

    @property
    def errors(self) -> list[str]:
        return said(self.call.report, Severity.ERROR)


def said(report: Report, severity: Severity) -> list[str]:
    return [f"{each.title}: {each.detail}" for each in report.diagnostics if each.severity is severity]


@dataclass
class Life:
    """One resource from its plan to its end."""

    resource: Any
    call: Call = field(default_factory=Call)

    @property
    def schema(self) -> Schema:
        return self.resource.schema

    def config(self, values: Values) -> Values:
        return {attribute.name: values.get(attribute.name) for attribute in self.schema.attributes}

    def plan(self, values: Values, prior: Values | None = None, call: Call | None = None) -> Values:
        """Plan as the plugin layer does: defaults, values known after apply, and the resource's own say."""
        config = self.config(values)
        proposed = dict(config)
        for attribute in self.schema.attributes:
            computed = attribute.presence in {Presence.COMPUTED, Presence.OPTIONAL_COMPUTED}
            if prior is not None and computed and config[attribute.name] is None:
                proposed[attribute.name] = prior[attribute.name]
        planned = planned_values(self.schema, prior, proposed, config)
        if hasattr(self.resource, "plan_change"):
            self.resource.plan_change(prior, planned, config, call or Call())
        return planned

    def create(self, values: Values) -> Outcome:
        call = Call()
        planned = self.plan(values)
        state = self.resource.create(planned, self.config(values), call)
        return Outcome(self._complete(state), call)

    def update(self, prior: Values, values: Values, private: dict[str, object] | None = None) -> Outcome:
        call = Call(private=private or {})
        planned = self.plan(values, prior)
        state = self.resource.update(prior, planned, self.config(values), call)
        return Outcome(self._complete(state), call)

    def read(self, state: Values) -> Values | None:
        now = self.resource.read(state, Call())
        return None if now is None else self._complete(now)

    def delete(self, state: Values) -> None:
        self.resource.delete(state, Call())

    def import_state(self, import_id: str) -> Outcome:
        call = Call()
        return Outcome(self._complete(self.resource.import_state(import_id, call)), call)

    def validate(self, values: Values) -> list[str]:
        report = Report()
        self.resource.validate_config(self.config(values), report)
        return [f"{each.title} at {'.'.join(map(str, each.path))}: {each.detail}" for each in report.diagnostics]

    def plans_no_change(self, state: Values, values: Values) -> bool:
        """Say whether the plan for this configuration is what the state says already."""
        return self.plan(values, state) == state

    def _complete(self, state: Values) -> Values:
        """Check what Terraform checks: every attribute is there, nothing is unknown, nothing write-only is kept."""
        assert set(state) == {attribute.name for attribute in self.schema.attributes}
        assert "UNKNOWN" not in repr(state)
        for attribute in self.schema.attributes:
            if attribute.exposure is Exposure.WRITE_ONLY:
                assert state[attribute.name] is None
        return state


class Remembered:
    """A resource whose private state lives on from call to call, as Terraform keeps it."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.private: dict[str, object] = {}

    def create(self, wanted: Values) -> Values:
        return self._hook("create", self.life.plan(wanted), self.life.config(wanted))

    def update(self, prior: Values, wanted: Values) -> Values:
        return self._hook("update", prior, self.life.plan(wanted, prior), self.life.config(wanted))

    def read(self, state: Values) -> Values | None:
        return self._hook("read", state)

    def import_state(self, import_id: str) -> Values:
        return self._hook("import_state", import_id)

    def _hook(self, name: str, *arguments: object) -> Any:
        call = Call(private=json.loads(json.dumps(self.private)))
        try:
            return getattr(self.life.resource, name)(*arguments, call)
        finally:
            self.private = call.private


@pytest.fixture
def remembering() -> type[Remembered]:
    """Keep beside the state of a resource what Terraform keeps there."""
    return Remembered


@dataclass(frozen=True)
class Organisation:
    """A tenant of its own with two Worker Nodes, and everything to work in it."""

    slug: str
    id: str
    node_id: str
    other_node_id: str
    send: Callable[..., dict[str, Any]]

    def post(self, collection: str, **fields: object) -> dict[str, Any]:
        return self.send("POST", f"{collection}?depth=0", {"tenant": self.id, **fields})["doc"]

    def patch(self, collection: str, document_id: str, **fields: object) -> dict[str, Any]:
        body = {"tenant": self.id, **fields}
        return self.send("PATCH", f"{collection}/{document_id}?depth=0", body)["doc"]

    def get(self, collection: str, document_id: str) -> dict[str, Any]:
        return self.send("GET", f"{collection}/{document_id}?depth=0&trash=true")

    def named(self, collection: str, name: str) -> list[dict[str, Any]]:
        where = f"where[tenant][equals]={self.id}&where[name][equals]={name}"
        return self.send("GET", f"{collection}?depth=0&{where}")["docs"]


@pytest.fixture
def organisation(operator) -> Organisation:
    slug = f"t{uuid.uuid4().hex[:12]}"
    tenant = operator("POST", "tenants?depth=0", {"name": slug, "slug": slug, "subdomain": slug})["doc"]
    nodes = [
        operator(
            "POST",
            "servers?depth=0",
            {
                "name": name,
                "tenant": tenant["id"],
                "preferConnectionType": "tailscale",
                "hostname": name,
                "username": "root",
                "publicIp": "203.0.113.9",
            },
        )["doc"]["id"]
        for name in ("node-1", "node-2")
    ]
    return Organisation(slug, tenant["id"], nodes[0], nodes[1], operator)


@pytest.fixture
def proxy(sandbox: Sandbox) -> Iterator[FaultProxy]:
    with FaultProxy(sandbox.endpoint) as running:
        yield running


@pytest.fixture
def data_directory(tmp_path: Path) -> Path:
    """Terraform's data directory."""
    folder = tmp_path / ".terraform"
    folder.mkdir()
    return folder


@pytest.fixture
def environment(sandbox: Sandbox, organisation: Organisation, data_directory: Path) -> dict[str, str]:
    """The environment variables of a provider that works in the organisation."""
    return {**sandbox.environment(), "DFLOW_TENANT": organisation.slug, "TF_DATA_DIR": str(data_directory)}


@pytest.fixture
def backend(environment: dict[str, str]) -> Backend:
    return configured(environment)


def configured(environment: dict[str, str], **settings: object) -> Backend:
    provider = DflowProvider(environment)
    config: Values = {attribute.name: None for attribute in provider.schema.attributes}
    return provider.configure({**config, **settings}, Call())  # type: ignore[dict-item]


@pytest.fixture
def life(backend: Backend, environment: dict[str, str]) -> Callable[..., Life]:
    """Build the driver of one resource type; `endpoint` puts something between it and dFlow."""

    def build(type_name: str, *, endpoint: str | None = None, data_directory: Path | None = None) -> Life:
        changed = dict(environment)
        if endpoint is not None:
            changed["DFLOW_ENDPOINT"] = endpoint
        if data_directory is not None:
            changed["TF_DATA_DIR"] = str(data_directory)
        used = backend if changed == environment else configured(changed)
        return Life(DflowProvider.resources[type_name](used))

    return build


@pytest.fixture
def ask(backend: Backend) -> Callable[..., Values]:
    """Read a data source."""

    def read(type_name: str, **values: object) -> Values:
        source = DflowProvider.data_sources[type_name](backend)
        config: Values = {attribute.name: values.get(attribute.name) for attribute in source.schema.attributes}  # type: ignore[misc]
        return source.read(with_defaults(source.schema, config), Call())

    return read


@pytest.fixture
def shop(organisation: Organisation) -> dict[str, Any]:
    """An Environment `shop` that exists in dFlow."""
    return organisation.post("projects", name="shop", server=organisation.node_id)


@pytest.fixture
def web(organisation: Organisation, shop: dict[str, Any]) -> dict[str, Any]:
    """An App service `shop-web` that exists in dFlow."""
    return organisation.post("services", name="shop-web", type="app", project=shop["id"])


@dataclass
class Terraform:
    """The real terraform in a directory of its own, reattached to one provider process."""

    folder: Path
    environment: dict[str, str]

    def write(self, configuration: str) -> None:
        """Write the whole configuration; the provider takes its settings from the environment."""
        head = 'terraform {\n  required_providers {\n    dflow = { source = "dflow-cdktf/dflow" }\n  }\n}\n'
        (self.folder / "main.tf").write_text(head + configuration)

    def run(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Return the exit code of a command, and what it said without line frames."""
        done = subprocess.run(
            ["terraform", f"-chdir={self.folder}", *arguments, "-no-color"],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        said = (done.stdout + done.stderr).translate(str.maketrans("│╷╵", "   "))
        return done.returncode, " ".join(said.split())


@pytest.fixture
def terraform(environment: dict[str, str], tmp_path: Path) -> Iterator[Terraform]:
    """An initialised workspace."""
    if shutil.which("terraform") is None:
        pytest.skip("terraform is not installed")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "PLUGIN_", "DFLOW_"))}
    ours = {name: value for name, value in environment.items() if name != "TF_DATA_DIR"}
    settings = {**kept, **ours, "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull}
    with subprocess.Popen(
        [sys.executable, "-m", "dflow_provider.plugin.main", "--serve"], env=settings, stdout=subprocess.PIPE, text=True
    ) as provider:
        try:
            assert provider.stdout is not None
            settings["TF_REATTACH_PROVIDERS"] = provider.stdout.readline().strip()
            folder = tmp_path / "stack"
            folder.mkdir()
            made = Terraform(folder, settings)
            made.write("")
            code, said = made.run("init", "-input=false")
            assert code == 0, said
            yield made
        finally:
            provider.terminate()


@pytest.fixture
def unknown() -> object:
    return UNKNOWN
