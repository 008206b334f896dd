"""Puts the provider's launcher into the wheel, where Terraform finds it once the wheel is installed."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from types import ModuleType


class LauncherHook(BuildHookInterface[Any]):
    """Generates `share/terraform/plugins`: the provider has the version of the wheel, whether standard or editable."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Lay the launchers out in a directory that lives until the wheel is written."""
        del version  # "standard" or "editable"; both get the launchers
        self._plugins = tempfile.TemporaryDirectory()
        _launcher(Path(self.root)).write(Path(self._plugins.name), self.metadata.version)
        build_data["shared_data"][self._plugins.name] = "share/terraform/plugins"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the directory."""
        del version, build_data, artifact_path
        self._plugins.cleanup()


def _launcher(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("launcher", root / "cli" / "dflow_cli" / "launcher.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(root / "cli" / "dflow_cli" / "launcher.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
