"""The version of this program, and the option of the command lines that prints it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

PROGRAM = "service-quality-dashboard"
# The one place of the version; pyproject.toml repeats it for tools, and tests/test_docs.py holds the two together.
VERSION = "0.2.0"


class VersionAction(argparse.Action):
    """`--version` alone prints this program's version and ends; with a number it is stored as any option is: the
    published version of the data that a command reads.
    """

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        if values is None or values == []:
            print(PROGRAM, VERSION)
            parser.exit()
        setattr(namespace, self.dest, values)
