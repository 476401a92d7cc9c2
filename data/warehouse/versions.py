"""Versions of the warehouse: one row for each commit, and the cube brought up to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from data.model.organisation import Organisation
from data.warehouse import claims, cube, identities
from data.warehouse.connection import Connection


def record_version(connection: Connection, version: int, who: str, action: str, batches: Sequence[int]) -> None:
    """Notes what made a version."""
    connection.execute(
        "INSERT INTO version VALUES (?, ?, ?, ?, ?)",
        [version, datetime.now().replace(microsecond=0), who, action, list(batches)],
    )


def refresh_cube(connection: Connection, batches: Sequence[int], organisation: Organisation) -> list[Any] | None:
    """Brings the cube up to date with what `batches` touched, and with the events that count elsewhere by them; the
    months to publish anew (None: all).

    organisation: the units as they are with these batches.
    """
    touched = claims.affected_months(connection, batches)
    for feed, months in identities.settle(connection).items():
        touched[feed] = sorted({*touched.get(feed, ()), *months})
    return cube.update_cube(connection, touched, organisation)
