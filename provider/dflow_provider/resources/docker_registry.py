"""`dflow_docker_registry`: an account with which dFlow pulls images."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.control_plane.errors import Failed
from dflow_provider.resources import record_attributes
from dflow_provider.resources.creation import Intent, create_once
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.record_life import delete_record, read_record, refuse_while_used, taken
from dflow_provider.resources.record_lookup import record_for
from dflow_provider.resources.validators import RECORD_NAME, NotBlank, OneOf
from dflow_provider.resources.watched_secret import WatchedSecret
from dflow_provider.schema import STRING, Attribute, Exposure, OnChange, Presence, Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.docker_registries import DockerRegistryDocument
    from dflow_provider.schema import Call, Path, ProviderError, Value, Values

_PATHS: Mapping[str, Path] = MappingProxyType(
    {"name": ("name",), "type": ("type",), "username": ("username",), "password": ("password_wo",)}
)
_PASSWORD = WatchedSecret("password", "password_changed")
HOSTS = {
    "docker": "docker.io",
    "github": "ghcr.io",
    "digitalocean": "registry.digitalocean.com",
    "quay": "quay.io",
}
"""The registries dFlow knows, and where each is."""


class DockerRegistry:
    """An account at a registry."""

    schema: ClassVar[Schema] = Schema(
        "An account at a docker registry, with which dFlow pulls private images for `dflow_docker_service`. dFlow "
        "knows four registries and no other host. Over REST it takes the account without trying it: a wrong password "
        "shows as a failed deployment. An account that a Docker service still uses is not removed.\n\n"
        "A password that somebody changes by hand in dFlow is noticed without storing it: `password_changed`.\n\n"
        "Import by id, by name or by `<type>/<name>`: `terraform import dflow_docker_registry.ghcr github/acme`.",
        (
            Attribute(
                "id",
                STRING,
                Presence.COMPUTED,
                "The account's id in dFlow; Docker services refer to it as `docker_registry_id`.",
            ),
            Attribute(
                "name",
                STRING,
                Presence.REQUIRED,
                "The account's name, unique among the accounts of the same `type` in the organisation.",
                validators=(RECORD_NAME,),
            ),
            Attribute(
                "type",
                STRING,
                Presence.REQUIRED,
                f"Which registry it is: {', '.join(f'`{word}` ({host})' for word, host in HOSTS.items())}. Another "
                f"registry means another account.",
                on_change=OnChange.REPLACE,
                validators=(OneOf(tuple(HOSTS)),),
            ),
            Attribute(
                "username",
                STRING,
                Presence.REQUIRED,
                "The user name at the registry, unique among the accounts of the same `type` in the organisation.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "password_wo",
                STRING,
                Presence.REQUIRED,
                "The password, or better an access token that may only pull. Write-only: it goes to dFlow and stands "
                "in no plan and no state. Sent when the account is made, when `username` changes, when it was changed "
                "by hand and whenever `password_wo_version` changes.",
                exposure=Exposure.WRITE_ONLY,
                validators=(NotBlank(),),
            ),
            Attribute(
                "password_wo_version",
                STRING,
                Presence.OPTIONAL,
                "Any text; change it to send `password_wo` again, for instance after a rotation.",
            ),
            _PASSWORD.attribute,
            record_attributes.HARD_DELETE,
            record_attributes.CREATED_AT,
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:  # noqa: ARG002 (a hook)
        """Plan to send the password again where somebody changed it."""
        _PASSWORD.plan(prior, planned, call)
        return ()

    @explaining(_PATHS)
    def read(self, state: Values, call: Call) -> Values | None:
        """Return the account as it is now, and whether its password is another; one in dFlow's trash is gone."""
        registries = self._dflow(call).registry_passwords
        document = read_record(self._backend, registries, state)
        if document is None:
            return None
        tags = _PASSWORD.tags(self._backend, registries.tenant_id, call)
        return _values(document, state, changed=tags.differs(document.get("password")))

    @explaining(_PATHS)
    def create(self, plan: Values, config: Values, call: Call) -> Values:
        """Store the account, or finish what an interrupted create of it began."""
        dflow = self._dflow(call)
        registries = dflow.registry_passwords
        name, type_ = str(plan["name"]), str(plan["type"])
        _refuse_username_twice(dflow, plan, own=lambda other: other["name"] == name)
        intent = Intent(
            collection=registries,
            name=name,
            project="",
            fields={
                "name": name,
                "type": type_,
                "username": plan["username"],
                "password": config["password_wo"],
            },
            is_same=lambda found: found["type"] == type_,
            taken=lambda found: _name_taken(dflow, found),
            type=type_,
        )
        try:
            document = create_once(intent, self._backend.creations, call)
        except Failed:
            # Another account may have come between the look and the create; dFlow's own words do not say so.
            _refuse_username_twice(dflow, plan, own=lambda _: False)
            raise
        _PASSWORD.tags(self._backend, registries.tenant_id, call).remember(document.get("password"))
        return settled(self.schema, plan, _values(document, plan), call)

    @explaining(_PATHS)
    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:
        """Change the account in place; the next deployment pulls with it."""
        dflow = self._dflow(call)
        own_id = str(prior["id"])
        if plan["name"] != prior["name"]:
            others = [
                found
                for found in dflow.docker_registries.find(name=str(plan["name"]), type=str(plan["type"])).documents
                if found["id"] != own_id
            ]
            if others:
                raise _name_taken(dflow, others)
        request = {"name": plan["name"], "username": plan["username"]}
        if plan["username"] != prior["username"]:
            _refuse_username_twice(dflow, plan, own=lambda other: other["id"] == own_id)
        renewed = any(plan[each] != prior[each] for each in ("username", "password_wo_version"))
        if not renewed and not _PASSWORD.is_changed(prior):
            document = dflow.docker_registries.update(own_id, request)
        else:
            registries = dflow.registry_passwords
            tags = _PASSWORD.tags(self._backend, registries.tenant_id, call)
            tags.expect(config["password_wo"])
            stored = registries.update(own_id, {**request, "password": config["password_wo"]})
            tags.remember(stored.get("password"))
            document = stored
        return settled(self.schema, plan, _values(document, plan), call)

    @explaining(_PATHS)
    def delete(self, state: Values, call: Call) -> None:
        """Put the account into dFlow's trash, or with `hard_delete` remove it, unless a service uses it."""
        dflow = self._dflow(call)
        users = dflow.services.find(**{"dockerDetails.account": str(state["id"])}).documents
        refuse_while_used(dflow.docker_registries.shape, state, {"service": users})
        delete_record(self._backend, dflow.docker_registries, state)

    @explaining(_PATHS)
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the account by its id, its name or `<type>/<name>`."""
        dflow = self._dflow(call)
        document = record_for(dflow, dflow.docker_registries, import_id, also=", or <type>/<name>")
        return _values(document, {"password_wo_version": None, "hard_delete": False})

    def _dflow(self, call: Call) -> ControlPlane:
        return self._backend.control_plane.during(call.stop.wait)


def _values(document: DockerRegistryDocument, beside: Values, *, changed: Value = False) -> Values:
    return {
        "id": document["id"],
        "name": document["name"],
        "type": document["type"],
        "username": document.get("username"),
        "password_wo": None,
        "password_wo_version": beside["password_wo_version"],
        "password_changed": changed,
        "hard_delete": beside["hard_delete"],
        "created_at": document["createdAt"],
    }


def _name_taken(dflow: ControlPlane, found: Sequence[DockerRegistryDocument]) -> ProviderError:
    return taken(
        dflow,
        dflow.docker_registries.shape,
        "dflow_docker_registry",
        found,
        "dFlow keeps names unique among the accounts of one type.",
    )


def _refuse_username_twice(dflow: ControlPlane, plan: Values, own: Callable[[DockerRegistryDocument], bool]) -> None:
    """Look for what dFlow would answer with a failure that says nothing; user names are encrypted, so it cannot look.

    Raises:
        ProviderError: another account of the type has the user name.
    """
    found = [
        other
        for other in dflow.docker_registries.find(type=str(plan["type"])).documents
        if other.get("username") == plan["username"] and not own(other)
    ]
    if found:
        raise taken(
            dflow,
            dflow.docker_registries.shape,
            "dflow_docker_registry",
            found,
            "dFlow keeps user names unique among the accounts of one type.",
            ("username",),
        )
