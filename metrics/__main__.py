"""`python -m metrics`: the figures on the command line."""

from __future__ import annotations

import argparse
import sys

from data.core import console
from data.core.version import VersionAction
from locales import LANGUAGES
from metrics.cli.commands import run

DEFAULTS = {
    "home": None,
    "unit": None,
    "month": None,
    "period": "month",
    "level": None,
    "within": None,
    "version": None,
    "lang": "en",
    "json": False,
    "csv": False,
}


def parser() -> argparse.ArgumentParser:
    """The words of the command line; options may stand before or after the command's own."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", metavar="DIR", help="where the data lives (default: SERVICE_QUALITY_HOME, else var/)")
    common.add_argument("--unit", metavar="U", help="a unit's code, name or alias (default: the top unit)")
    common.add_argument("--month", metavar="YYYY-MM", help="default: the last month with data")
    common.add_argument(
        "--period",
        metavar="P",
        help="month, quarter, ytd, rolling12, or a range as in 2025-01..2025-02 (default: month)",
    )
    common.add_argument("--level", metavar="L", help="the level of the peers (default: the unit's own)")
    common.add_argument("--within", metavar="U", help="only peers below this unit")
    common.add_argument(
        "--version",
        action=VersionAction,
        nargs="?",
        type=int,
        metavar="N",
        help="a published version (default: the newest); without a number: print the version of this program",
    )
    common.add_argument("--lang", choices=LANGUAGES, help="language of names (default: en)")
    common.add_argument("--json", action="store_true", help="print JSON, numbers unrounded")
    common.add_argument("--csv", action="store_true", help="print CSV")
    main_parser = argparse.ArgumentParser(prog="python -m metrics", description=__doc__, parents=[common])
    commands = main_parser.add_subparsers(dest="command", required=True)

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about, parents=[common])

    command("list", "every metric with its name, unit and direction")
    command("scorecard", "every metric of one unit")
    command("ranking", "one metric of all peers, best first").add_argument("metric", metavar="METRIC")
    over_months = command("trend", "one metric of one unit over the months")
    over_months.add_argument("metric", metavar="METRIC")
    over_months.add_argument("--months", type=int, default=36, metavar="N", help="how many months back (default: 36)")
    over_months.add_argument(
        "--phase", action="append", metavar="YYYY-MM", help="begin limits anew in this month (may be repeated)"
    )
    why = command("explain", "why a metric changed: within and mix of each part, summing to the change")
    why.add_argument("metric", metavar="METRIC")
    why.add_argument(
        "--against",
        default="previous",
        metavar="P",
        help="previous, last_year, parent, a month, or a range of any length (default: previous)",
    )
    why.add_argument(
        "--by", default="units", metavar="KIND", help="units, or a kind of segment such as category (default: units)"
    )
    command("funnel", "which peers differ by more than their size explains, and how many would by chance").add_argument(
        "metric", metavar="METRIC"
    )
    course = command(
        "tendency", "the course of each metric: trend, run of steps, volatility, same season of earlier years"
    )
    course.add_argument("metric", metavar="METRIC", nargs="?", help="only this one")
    course.add_argument("--months", type=int, default=36, metavar="N", help="how many months back (default: 36)")
    ahead = command("outlook", "what the months left must bring to reach the year's target")
    ahead.add_argument("metric", metavar="METRIC", nargs="?", help="only this one")
    command(
        "forecast",
        "the months to the year's end with 80 and 95 % intervals, and how likely the year's target is reached",
    ).add_argument("metric", metavar="METRIC")
    command("scores", "the weighted scorecard of all peers, and how far places depend on the weights").add_argument(
        "--cap", type=float, default=1.0, metavar="C", help="most that one metric may bring of its weight (default: 1)"
    )
    command("attention", "strengths, weak spots and early warnings, from verdicts")
    command("restated", "published values that changed since an earlier version, and through which batch").add_argument(
        "--since", type=int, required=True, metavar="VERSION", help="the earlier version"
    )
    written = command("briefing", "the monthly text, every figure computed")
    written.add_argument("--markdown", action="store_true", help="with Markdown headings")
    return main_parser


def main(words: list[str] | None = None) -> int:
    """Runs one command; every expected problem is one sentence on the error stream."""
    return console.run(parser(), run, DEFAULTS, words)


if __name__ == "__main__":
    sys.exit(main())
