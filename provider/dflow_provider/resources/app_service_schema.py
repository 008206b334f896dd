"""The attributes of `dflow_app_service`."""

from __future__ import annotations

from dflow_provider.resources import service_attributes
from dflow_provider.resources.git_host import GitHost
from dflow_provider.resources.validators import BranchName, NotBlank, OneOf, PortNumber
from dflow_provider.resources.watched_secret import WatchedSecret
from dflow_provider.schema import NUMBER, STRING, Attribute, Exposure, Nested, NestingMode, Presence, Schema

TOKEN = WatchedSecret(
    "Git token",
    "git_token_changed",
    limits="Only a token that this resource sent is watched: not one that dFlow had before or that an import found.",
)

SCHEMA = Schema(
    "An App service: dFlow builds it from a Git repository and runs it on the Environment's Worker Node. For a "
    "ready-made image use `dflow_docker_service`. Its variables are `dflow_service_variables`; a deployment "
    "still starts from dFlow's dashboard or a push.\n\n"
    "Import by id or by `<environment name>/<service name>`: "
    "`terraform import dflow_app_service.web shop-production/shop-production-web`.",
    (
        service_attributes.ID,
        service_attributes.ENVIRONMENT_ID,
        service_attributes.NAME,
        service_attributes.DESCRIPTION,
        Attribute(
            "source",
            Nested(
                NestingMode.SINGLE,
                (
                    Attribute(
                        "provider",
                        STRING,
                        Presence.REQUIRED,
                        "Who hosts the repository. It also decides how `repository` is written.",
                        validators=(OneOf(tuple(host.value for host in GitHost)),),
                    ),
                    Attribute(
                        "repository",
                        STRING,
                        Presence.REQUIRED,
                        "The repository: for `github` its name without the owner (`shop`), for every other "
                        "provider the full clone URL (`https://gitlab.com/acme/shop.git`).",
                        validators=(NotBlank(),),
                    ),
                    Attribute(
                        "owner",
                        STRING,
                        Presence.REQUIRED,
                        "The user, group or organisation that owns the repository (`acme`).",
                        validators=(NotBlank(),),
                    ),
                    Attribute(
                        "branch",
                        STRING,
                        Presence.REQUIRED,
                        "The branch that is built.",
                        validators=(BranchName(),),
                    ),
                    Attribute(
                        "build_path",
                        STRING,
                        Presence.OPTIONAL_COMPUTED,
                        "The folder inside the repository that is built, with a leading `/`. By default the "
                        "whole repository, `/`.",
                        default="/",
                        validators=(NotBlank(),),
                    ),
                    Attribute(
                        "git_provider_id",
                        STRING,
                        Presence.OPTIONAL,
                        "Id of the GitHub App installation in dFlow that may read the repository and whose "
                        "pushes deploy it. Left out, the repository is public or read with `git_token_wo`.",
                        validators=(NotBlank(),),
                    ),
                ),
            ),
            Presence.REQUIRED,
            "Where the code is.",
        ),
        Attribute(
            "git_token_wo",
            STRING,
            Presence.OPTIONAL,
            "Access token for a private repository. Write-only: it goes to dFlow and stands in no plan and no "
            "state. dFlow demands one for `azure_devops`. Sent when the service is made, when `source.provider` "
            "changes, when it was changed by hand and whenever `git_token_wo_version` changes.",
            exposure=Exposure.WRITE_ONLY,
            validators=(NotBlank(),),
        ),
        Attribute(
            "git_token_wo_version",
            STRING,
            Presence.OPTIONAL,
            "Any text; change it to send `git_token_wo` again, for instance after a rotation. Changing it with "
            "`git_token_wo` left out removes the token from dFlow.",
        ),
        TOKEN.attribute,
        Attribute(
            "builder",
            STRING,
            Presence.OPTIONAL_COMPUTED,
            "What turns the code into an image. By default `buildPacks`. dFlow's public control plane accepts "
            "`nixpacks` and `herokuBuildPacks` but leaves their deployments queued for ever; the plan warns.",
            default="buildPacks",
            validators=(OneOf(("buildPacks", "railpack", "nixpacks", "dockerfile", "herokuBuildPacks", "static")),),
        ),
        Attribute(
            "port",
            NUMBER,
            Presence.OPTIONAL_COMPUTED,
            "The port that the application listens on inside its container; dFlow's proxy forwards to it. By "
            "default 3000.",
            default=3000,
            validators=(PortNumber(),),
        ),
        service_attributes.HARD_DELETE,
        service_attributes.CREATED_AT,
    ),
)
