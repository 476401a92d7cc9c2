"""Places on a slide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in inches from its left upper corner."""

    left: float
    top: float
    width: float
    height: float
