"""The control plane as its users see it: one attribute per noun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dflow_provider.control_plane.cloud_provider_accounts import ACCOUNT_SECRETS, CLOUD_PROVIDER_ACCOUNTS
from dflow_provider.control_plane.collection import Collection
from dflow_provider.control_plane.deployment_progress import BUILD_INPUTS, LOGS, PROGRESS
from dflow_provider.control_plane.deployments import DEPLOYMENTS
from dflow_provider.control_plane.docker_registries import DOCKER_REGISTRIES, REGISTRY_PASSWORDS
from dflow_provider.control_plane.errors import NotFound, OtherTenant
from dflow_provider.control_plane.git_providers import GIT_PROVIDERS
from dflow_provider.control_plane.github_push import WEBHOOKS
from dflow_provider.control_plane.projects import PROJECTS
from dflow_provider.control_plane.security_groups import SECURITY_GROUPS
from dflow_provider.control_plane.servers import SERVER_SETTINGS, SERVERS
from dflow_provider.control_plane.services import CREDENTIALS, GIT_TOKENS, SERVICES, VARIABLES
from dflow_provider.control_plane.ssh_keys import KEY_PAIRS, SSH_KEYS

if TYPE_CHECKING:
    from dflow_provider.control_plane.cloud_provider_accounts import CloudProviderAccounts
    from dflow_provider.control_plane.deployment_progress import BuildInputs, Logs, Progress
    from dflow_provider.control_plane.deployments import Deployments
    from dflow_provider.control_plane.docker_registries import DockerRegistries, RegistryPasswords
    from dflow_provider.control_plane.documents import Stored
    from dflow_provider.control_plane.git_providers import GitProviders
    from dflow_provider.control_plane.github_push import Push, Webhooks
    from dflow_provider.control_plane.projects import Projects
    from dflow_provider.control_plane.security_groups import SecurityGroups
    from dflow_provider.control_plane.servers import Servers, ServerSettings
    from dflow_provider.control_plane.services import DatabaseCredentials, GitTokens, Services, ServiceVariableRows
    from dflow_provider.control_plane.session import Session, Wait
    from dflow_provider.control_plane.ssh_keys import KeyPairs, SshKeys

_IDENTIFIED = (
    PROJECTS,
    SERVICES,
    SERVERS,
    SSH_KEYS,
    DOCKER_REGISTRIES,
    CLOUD_PROVIDER_ACCOUNTS,
    SECURITY_GROUPS,
    GIT_PROVIDERS,
    DEPLOYMENTS,
)
"""Where an id is looked for that was not found where it was expected; the likeliest first."""


@dataclass(frozen=True)
class Identity:
    """What an id turned out to be."""

    kind: str
    name: str


class ControlPlane:
    """The documents of one organisation. Safe to use from many threads; nothing is asked before the first use."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def during(self, wait: Wait) -> ControlPlane:
        """Return the same control plane for work that another stop ends; what was learnt is shared."""
        return ControlPlane(self._session.during(wait))

    @property
    def tenant(self) -> str:
        """Slug of the organisation."""
        return self._session.tenant

    @property
    def dashboard(self) -> str:
        """Address of the organisation's dashboard, for messages."""
        return f"{self._session.address}/{self._session.tenant}"

    @property
    def projects(self) -> Projects:
        """Environments."""
        return Collection(self._session, PROJECTS)

    @property
    def services(self) -> Services:
        """Services, without their variables and without secrets."""
        return Collection(self._session, SERVICES)

    @property
    def service_variables(self) -> ServiceVariableRows:
        """Services once more, with their variables alone."""
        return Collection(self._session, VARIABLES)

    @property
    def git_tokens(self) -> GitTokens:
        """Services again, with the tokens that their code is read with."""
        return Collection(self._session, GIT_TOKENS)

    @property
    def database_credentials(self) -> DatabaseCredentials:
        """Services a third time, with the credentials of databases alone: the one place that asks for passwords."""
        return Collection(self._session, CREDENTIALS)

    @property
    def deployments(self) -> Deployments:
        """Deployments, without their logs; look for them by their service."""
        return Collection(self._session, DEPLOYMENTS)

    @property
    def deployment_progress(self) -> Progress:
        """Deployments once more, with the time of their last change."""
        return Collection(self._session, PROGRESS)

    @property
    def deployment_logs(self) -> Logs:
        """Deployments a third time, with their logs alone. Logs may repeat secrets."""
        return Collection(self._session, LOGS)

    @property
    def build_inputs(self) -> BuildInputs:
        """Services a fourth time, with every secret that their builds are given."""
        return Collection(self._session, BUILD_INPUTS)

    @property
    def git_providers(self) -> GitProviders:
        """GitHub Apps, without their secrets."""
        return Collection(self._session, GIT_PROVIDERS)

    @property
    def webhooks(self) -> Webhooks:
        """GitHub Apps once more, with the secret that their webhooks are signed with."""
        return Collection(self._session, WEBHOOKS)

    @property
    def servers(self) -> Servers:
        """Worker Nodes."""
        return Collection(self._session, SERVERS)

    @property
    def server_settings(self) -> ServerSettings:
        """Worker Nodes once more, with everything that a person sets."""
        return Collection(self._session, SERVER_SETTINGS)

    @property
    def cloud_provider_accounts(self) -> CloudProviderAccounts:
        """Accounts at clouds, without their secrets."""
        return Collection(self._session, CLOUD_PROVIDER_ACCOUNTS)

    @property
    def cloud_provider_account_secrets(self) -> CloudProviderAccounts:
        """Accounts at clouds once more, with all of their credentials."""
        return Collection(self._session, ACCOUNT_SECRETS)

    @property
    def security_groups(self) -> SecurityGroups:
        """Security groups."""
        return Collection(self._session, SECURITY_GROUPS)

    @property
    def ssh_keys(self) -> SshKeys:
        """SSH keys, without their private halves."""
        return Collection(self._session, SSH_KEYS)

    @property
    def key_pairs(self) -> KeyPairs:
        """SSH keys once more, with their private halves."""
        return Collection(self._session, KEY_PAIRS)

    @property
    def docker_registries(self) -> DockerRegistries:
        """Accounts at docker registries, without their passwords."""
        return Collection(self._session, DOCKER_REGISTRIES)

    @property
    def registry_passwords(self) -> RegistryPasswords:
        """Accounts at docker registries once more, with their passwords."""
        return Collection(self._session, REGISTRY_PASSWORDS)

    def report(self, push: Push) -> None:
        """Tell dFlow of a push, as GitHub would; a good answer does not say whether anything came of it."""
        push.send(self._session)

    def identify(self, document_id: str) -> Identity | None:
        """Say what an id belongs to that was not found where it was expected; nothing if to no known kind."""
        for shape in _IDENTIFIED:
            collection: Collection[Stored] = Collection(self._session, shape)
            try:
                return Identity(shape.kind, shape.name_of(collection.get(document_id)))
            except (NotFound, OtherTenant):
                continue
        return None
