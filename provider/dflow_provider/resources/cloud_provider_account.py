"""`dflow_cloud_provider_account`: credentials with which dFlow works at a cloud."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.control_plane.errors import Failed
from dflow_provider.resources import record_attributes
from dflow_provider.resources.cloud import Cloud
from dflow_provider.resources.creation import Intent, create_once
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.record_life import delete_record, read_record, refuse_while_used, taken
from dflow_provider.resources.record_lookup import record_for
from dflow_provider.resources.validators import RECORD_NAME, NotBlank, OneOf
from dflow_provider.resources.watched_secret import WatchedSecret
from dflow_provider.schema import (
    STRING,
    Attribute,
    Exposure,
    Nested,
    NestingMode,
    OnChange,
    Presence,
    ProviderError,
    Schema,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.cloud_provider_accounts import CloudProviderAccountDocument
    from dflow_provider.control_plane.documents import Head
    from dflow_provider.schema import Call, Path, Report, Value, Values

_PATHS: Mapping[str, Path] = MappingProxyType(
    {
        "name": ("name",),
        "type": ("type",),
        **{
            f"{cloud.group}.{field}": (cloud.value, name)
            for cloud in Cloud
            for name, field in cloud.identifiers.items()
        },
        **{f"{cloud.group}.{cloud.secret_field}": (cloud.value, cloud.secret) for cloud in Cloud},
    }
)

_SECRET = WatchedSecret("secret", "secret_changed")


def _credentials(cloud: Cloud, secret: str, whose: str, **identifiers: str) -> Attribute:
    """Return the nested attribute for the credentials of one cloud."""
    return Attribute(
        cloud.value,
        Nested(
            NestingMode.SINGLE,
            (
                *(
                    Attribute(name, STRING, Presence.REQUIRED, description, validators=(NotBlank(),))
                    for name, description in identifiers.items()
                ),
                Attribute(
                    cloud.secret,
                    STRING,
                    Presence.REQUIRED,
                    f"{secret} Write-only: it goes to dFlow and stands in no plan and no state. Sent when the account "
                    f"is made, whenever something beside it changes and when it was changed by hand.",
                    exposure=Exposure.WRITE_ONLY,
                    validators=(NotBlank(),),
                ),
                Attribute(
                    cloud.secret_version,
                    STRING,
                    Presence.OPTIONAL,
                    f"Any text; change it to send `{cloud.secret}` again, for instance after a rotation.",
                ),
            ),
        ),
        Presence.OPTIONAL,
        f"{whose} Given for the type `{cloud.value}` and no other.",
    )


class CloudProviderAccount:
    """An account at a cloud."""

    schema: ClassVar[Schema] = Schema(
        "An account at a cloud, with which dFlow launches machines and keeps `dflow_security_group` in step. dFlow "
        "stores accounts of five types and works with two of them, `aws` and `dflow` (its own cloud); for the others "
        "the plan warns. Over REST it takes the credentials without trying them. An account that a Worker Node or a "
        "security group still uses is not removed.\n\n"
        "A secret that somebody changes by hand in dFlow is noticed without storing it: `secret_changed`.\n\n"
        "Import by id, by name or by `<type>/<name>`: "
        "`terraform import dflow_cloud_provider_account.production aws/production`.",
        (
            Attribute(
                "id",
                STRING,
                Presence.COMPUTED,
                "The account's id in dFlow; Worker Nodes and security groups refer to it as "
                "`cloud_provider_account_id`.",
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
                "Which cloud it is; the credentials stand in the attribute of the same name. Another cloud means "
                "another account.",
                on_change=OnChange.REPLACE,
                validators=(OneOf(tuple(cloud.value for cloud in Cloud)),),
            ),
            _credentials(
                Cloud.AWS,
                "The secret access key.",
                "An access key of AWS.",
                access_key_id="The access key's id (`AKIA…`), unique among the accounts of the organisation.",
            ),
            _credentials(Cloud.DFLOW, "The access token.", "A token of dFlow's own cloud."),
            _credentials(
                Cloud.AZURE,
                "The client secret.",
                "A service principal of Azure.",
                client_id="The application's (client) id.",
                tenant_id="The directory's (tenant) id.",
                subscription_id="The subscription's id.",
            ),
            _credentials(
                Cloud.GCP,
                "The key of a service account, as JSON.",
                "A service account of Google Cloud.",
                project_id="The project's id.",
            ),
            _credentials(Cloud.DIGITALOCEAN, "The access token.", "A token of DigitalOcean."),
            _SECRET.attribute,
            record_attributes.HARD_DELETE,
            record_attributes.CREATED_AT,
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse a type without its credentials, and credentials of another type."""
        type_ = config["type"]
        if not isinstance(type_, str) or type_ not in {cloud.value for cloud in Cloud}:
            return
        if config[type_] is None:
            report.error(
                "Credentials are missing",
                f"type is {type_!r} and {type_} is not set. Give the credentials of the account there.",
                (type_,),
            )
        for cloud in Cloud:
            if cloud.value != type_ and config[cloud.value] is not None:
                report.error(
                    "Credentials are of another type",
                    f"type is {type_!r} and {cloud.value} is set. An account has the credentials of its own type "
                    f"alone; remove {cloud.value}, or make an account of its own from it.",
                    (cloud.value,),
                )

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:  # noqa: ARG002 (a hook)
        """Warn of an account that dFlow takes and never uses; plan to send a secret again that somebody changed."""
        _SECRET.plan(prior, planned, call)
        type_ = planned["type"]
        if isinstance(type_, str) and prior is None and not Cloud(type_).is_used:
            call.report.warning(
                "dFlow does not use this account",
                f"type is {type_!r}. dFlow's public control plane stores such an account and does nothing with it; "
                f"it works with aws and dflow.",
                ("type",),
            )
        return ()

    @explaining(_PATHS)
    def read(self, state: Values, call: Call) -> Values | None:
        """Return the account as it is now, and whether its secret is another; one in dFlow's trash is gone."""
        accounts = self._dflow(call).cloud_provider_account_secrets
        document = read_record(self._backend, accounts, state)
        if document is None:
            return None
        own = Cloud.of(document)
        if own is None:
            return _values(document, state)
        tags = _SECRET.tags(self._backend, accounts.tenant_id, call)
        return _values(document, state, changed=tags.differs(own.secret_in(document)))

    @explaining(_PATHS)
    def create(self, plan: Values, config: Values, call: Call) -> Values:
        """Store the account, or finish what an interrupted create of it began."""
        dflow = self._dflow(call)
        accounts = dflow.cloud_provider_account_secrets
        cloud, name = Cloud(str(plan["type"])), str(plan["name"])
        _refuse_credentials_twice(dflow, cloud, plan, own=lambda other: other["name"] == name)
        intent = Intent(
            collection=accounts,
            name=name,
            project="",
            fields={"name": name, "type": cloud.type, cloud.group: _sent(cloud, plan, config)},
            is_same=lambda found: found["type"] == cloud.type,
            taken=lambda found: _name_taken(dflow, found),
            type=cloud.type,
        )
        try:
            document = create_once(intent, self._backend.creations, call)
        except Failed as error:
            _refuse_credentials_twice(dflow, cloud, plan, own=lambda _: False)
            raise _perhaps_twice(error, cloud) from error
        _SECRET.tags(self._backend, accounts.tenant_id, call).remember(cloud.secret_in(document))
        return settled(self.schema, plan, _values(document, plan), call)

    @explaining(_PATHS)
    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:
        """Change the account in place."""
        dflow = self._dflow(call)
        accounts = dflow.cloud_provider_account_secrets
        cloud, own_id = Cloud(str(plan["type"])), str(prior["id"])
        if plan["name"] != prior["name"]:
            named = accounts.find(name=str(plan["name"]), type=cloud.type).documents
            if others := [found for found in named if found["id"] != own_id]:
                raise _name_taken(dflow, others)
        request: dict[str, object] = {"name": plan["name"]}
        renewed = plan[cloud.value] != prior[cloud.value] or _SECRET.is_changed(prior)
        tags = _SECRET.tags(self._backend, accounts.tenant_id, call)
        if renewed:
            _refuse_credentials_twice(dflow, cloud, plan, own=lambda other: other["id"] == own_id)
            sent = _sent(cloud, plan, config)
            request[cloud.group] = sent
            tags.expect(sent[cloud.secret_field])
        try:
            document = accounts.update(own_id, request)
        except Failed as error:
            raise _perhaps_twice(error, cloud) from error
        if renewed:
            tags.remember(cloud.secret_in(document))
        return settled(self.schema, plan, _values(document, plan), call)

    @explaining(_PATHS)
    def delete(self, state: Values, call: Call) -> None:
        """Put the account into dFlow's trash, or with `hard_delete` remove it, unless something uses it."""
        dflow = self._dflow(call)
        account_id = str(state["id"])
        users: dict[str, Sequence[Head]] = {
            "Worker Node": dflow.servers.find(cloudProviderAccount=account_id).documents,
            "security group": dflow.security_groups.find(cloudProviderAccount=account_id).documents,
        }
        refuse_while_used(dflow.cloud_provider_accounts.shape, state, users)
        delete_record(self._backend, dflow.cloud_provider_accounts, state)

    @explaining(_PATHS)
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the account by its id, its name or `<type>/<name>`."""
        dflow = self._dflow(call)
        document = record_for(dflow, dflow.cloud_provider_accounts, import_id, also=", or <type>/<name>")
        return _values(document, {"hard_delete": False})

    def _dflow(self, call: Call) -> ControlPlane:
        return self._backend.control_plane.during(call.stop.wait)


def _block(values: Values, cloud: Cloud) -> Values:
    block = values.get(cloud.value)
    return block if isinstance(block, dict) else {}


def _sent(cloud: Cloud, plan: Values, config: Values) -> dict[str, Value]:
    identifiers = {field: _block(plan, cloud).get(name) for name, field in cloud.identifiers.items()}
    return {**identifiers, cloud.secret_field: _block(config, cloud).get(cloud.secret)}


def _values(document: CloudProviderAccountDocument, beside: Values, *, changed: Value = False) -> Values:
    """Return the state; `beside` has what dFlow does not keep or never shows."""
    own = Cloud.of(document)
    values: Values = {
        "id": document["id"],
        "name": document["name"],
        "type": own.value if own is not None else document["type"],
        "secret_changed": changed,
        "hard_delete": beside["hard_delete"],
        "created_at": document["createdAt"],
        **{cloud.value: None for cloud in Cloud},
    }
    if own is not None:
        values[own.value] = {
            **own.identifiers_in(document),
            own.secret: None,
            own.secret_version: _block(beside, own).get(own.secret_version),
        }
    return values


def _name_taken(dflow: ControlPlane, found: list[CloudProviderAccountDocument]) -> ProviderError:
    return taken(
        dflow,
        dflow.cloud_provider_accounts.shape,
        "dflow_cloud_provider_account",
        found,
        "dFlow keeps names unique among the accounts of one type.",
    )


def _refuse_credentials_twice(
    dflow: ControlPlane, cloud: Cloud, plan: Values, own: Callable[[CloudProviderAccountDocument], bool]
) -> None:
    """Look for what dFlow would answer with a failure that says nothing, as far as it is not a secret.

    Raises:
        ProviderError: another account has the same credentials.
    """
    if not cloud.unique:
        return
    wanted = {name: _block(plan, cloud).get(name) for name in cloud.unique}
    found = [
        other
        for other in dflow.cloud_provider_accounts.find(type=cloud.type).documents
        if not own(other) and wanted.items() <= cloud.identifiers_in(other).items()
    ]
    if found:
        raise taken(
            dflow,
            dflow.cloud_provider_accounts.shape,
            "dflow_cloud_provider_account",
            found,
            "dFlow keeps the same credentials only once.",
            (cloud.value, cloud.unique[0]),
        )


def _perhaps_twice(error: Failed, cloud: Cloud) -> ProviderError:
    return ProviderError(
        error.title,
        f"{error.detail} It also answers so when another account of the type {cloud.value!r} in the organisation has "
        f"the same {cloud.secret.removesuffix('_wo')}, which it keeps only once and does not show; look at the "
        f"accounts in the dashboard.",
        (cloud.value,),
    )
