"""Writing one accepted file: its batch, its rows, its claims. Runs inside the caller's transaction."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import pandas as pd

from data.core.home import PENDING_MARK, Home
from data.core.sql import quoted
from data.model.finding import Finding
from data.model.staged import StagedFile, StagedSheet, to_arrow
from data.warehouse import claims, identities
from data.warehouse.connection import Connection
from data.warehouse.corrections import take_over_rest
from data.warehouse.excluded_rows import Rows, stored_excluded_rows
from data.warehouse.schema import detail_table
from locales import Text

# Rows from which the order in which they are written costs more than it is worth.
UNORDERED_ROWS = 50_000


@contextmanager
def keep_originals(home: Home) -> Iterator[Callable[[StagedFile], str]]:
    """Keeps files as originals/<sha256><suffixes> while the block runs: yields a function file -> name.

    When the block ends they are there; if it fails, what was added goes again. Files are copied beside its work.
    """
    added: list[Path] = []

    def keep(file: StagedFile, name: str) -> None:
        final = home.originals / name
        if not final.exists():
            temporary = home.originals / f".writing-{file.sha256}-{os.getpid()}"
            added.append(temporary)
            shutil.copyfile(file.path, temporary)
            with temporary.open("rb+") as copy:
                os.fsync(copy.fileno())
            added.append(final)
            os.replace(temporary, final)

    copies = []
    with ThreadPoolExecutor(1) as copier:

        def begin(file: StagedFile) -> str:
            home.originals.mkdir(parents=True, exist_ok=True)
            long = file.name.lower().endswith(".gz")
            name = (
                f"{file.sha256}{(''.join(Path(file.name).suffixes[-2:]) if long else Path(file.name).suffix).lower()}"
            )
            copies.append(copier.submit(keep, file, name))
            return name

        try:
            yield begin
            for copy in copies:
                copy.result()
        except BaseException:
            for copy in copies:
                copy.cancel()
            wait(copies)
            for path in (*added, home.snapshots / PENDING_MARK):
                with suppress(OSError):
                    path.unlink()
            raise


def loaded_sizes(connection: Connection) -> frozenset[int]:
    """The sizes in bytes of the files that were loaded."""
    return frozenset(size for (size,) in connection.execute("SELECT DISTINCT size FROM batch").fetchall())


def known_batch(
    connection: Connection, sha256: str, profile: str | None, lacking: Rows = frozenset(), *, cells_only: bool = False
) -> int | None:
    """The batch that already holds these bytes but for the rows `lacking`; None if loading them would change something.

    cells_only: whether it was loaded as single cells.

    It is not undone, and all its keys still count. Rows that were left out may be sound by now.
    """
    # Nearly always they are new, and the question below is long.
    if not connection.execute("SELECT count(*) FROM batch WHERE sha256 = ? AND NOT undone", [sha256]).fetchall()[0][0]:
        return None
    found = connection.execute(
        "SELECT b.batch, b.findings FROM batch b WHERE b.sha256 = ? AND NOT b.undone AND (?::VARCHAR IS NULL OR "
        "b.profile = ?) "
        "AND EXISTS (FROM correction o WHERE o.batch = b.batch) = ? "
        "AND NOT EXISTS (FROM claim c WHERE c.batch = b.batch AND NOT c.cleared "
        # Units that came along with figures may have been described anew since: that is no reason to load the figures
        # again.
        "AND (c.feed <> 'units' OR NOT EXISTS (FROM claim o WHERE o.batch = b.batch AND o.feed <> 'units')) "
        "AND NOT EXISTS (FROM active a WHERE a.batch = c.batch AND a.feed = c.feed AND a.part = c.part AND a.month = "
        "c.month AND a.unit = c.unit)) "
        # Nor is a unit's row from a later month on, by a later batch, what these bytes say.
        "AND NOT EXISTS (FROM claim c JOIN active a ON a.feed = c.feed AND a.unit = c.unit AND a.month > c.month AND "
        "a.batch > c.batch WHERE c.batch = b.batch AND c.feed = 'units' AND NOT EXISTS (FROM claim o WHERE o.batch = "
        "b.batch AND o.feed <> 'units')) ORDER BY b.batch DESC",
        [sha256, profile, profile, cells_only],
    ).fetchall()
    return next((int(batch) for batch, findings in found if stored_excluded_rows(findings) == lacking), None)


def write_file(
    connection: Connection,
    file: StagedFile,
    *,
    version: int,
    who: str,
    profile: str | None,
    original: str,
    clear: bool,
    cleared: pd.DataFrame | None = None,
) -> int:
    """Appends the file as a batch and returns its number.

    clear: units that it no longer mentions lose their earlier rows.
    cleared: exactly these keys lose them.
    """
    batch = int(connection.execute("SELECT coalesce(max(batch), 0) + 1 FROM batch").fetchall()[0][0])
    connection.execute(
        "INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, false, ?, ?)",
        [
            batch,
            version,
            file.name,
            file.sha256,
            file.path.stat().st_size,
            profile,
            datetime.now().replace(microsecond=0),
            who,
            findings_json(file.all_findings),
            original,
        ],
    )
    for sheet in file.sheets:
        if len(sheet.frame):
            _write_sheet(connection, batch, sheet)
    identities.append_decisions(connection, batch, file.decisions)
    holding = claims.claims_of(file)
    if file.cells_only:
        rest = take_over_rest(connection, batch, {sheet.feed.name: sheet.feed for sheet in file.sheets}.values())
        holding, cleared = claims.with_rest(holding, rest)
    if cleared is None:
        cleared = claims.absent_keys(connection, holding, version) if clear else pd.DataFrame()
    claims.append_claims(connection, batch, claims.with_restated(connection, batch, holding), cleared)
    return batch


def findings_json(findings: Sequence[Finding]) -> str:
    """Findings as the history keeps them."""
    return json.dumps(
        [
            {
                **finding.to_json("en"),
                "template": finding.kind.message,
                "params": {
                    key: value if isinstance(value, Text) else str(value) for key, value in finding.params.items()
                },
            }
            for finding in findings
        ],
        ensure_ascii=False,
    )


def _write_sheet(connection: Connection, batch: int, sheet: StagedSheet) -> None:
    frame = sheet.frame
    if "aliases" in frame:
        frame = frame.assign(
            aliases=[";".join(words) if isinstance(words, list) else words for words in frame["aliases"]]
        )
    names = ["row", "key_month", "key_unit", "key_part", *(column.name for column in sheet.feed.columns)]
    listed = ", ".join(quoted(name) for name in names)
    connection.register("staged", to_arrow(frame[names]))
    # Rows carry their number: in any order they are written by all cores, and packed at once instead of when the file
    # is closed.
    connection.execute(f"SET preserve_insertion_order = {len(frame) < UNORDERED_ROWS}")
    connection.execute(
        f"INSERT INTO {detail_table(sheet.feed)} (batch, sheet, {listed}) SELECT ?, ?, {listed} FROM staged",
        [batch, sheet.sheet],
    )
    connection.execute("SET preserve_insertion_order = true")
    connection.unregister("staged")
    connection.execute(
        "INSERT INTO sheet VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            batch,
            sheet.sheet,
            sheet.feed.name,
            len(frame),
            sheet.header_row,
            _json(sheet.columns),
            _json(sheet.places),
            _json(sheet.ignored),
            sheet.profile,
        ],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
