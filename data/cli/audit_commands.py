"""`python -m data audit`: who did what, and whether the lines are as they were written."""

from __future__ import annotations

import argparse
import json

import pandas as pd

from data.core.audit import entries, verify
from data.core.console import table_text
from data.core.home import Home
from data.snapshots.permits import permit

SHOWN = ("at", "who", "role", "event", "unit", "version", "batches", "table", "reason")


def add_audit_words(words: argparse.ArgumentParser) -> None:
    """The words of the command."""
    words.add_argument("--verify", action="store_true", help="whether any line was changed, put in or taken out")
    words.add_argument("--who", metavar="NAME", help="only what this person did")
    words.add_argument("--event", metavar="EVENT", help="only such events")
    words.add_argument("--since", metavar="YYYY-MM-DD", help="only from this day on")


def run_audit(words: argparse.Namespace, home: Home) -> int:
    """audit: list the lines, or verify them (1 if something is wrong)."""
    permit(home, "audit")
    if words.verify:
        found = verify(home)
        if words.json:
            print(json.dumps({"intact": found is None, "break": vars(found) if found else None}))
        else:
            print(f"{found.file}, line {found.line} {found.problem}." if found else "Every line is as it was written.")
        return 0 if found is None else 1
    rows = [
        line
        for line in entries(home)
        if words.who in (None, line.get("who"))
        and words.event in (None, line.get("event"))
        and str(line.get("at", "")) >= (words.since or "")
    ]
    if words.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        frame = pd.DataFrame(rows, dtype="object").reindex(columns=[*SHOWN]).dropna(axis="columns", how="all")
        print(table_text(frame, missing=""))
    return 0
