"""Homes with people in them."""

from __future__ import annotations

import shutil
from pathlib import Path

from data.core.home import Home
from data.loading.commit import load


def home_with_people(source: Path, people: str, folder: Path) -> Home:
    """A copy of a home with the table `people` (CSV) loaded into it."""
    found = Home(Path(shutil.copytree(source, folder / "home")))
    (folder / "people.csv").write_text(people, encoding="utf-8")
    assert load(found, [folder / "people.csv"]).committed
    return found
