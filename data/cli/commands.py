"""What each command of `python -m data` does: words in, text or JSON out, an exit status back."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from data.cli.arguments import parse_choices
from data.cli.printed_report import print_report
from data.core.console import table_text
from data.core.home import Home
from data.exports.annotated import annotated_copy, findings_csv
from data.exports.template import write_template
from data.feeds import feed_named
from data.intake.workbook import StagingOptions, stage_workbook
from data.loading.commit import load
from data.loading.plan import LoadOptions, plan
from data.loading.report import stored_findings
from data.model.errors import WrongUsage
from data.model.organisation import Organisation
from data.operations import backup as backups
from data.operations import undo as batches
from data.operations.fixes import accept_units, create_units, leave_out_errors, simulate_unit_fixes, unknown_units
from data.profiles import UnusableProfile, all_profiles, load_profile, save_profile
from data.profiles.draft import propose_profile
from data.profiles.draft_text import draft_text
from data.reading import read_file
from data.snapshots.coverage import coverage_states
from data.snapshots.reader import coverage, current_version, held_units, open_snapshot

# A progress line appears when a load takes longer than this.
PATIENCE_SECONDS = 1.0


def run_load(words: argparse.Namespace, home: Home) -> int:
    """load: 0 done, 1 if any file was refused."""
    if words.only_if_empty and current_version(home) is not None:
        print(f"{home.path} holds data already; nothing was loaded.")
        return 0
    options = _load_options(words, dry_run=words.dry_run)
    if words.accept_units or words.create_units:
        options = replace(options, units=_fix_units(words, home, options))
    done = load(home, words.files, options)
    print_report(done, words.lang, as_json=words.json, dry=words.dry_run)
    return 1 if done.refused else 0


def run_check(words: argparse.Namespace, home: Home) -> int:
    """check: findings only."""
    done = load(home, words.files, _load_options(words, dry_run=True))
    staged = [file.staged for file in done.files]
    if words.annotated:
        if len(staged) != 1:
            raise WrongUsage("--annotated takes one file at a time.")
        _writable(words.annotated).write_bytes(annotated_copy(staged[0], words.lang))
    if words.csv:
        _writable(words.csv).write_text(findings_csv(staged, words.lang), encoding="utf-8", newline="")
    print_report(done, words.lang, as_json=words.json, dry=True)
    return 1 if done.refused else 0


def _load_options(words: argparse.Namespace, *, dry_run: bool) -> LoadOptions:
    return LoadOptions(
        feed=words.feed,
        profile=words.profile,
        missing=getattr(words, "missing", "keep"),
        dry_run=dry_run,
        who=getattr(words, "who", None),
        progress=_progress(),
        wait=words.wait,
        adjust=leave_out_errors if words.leave_out_errors else None,
        choices=parse_choices(words.accept, words.sheet, words.answer),
        cells_only=words.cells_only,
        version=getattr(words, "if_version", None),
    )


def _fix_units(words: argparse.Namespace, home: Home, options: LoadOptions) -> Organisation | None:
    """Unknown units of the files become aliases of the units they must mean, or new units; each is a batch of its own.

    A dry run writes none of them and returns the units as they would be.
    """
    planned = plan(home, words.files, replace(options, adjust=None, progress=None))
    organisation = open_snapshot(home).organisation
    unknown = unknown_units(planned.files, organisation)
    meant: dict[str, str] = {}
    if words.accept_units:
        meant = {one.text: code for one in unknown if (code := organisation.find_misspelt(one.text))}
        if meant and not words.dry_run:
            accept_units(home, meant, words.who)
        taken = "would be" if words.dry_run else "is"
        for text, code in meant.items():
            print(f"{text} {taken} taken for {organisation.name(code)} ({code}).", file=sys.stderr)
        for one in unknown:
            if one.text not in meant and not words.create_units:
                near = ", ".join(f"{organisation.name(code)} ({code})" for code in one.nearest) or "no unit"
                print(
                    f"{one.text} is taken for no unit: it may be another than {near}. Add it as an alias to the "
                    f"right one.",
                    file=sys.stderr,
                )
    new = [one.text for one in unknown if one.text not in meant] if words.create_units else []
    level, above = words.create_units or ("", "")
    if new:
        found = organisation.find(above)
        if len(found) != 1:
            raise WrongUsage(f"No single unit is called {above!r}.")
        above = found[0]
        if not words.dry_run:
            create_units(home, new, level, above, words.who)
        done = "Would create" if words.dry_run else "Created"
        print(f"{done} {len(new)} unit{'s' if len(new) > 1 else ''} below {organisation.name(above)}.", file=sys.stderr)
    return simulate_unit_fixes(organisation, meant, new, level, above) if words.dry_run else None


def run_history(words: argparse.Namespace, home: Home) -> int:
    """history: every batch, newest first."""
    frame = batches.history(home).sort_values("batch", ascending=False)
    if words.json:
        rows = [{**row, "findings": stored_findings(row["findings"])} for row in _records(frame)]
        print(json.dumps({"version": current_version(home), "batches": rows}, ensure_ascii=False, default=str))
    else:
        kinds = ["" if _missing(bases) else f"cells of {bases}" if bases else "cells" for bases in frame["corrects"]]
        shown = frame.assign(kind=kinds, state=["undone" if undone else "counts" for undone in frame["undone"]])
        columns = ["batch", "loaded_at", "loaded_by", "file", "feeds", "rows", "months", "profile", "kind", "state"]
        print(table_text(shown[columns]))
    return 0


def run_undo(words: argparse.Namespace, home: Home) -> int:
    version = (batches.redo if words.command == "redo" else batches.undo)(
        home, words.batch, who=words.who, wait=words.wait
    )
    if words.json:
        print(json.dumps({"batch": words.batch, "version": version}))
    else:
        print(
            f"Batch {words.batch} {'counts again' if words.command == 'redo' else 'is undone'}. Version {version} is "
            f"published."
        )
    return 0


def run_coverage(words: argparse.Namespace, home: Home) -> int:
    """coverage: which feed has which month for how many units; by branch also what is late, missing or partial."""
    frame = (
        coverage(home) if not words.by_branch else coverage_states(held_units(home), open_snapshot(home).organisation)
    )
    if words.json:
        print(json.dumps({"version": current_version(home), "coverage": _records(frame)}, ensure_ascii=False))
    else:
        print(table_text(frame))
    return 0


def run_template(words: argparse.Namespace, home: Home) -> int:
    path = write_template(feed_named(words.feed_name), _writable(words.out), words.lang)
    print(f"Wrote {path}.")
    return 0


def run_samples(words: argparse.Namespace, home: Home) -> int:
    from data.synthetic import write_samples

    if words.folder.is_file():
        raise WrongUsage(f"{words.folder} is a file; name a folder.")
    written = write_samples(words.folder)
    print(f"Wrote {len(written)} files to {words.folder}.")
    return 0


def run_backup(words: argparse.Namespace, home: Home) -> int:
    count = backups.backup(home, _writable(words.out), words.wait)
    print(f"Wrote {count} files to {words.out}.")
    return 0


def run_restore(words: argparse.Namespace, home: Home) -> int:
    if not words.source.is_file():
        raise WrongUsage(f"No such file: {words.source}.")
    count = backups.restore(home, words.source, words.wait)
    print(f"Restored {count} files to {home.path}.")
    return 0


def run_profile(words: argparse.Namespace, home: Home) -> int:
    """profile: list the known ones, draft one from a file, save one, or adopt a file's layout."""
    if words.action == "list":
        unusable: dict[str, UnusableProfile] = {}
        print("\n".join(profile.name for profile in all_profiles([home.profiles], unusable)))
        for problem in unusable.values():
            print(problem, file=sys.stderr)
        return 0
    if words.file is None:
        raise WrongUsage(f"`profile {words.action}` needs a file: python -m data profile {words.action} FILE")
    return {"draft": _draft, "save": _save, "adopt": _adopt}[words.action](words, home)


