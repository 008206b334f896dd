"""`dflow_app_service`: an application that dFlow builds from a Git repository."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from dflow_provider.resources.app_service_schema import SCHEMA, TOKEN
from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.git_host import GitHost
from dflow_provider.resources.import_ids import service_for
from dflow_provider.resources.outcome import settled
from dflow_provider.resources.record_life import read_record
from dflow_provider.resources.relations import Relation, naming_wrong_ids
from dflow_provider.resources.service_life import create_service, delete_service, of_type, read_service
from dflow_provider.schema import Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

    from dflow_provider.backend import Backend
    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.control_plane.services import GitTokens, ServiceDocument
    from dflow_provider.schema import Call, Path, Report, Schema, Value, Values

_PATHS: Mapping[str, Path] = MappingProxyType(
    {
        "name": ("name",),
        "description": ("description",),
        "project": ("environment_id",),
        "builder": ("builder",),
        "provider": ("source", "git_provider_id"),
        "providerType": ("source", "provider"),
        **{
            f"{host.group}.{field}": path
            for host in GitHost
            for field, path in (
                ("repository", ("source", "repository")),
                ("owner", ("source", "owner")),
                ("branch", ("source", "branch")),
                ("buildPath", ("source", "build_path")),
                ("gitToken", ("git_token_wo",)),
                ("port", ("port",)),
            )
        },
    }
)
_RELATIONS = MappingProxyType(
    {
        "project": Relation("Environment", ("environment_id",)),
        "provider": Relation("Git provider", ("source", "git_provider_id")),
    }
)

_NEVER_BUILT = ("nixpacks", "herokuBuildPacks")


class AppService:
    """A service built from source."""

    schema: ClassVar[Schema] = SCHEMA

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse what dFlow would refuse at apply because one attribute asks for another."""
        source = config["source"]
        host = source.get("provider") if isinstance(source, dict) else None
        if host == "azure_devops" and config["git_token_wo"] is None:
            report.error(
                "Azure DevOps needs a token",
                "source.provider is 'azure_devops' and git_token_wo is not set. dFlow reads every Azure DevOps "
                "repository with a token; set git_token_wo to a personal access token with the scope Code (Read).",
                ("git_token_wo",),
            )
        if host == "github" and isinstance(source, dict):
            _check_bare_name(source, report)
        if host not in {None, "github"} and not isinstance(host, Unknown) and isinstance(source, dict):
            _check_clone_url(source, report)
            if source.get("git_provider_id") is not None:
                report.error(
                    "Git provider is for GitHub",
                    f"source.git_provider_id is set and source.provider is {host!r}. dFlow has GitHub App "
                    f"installations only; for {host} leave it out and give git_token_wo where the repository is "
                    f"private.",
                    ("source", "git_provider_id"),
                )

    def plan_change(self, prior: Values | None, planned: Values, config: Values, call: Call) -> Sequence[Path]:
        """Warn of builders that dFlow never runs; plan to send a token again that somebody changed."""
        if config["git_token_wo"] is not None:
            TOKEN.plan(prior, planned, call)
        else:
            planned[TOKEN.flag] = False
        builder = planned["builder"]
        if builder in _NEVER_BUILT and (prior is None or prior["builder"] != builder):
            call.report.warning(
                "Builder is never run",
                f"builder is {builder!r}. dFlow's public control plane accepts it, but leaves its deployments queued "
                f"for ever. Use railpack, buildPacks, dockerfile or static.",
                ("builder",),
            )
        return ()

    @explaining(_PATHS)
    def read(self, state: Values, call: Call) -> Values | None:
        """Return the service as it is now, and whether its token is another; one in dFlow's trash is gone."""
        if not TOKEN.was_sent(call):
            document = read_service(self._backend, state, call)
            return None if document is None else _AppService.from_api(document).to_values(state)
        tokens = self._tokens(call)
        document = read_record(self._backend, tokens, state)
        if document is None:
            return None
        changed = TOKEN.tags(self._backend, tokens.tenant_id, call).differs(_token_in(document))
        return _AppService.from_api(document).to_values(state, changed=changed)

    @explaining(_PATHS)
    def create(self, plan: Values, config: Values, call: Call) -> Values:
        """Make the service, or finish what an interrupted create of it began."""
        app, tokens = _AppService.from_plan(plan), self._tokens(call)
        request = app.to_create_request(config["git_token_wo"])
        with naming_wrong_ids(self._backend.control_plane, plan, _RELATIONS, _PATHS):
            document = create_service(self._backend, plan, request, call, tokens)
        if config["git_token_wo"] is not None:
            TOKEN.tags(self._backend, tokens.tenant_id, call).remember(_token_in(document))
        return settled(self.schema, plan, _AppService.from_api(document).to_values(plan), call)

    @explaining(_PATHS)
    def update(self, prior: Values, plan: Values, config: Values, call: Call) -> Values:
        """Change the service in place; the next deployment builds with it."""
        app, before = _AppService.from_plan(plan), _AppService.from_plan(prior)
        renewed = plan["git_token_wo_version"] != prior["git_token_wo_version"]
        token, tokens = config["git_token_wo"], self._tokens(call)
        due = renewed or app.host != before.host or (TOKEN.is_changed(prior) and token is not None)
        request = app.to_update_request(before.host, _Token.SENT if due else _Token.KEPT, token)
        tags = TOKEN.tags(self._backend, tokens.tenant_id, call) if due or TOKEN.was_sent(call) else None
        if tags is not None and token is None:
            tags.forget()
        elif tags is not None and due:
            tags.expect(token)
        with naming_wrong_ids(self._backend.control_plane, plan, _RELATIONS, _PATHS):
            document = (tokens if due else self._dflow(call).services).update(str(prior["id"]), request)
        if tags is not None and due and token is not None:
            tags.remember(_token_in(document))
        return settled(self.schema, plan, _AppService.from_api(document).to_values(plan), call)

    @explaining(_PATHS)
    def delete(self, state: Values, call: Call) -> None:
        """Put the service into dFlow's trash, or with `hard_delete` remove it."""
        delete_service(self._backend, state, call)

    @explaining(_PATHS)
    def import_state(self, import_id: str, call: Call) -> Values:
        """Find the service by its id or by `<environment name>/<service name>`."""
        document = of_type("app", service_for(self._backend.control_plane.during(call.stop.wait), import_id))
        return _AppService.from_api(document).to_values(_NOT_IN_DFLOW)

    def _tokens(self, call: Call) -> GitTokens:
        return self._dflow(call).git_tokens

    def _dflow(self, call: Call) -> ControlPlane:
        return self._backend.control_plane.during(call.stop.wait)


