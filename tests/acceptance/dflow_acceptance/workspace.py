"""A directory with a Terraform configuration, and the real Terraform run in it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dflow_acceptance.processes import MARK, PATIENCE_S, marked, wait_until
from dflow_acceptance.programs import VARIABLE
from dflow_acceptance.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLUGINS = Path(sys.prefix) / "share" / "terraform" / "plugins"
"""Where installing the wheel puts the provider's launcher."""

REQUIREMENTS: dict[str, Any] = {
    "required_version": ">= 1.11",
    "required_providers": {"dflow": {"source": "dflow-cdktf/dflow", "version": "0.1.0"}},
}

_COMMAND_PATIENCE_S = 240


def clean_environment(home: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Environment variables in which nothing of the developer's own set-up has a say.

    Args:
        home: an existing directory that stands in for the home directory; the CLI configuration is written there.
        settings: what to add; an empty value leaves the variable out.
    """
    configuration = home / "terraformrc"
    mirror = f'filesystem_mirror {{ path = "{PLUGINS}" }}'.replace("{ ", "{\n").replace(" }", "\n}")
    configuration.write_text(f"disable_checkpoint = true\nprovider_installation {{\n{mirror}\n}}\n")
    temporary = home / "tmp"
    temporary.mkdir(exist_ok=True)
    base = {
        "CHECKPOINT_DISABLE": "1",
        "HOME": str(home),
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
        "LANG": "C.UTF-8",
        "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "TF_CLI_CONFIG_FILE": str(configuration),
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
    }
    return {name: value for name, value in {**base, **settings}.items() if value}


@dataclass
class Workspace:
    """A directory that `terraform init` was run in.

    Args:
        directory: holds configuration and state.
        environment: the environment variables of every command; TERRAFORM_BINARY_NAME names the program to run.
    """

    directory: Path
    environment: dict[str, str] = field(repr=False)
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        self.environment = {**self.environment, MARK: self.mark}

    @classmethod
    def like(cls, template: Path, directory: Path, environment: Mapping[str, str]) -> Workspace:
        """A new workspace that needs no `init`, because the template had it."""
        shutil.copytree(template, directory, symlinks=True)
        return cls(directory, dict(environment))

    @property
    def program(self) -> str:
        """`terraform` or `tofu`."""
        return self.environment.get(VARIABLE, "terraform")

    def configure(self, **blocks: Any) -> None:
        """Write the configuration: `resource={type: {name: attributes}}` and so on."""
        configuration = {"terraform": REQUIREMENTS, **blocks}
        (self.directory / "main.tf.json").write_text(json.dumps(configuration, indent=1))

    def resource(self, address: str, **attributes: Any) -> None:
        """Write a configuration of one resource."""
        type_, name = address.split(".")
        self.configure(resource={type_: {name: attributes}})

    def terraform(self, *words: str, **environment: str) -> Run:
        """Run a command, whatever its exit code."""
        process = subprocess.Popen(
            [self.program, *words],
            cwd=self.directory,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            stdout, stderr = process.communicate(timeout=_COMMAND_PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            stdout, stderr = process.communicate()
            raise AssertionError(f"{self.program} {' '.join(words)} did not end\n{stdout}\n{stderr}") from None
        return Run(words, process.returncode, stdout, stderr)

    def plan(self, *words: str, **environment: str) -> Run:
        """Plan; the exit code is 0 for no changes, 2 for changes, 1 for an error."""
        return self.terraform("plan", "-json", "-detailed-exitcode", *words, **environment)

    def apply(self, *words: str, **environment: str) -> Run:
        """Apply without asking, whatever the exit code."""
        return self.terraform("apply", "-json", "-auto-approve", *words, **environment)

    def applied(self, *words: str, **environment: str) -> Run:
        """Apply what has to succeed."""
        run = self.apply(*words, **environment)
        assert run.code == 0, str(run)
        return run

    def destroyed(self, *words: str) -> Run:
        """Destroy what has to be destroyed."""
        run = self.terraform("destroy", "-json", "-auto-approve", *words)
        assert run.code == 0, str(run)
        return run

    def unchanged(self) -> None:
        """A plan finds nothing to do."""
        run = self.plan()
        assert run.code == 0, str(run)

    def state(self) -> dict[str, dict[str, Any]]:
        """The attributes of everything in the state, by resource address, read from the file itself."""
        path = self.directory / "terraform.tfstate"
        if not path.exists():
            return {}
        resources = json.loads(path.read_text())["resources"]
        return {
            ".".join([*(["data"] if each["mode"] == "data" else []), each["type"], each["name"]]): instance[
                "attributes"
            ]
            for each in resources
            for instance in each["instances"]
        }

    def forget(self) -> None:
        """Lose the state, as somebody does who sets out to import what exists."""
        for path in self.directory.glob("terraform.tfstate*"):
            path.unlink()

    @contextmanager
    def started(self, *words: str) -> Iterator[RunningTerraform]:
        """A command that runs in the background, in a process group of its own; ended at the latest afterwards."""
        name = uuid.uuid4().hex
        out, err = (self.directory / f".{name}.{kind}" for kind in ("out", "err"))
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                [self.program, *words],
                cwd=self.directory,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
        try:
            yield RunningTerraform(process, words, out, err, self.mark)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@dataclass(frozen=True)
class RunningTerraform:
    """A command of Terraform under way."""

    process: subprocess.Popen[bytes]
    words: tuple[str, ...]
    out: Path
    err: Path
    mark: str

    def press_ctrl_c(self) -> None:
        """What a terminal does: SIGINT to the whole group. Returns once Terraform has taken note of it."""
        os.killpg(self.process.pid, signal.SIGINT)
        wait_until(lambda: "nterrupt received" in self.out.read_text(), "Terraform takes note of Ctrl-C")

    def kill(self) -> None:
        """SIGKILL to Terraform alone."""
        self.process.kill()
        self.process.wait()

    def kill_provider(self) -> None:
        """SIGKILL to the provider, which Terraform started."""
        providers = [each for each in marked(self.mark) if each.is_provider]
        assert len(providers) == 1, providers
        os.kill(providers[0].pid, signal.SIGKILL)
        wait_until(lambda: providers[0] not in marked(self.mark), "the provider is gone")

    def ended(self) -> Run:
        """Wait for its end."""
        code = self.process.wait(timeout=PATIENCE_S * 2)
        return Run(self.words, code, self.out.read_text(), self.err.read_text())