def _draft(words: argparse.Namespace, home: Home) -> int:
    proposed = draft_text(propose_profile(read_file(words.file)))
    if words.out:
        _writable(words.out).write_text(proposed, encoding="utf-8")
        print(f"Wrote {words.out}; adjust it, then keep it with: python -m data profile save {words.out}")
    else:
        print(proposed)
    return 0


def _save(words: argparse.Namespace, home: Home) -> int:
    profile = load_profile(words.file)
    save_profile(profile, home.profiles)
    print(f"Files of this layout are read by the profile {profile.name} from now on.")
    return 0


def _adopt(words: argparse.Namespace, home: Home) -> int:
    organisation = open_snapshot(home).organisation if current_version(home) is not None else Organisation.empty()
    staged = stage_workbook(words.file, organisation, StagingOptions(profiles=all_profiles([home.profiles])))
    found = {
        sheet.adopted_profile.name: sheet.adopted_profile
        for sheet in staged.sheets
        if sheet.adopted_profile is not None
    }
    if not found:
        print("The layout is the one that the profiles know; nothing was changed.")
    for profile in found.values():
        save_profile(profile, home.profiles)
        print(f"The profile {profile.name} takes the layout of {words.file.name} from now on, and the one before.")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace, Home], int]] = {
    "load": run_load,
    "check": run_check,
    "history": run_history,
    "undo": run_undo,
    "redo": run_undo,
    "coverage": run_coverage,
    "template": run_template,
    "samples": run_samples,
    "backup": run_backup,
    "restore": run_restore,
    "profile": run_profile,
}


def _writable(path: Path) -> Path:
    if not path.parent.is_dir():
        raise WrongUsage(f"There is no folder {path.parent}.")
    if path.is_dir():
        raise WrongUsage(f"{path} is a folder; name a file.")
    return path


def _progress() -> Callable[[float, str], None]:
    """A line on the error stream once a load takes longer than PATIENCE_SECONDS."""
    begun = time.monotonic()

    def show(share: float, name: str) -> None:
        if time.monotonic() - begun > PATIENCE_SECONDS:
            print(f"{share:4.0%} {name}" if name else f"{share:4.0%} done", file=sys.stderr, flush=True)

    return show


def _records(frame: pd.DataFrame) -> list[dict]:
    return [
        {key: (None if _missing(value) else value) for key, value in row.items()} for row in frame.to_dict("records")
    ]


def _missing(value: object) -> bool:
    return value is None or value is pd.NaT or value != value
