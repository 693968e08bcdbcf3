"""Puts resources/ and models/ inside the package in standard wheels; editable ones find them in the checkout."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundledFolders(BuildHookInterface[Any]):
    """Adds both folders by force, so that a new voice or font needs no line here."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Is called by hatchling before each wheel; `version` is "standard" or "editable"."""
        if version == "standard":
            build_data["force_include"].update({folder: f"pandemonium/{folder}" for folder in ("resources", "models")})
