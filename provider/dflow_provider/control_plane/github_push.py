"""The push webhook of a GitHub App: the one request that makes dFlow deploy.

dFlow signs the body over again as `JSON.stringify` writes it, so the body is sent in exactly that form. It answers 200
whether or not anything matched; what came of it shows in the deployments alone.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NotRequired, TypedDict

from dflow_provider import log
from dflow_provider.control_plane.collection import Collection, Shape
from dflow_provider.control_plane.documents import Stored

if TYPE_CHECKING:
    from dflow_provider.control_plane.session import Session

PATH = "/api/deploy/github"


class WebhookSettings(TypedDict, total=False):
    """How pushes of a GitHub App are signed and told apart. dFlow keeps the secret in clear."""

    appName: str | None
    webhookSecret: str | None
    installationId: str | None


class WebhookDocument(Stored):
    """A Git provider with what a push needs."""

    type: str
    tenant: NotRequired[str]
    github: NotRequired[WebhookSettings | None]


WEBHOOKS = Shape(
    "gitProviders",
    "Git provider",
    {"type": True, "github": {"appName": True, "webhookSecret": True, "installationId": True}},
    name_field="github.appName",
)
Webhooks = Collection[WebhookDocument]


@dataclass(frozen=True)
class Push:
    """A push to one branch, as GitHub would report it.

    Args:
        installation_id: of the GitHub App; GitHub writes it as a number.
        repository: its name, without the owner.
        branch: its name, without `refs/heads/`.
        secret: what the App's webhooks are signed with.
    """

    installation_id: str
    repository: str
    branch: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        log.mask(self.secret)

    def send(self, session: Session) -> None:
        """Report the push, without any credentials but the signature.

        Raises:
            AnswerLost: whether dFlow took it is not known.
            ControlPlaneError: dFlow did not take it.
        """
        session.deliver(
            PATH, {"x-github-event": "push", "x-hub-signature-256": f"sha256={self.signature}"}, self.content
        )

    @property
    def content(self) -> bytes:
        """The body, byte for byte as JavaScript writes it: no blanks, nothing escaped that need not be."""
        number = self.installation_id
        body = {
            "installation": {"id": int(number) if number.isascii() and number.isdecimal() else number},
            "ref": f"refs/heads/{self.branch}",
            "repository": {"name": self.repository},
        }
        return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()

    @property
    def signature(self) -> str:
        """The HMAC-SHA256 of the body, in hexadecimal digits."""
        return hmac.new(self.secret.encode(), self.content, "sha256").hexdigest()
