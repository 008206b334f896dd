"""`dflow_ssh_key`: a key pair that dFlow logs in to Worker Nodes with."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.resources.creation import Intent, create_once
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.key_material import PrivateKey, PublicKey
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.record_life import delete_record, read_record, refuse_while_used, taken
from dflow_provider.resources.record_lookup import record_for
from dflow_provider.resources.validators import RECORD_NAME
from dflow_provider.resources.watched_secret import WatchedSecret
from dflow_provider.schema import STRING, Attribute, Exposure, OnChange, Presence, Schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.ssh_keys import SshKeyDocument
    from dflow_provider.schema import Call, Path, Value, Values

_PATHS: Mapping[str, Path] = MappingProxyType(
    {
        "name": ("name",),
        "description": ("description",),
        "publicKey": ("public_key",),
        "privateKey": ("private_key_wo",),
    }
)
_IMPORTED = "imported"
"""Marks, beside the state, a key whose first version is noted and sends nothing."""

_PRIVATE_KEY = WatchedSecret(
    "private key", "private_key_changed", "makes a new key with the configured one, because dFlow changes none"
)


class SshKey:
    """A key pair."""

    schema: ClassVar[Schema] = Schema(
        "An SSH key pair that dFlow keeps and logs in to Worker Nodes with. dFlow never changes a key, so every "
        "change makes a new one: where a Worker Node uses it, give the new one another name and set "
        "`create_before_destroy`. A key that a Worker Node still uses is not removed. dFlow has no trash for keys; "
        "destroying removes the key for good.\n\n"
        "A private key that somebody replaces in dFlow by other means is noticed without storing it: "
        "`private_key_changed`.\n\n"
        "Import by id or by name: `terraform import dflow_ssh_key.deploy deploy`.",
        (
            Attribute(
                "id",
                STRING,
                Presence.COMPUTED,
                "The key's id in dFlow; Worker Nodes refer to it as `ssh_key_id`.",
            ),
            Attribute(
                "name",
                STRING,
                Presence.REQUIRED,
                "The key's name, unique within the organisation. It is also the name of the key pair on EC2 when "
                "dFlow launches a machine with it.",
                on_change=OnChange.REPLACE,
                validators=(RECORD_NAME,),
            ),
            Attribute(
                "description",
                STRING,
                Presence.OPTIONAL,
                "Free text that dFlow's dashboard shows beside the name. Left out, there is none.",
                on_change=OnChange.REPLACE,
            ),
            Attribute(
                "public_key",
                STRING,
                Presence.REQUIRED,
                "The public half, one line as in `id_ed25519.pub`. It must be in `authorized_keys` of the Worker "
                "Nodes; dFlow does not put it there.",
                on_change=OnChange.REPLACE,
                validators=(PublicKey(),),
            ),
            Attribute(
                "private_key_wo",
                STRING,
                Presence.REQUIRED,
                "The private half, without a passphrase. Write-only: it goes to dFlow and stands in no plan and no "
                "state. Another one is sent only with a new `private_key_wo_version` or another `public_key`.",
                exposure=Exposure.WRITE_ONLY,
                validators=(PrivateKey(),),
            ),
            Attribute(
                "private_key_wo_version",
                STRING,
                Presence.OPTIONAL,
                "Any text; change it together with `private_key_wo`. The change makes a new key, because dFlow changes "
                "none. The first value after an import is noted and changes nothing.",
            ),
            _PRIVATE_KEY.attribute,
            Attribute(
                "created_at",
                STRING,
                Presence.COMPUTED,
                "When dFlow stored the key, as an RFC 3339 time in UTC.",
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:  # noqa: ARG002 (a hook)
        """Plan a new key for a new version and for one changed by hand; an imported one has no version yet."""
        name = "private_key_wo_version"
        if _PRIVATE_KEY.plan(prior, planned, call):
            return ((_PRIVATE_KEY.flag,),)
        if prior is None or prior[name] == planned[name]:
            return ()
        return () if prior[name] is None and call.private.get(_IMPORTED) is True else ((name,),)

    @explaining(_PATHS)
    def read(self, state: Values, call: Call) -> Values | None:
        """Return the key as it is now, and whether its private half is another."""
        keys = self._dflow(call).key_pairs
        document = read_record(self._backend, keys, state)
        if document is None:
            return None
        changed = _PRIVATE_KEY.tags(self._backend, keys.tenant_id, call).differs(document.get("privateKey"))
        return _values(document, state["private_key_wo_version"], changed=changed)

    @explaining(_PATHS)
    def create(self, plan: Values, config: Values, call: Call) -> Values:
        """Store the key pair, or finish what an interrupted create of it began."""
        dflow = self._dflow(call)
        keys = dflow.key_pairs
        fields = {"name": plan["name"], "description": plan["description"], "publicKey": plan["public_key"]}
        document = create_once(
            Intent(
                collection=keys,
                name=str(plan["name"]),
                project="",
                fields={**fields, "privateKey": config["private_key_wo"]},
                is_same=lambda found: {field: found.get(field) for field in fields} == fields,
                taken=lambda found: taken(
                    dflow, keys.shape, "dflow_ssh_key", found, "dFlow keeps names of keys unique within it."
                ),
            ),
            self._backend.creations,
            call,
        )
        _PRIVATE_KEY.tags(self._backend, keys.tenant_id, call).remember(document.get("privateKey"))
        return settled(self.schema, plan, _values(document, plan["private_key_wo_version"]), call)

    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:  # noqa: ARG002 (a hook)
        """Note the version of an imported key; everything else makes a new key."""
        call.private.pop(_IMPORTED, None)
        return {**prior, "private_key_wo_version": plan["private_key_wo_version"]}

    @explaining(_PATHS)
    def delete(self, state: Values, call: Call) -> None:
        """Remove the key for good, unless a Worker Node uses it."""
        dflow = self._dflow(call)
        users = dflow.servers.find(sshKey=str(state["id"])).documents
        refuse_while_used(dflow.ssh_keys.shape, state, {"Worker Node": users})
        delete_record(self._backend, dflow.ssh_keys, state)

    @explaining(_PATHS)
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the key by its id or by its name."""
        dflow = self._dflow(call)
        call.private[_IMPORTED] = True
        return _values(record_for(dflow, dflow.ssh_keys, import_id), version=None)

    def _dflow(self, call: Call) -> ControlPlane:
        return self._backend.control_plane.during(call.stop.wait)


def _values(document: SshKeyDocument, version: Value, *, changed: Value = False) -> Values:
    return {
        "id": document["id"],
        "name": document["name"],
        "description": document.get("description"),
        "public_key": document.get("publicKey"),
        "private_key_wo": None,
        "private_key_wo_version": version,
        "private_key_changed": changed,
        "created_at": document["createdAt"],
    }
