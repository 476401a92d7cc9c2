"""The lines of the audit as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from locales import text
from pages.shared.components.tables import Cell, RowGroup, html_table

FIXED = ("at", "who", "role", "event")
SEALS = frozenset({"before", "hash"})


def audit_frame(lines: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """at, who, role, event, facts (the rest in one text), hash; all text."""
    rows = [
        {
            **{name: str(line.get(name, "")) for name in FIXED},
            "facts": ", ".join(f"{name} {value}" for name, value in line.items() if name not in {*FIXED, *SEALS}),
            "hash": str(line.get("hash", "")),
        }
        for line in lines
    ]
    return pd.DataFrame(rows, columns=[*FIXED, "facts", "hash"], dtype="object")


def audit_table(frame: pd.DataFrame, lang: str) -> str:
    """HTML of the lines, in their order."""
    headers = [
        Cell(text(lang, "Time")),
        Cell(text(lang, "By")),
        Cell(text(lang, "Role")),
        Cell(text(lang, "What")),
        Cell(text(lang, "Of what")),
    ]
    rows = [
        [
            Cell(row["at"][:19].replace("T", " "), "sq-whole"),
            Cell(row["who"]),
            Cell(row["role"]),
            Cell(row["event"], "sq-whole"),
            Cell(row["facts"], "sq-said"),
        ]
        for row in frame.to_dict("records")
    ]
    return html_table(headers, [RowGroup(rows)])
