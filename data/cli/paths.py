"""Where a command may write."""

from __future__ import annotations

from pathlib import Path

from data.model.errors import WrongUsage


def writable(path: Path) -> Path:
    if not path.parent.is_dir():
        raise WrongUsage(f"There is no folder {path.parent}.")
    if path.is_dir():
        raise WrongUsage(f"{path} is a folder; name a file.")
    return path
