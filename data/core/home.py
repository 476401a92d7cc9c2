"""Where everything lives: the folder `var/` or the one named by --home or SERVICE_QUALITY_HOME."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "SERVICE_QUALITY_HOME"
DEFAULT_HOME = Path(__file__).resolve().parents[2] / "var"


@dataclass(frozen=True)
class Home:
    """Paths below one home folder."""

    path: Path

    @classmethod
    def resolve(cls, given: str | Path | None = None) -> Home:
        """`given`, else the environment's SERVICE_QUALITY_HOME, else `var/` beside the program."""
        return cls(Path(given or os.environ.get(HOME_VARIABLE) or DEFAULT_HOME).expanduser().resolve())

    @property
    def warehouse(self) -> Path:
        return self.path / "warehouse.duckdb"

    @property
    def originals(self) -> Path:
        return self.path / "originals"

    @property
    def snapshots(self) -> Path:
        return self.path / "snapshots"

    @property
    def profiles(self) -> Path:
        return self.path / "profiles"

    @property
    def lock(self) -> Path:
        return self.path / "load.lock"


# An empty file that stands while a version is committed but not published: whoever reads next publishes it.
PENDING_MARK = ".writing-pending"
