"""Where Terraform finds a secret while it runs."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from dflow_bindings import EphemeralProcessEnvironment, EphemeralProcessFile
from dflow_cdk import cdk
from dflow_cdk.element import address
from dflow_cdk.generic_ephemeral import GenericEphemeral
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.tokens import known_parts

if TYPE_CHECKING:
    from dflow_constructs.dflow_stack import DflowStack
    from dflow_constructs.secret import Secret
    from dflow_vendors.official import OfficialProvider


class SecretOrigin(Protocol):
    """A place that Terraform reads a secret from, anew in every run, without storing it."""

    @property
    def outline(self) -> str:
        """What tells the secret from all others, without its value."""

    def expression(self, stack: DflowStack) -> str:
        """Return the Terraform expression for the value, with what it refers to built into the stack."""


@dataclass(frozen=True)
class ProcessEnvironment:
    """An environment variable of the process that runs Terraform."""

    name: str

    @property
    def outline(self) -> str:
        """The variable's name."""
        return self.name

    def expression(self, stack: DflowStack) -> str:
        """Read the variable."""
        return f"{address(EphemeralProcessEnvironment(stack, f'secret-{self.name}', name=self.name))}.value"


@dataclass(frozen=True)
class ProcessFile:
    """A file on the machine that runs Terraform."""

    path: str

    @property
    def outline(self) -> str:
        """The file's path."""
        return f"file {self.path}"

    def expression(self, stack: DflowStack) -> str:
        """Read the file."""
        return f"{address(EphemeralProcessFile(stack, _id('file', self.path, self.path), path=self.path))}.value"


class Holding(Enum):
    """How a secret that is more than one value holds them."""

    JSON = auto()
    """It is the text of a JSON object."""
    MAP = auto()


@dataclass(frozen=True)
class StoredSecret:
    """A secret in a secret store, read by an ephemeral resource of the vendor's own Terraform provider.

    Args:
        type: the ephemeral resource.
        provider: the provider that has it.
        arguments: what it is given.
        attribute: its attribute that holds the value.
        key: the field to take of it; all of it unless given.
        holding: how it holds fields.
        configured: the provider configuration to use; the default one unless given.
    """

    type: str
    provider: OfficialProvider
    arguments: tuple[tuple[str, str | int], ...]
    attribute: str
    key: str | None = None
    holding: Holding = Holding.JSON
    configured: cdk.TerraformProvider | None = field(default=None, repr=False)

    @property
    def outline(self) -> str:
        """Type, arguments and field; what Terraform fills in later is left out."""
        given = " ".join(f"{name}={''.join(known_parts(str(value)))}" for name, value in self.arguments)
        return f"{self.type} {given}" + (f" .{self.key}" if self.key else "")

    def expression(self, stack: DflowStack) -> str:
        """Read the secret; all fields of one are read at once."""
        read = f"{stack.shared(self._block, self._build)}.{self.attribute}"
        if self.key is None:
            return read
        whole = f"jsondecode({read})" if self.holding is Holding.JSON else read
        return f'{whole}["{self.key}"]'

    @property
    def _block(self) -> object:
        return self.type, self.arguments, self.configured

    def _build(self, stack: DflowStack) -> str:
        if self.configured is None:
            stack.official_provider(self.provider)
        elif cdk.TerraformStack.of(self.configured).node.path != stack.node.path:
            raise ConfigurationError(
                stack,
                f"a secret of {self.type} is read with the provider {self.configured.node.path}, which is configured "
                f"in another stack; configure one in {stack.node.path} and make a Secret with it there",
            )
        which = f"{self.configured.node.path} " if self.configured is not None else ""
        name = "-".join(str(value) for _, value in self.arguments)
        block = GenericEphemeral(
            stack,
            _id(self.type, name, f"{which}{self.outline.partition(' .')[0]}"),
            terraform_type=self.type,
            arguments=dict(self.arguments),
            provider=self.configured,
        )
        return block.address


@dataclass(frozen=True)
class Derived:
    """A secret that Terraform computes from another one: always the same for the same label.

    Args:
        seed: the secret it is computed from.
        label: tells the secrets of one seed apart.
        length: how many characters it has; a hexadecimal digit each.
    """

    seed: Secret
    label: str
    length: int

    @property
    def outline(self) -> str:
        """The label and the seed's outline."""
        return f"generated {self.label} {self.length} from {self.seed.origin.outline} {self.seed.version}"

    def expression(self, stack: DflowStack) -> str:
        """Compute it from the seed."""
        seed = stack.secret_expression(self.seed)
        # Hashed twice with the seed: who knows one of them cannot go on to another by appending to what was hashed.
        inner = f'sha512("${{{seed}}}/{self.label}")'
        return f'substr(sha512("${{{seed}}}/${{{inner}}}"), 0, {self.length})'


@dataclass(frozen=True)
class Literal:
    """A secret that stands in the program, and in everything made of it."""

    value: str = field(repr=False)
    reason: str

    @property
    def outline(self) -> str:
        """A digest."""
        return f"literal {hashlib.sha256(self.value.encode()).hexdigest()}"

    def expression(self, stack: DflowStack) -> str:
        """Return the text as Terraform writes it, and have everybody who reads the plan see that it is there."""
        stack.accepted_risks.add(f"{stack.node.path}: a secret stands in the program", self.reason)
        text = re.sub(r'(["\\])', r"\\\1", self.value).replace("\n", "\\n").replace("\r", "\\r")
        return f'"{text.replace("${", "$${").replace("%{", "%%{")}"'


def _id(kind: str, name: str, whole: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9]+", "-", "".join(known_parts(name))).strip("-")[-40:]
    return f"secret-{kind}-{readable}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"