def _token_in(document: ServiceDocument) -> str | None:
    host = GitHost.of(document)
    return host.token(document) if host is not None else None


class _Token(Enum):
    """What an update does to the Git token."""

    SENT = auto()
    KEPT = auto()


_NOT_IN_DFLOW: Values = {"git_token_wo_version": None, "hard_delete": False}


@dataclass(frozen=True)
class _AppService:
    id: Value
    environment_id: Value
    name: Value
    description: Value
    builder: Value
    port: Value
    host: GitHost | None
    repository: Value
    owner: Value
    branch: Value
    build_path: Value
    git_provider_id: Value
    created_at: Value

    @classmethod
    def from_api(cls, document: ServiceDocument) -> Self:
        host = GitHost.of(document)
        settings = host.settings(document) if host is not None else {}
        return cls(
            id=document["id"],
            environment_id=document.get("project"),
            name=document["name"],
            description=document.get("description"),
            builder=document.get("builder"),
            port=settings.get("port"),
            host=host,
            repository=settings.get("repository"),
            owner=settings.get("owner"),
            branch=settings.get("branch"),
            build_path=settings.get("buildPath"),
            git_provider_id=document.get("provider"),
            created_at=document["createdAt"],
        )

    @classmethod
    def from_plan(cls, plan: Values) -> Self:
        source = plan["source"] if isinstance(plan["source"], dict) else {}
        host = source.get("provider")
        return cls(
            id=plan["id"],
            environment_id=plan["environment_id"],
            name=plan["name"],
            description=plan["description"],
            builder=plan["builder"],
            port=plan["port"],
            host=GitHost(host) if host is not None else None,
            repository=source.get("repository"),
            owner=source.get("owner"),
            branch=source.get("branch"),
            build_path=source.get("build_path"),
            git_provider_id=source.get("git_provider_id"),
            created_at=plan["created_at"],
        )

    def to_create_request(self, token: Value) -> dict[str, object]:
        settings = self._settings_request()
        if token is not None:
            settings["gitToken"] = token
        return {"type": "app", "project": self.environment_id, "name": self.name, **self._request(settings)}

    def to_update_request(self, host_before: GitHost | None, action: _Token, token: Value) -> dict[str, object]:
        settings = self._settings_request()
        if action is _Token.SENT:
            settings["gitToken"] = token
        request = self._request(settings)
        if host_before is not None and host_before != self.host:
            request[host_before.group] = {"gitToken": None}
        return request

    def _request(self, settings: dict[str, object]) -> dict[str, object]:
        request: dict[str, object] = {
            "description": self.description,
            "builder": self.builder,
            "provider": self.git_provider_id,
        }
        if self.host is not None:
            request |= {"providerType": self.host.type, self.host.group: settings}
        return request

    def _settings_request(self) -> dict[str, object]:
        return {
            "repository": self.repository,
            "owner": self.owner,
            "branch": self.branch,
            "buildPath": self.build_path,
            "port": self.port,
        }

    def to_values(self, beside: Values, *, changed: Value = False) -> Values:
        """Return the state; `beside` has what dFlow does not keep."""
        source: Values = {
            "provider": self.host.value if self.host is not None else None,
            "repository": self.repository,
            "owner": self.owner,
            "branch": self.branch,
            "build_path": self.build_path,
            "git_provider_id": self.git_provider_id,
        }
        return {
            "id": self.id,
            "environment_id": self.environment_id,
            "name": self.name,
            "description": self.description,
            "source": source if self.host is not None else None,
            "git_token_wo": None,
            "git_token_wo_version": beside["git_token_wo_version"],
            "git_token_changed": changed,
            "builder": self.builder,
            "port": self.port,
            "hard_delete": beside["hard_delete"],
            "created_at": self.created_at,
        }


def _check_bare_name(source: Values, report: Report) -> None:
    repository = source.get("repository")
    if isinstance(repository, str) and ("/" in repository or repository.endswith(".git")):
        name = repository.rstrip("/").rpartition("/")[2].removesuffix(".git")
        report.error(
            "Repository is no bare name",
            f"source.repository is {repository!r} and source.provider is 'github'. For github dFlow puts the address "
            f"together from owner and name; give {name!r} alone, and the owner in source.owner.",
            ("source", "repository"),
        )


def _check_clone_url(source: Values, report: Report) -> None:
    repository = source.get("repository")
    if isinstance(repository, str) and "://" not in repository and not repository.startswith("git@"):
        report.error(
            "Repository is no clone URL",
            f"source.repository is {repository!r} and source.provider is {source['provider']!r}. dFlow takes a bare "
            f"name for github only; give the full clone URL, like https://gitlab.com/acme/shop.git.",
            ("source", "repository"),
        )
