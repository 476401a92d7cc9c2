"""The day on which a workbook says that it was saved."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

from data.reading.inflate import inflate
from data.reading.parts import READ_ERRORS

# Of a part that says who saved the workbook and when: it is small, and what is longer is none.
MOST = 100_000
CORE = "docprops/core.xml"
MODIFIED = re.compile(rb"<(?:\w+:)?modified\b[^>]*>\s*(\d{4}-\d\d-\d\d)")
CREATED = re.compile(rb"<(?:\w+:)?created\b[^>]*>\s*(\d{4}-\d\d-\d\d)")
ODF_DATE = re.compile(rb"<dc:date>\s*(\d{4}-\d\d-\d\d)")


def saved_on(path: Path) -> date | None:
    """The day on which the workbook was last saved, as it says itself; None if it says nothing, or is none."""
    try:
        if not zipfile.is_zipfile(path):
            return None
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.replace("\\", "/").strip("/").lower() in (CORE, "meta.xml"):
                    text = next(iter(inflate(archive, name, MOST)), b"")
                    found = MODIFIED.search(text) or ODF_DATE.search(text) or CREATED.search(text)
                    return date.fromisoformat(found[1].decode()) if found else None
    except (*READ_ERRORS, RuntimeError):
        # Who cannot say when it was saved may still be read.
        return None
    return None
