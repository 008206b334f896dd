"""A provider that keeps objects in a directory, in this process and behind the real terraform."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dflow_provider.plugin.calls import provider_calls
from dflow_provider.plugin.in_flight import InFlight
from dflow_provider.plugin.messages import pb
from dflow_provider.plugin.msgpack_values import decode, encode
from dflow_provider.plugin.session import Session
from dflow_provider.schema import Presence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from dflow_provider.schema import Schema

SHELF_PROVIDER = Path(__file__).with_name("shelf_provider.py")
PLATFORM = "linux_amd64" if sys.platform == "linux" else "darwin_arm64"


@pytest.fixture(scope="session", autouse=True)
def heeded_interrupts() -> Iterator[None]:
    """Lets SIGINT through to what the tests start: a shell that runs them in the background has it ignored for all."""
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def shelf() -> ModuleType:
    """The module of the shelf provider."""
    spec = importlib.util.spec_from_file_location("shelf_provider", SHELF_PROVIDER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["shelf_provider"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def transport(request: pytest.FixtureRequest) -> str:
    """The transport of the providers a test starts: the one of this run, unless the test names one."""
    return getattr(request, "param", os.environ.get("DFLOW_PROVIDER_TRANSPORT", ""))


@dataclass(frozen=True)
class Identity:
    """A client's certificate and key, as PEM."""

    certificate: str
    key: str

    @classmethod
    def made(cls, folder: Path, curve: str = "P-256") -> Identity:
        """Make one as Terraform does, which uses P-521; gRPC's own client cannot."""
        certificate, key = folder / "client.pem", folder / "client-key.pem"
        options = (
            f"-newkey ec -pkeyopt ec_paramgen_curve:{curve} -nodes -days 2 -subj /CN=localhost "
            "-addext subjectAltName=DNS:localhost -addext extendedKeyUsage=clientAuth,serverAuth"
        )
        subprocess.run(
            ["openssl", "req", "-x509", *options.split(), "-keyout", str(key), "-out", str(certificate)],
            check=True,
            capture_output=True,
        )
        return cls(certificate.read_text(), key.read_text())


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """Terraform's certificate, as the provider is told of it."""
    return Identity.made(tmp_path_factory.mktemp("identity"))


@dataclass
class Result:
    """What a terraform command said."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Everything, without colours and line frames."""
        return " ".join((self.out + self.err).replace("│", " ").replace("╷", " ").replace("╵", " ").split())


