"""Puts the design assets into the wheel, so that whoever installs it needs neither npm nor the network."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DesignAssets(BuildHookInterface[Any]):
    """Fetches the assets before anything is packed; an editable install has them from ./dev."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """This function will fetch the assets unless they are there already."""
        if version != "editable":
            # Run as a file: the package itself cannot be imported before what it depends on is installed.
            assets = runpy.run_path(str(Path(self.root) / "sightline" / "web" / "assets.py"), run_name="assets")
            assets["fetch"](axe=False)
