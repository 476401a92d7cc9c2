"""Command lines: running a command, and tables for a terminal, aligned where Chinese signs take two columns."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

# Signs a line may hold before columns are wrapped, and columns before some are left out.
WIDTH, COLUMNS = 220, 40
# What a shell expects of a command that was ended by Ctrl-C.
CANCELLED = 130


def table_text(frame: pd.DataFrame, missing: str = "NaN", number: Callable[[float], str] | None = None) -> str:
    """All rows of `frame` as text; `missing` stands for what is not known, `number` writes a decimal."""
    if not len(frame):
        return "(nothing)"
    options = (
        "display.width",
        WIDTH,
        "display.max_columns",
        COLUMNS,
        "display.max_rows",
        None,
        "display.unicode.east_asian_width",
        True,
    )
    with pd.option_context(*options):
        return frame.to_string(index=False, na_rep=missing, float_format=number)


class CommandError(Exception):
    """An expected problem: a command line prints its message in one sentence, never a traceback."""

    exit_status = 1


def run(
    parser: argparse.ArgumentParser,
    command: Callable[[argparse.Namespace], int],
    defaults: Mapping[str, Any],
    words: Sequence[str] | None = None,
) -> int:
    """Runs one command and returns its exit status; an expected problem is one sentence on the error stream.

    defaults: values of the options that the words do not name; the parser suppresses its own.
    """
    given = parser.parse_args(words)
    for name, value in defaults.items():
        if not hasattr(given, name):
            setattr(given, name, value)
    try:
        return command(given)
    except CommandError as problem:
        print(str(problem), file=sys.stderr)
        return problem.exit_status
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("Cancelled; what was not committed yet is not there.", file=sys.stderr)
        return CANCELLED
    except OSError as problem:
        print(f"{problem.filename or 'The disk'}: {problem.strerror or problem}.", file=sys.stderr)
        return 1
