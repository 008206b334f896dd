"""`ephemeral.dflow_process_file`: a file that the process which runs Terraform can read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.schema import STRING, Attribute, Exposure, Presence, ProviderError, Schema

if TYPE_CHECKING:
    from dflow_provider.backend import Backend
    from dflow_provider.schema import Call, Value, Values

_LARGEST_BYTES = 64 * 1024
_HOME = "~/"


@dataclass(frozen=True)
class _FromTheRoot:
    """The path does not depend on the folder Terraform happens to run in."""

    description: str = f"a path from the root (`/run/secrets/orders`) or from the home folder (`{_HOME}orders`)"

    def problem(self, value: Value) -> str | None:
        """Refuse relative paths."""
        if str(value).startswith(("/", _HOME)):
            return None
        return (
            f"{value!r} depends on the folder Terraform runs in, which is seldom the one the path was written for; "
            f"give {self.description}."
        )


class ProcessFile:
    """One file of a secret, for one run."""

    schema: ClassVar[Schema] = Schema(
        "The text of a file on the machine that runs Terraform, such as a mounted secret, for write-only arguments. It "
        "exists for one run and stands in no plan and no state, unlike what Terraform's function `file` reads.",
        (
            Attribute(
                "path",
                STRING,
                Presence.REQUIRED,
                "Path of the file, from the root or, with `~/`, from the home folder.",
                validators=(_FromTheRoot(),),
            ),
            Attribute(
                "value",
                STRING,
                Presence.COMPUTED,
                "Its text, without one line break at the end. A file that is absent, empty, no UTF-8 text or larger "
                "than 64 KiB is an error.",
                exposure=Exposure.SENSITIVE,
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def open(self, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Read the file."""
        given = str(config["path"])
        text = _text(self._place(given), given).removesuffix("\n").removesuffix("\r")
        if not text:
            raise _refusal(given, "is empty", "Write the secret into it before the run.")
        return {**config, "value": text}

    def _place(self, given: str) -> Path:
        if not given.startswith(_HOME):
            return Path(given)
        home = self._backend.environment.get("HOME")
        if not home:
            raise _refusal(
                given,
                "cannot be found, since HOME is not set for the process that runs Terraform",
                "Set HOME, or give the path from the root.",
            )
        return Path(home) / given.removeprefix(_HOME)


def _text(place: Path, given: str) -> str:
    try:
        # A device or a pipe could go on for ever.
        if place.exists() and not place.is_file():
            raise _refusal(given, "is no file", "Give the path of a file that holds the secret alone.")
        with place.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
    except OSError as problem:
        reason = (problem.strerror or type(problem).__name__).lower()
        raise _refusal(
            given,
            f"cannot be read ({reason})",
            "Have it there, readable for the user that runs Terraform, before the run.",
        ) from None
    if len(content) > _LARGEST_BYTES:
        raise _refusal(given, "is larger than 64 KiB", "Give the path of a file that holds the secret alone.")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise _refusal(
            given, "holds bytes that are no UTF-8 text", "Keep the secret in it as text, base64-encoded if need be."
        ) from None


def _refusal(given: str, found: str, remedy: str) -> ProviderError:
    return ProviderError(
        "Secret file gives no value",
        f"The file {given} {found}, and a secret is to come from it on the machine that runs Terraform. {remedy}",
        ("path",),
    )