@dataclass
class Workspace:
    """A directory with a configuration, and a terraform that finds the shelf provider in a mirror beside it."""

    folder: Path
    environment: dict[str, str]
    objects: Path = field(init=False)
    provider: Path = SHELF_PROVIDER

    def __post_init__(self) -> None:
        self.objects = self.folder / "objects"
        self.objects.mkdir()

    def write(self, configuration: str, provider: str = "") -> None:
        """Write main.tf, with a provider block that names the directory of the objects."""
        (self.folder / "main.tf").write_text(f"""
            terraform {{
              required_providers {{
                shelf = {{ source = "dflow-cdktf/shelf" }}
              }}
            }}
            provider "shelf" {{
              directory = "{self.objects}"
              {provider}
            }}
            {configuration}
        """)

    def command(self, *arguments: str) -> list[str]:
        """Return a terraform command line."""
        return ["terraform", f"-chdir={self.folder}", *arguments]

    def run(self, *arguments: str, **environment: str) -> Result:
        """Run terraform to its end."""
        done = subprocess.run(
            self.command(*arguments, *(["-no-color"] if arguments[0] not in {"init", "output", "show"} else [])),
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def init(self) -> None:
        """Make terraform find the provider."""
        done = self.run("init", "-no-color", "-input=false")
        assert done.code == 0, done.text

    def apply(self, *arguments: str) -> Result:
        """Run `terraform apply` and expect it to work."""
        done = self.run("apply", "-auto-approve", *arguments)
        assert done.code == 0, done.text
        return done

    def plan(self) -> dict:
        """Run `terraform plan` and return its JSON."""
        done = self.run("plan", "-out=plan.bin")
        assert done.code == 0, done.text
        return json.loads(self.run("show", "-json", "plan.bin").out)

    def changes(self) -> dict[str, list[str]]:
        """Return what the next plan would do, by resource address."""
        return {change["address"]: change["change"]["actions"] for change in self.plan().get("resource_changes", [])}

    def state(self) -> dict[str, dict]:
        """Return the instances in the state file, by name of their resource."""
        file = self.folder / "terraform.tfstate"
        if not file.exists():
            return {}
        return {
            resource["name"]: instance
            for resource in json.loads(file.read_text())["resources"]
            for instance in resource["instances"]
        }

    def attributes(self, name: str) -> dict:
        """Return the attributes of one instance in the state file."""
        return self.state()[name]["attributes"]

    def stored(self) -> dict[str, dict]:
        """Return what lies on the shelf, by name."""
        found = (json.loads(file.read_text()) for file in self.objects.glob("*.json"))
        return {one["name"]: one for one in found}


@pytest.fixture(scope="session")
def until() -> Callable[..., object]:
    """Waits for a condition to become true, and returns what it came to."""

    def wait(condition: Callable[[], object], seconds: float = 60.0) -> object:
        end = time.monotonic() + seconds
        while not (result := condition()) and time.monotonic() < end:
            time.sleep(0.01)
        return result

    return wait


@pytest.fixture(scope="session")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CLI configuration that points at a filesystem mirror with a launcher in it."""
    folder = tmp_path_factory.mktemp("mirror")
    place = folder / "registry.terraform.io/dflow-cdktf/shelf/0.1.0" / PLATFORM
    place.mkdir(parents=True)
    launcher = place / "terraform-provider-shelf_v0.1.0"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{SHELF_PROVIDER}" "$@"\n')
    launcher.chmod(launcher.stat().st_mode | stat.S_IXUSR)
    configuration = folder / "terraform.rc"
    configuration.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{folder}"\n  }}\n}}\n')
    return configuration


@pytest.fixture
def workspace(tmp_path: Path, mirror: Path, tmp_path_factory: pytest.TempPathFactory, transport: str) -> Workspace:
    """An empty workspace, initialised."""
    if shutil.which("terraform") is None:
        pytest.skip("terraform is not installed")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "PLUGIN_", "DFLOW_"))}
    made = Workspace(
        tmp_path,
        {
            **kept,
            "TF_CLI_CONFIG_FILE": str(mirror),
            "CHECKPOINT_DISABLE": "1",
            "TF_IN_AUTOMATION": "1",
            "TMPDIR": str(tmp_path_factory.mktemp("t")),  # short: sockets are made in it
            "DFLOW_PROVIDER_TRANSPORT": transport,
        },
    )
    made.write("")
    made.init()
    return made


@dataclass
class Client:
    """Terraform's side of the protocol, in this process: requests go through protobuf both ways."""

    provider: object
    in_flight: InFlight = field(default_factory=InFlight)

    def __post_init__(self) -> None:
        self.session = Session(self.provider)
        self.calls = provider_calls(self.session, self.in_flight)

    def send(self, name: str, request: object) -> object:
        """Make one call with a ready request."""
        answer = self.calls[f"/tfplugin6.Provider/{name}"](request.SerializeToString())
        return getattr(pb, name).Response.FromString(answer)

    def call(self, name: str, **fields: object) -> object:
        """Make one call; `Values` are encoded by the schema of `type_name`, or of the provider."""
        request = getattr(pb, name).Request()
        schema = self.schema(name, fields.get("type_name"))
        for key, value in fields.items():
            if key in {"config", "prior_state", "proposed_new_state", "planned_state", "current_state"}:
                getattr(request, key).msgpack = encode(schema.value_type, value)
            elif isinstance(value, bytes | str | int):
                setattr(request, key, value)
            else:
                getattr(request, key).CopyFrom(value)
        return self.send(name, request)

    def schema(self, name: str, type_name: str | None) -> Schema:
        """Return the schema that a call's values follow."""
        if type_name is None:
            return self.provider.schema
        if "DataSource" in name or "DataResource" in name:
            return self.provider.data_sources[type_name].schema
        if "Ephemeral" in name:
            return self.provider.ephemeral_resources[type_name].schema
        return self.provider.resources[type_name].schema

    def state(self, message: object, type_name: str = "shelf_object") -> dict | None:
        """Decode a state, plan or configuration of a resource."""
        return decode(self.provider.resources[type_name].schema.value_type, message.msgpack)

    def configure(self, **config: object) -> object:
        """Configure the session."""
        return self.call("ConfigureProvider", config={**everything_null(self.provider.schema), **config})

    def plan(self, prior: dict | None, config: dict | None, type_name: str = "shelf_object", **fields) -> object:
        """Plan, with computed attributes proposed from the prior state as Terraform does."""
        proposed = config and {
            name: (prior or {}).get(name) if value is None and self.is_computed(type_name, name) else value
            for name, value in config.items()
        }
        return self.call(
            "PlanResourceChange",
            type_name=type_name,
            prior_state=prior,
            proposed_new_state=proposed,
            config=config,
            **fields,
        )

    def apply(self, prior: dict | None, planned: dict | None, config: dict | None, **fields) -> object:
        """Apply."""
        return self.call(
            "ApplyResourceChange",
            type_name="shelf_object",
            prior_state=prior,
            planned_state=planned,
            config=config,
            **fields,
        )

    def create(self, **config: object) -> object:
        """Plan and apply a new shelf object; return the answer to the apply."""
        given = self.object(**config)
        planned = self.plan(None, given)
        assert not planned.diagnostics, planned.diagnostics
        return self.apply(None, self.state(planned.planned_state), given)

    def object(self, **config: object) -> dict:
        """Return a configuration of a shelf object, everything else being null."""
        return {**everything_null(self.provider.resources["shelf_object"].schema), "name": "one", **config}

    def is_computed(self, type_name: str, name: str) -> bool:
        """Say whether the provider gives this attribute a value."""
        attributes = {one.name: one for one in self.provider.resources[type_name].schema.attributes}
        return attributes[name].presence in {Presence.COMPUTED, Presence.OPTIONAL_COMPUTED}


def everything_null(schema: Schema) -> dict:
    """Return an object of a schema without any value."""
    return {attribute.name: None for attribute in schema.attributes}


@pytest.fixture
def client(shelf: ModuleType, tmp_path: Path) -> Client:
    """A configured session with the shelf provider."""
    made = Client(shelf.ShelfProvider())
    assert not made.configure(directory=str(tmp_path), token="let-me-in").diagnostics
    return made
