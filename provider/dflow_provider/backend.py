"""What every resource of one configured provider works with."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from dflow_provider.control_plane.endpoint import Endpoint
from dflow_provider.control_plane.errors import ControlPlaneError
from dflow_provider.importing import IMPORTING
from dflow_provider.schema import ProviderError, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dflow_provider.control_plane.client import ControlPlane
    from dflow_provider.resources.creation_journal import CreationJournal
    from dflow_provider.resources.secret_tags import TagKey
    from dflow_provider.schema import Report, Values


class Backend:
    """The settings of one provider block and what is built from them, each thing on first use.

    Args:
        settings: the provider block; it may hold unknowns while Terraform plans.
        environment: the environment variables that settings and vendors' clients fall back to.
    """

    def __init__(self, settings: Values, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self._settings = settings
        self._building = threading.Lock()
        self._control_plane: ControlPlane | None = None
        self._tag_keys: dict[str, TagKey] = {}

    @property
    def is_known(self) -> bool:
        """Say whether every setting is known, as it always is at apply."""
        return not any(isinstance(value, Unknown) for value in self._settings.values())

    @property
    def control_plane(self) -> ControlPlane:
        """The client of dFlow's control plane.

        Raises:
            ProviderError: a setting it needs is missing or not known yet.
        """
        with self._building:
            if self._control_plane is None:
                self._control_plane = self._build_control_plane()
            return self._control_plane

    def tag_key(self, tenant_id: str) -> TagKey:
        """Return what secrets of an organisation are tagged with; deriving it takes a moment, once."""
        with IMPORTING:
            from dflow_provider.resources.secret_tags import TagKey  # noqa: PLC0415  # most plans have no secret

        with self._building:
            if tenant_id not in self._tag_keys:
                self._tag_keys[tenant_id] = TagKey.stretched(self._api_key, tenant_id)
            return self._tag_keys[tenant_id]

    @cached_property
    def creations(self) -> CreationJournal:
        """Notes of creates that were begun, in Terraform's data directory."""
        from pathlib import Path  # noqa: PLC0415  # takes 6 ms, and only creates come by

        with IMPORTING:
            from dflow_provider.resources.creation_journal import CreationJournal  # noqa: PLC0415  # as above

        return CreationJournal(Path(self.environment.get("TF_DATA_DIR") or ".terraform"))

    def warn_of_clear_text(self, report: Report) -> None:
        """Warn if the API key would travel unencrypted; an endpoint that is unknown or no address is left for later."""
        try:
            endpoint = Endpoint.parse(self._setting("endpoint", "DFLOW_ENDPOINT"))
        except (ControlPlaneError, ProviderError):
            return
        if endpoint.in_clear:
            report.warning(
                "API key travels unencrypted",
                f"The endpoint is {endpoint}. Everybody on the way to it can read the API key, which opens "
                f"everything in dFlow, and every secret that is sent. Use https://, or a tunnel to this machine.",
                ("endpoint",),
            )

    def _build_control_plane(self) -> ControlPlane:
        endpoint = self._needed("endpoint", "DFLOW_ENDPOINT", "the address of the control plane")
        api_key = self._api_key
        tenant = self._needed("tenant", "DFLOW_TENANT", "the slug of the organisation")
        ca_file = self._setting("ca_file", "DFLOW_CA_FILE")
        with IMPORTING:
            from dflow_provider.control_plane.connecting import connect  # noqa: PLC0415 (brings the HTTP client along)

        try:
            return connect(endpoint=endpoint, api_key=api_key, tenant=tenant, ca_file=ca_file or None)
        except ControlPlaneError as error:
            raise ProviderError(error.title, error.detail) from error

    @property
    def _api_key(self) -> str:
        return self._needed("api_key", "DFLOW_API_KEY", "the API key of a dFlow administrator")

    def _needed(self, name: str, variable: str, what: str) -> str:
        value = self._setting(name, variable)
        if not value:
            raise ProviderError(
                "Provider setting is missing",
                f"The dflow provider needs {what}. Set the attribute `{name}` of the provider block or the environment "
                f"variable {variable}.",
            )
        return value

    def _setting(self, name: str, variable: str) -> str:
        value = self._settings.get(name)
        if isinstance(value, Unknown):
            raise ProviderError(
                "Provider setting not known yet",
                f"The attribute `{name}` of the dflow provider depends on something that Terraform learns only at "
                f"apply, and this step needs it now. Give it a value that is known at plan or use the environment "
                f"variable {variable}, or apply what it depends on first with -target.",
            )
        return str(value).strip() if value is not None else self.environment.get(variable, "").strip()
