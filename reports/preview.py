"""What loading files would change of what is published, worked out on a copy; nothing is written."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pandas as pd

from data.cli.arguments import parse_choices
from data.core.console import table_text
from data.loading.plan import LoadOptions, plan
from data.operations.what_if import what_if
from data.snapshots.people import home_here
from data.snapshots.reader import open_snapshot
from metrics.analyses.published_changes import changed_units, published_changes
from metrics.cli.arguments import json_rows
from metrics.engine.figures import Figures


def run_preview(words: Namespace) -> int:
    """Prints every published figure, rank and unit that would change; 1 if a file is refused."""
    home = home_here(words.home)
    now = Figures(open_snapshot(home))
    made = plan(home, [Path(file) for file in words.files], LoadOptions(choices=parse_choices([], [], words.answer)))
    with what_if(home, made) as snapshot:
        if snapshot is None:
            units, values = pd.DataFrame(), pd.DataFrame()
        else:
            then = Figures(snapshot)
            units, values = changed_units(now, then), published_changes(now, then)
    findings = [
        {"file": file.name, **finding.to_json(words.lang)} for file in made.files for finding in file.all_findings
    ]
    refused = any(file.refused for file in made.files)
    if words.json:
        answer = {"version": now.version, "units": json_rows(units), "values": json_rows(values), "findings": findings}
        print(json.dumps(answer, ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{finding['file']} {finding['cell'] or ''} {finding['severity']}: {finding['message']}")
        print(f"Units that change: {len(units)}.")
        print(table_text(units) if len(units) else "")
        print(f"Published values and ranks that change: {len(values)}.")
        print(table_text(values, "–", lambda number: f"{number:,.2f}") if len(values) else "")
    return 1 if refused else 0
