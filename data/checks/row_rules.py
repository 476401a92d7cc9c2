"""The row rules of a feed's record, evaluated as SQL over all staged rows at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet, to_arrow


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """Rows for which a rule of the feed is broken; a rule over missing cells is not broken."""
    if not staged.feed.rules:
        return
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        # Only the feed's own typed columns and rules reach SQL: nothing of it is user text.
        words = {word for rule in staged.feed.rules for word in re.findall(r"\w+", rule.broken)}
        used = [name for name in staged.frame.columns if name == "row" or name in words]
        connection.register("staged", to_arrow(staged.frame[used]))
        for rule in staged.feed.rules:
            broken = connection.execute(f'SELECT "row" FROM staged WHERE {rule.broken} ORDER BY "row"').fetchnumpy()[
                "row"
            ]
            if len(broken):
                kind = Kind(rule.code, rule.severity, rule.message, rule.suggestion)
                rows = staged.frame[staged.frame["row"].isin(broken)]
                yield from row_findings(kind, staged, facts, rows, rule.column)
