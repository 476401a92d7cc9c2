"""`python -m data`: loading, history, undo, coverage, templates, samples, backup."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.cli.audit_commands import add_audit_words, run_audit
from data.cli.commands import COMMANDS
from data.cli.people_commands import add_people_words, run_people
from data.core.console import run
from data.core.version import VersionAction
from data.model.errors import WrongUsage
from data.snapshots.people import home_here
from data.warehouse.lock import WAIT_SECONDS
from locales import LANGUAGES


def parser() -> argparse.ArgumentParser:
    """The words of the command line; options may stand before or after the command's own."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", metavar="DIR", help="where the data lives (default: SERVICE_QUALITY_HOME, else var/)")
    common.add_argument("--lang", choices=LANGUAGES, help="language of findings and templates (default: en)")
    common.add_argument("--json", action="store_true", help="print JSON")
    common.add_argument("--version", action=VersionAction, nargs=0, help="print the version of this program")
    common.add_argument(
        "--wait", type=float, metavar="SECONDS", help=f"how long to wait for another load (default: {WAIT_SECONDS:g})"
    )
    main_parser = argparse.ArgumentParser(prog="python -m data", description=__doc__, parents=[common])
    commands = main_parser.add_subparsers(dest="command", required=True)

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about, parents=[common])

    for name, about in (("load", "load exports"), ("check", "findings only, nothing is written")):
        one = command(name, about)
        one.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder of files; any order")
        one.add_argument("--feed", metavar="NAME", help="the spreadsheet type, if the content should not decide")
        one.add_argument("--profile", metavar="NAME|FILE", help="the import profile")
        for option, example, about in (
            (
                "--accept",
                "HEADER=COLUMN",
                "what a header means (nothing behind = for: not ours), or of which choice a column across holds the "
                "figures, as COLUMN:CHOICE; may be repeated",
            ),
            ("--sheet", "NAME", "take only this sheet; may be repeated"),
            (
                "--answer",
                "QUESTION=ANSWER",
                "dates=day_first, dates=month_first, years=first, years=last, exchanged=yes, exchanged=no, "
                "comma=decimal, comma=thousands, points=decimal, points=thousands, shares=fraction, shares=percent, "
                "sums=parts, totals=as_read, units=stated, units=ones, scale=5, scale=7, scale=10, scale=100, "
                "months=typed_day_is_year, months=as_written, months=january, months=october, months=nearest_year "
                "(months:COLUMN=... or months:FILE/COLUMN=... for one column), "
                "events=moved, events=stays, events=apart, codes=with_zeros, codes=as_written, parents=from_start "
                "or parents=YYYY-MM",
            ),
        ):
            one.add_argument(option, action="append", default=[], metavar=example, help=about)
        one.add_argument(
            "--cells-only",
            action="store_true",
            help="the files hold single cells: rows are matched by their key, empty cells and all else stays",
        )
        one.add_argument(
            "--leave-out-errors",
            action="store_true",
            help="leave out single rows with errors, and say so in the history",
        )
        if name == "check":
            one.add_argument(
                "--annotated",
                type=Path,
                metavar="OUT.xlsx",
                help="write the file back with its findings marked (one file)",
            )
            one.add_argument("--csv", type=Path, metavar="OUT.csv", help="write all findings as CSV")
        if name == "load":
            one.add_argument(
                "--accept-units",
                action="store_true",
                help="take unknown units for those that they are a slip of, and remember them as aliases",
            )
            one.add_argument(
                "--create-units",
                nargs=2,
                metavar=("LEVEL", "PARENT"),
                help="create unknown units at this level below this unit",
            )
            one.add_argument(
                "--missing",
                choices=("keep", "clear"),
                default="keep",
                help="units that a file no longer mentions (default: keep)",
            )
            one.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
            one.add_argument(
                "--if-version",
                type=int,
                metavar="N",
                help="load only if version N, of which the preview was, is still the newest; else say what has changed",
            )
            one.add_argument("--as", dest="who", metavar="NAME", help="who loads, for the history")
            one.add_argument("--only-if-empty", action="store_true", help="do nothing if anything was loaded before")
    command("history", "what was loaded, by whom and when")
    add_audit_words(command("audit", "who did what, for administrators; with --verify whether that was tampered with"))
    add_people_words(command("people", "who may sign in: `list`, `add PERSON ROLE`, `remove PERSON`"))
    for name, about in (
        ("undo", "hand the months of a batch back to the batch before"),
        ("redo", "take an undone batch up again"),
    ):
        one = command(name, about)
        one.add_argument("batch", type=int, metavar="BATCH", help="its number in the history")
        one.add_argument("--as", dest="who", metavar="NAME", help="who does it, for the history")
    covered = command("coverage", "which spreadsheet type has which month for how many units")
    covered.add_argument(
        "--by-branch",
        action="store_true",
        help="for each branch: loaded, restated, partial, late or missing, and who is absent",
    )
    template = command("template", "write a workbook to fill in")
    template.add_argument("feed_name", metavar="FEED")
    template.add_argument("out", type=Path, metavar="OUT.xlsx")
    command("samples", "write the sample exports").add_argument("folder", type=Path, metavar="DIR")
    command("backup", "write everything into one zip").add_argument("out", type=Path, metavar="OUT")
    command("restore", "put a backup into an empty home").add_argument("source", type=Path, metavar="BACKUP")
    profile = command(
        "profile",
        "import profiles: `list` names the known ones, `draft FILE` proposes one for an export, `save PROFILE.toml` "
        "keeps one, "
        "`adopt FILE` lets the one of an export whose columns were renamed or moved take over its layout",
    )
    profile.add_argument("action", choices=("list", "draft", "save", "adopt"))
    profile.add_argument("file", nargs="?", type=Path, metavar="FILE")
    profile.add_argument("--out", type=Path, metavar="PROFILE.toml", help="write it there instead of printing it")
    return main_parser


DEFAULTS = {"home": None, "lang": "en", "json": False, "wait": WAIT_SECONDS}


def main(words: list[str] | None = None) -> int:
    """Runs one command; every expected problem is one sentence on the error stream."""
    return run(parser(), _command, DEFAULTS, words)


def _command(given: argparse.Namespace) -> int:
    absent = [str(path) for path in getattr(given, "files", []) if not _exists(path)]
    if absent and len(absent) == len(given.files):
        raise WrongUsage(f"No such file: {', '.join(absent)}.")
    return {**COMMANDS, "people": run_people, "audit": run_audit}[given.command](given, home_here(given.home))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no disk can hold
        return False


if __name__ == "__main__":
    sys.exit(main())
