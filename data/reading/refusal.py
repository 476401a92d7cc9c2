"""Making a refusal: an exception that carries its finding."""

from __future__ import annotations

from typing import Any

from data.errors import Unreadable
from data.findings import Finding, Kind


def refused(kind: Kind, file: str, **params: Any) -> Unreadable:
    """The exception that says why `file` is not read."""
    return Unreadable(Finding(kind, file, params=params))
