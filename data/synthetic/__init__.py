"""Sample exports: the same files in every run.

An invented province at the top; broken files, a next month, a hospital group and a property company in folders.
"""

from __future__ import annotations

from pathlib import Path

from data.synthetic.broken import broken
from data.synthetic.estates import estates
from data.synthetic.exports import before_next, exports, tables
from data.synthetic.hospital import hospital
from data.synthetic.next_month import next_month
from data.synthetic.organisation import province

BROKEN, NEXT_MONTH, HOSPITAL, PROPERTY = "broken", "next_month", "hospital", "property"


def write_samples(folder: Path) -> list[Path]:
    """Writes all samples below `folder` (made if missing) and returns their paths, good ones first."""
    found = tables(province())
    written = []
    good, bad, later = exports(before_next(found)), broken(found), next_month(found)
    packs = ((folder / HOSPITAL, hospital()), (folder / PROPERTY, estates()))
    for below, files in ((folder, good), (folder / BROKEN, bad), (folder / NEXT_MONTH, later), *packs):
        below.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            (below / name).write_bytes(content)
            written.append(below / name)
    return written
