"""How dFlow makes an image from an App Service's code."""

from __future__ import annotations

from enum import Enum


class Builder(Enum):
    """A builder that dFlow's deployments carry out; the value is dFlow's word for it.

    dFlow also accepts `nixpacks` and `herokuBuildPacks`, but queues deployments with them for ever.
    """

    BUILDPACKS = "buildPacks"
    RAILPACK = "railpack"
    DOCKERFILE = "dockerfile"
    STATIC = "static"
