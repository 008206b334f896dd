"""What can go wrong between a client and the control plane: one class for each different reaction.

Every error carries a title of a few words and a detail that says what was seen and what to do. None of them ever holds
an API key, a variable's value or a document's content.
"""

# ruff: noqa: N818 -- named after what happened, so that `except NotFound` reads as it is meant

from __future__ import annotations

from dataclasses import dataclass


class ControlPlaneError(Exception):
    """Something the control plane refused or could not do, in words for a person."""

    def __init__(self, title: str, detail: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title = title
        self.detail = detail

    def about(self, kind: str, document_id: str) -> None:
        """Name the document, for a request whose address does not."""
        self.detail = f"{self.detail.removesuffix('.')}. It was about the {kind} with id {document_id!r}."


class NotFound(ControlPlaneError):
    """The control plane has no such document, or has it in its trash."""

    def __init__(self, kind: str, document_id: str) -> None:
        super().__init__(
            f"{kind} does not exist", f"dFlow has no {kind} with id {document_id!r}, or has it in its trash."
        )
        self.kind = kind
        self.document_id = document_id


class OtherTenant(ControlPlaneError):
    """The document exists in another organisation than the one the client works in."""

    def __init__(self, kind: str, document_id: str, tenant: str) -> None:
        super().__init__(
            f"{kind} belongs to another organisation",
            f"The {kind} with id {document_id!r} exists, but not in the organisation {tenant!r}. Set the tenant it "
            f"belongs to, or use an id of {tenant!r}.",
        )


@dataclass(frozen=True)
class FieldProblem:
    """One field that the control plane did not accept; `path` is dFlow's own name for it (`githubSettings.branch`)."""

    path: str
    message: str


class Refused(ControlPlaneError):
    """The control plane read the request and found its content wrong; the same request fails again."""

    def __init__(self, kind: str, problems: tuple[FieldProblem, ...], message: str) -> None:
        found = "; ".join(f"{problem.path}: {problem.message}" for problem in problems) or message
        super().__init__(f"dFlow refused the {kind}", f"dFlow did not accept these fields: {found}")
        self.kind = kind
        self.problems = problems


class KeyRejected(ControlPlaneError):
    """The control plane does not know the API key."""

    def __init__(self, address: str) -> None:
        super().__init__(
            "API key is not accepted",
            f"dFlow at {address} answers as if nobody were logged in: the API key is wrong, switched off, or belongs "
            f"to another control plane or to a deleted user. Take the key from the dashboard's admin area "
            f"(/payload-admin, your user, `Enable API Key`) and set it as DFLOW_API_KEY.",
        )


class RoleMissing(ControlPlaneError):
    """The API key is good, but its user is not an administrator."""

    def __init__(self, address: str) -> None:
        super().__init__(
            "API key's user is no administrator",
            f"dFlow at {address} knows the API key, but its user lacks the role `admin`, and dFlow's REST API serves "
            f"administrators alone. Use the key of an administrator, or have one give the user that role. On dFlow "
            f"Cloud customers never have it: this works with a self-hosted control plane.",
        )


class NotAllowed(ControlPlaneError):
    """The user is an administrator, and the control plane still forbids this one request."""

    def __init__(self, request: str) -> None:
        super().__init__(
            "dFlow does not allow this",
            f"{request} is forbidden although the API key belongs to an administrator. This control plane "
            f"restricts the request itself; ask whoever runs it.",
        )


class Locked(ControlPlaneError):
    """Somebody has the document open in the control plane's admin area."""

    def __init__(self, kind: str, request: str) -> None:
        super().__init__(
            f"{kind} is being edited",
            f"{request} was answered with HTTP 423: somebody has the {kind} open in dFlow's admin area, and dFlow did "
            f"not let this change pass. The lock ends five minutes after their last edit; try again then.",
        )


class Overloaded(ControlPlaneError):
    """The control plane, or a proxy before it, asks to come back later, and kept asking."""

    def __init__(self, request: str, status: int, attempts: int) -> None:
        times = "once" if attempts == 1 else f"{attempts} times"
        super().__init__(
            "dFlow is too busy",
            f"{request} was answered with HTTP {status} ({times}). Try again later, or with fewer operations at a "
            f"time (-parallelism=2).",
        )
        self.status = status


class Failed(ControlPlaneError):
    """The control plane broke while it handled the request; whether anything was changed is open."""

    def __init__(self, request: str, status: int, message: str) -> None:
        super().__init__(
            "dFlow failed inside",
            f"{request} was answered with HTTP {status}: {message} dFlow writes the reason to its own log only.",
        )
        self.status = status


class Unreachable(ControlPlaneError):
    """No connection came about, so nothing was sent."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            "dFlow cannot be reached",
            f"No connection to {address}: {reason}. Check DFLOW_ENDPOINT, whether the control plane runs, and the way "
            f"to it (VPN, firewall, proxy).",
        )


class TlsFailed(ControlPlaneError):
    """The other side could not prove who it is."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            "TLS certificate is not trusted",
            f"The certificate of {address} cannot be verified: {reason}. For a private certificate authority set "
            f"DFLOW_CA_FILE to its PEM file; verification cannot be turned off.",
        )


class AnswerLost(ControlPlaneError):
    """The request was sent and no answer came back; it may or may not have been carried out."""

    def __init__(self, request: str, reason: str) -> None:
        super().__init__(
            "dFlow's answer got lost",
            f"{request} was sent, but no answer came back: {reason}. Whether dFlow carried it out is not known.",
        )


class NotDflow(ControlPlaneError):
    """Something answered that is not the REST API of a dFlow control plane."""

    def __init__(self, request: str, seen: str) -> None:
        super().__init__(
            "Endpoint is not dFlow's API",
            f"{request} was answered by something else: {seen}. Set DFLOW_ENDPOINT to the address of the "
            f"dashboard, scheme and host only (https://dflow.example.com). If it is right, a proxy in between "
            f"answered, or the control plane crashed.",
        )


class EndpointInvalid(ControlPlaneError):
    """The endpoint cannot be an address."""

    def __init__(self, reason: str) -> None:
        super().__init__("Endpoint is not an address", reason)


class SettingInvalid(ControlPlaneError):
    """A setting of the client other than the endpoint cannot be used."""


class UnknownDialect(ControlPlaneError):
    """A dFlow control plane whose collections this client does not know."""

    def __init__(self, address: str, probed: str) -> None:
        super().__init__(
            "dFlow version is not supported",
            f"{address} is a dFlow control plane without the collection `projects` ({probed}). This provider speaks "
            f"the public REST API, in which a project is the Environment; newer control planes have `applications` "
            f"and `environments` instead, whose fields are not public.",
        )


class TenantUnknown(ControlPlaneError):
    """The control plane has no organisation of that slug."""

    def __init__(self, slug: str, existing: tuple[str, ...]) -> None:
        known = f"It has {', '.join(existing)}." if existing else "It has none at all."
        super().__init__(
            "Organisation does not exist",
            f"dFlow has no organisation with the slug {slug!r}. {known} Set DFLOW_TENANT to one of them.",
        )
        self.slug = slug
        self.existing = existing


class Stopped(ControlPlaneError):
    """Whoever asked for the work does not want it any more."""

    def __init__(self, request: str) -> None:
        super().__init__("Stopped on request", f"{request} was given up because a stop was asked for.")


class RouteMissing(ControlPlaneError):
    """The other side speaks the engine's language but has no such collection; the session finds out why."""


class Forbidden(ControlPlaneError):
    """A 403, which says neither whether the key is bad nor whether the user lacks a role; the session asks."""
