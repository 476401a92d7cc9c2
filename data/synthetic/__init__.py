"""Sample exports of an invented province: the same files in every run. Good ones at the top, broken ones and a next month in folders."""

from __future__ import annotations

from pathlib import Path

from data.synthetic.exports import exports
from data.synthetic.organisation import province


def write_samples(folder: Path) -> list[Path]:
    """Writes all samples below `folder` (made if missing) and returns their paths, good ones first."""
    units = province()
    written = []
    for files, below in ((exports(units), folder),):
        below.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            (below / name).write_bytes(content)
            written.append(below / name)
    return written
