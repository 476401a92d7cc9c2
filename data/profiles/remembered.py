"""What an analyst said of a file that a saved profile read: kept in the profile, so that it is not asked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from data.model.staged import StagedFile
from data.profiles.store import load_profile, save_profile


def remember_scales(folder: Path, files: Iterable[StagedFile]) -> None:
    """Writes the scale that was said of loaded files into the profiles that read them, where these say none."""
    for sheet in (sheet for file in files for sheet in file.sheets):
        rated, scale = sheet.feed.rated, sheet.answers.get("scale")
        path = folder / f"{sheet.profile}.toml"
        if rated is None or scale is None or sheet.profile is None or not path.is_file():
            continue
        profile = load_profile(path)
        if profile.feed == sheet.feed.name and rated.top not in {*profile.columns, *profile.constants}:
            save_profile(replace(profile, constants={**profile.constants, rated.top: float(scale)}), folder)
