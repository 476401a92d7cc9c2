"""Where everything lives, and who reads it: the folder `var/` or the one named by --home or SERVICE_QUALITY_HOME."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from data.core.viewer import LOCAL, Viewer

HOME_VARIABLE = "SERVICE_QUALITY_HOME"
DEFAULT_HOME = Path(__file__).resolve().parents[2] / "var"


@dataclass(frozen=True)
class Home:
    """Paths below one home folder, as one person reads it: whoever opens it gets what `viewer` may see."""

    path: Path
    viewer: Viewer = LOCAL

    @classmethod
    def resolve(cls, given: str | Path | None = None) -> Home:
        """`given`, else the environment's SERVICE_QUALITY_HOME, else `var/` beside the program."""
        return cls(Path(given or os.environ.get(HOME_VARIABLE) or DEFAULT_HOME).expanduser().resolve())

    def of(self, viewer: Viewer) -> Home:
        """The same folder as another person reads it."""
        return replace(self, viewer=viewer)

    @property
    def whole(self) -> Home:
        """The same folder with everything in it: for the program's own work, never for what is shown."""
        return replace(self, viewer=LOCAL)

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
