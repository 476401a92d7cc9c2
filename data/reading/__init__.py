"""Reading a file into sheets of raw cells; nothing is interpreted here.

One module a kind of file; content decides which.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Set
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from data.core.progress import Progress
from data.model.arrow_rows import ArrowRows
from data.model.sheet import CellError, Formula, Notes, Sheet, Span, Workbook
from data.reading import archive, delimited, file_type, html, refusals, spreadsheetml, workbook
from data.reading.delimited import Said
from data.reading.properties import saved_on
from data.reading.refusals import unreadable

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
PACKED = (".gz", ".bz2", ".xz", ".zst")
TEXTS = (".csv", ".tsv", ".txt", *(text + packed for text in (".csv", ".tsv") for packed in PACKED))
EXTENSIONS = {
    "xlsx": (".xlsx", ".xlsm"),
    "xlsb": (".xlsb",),
    "xls": (".xls",),
    "ods": (".ods",),
    "html": (".html", ".htm"),
    "spreadsheetml": (".xml",),
    "text": (".csv", ".tsv", ".txt"),
    "compressed": PACKED,
    "zip": (".zip",),
}
READERS: dict[str, Callable[[Path, str], list[Sheet]]] = {
    "xlsx": workbook.read,
    "xlsb": workbook.read,
    "xls": workbook.read,
    "ods": workbook.read,
    "spreadsheetml": spreadsheetml.read,
}
# Texts do not always say in which encoding they are.
TEXT_READERS: dict[str, Callable[[Path, str, Said], list[Sheet]]] = {
    "html": html.read,
    "text": delimited.read,
    "compressed": delimited.read_compressed,
}


def digest(path: Path) -> str:
    """The file's sha256 in hex; counted once as long as the file is as it was."""
    about = path.stat()
    return _digest(path, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def read_file(
    path: Path,
    name: str | None = None,
    *,
    encoding: str | None = None,
    words: Set[str] = frozenset(),
    progress: Progress | None = None,
) -> Workbook:
    """The file's sheets; Unreadable says in one sentence why it cannot be read. Macros are never run.

    encoding: that of a text that is not in UTF-8, as an analyst said it; words: names that a text may hold, as
    data.core.text.normalise writes them; progress: hears how much of a large text is read.
    """
    path = Path(path)
    shown = name or path.name
    if not path.is_file():
        raise unreadable(refusals.ABSENT, shown)
    if path.stat().st_size == 0:
        raise unreadable(refusals.EMPTY, shown)
    kind = file_type.detect_file_type(path, shown)
    lowered = shown.lower()
    if kind == "text" and not lowered.endswith(TEXTS) and not delimited.is_delimited(path):
        if lowered.endswith(WORKBOOKS):
            raise unreadable(refusals.DAMAGED, shown)
        kind = None
    if kind is None:
        raise unreadable(refusals.OTHER_KIND, shown, kinds=", ".join((*WORKBOOKS, *TEXTS, ".zip")))
    if kind == "zip":
        raise archive.refusal(path, shown)
    with ThreadPoolExecutor(1) as beside:
        hashed = beside.submit(digest, path)
        if kind in TEXT_READERS:
            sheets = TEXT_READERS[kind](path, shown, Said(encoding, words, progress))
        else:
            sheets = READERS[kind](path, shown)
    notes: Notes = ()
    if not lowered.endswith(EXTENSIONS[kind]):
        notes = ((refusals.WRONG_ENDING, {"truth": refusals.FILE_TYPE_NAMES[kind]}),)
    # What is true of the file stands at each of its sheets.
    said = {note[0].code: note for sheet in sheets for note in sheet.notes}
    return Workbook(path, shown, hashed.result(), sheets, (*notes, *said.values()), saved_on(path))
