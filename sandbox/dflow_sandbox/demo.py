"""`make demo`: the main job from beginning to end, on this machine alone.

It starts the sandbox, runs the real `cdktf deploy` of `stacks/main.py` against it several times, and after each run
reads back what came to be from the control plane and from the cloud themselves, never from Terraform's output. Every
claim it prints was checked; a claim that does not hold ends the demo with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from dflow_sandbox import Sandbox, SandboxError
from dflow_sandbox.readback import read_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
INTERRUPTED = 130
"""The exit code of a program that a person ended with Ctrl-C."""


_DONE = re.compile(
    r"(?P<address>dflow_\S+)(?: \([^)]*\))?: (?P<what>Creation|Modifications|Destruction) complete after"
)
_DONE_WORDS = {"Creation": "created", "Modifications": "changed", "Destruction": "destroyed"}


class DemoError(Exception):
    """Something the demo promises did not hold; the message says what."""


class Interrupted(BaseException):
    """A person pressed Ctrl-C; no error, so nothing that handles errors may swallow it."""


@dataclass
class Stage:
    """Where the demo runs and with what.

    Args:
        directory: holds the state, the logs and the sandbox's data; made anew for each run.
        environment: the environment variables of every command.
        verbose: commands print everything they say, instead of one line for each object.
    """

    directory: Path
    environment: dict[str, str]
    verbose: bool
    step: int = 0

    @contextmanager
    def announced(self, what: str) -> Iterator[None]:
        """Say what runs now, and how long it took."""
        self.step += 1
        print(f"\n[{self.step}] {what}", flush=True)
        started = time.monotonic()
        yield
        print(f"    done in {time.monotonic() - started:.1f} s", flush=True)

    def cdktf(self, verb: str, environments: Sequence[str]) -> None:
        """Run the pinned `cdktf` command line on `stacks/main.py` with these Environments in it."""
        # cdktf would ask the public registry for the checksums of a provider that Terraform found on this machine.
        command = [
            str(ROOT / "node_modules" / ".bin" / "cdktf"),
            verb,
            "shop",
            "--auto-approve",
            "--skip-provider-lock",
        ]
        log = self.directory / "logs" / f"{self.step:02d}-{verb}.log"
        self.run([*command, "--no-color"], cwd=self.directory, log=log, environments=environments)

    def plan_exit_code(self, environments: Sequence[str]) -> int:
        """Ask Terraform for a plan of what `cdktf` synthesized last: 0 is no change, 2 is changes."""
        return self.run(
            ["terraform", "plan", "-detailed-exitcode", "-input=false", "-no-color"],
            cwd=self.directory / "cdktf.out" / "stacks" / "shop",
            log=self.directory / "logs" / f"{self.step:02d}-plan.log",
            environments=environments,
            accepted=(0, 2),
        )

    def run(
        self, command: list[str], *, cwd: Path, log: Path, environments: Sequence[str], accepted: tuple[int, ...] = (0,)
    ) -> int:
        """Run a command in a process group of its own, so that Ctrl-C reaches it once and it can finish in order.

        Raises:
            DemoError: it ended with another exit code; the end of its output is shown.
            Interrupted: a person pressed Ctrl-C; the command has ended.
        """
        environment = self.environment | {"QUICKSTART_ENVIRONMENTS": ",".join(environments)}
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            with log.open("w") as record:
                for line in process.stdout or ():
                    record.write(line)
                    self._show(line)
            code = process.wait()
        except Interrupted:
            _end_group(process)
            raise
        if code not in accepted:
            tail = "".join(log.read_text().splitlines(keepends=True)[-40:])
            raise DemoError(
                f"`{Path(command[0]).name} {' '.join(command[1:])}` ended with {code}; all of it: {log}\n{tail}"
            )
        return code

    def _show(self, line: str) -> None:
        if self.verbose:
            print(f"    | {line}", end="", flush=True)
        elif done := _DONE.search(line):
            print(f"    {_DONE_WORDS[done['what']]:9} {done['address']}", flush=True)


def _end_group(process: subprocess.Popen[str]) -> None:
    """Pass Ctrl-C on and wait: Terraform finishes the object it is at, and writes its state."""
    for signal_number, patience_s in ((signal.SIGINT, 60), (signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        try:
            os.killpg(process.pid, signal_number)
        except ProcessLookupError:
            break
        try:
            process.communicate(timeout=patience_s)
        except subprocess.TimeoutExpired:
            continue
        break


def _expect(claim: str, *, found: object, expected: object) -> None:
    """Print a claim that holds, or end the demo with what was found."""
    if found != expected:
        raise DemoError(f"expected: {claim}\n  expected {expected!r}\n  found    {found!r}")
    print(f"    checked: {claim}", flush=True)


def demonstrate(stage: Stage, sandbox: Sandbox) -> None:
    """Deploy, deploy again, grow twice, destroy; check each against the control plane and the cloud."""
    before = read_back(sandbox)
    foreign = before.entries
    two = ("production", "staging")
    with stage.announced("cdktf deploy: two Environments, four services, one external PostgreSQL"):
        stage.cdktf("deploy", two)
    with stage.announced("What came to be, read back from the control plane and from EC2"):
        first = read_back(sandbox)
        print(f"\n{first.table()}\n", flush=True)
        _expect("one entry for each Worker Node in use", found=first.entry_nodes(), expected=("fra-1", "fra-2"))
        _expect("every entry is for port 5432", found={entry.port for entry in first.entries}, expected={5432})
        _expect("the foreign entry is as it was", found=first.without_owner(), expected=foreign)

    with stage.announced("cdktf deploy again: nothing to do"):
        stage.cdktf("deploy", two)
        _expect("terraform plan finds no changes", found=stage.plan_exit_code(two), expected=0)
        _expect("control plane and cloud are unchanged", found=read_back(sandbox), expected=first)

    three = (*two, "preview")
    with stage.announced("A third Environment, on the third Worker Node, connected to the same database"):
        stage.cdktf("deploy", three)
        third = read_back(sandbox)
        print(f"\n{third.entries_table()}\n", flush=True)
        _expect("exactly one entry was added", found=third.nodes_added_since(first), expected=("fra-3",))

    four = (*three, "canary")
    with stage.announced("A fourth Environment, on a Worker Node that is already allowed"):
        stage.cdktf("deploy", four)
        fourth = read_back(sandbox)
        _expect("no entry was added", found=fourth.entries, expected=third.entries)
        _expect("its service exists", found=len(fourth.services) - len(third.services), expected=1)
        _expect("terraform plan finds no changes", found=stage.plan_exit_code(four), expected=0)

    with stage.announced("cdktf destroy"):
        stage.cdktf("destroy", four)
        after = read_back(sandbox)
        print(f"\n{after.entries_table()}\n", flush=True)
        _expect("our Environments and Services are gone", found=(after.environments, after.services), expected=((), ()))
        _expect("only the foreign entry is left", found=after.entries, expected=foreign)


def _fresh_directory(directory: Path) -> None:
    """Empty the demo's directory: a run that was cut off leaves nothing the next one depends on."""
    if directory.exists():
        shutil.rmtree(directory)
    (directory / "logs").mkdir(parents=True)


