"""Reading a file into sheets of raw cells; nothing is interpreted here.

One module a kind of file; content decides which.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from data.model.arrow_rows import ArrowRows
from data.model.sheet import CellError, Formula, Sheet, Span, Workbook
from data.reading import archive, html, refusals, spreadsheetml
from data.reading import delimited as texts
from data.reading import file_type as kinds
from data.reading import workbook as workbooks
from data.reading.properties import saved_on
from data.reading.refusals import refused

__all__ = [
    "TEXTS",
    "WORKBOOKS",
    "ArrowRows",
    "CellError",
    "Formula",
    "Sheet",
    "Span",
    "Workbook",
    "digest",
    "read_file",
]

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXTS = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz")
ENDINGS = {
    "xlsx": (".xlsx", ".xlsm"),
    "xlsb": (".xlsb",),
    "xls": (".xls",),
    "ods": (".ods",),
    "html": (".html", ".htm"),
    "spreadsheetml": (".xml",),
    "text": (".csv", ".tsv", ".txt"),
    "gzip": (".gz",),
    "zip": (".zip",),
}
READERS: dict[str, Callable[[Path, str], list[Sheet]]] = {
    "xlsx": workbooks.read, "xlsb": workbooks.read, "xls": workbooks.read, "ods": workbooks.read, "html": html.read,
    "spreadsheetml": spreadsheetml.read, "text": texts.read, "gzip": texts.read_packed,
}  # fmt: skip


def digest(path: Path) -> str:
    """The file's sha256 in hex; counted once as long as the file is as it was."""
    about = path.stat()
    return _digest(path, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def read_file(path: Path, name: str | None = None) -> Workbook:
    """The file's sheets; Unreadable says in one sentence why it cannot be read. Macros are never run."""
    path = Path(path)
    shown = name or path.name
    if not path.is_file():
        raise refused(refusals.ABSENT, shown)
    if path.stat().st_size == 0:
        raise refused(refusals.EMPTY, shown)
    kind = kinds.kind_of(path, shown)
    lowered = shown.lower()
    if kind == "text" and not lowered.endswith(TEXTS) and not texts.looks_like_a_table(path):
        if lowered.endswith(WORKBOOKS):
            raise refused(refusals.DAMAGED, shown)
        kind = None
    if kind is None:
        raise refused(refusals.OTHER_KIND, shown, kinds=", ".join((*WORKBOOKS, *TEXTS, ".zip")))
    if kind == "zip":
        raise archive.why_not(path, shown)
    with ThreadPoolExecutor(1) as beside:
        hashed = beside.submit(digest, path)
        sheets = READERS[kind](path, shown)
    right = lowered.endswith(ENDINGS[kind]) or (kind == "gzip" and lowered.endswith(".gz"))
    notes = () if right else ((refusals.WRONG_ENDING, {"truth": refusals.TRUTHS[kind]}),)
    return Workbook(path, shown, hashed.result(), sheets, notes, saved_on(path))
