"""The report of a load on the command line: as JSON, or each file with its findings and what it changes."""

from __future__ import annotations

import json

from data.feeds import feed_named
from data.loading.preview import Preview
from data.loading.report import FileReport, LoadReport

# Cells and totals printed of a file; --json has more.
SHOWN = 50


def print_report(done: LoadReport, lang: str, *, as_json: bool, dry: bool) -> None:
    """Prints what a load did, or would do if it is `dry`."""
    if as_json:
        print(json.dumps(done.to_json(lang), ensure_ascii=False))
        return
    for file in done.files:
        print(_state(file, dry))
        for finding in file.findings:
            place = " ".join(
                part for part in (finding.sheet, finding.cell or (f"row {finding.row}" if finding.row else "")) if part
            )
            message = " ".join(part for part in (finding.message(lang), finding.suggestion(lang)) if part)
            print(f"  {finding.severity:<7} {finding.code}  {place}  {message}".rstrip())
        if file.preview is not None:
            _print_changes(file.preview, lang)
    if done.committed:
        print(f"Version {done.version} is published.")
    elif not dry:
        print("Nothing was changed.")
    elif done.version is not None:
        print(f"This is a preview on version {done.version}: load with --if-version {done.version} to load just this.")


def _print_changes(found: Preview, lang: str) -> None:
    """The cells that change, old -> new, and the totals of the months that they change."""
    for cell in found.cells[:SHOWN]:
        place = " ".join(word for word in (cell.month, cell.unit, *cell.key) if word)
        title = feed_named(cell.feed).column(cell.column).title.to(lang)
        print(f"  cell    {cell.feed}  {place}  {title}: {_told(cell.before)} -> {_told(cell.after)}")
    if found.count > SHOWN:
        print(f"  cell    {found.count - SHOWN:,} more of {found.count:,}")
    changed = [one for one in found.totals if one.before != one.after]
    for total in changed[:SHOWN]:
        titles = {measure.name: measure.title for measure in feed_named(total.feed).measures}
        sides = " -> ".join("-" if side is None else f"{side:,.10g}" for side in (total.before, total.after))
        print(f"  total   {total.feed}  {total.month}  {titles[total.measure].to(lang)}: {sides}")
    if len(changed) > SHOWN:
        print(f"  total   {len(changed) - SHOWN:,} more of {len(changed):,}")


def _told(value: str | None) -> str:
    return "-" if value is None else value


def _state(file: FileReport, dry: bool) -> str:
    rows = file.staged.rows
    feeds = ", ".join(dict.fromkeys(sheet.feed.name for sheet in file.staged.sheets))
    if file.already_loaded:
        return f"{file.file}: already loaded as batch {file.batch}"
    if file.staged.refused:
        return f"{file.file}: refused"
    if not feeds:
        return f"{file.file}: nothing of its own"
    if file.batch is None:
        return f"{file.file}: {feeds}, {rows:,} rows{' would be loaded' if dry and rows else ''}"
    return f"{file.file}: {feeds}, {rows:,} rows, batch {file.batch}"
