"""Every exception of the program, grouped by who must act.

A message says what was required, where, what was found, what to do.
"""

from __future__ import annotations

from data.core.console import CommandError
from data.model.finding import Finding


class ServiceQualityError(CommandError):
    """The base of every exception of the program."""


class Refused(ServiceQualityError):
    """The analyst must act: a file, a batch number or an answer is not usable as given."""


class Unreadable(Refused):
    """The analyst must act: the file is damaged, empty, protected or not a table; `finding` states which."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.message()} {finding.suggestion()}".strip())
        self.finding = finding


class WrongUsage(ServiceQualityError):
    """The caller must act: an argument names something that does not exist (a unit, metric, month, version)."""

    exit_status = 2


class NotAllowed(ServiceQualityError):
    """An administrator must act: the person's role or units do not allow it, or their sign-in has ended."""


class Busy(ServiceQualityError):
    """Wait: another load holds the lock."""

    exit_status = 3


class Outdated(Busy):
    """Look again: somebody else loaded since the preview that was to be confirmed."""


class Damaged(ServiceQualityError):
    """The operator must act: a database file is foreign, damaged, or the disk refuses."""


class NoData(ServiceQualityError):
    """The analyst must act: nothing has been loaded yet."""
