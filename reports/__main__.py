"""`python -m reports`: the review pack, pictures of charts and pages, and what loading files would change."""

from __future__ import annotations

import argparse
import sys

from data.core.console import run
from data.core.version import VersionAction
from locales import LANGUAGES
from reports.commands import run_pack, run_pictures
from reports.pack import ADDRESS, FORMATS
from reports.pictures import CHARTS, PAGES
from reports.preview import run_preview

DEFAULTS = {"home": None, "lang": "en", "json": False, "version": None}


def parser() -> argparse.ArgumentParser:
    """The words of the command line; options may stand before or after the command's own."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", metavar="DIR", help="where the data lives (default: SERVICE_QUALITY_HOME, else var/)")
    common.add_argument(
        "--version",
        action=VersionAction,
        nargs="?",
        type=int,
        metavar="N",
        help="a published version (default: the newest); without a number: print the version of this program",
    )
    common.add_argument("--lang", choices=LANGUAGES, help="language of the pack (default: en)")
    common.add_argument("--json", action="store_true", help="print JSON")
    main_parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__, parents=[common])
    commands = main_parser.add_subparsers(dest="command", required=True)
    about = "write the review pack of a unit, or of every city"
    pack = commands.add_parser("pack", help=about, description=about, parents=[common])
    pack.add_argument("--unit", metavar="U", help="a unit's code, name or alias (default: the top unit)")
    pack.add_argument("--month", metavar="YYYY-MM", help="default: the last month with data")
    pack.add_argument(
        "--period", default="month", metavar="P", help="month, quarter, ytd or rolling12 (default: month)"
    )
    pack.add_argument("--out", required=True, metavar="DIR", help="the folder in which each pack gets its own folder")
    pack.add_argument(
        "--all-cities",
        action="store_true",
        help="one pack for every unit of the level below the unit (default: below the top)",
    )
    pack.add_argument("--only", metavar="KINDS", help=f"some of {','.join(FORMATS)} (default: all)")
    pack.add_argument(
        "--since",
        type=int,
        metavar="VERSION",
        help="list what was restated since (default: the version of the last pack in DIR)",
    )
    pack.add_argument(
        "--address",
        default=ADDRESS,
        metavar="URL",
        help=f"where the dashboard is reached, for the link (default: {ADDRESS})",
    )
    about = "PNG pictures of a unit's charts, and of the dashboard's pages in present mode, 1920 wide"
    pictures = commands.add_parser("pictures", help=about, description=about, parents=[common])
    pictures.add_argument("--unit", metavar="U", help="a unit's code, name or alias (default: the top unit)")
    pictures.add_argument("--month", metavar="YYYY-MM", help="default: the last month with data")
    pictures.add_argument(
        "--period", default="month", metavar="P", help="month, quarter, ytd or rolling12 (default: month)"
    )
    pictures.add_argument(
        "--out", required=True, metavar="DIR", help=f"the folder; pictures stand below it in {CHARTS} and {PAGES}"
    )
    pictures.add_argument("--only", choices=(CHARTS, PAGES), help="only these (default: both)")
    about = "every published figure, rank and unit that loading files would change; nothing is written"
    preview = commands.add_parser("preview", help=about, description=about, parents=[common])
    preview.add_argument("files", nargs="+", metavar="FILE", help="a file, or a folder of files")
    preview.add_argument(
        "--answer", action="append", default=[], metavar="QUESTION=ANSWER", help="as of python -m data load"
    )
    return main_parser


def main(words: list[str] | None = None) -> int:
    """Runs one command; every expected problem is one sentence on the error stream."""
    return run(parser(), _command, DEFAULTS, words)


def _command(given: argparse.Namespace) -> int:
    commands = {"pack": run_pack, "pictures": run_pictures, "preview": run_preview}
    return commands[given.command](given)


if __name__ == "__main__":
    sys.exit(main())
