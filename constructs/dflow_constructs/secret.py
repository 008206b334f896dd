"""A value that must never stand in the program's output."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Never

from dflow_constructs.errors import ConfigurationError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Secret:
    """A secret by the name of the environment variable that holds it while Terraform runs.

    Terraform reads the value through an ephemeral block and hands it on through a write-only argument: it stands
    neither in the synthesized configuration nor in plan or state. Because Terraform keeps no copy, it cannot see that
    the value behind the name has changed: give another `version` whenever it has, and the services get the new one.
    """

    name: str
    version: str = "1"

    @classmethod
    def from_environment(cls, name: str, *, version: str = "1") -> Secret:
        """Take the value of the environment variable `name` of the Terraform process, at plan and at apply.

        Args:
            name: the environment variable; absent or empty at run time is an error of Terraform that names it.
            version: any text; change it when the value behind the name was changed.
        """
        if not _NAME.fullmatch(name):
            raise ConfigurationError(
                "Secret.from_environment(…)",
                "the argument is not the name of an environment variable (letters, digits and _, not a digit first). "
                "If it was the secret itself: put it in an environment variable, "
                'and name that one here, Secret.from_environment("ORDERS_PASSWORD")',
            )
        return cls(name, version)

    def __str__(self) -> Never:
        raise TypeError(
            f"a Secret ({self.name}) is not text: Terraform learns its value only when it runs. "
            f'Pass the Secret itself, variables={{"{self.name}": secret}} or password=secret'
        )

    def __format__(self, spec: str) -> Never:
        self.__str__()