def _stage(directory: Path, sandbox: Sandbox, *, verbose: bool) -> Stage:
    (directory / "cdktf.json").write_text(
        json.dumps(
            json.loads((ROOT / "cdktf.json").read_text()) | {"app": f"{sys.executable} {ROOT / 'stacks' / 'main.py'}"}
        )
    )
    # Terraform's usual places, minus whatever this machine's own settings make of them.
    mirror = json.dumps(str(Path(sys.prefix) / "share" / "terraform" / "plugins"))
    (directory / "terraformrc").write_text(f"provider_installation {{\n  filesystem_mirror {{ path = {mirror} }}\n}}\n")
    environment = os.environ | sandbox.environment()
    environment |= {
        "ORDERS_PASSWORD": secrets.token_urlsafe(24),
        "QUICKSTART_SECURITY_GROUP": sandbox.security_group_id,
        "TF_CLI_CONFIG_FILE": str(directory / "terraformrc"),
        "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "CI": "1",
        "CHECKPOINT_DISABLE": "1",
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "18,20,21,23",
    }
    return Stage(directory, environment, verbose=verbose)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    # Once is enough: a second Ctrl-C would make Terraform give up its state.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Interrupted


def main() -> int:
    """Run the demo; 0 if every claim held, 1 if one did not, 130 after Ctrl-C."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument(
        "--directory", type=Path, default=ROOT / ".demo", help="where state and logs go (default: .demo)"
    )
    parser.add_argument("--verbose", action="store_true", help="show everything the commands say")
    options = parser.parse_args()
    directory = options.directory.resolve()
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    started = time.monotonic()
    try:
        _fresh_directory(directory)
        print("[0] Starting the sandbox: control plane (Payload, SQLite) and EC2 (moto), both on 127.0.0.1", flush=True)
        with Sandbox.start(directory / "sandbox") as sandbox:
            print(
                f"    control plane {sandbox.endpoint}, EC2 {sandbox.aws_endpoint}, {time.monotonic() - started:.1f} s"
            )
            demonstrate(_stage(directory, sandbox, verbose=options.verbose), sandbox)
    except Interrupted:
        print(
            "\nInterrupted: everything that was started has been stopped; run it again when you like.", file=sys.stderr
        )
        return INTERRUPTED
    except (DemoError, SandboxError) as failure:
        print(f"\nThe demo failed: {failure}", file=sys.stderr)
        return 1
    print(f"\nEverything held, in {time.monotonic() - started:.0f} s. The sandbox is stopped.")
    print(f"What each command said is in {directory / 'logs'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
