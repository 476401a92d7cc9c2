"""Checks of staged rows: one module a check, each a function (StagedSheet, CheckContext) -> findings.

The folder is the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import pandas as pd

from data.model.finding import Finding
from data.model.organisation import Organisation
from data.model.staged import StagedSheet


@dataclass(frozen=True)
class CheckContext:
    """What a check may know besides its sheet.

    file: the file's name.
    organisation: the units as they will be once the file is loaded.
    this_month: the first day of today's month.
    units: codes of the units stored before.
    """

    file: str
    organisation: Organisation
    this_month: pd.Timestamp
    units: frozenset[str] = frozenset()


Check = Callable[[StagedSheet, CheckContext], Iterator[Finding]]


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check of the folder, by module name."""
    modules = (
        import_module(f"{__name__}.{found.name}")
        for found in sorted(iter_modules(__path__), key=lambda found: found.name)
    )
    return tuple(module.check for module in modules if hasattr(module, "check"))


def run_checks(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """All findings of all checks on one sheet; none on a sheet without rows."""
    if len(staged.frame):
        for check in all_checks():
            yield from check(staged, facts)
