"""`data.dflow_git_provider`: a GitHub App that dFlow has been connected with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from dflow_provider.resources.explaining import explaining
from dflow_provider.resources.record_lookup import check_one_of, record_named, record_with_id
from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import NUMBER, STRING, Attribute, Presence, Schema

if TYPE_CHECKING:
    from dflow_provider.backend import Backend
    from dflow_provider.schema import Call, Report, Values


class GitProvider:
    """One GitHub App."""

    schema: ClassVar[Schema] = Schema(
        "A Git provider: a GitHub App through which dFlow reads private repositories and learns of pushes. It is "
        "made and installed in a browser, from dFlow's dashboard, so there is no resource for it. None of its secrets "
        "is ever read.",
        (
            Attribute(
                "id",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "The Git provider's id in dFlow, for `source.git_provider_id` of a `dflow_app_service`. Give this or "
                "`app_name`, not both.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "app_name",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "The GitHub App's name, as the dashboard shows it. Give this or `id`.",
                validators=(NotBlank(),),
            ),
            Attribute("type", STRING, Presence.COMPUTED, "Whose it is; dFlow implements `github` alone."),
            Attribute("app_url", STRING, Presence.COMPUTED, "The page of the GitHub App."),
            Attribute("app_id", NUMBER, Presence.COMPUTED, "GitHub's own number for the app."),
            Attribute(
                "installation_id",
                STRING,
                Presence.COMPUTED,
                "GitHub's own number for its installation in an account; null while the app is installed nowhere, "
                "and dFlow can then read no repository with it.",
            ),
            Attribute(
                "created_at", STRING, Presence.COMPUTED, "When dFlow was connected with it, as an RFC 3339 time in UTC."
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse a question about no Git provider, and one about two."""
        check_one_of(config, report, ("id", "app_name"), "which Git provider is meant")

    @explaining()
    def read(self, config: Values, call: Call) -> Values:
        """Find the Git provider."""
        dflow = self._backend.control_plane.during(call.stop.wait)
        if config["id"] is not None:
            document = record_with_id(dflow, dflow.git_providers, str(config["id"]), ("id",))
        else:
            document = record_named(dflow, dflow.git_providers, str(config["app_name"]), ("app_name",))
        app = document.get("github") or {}
        return {
            "id": document["id"],
            "app_name": app.get("appName"),
            "type": document["type"],
            "app_url": app.get("appUrl"),
            "app_id": app.get("appId"),
            "installation_id": app.get("installationId"),
            "created_at": document["createdAt"],
        }
