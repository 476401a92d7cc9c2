"""The record of a metric: everything that a page, an export or the glossary needs to know about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from locales import Text

Better = Literal["lower", "higher", "neither"]
Interval = Literal["proportion", "rate", "count", "mean", "ratio_of_totals", "none"]
Format = Literal["percent", "rate", "score", "count", "amount", "number"]


@dataclass(frozen=True)
class Term:
    """A sum of cube cells: measure, and optionally the segments of one kind (none named = the measure's total)."""

    measure: str
    kind: str = ""
    segments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Component:
    """A part of a composite: a metric's code, its weight, and the values that score 0 and full marks."""

    metric: str
    weight: float
    base: float
    challenge: float


@dataclass(frozen=True)
class Family:
    """A family of metrics: its order on pages, and the pack (line of business) that it belongs to."""

    code: str
    name: Text
    order: int
    pack: str = "telecom"


@dataclass(frozen=True)
class Metric:
    """One metric.

    value = scale x numerator / denominator (ratio of sums over units and months), or scale x numerator without one.
    reported: a ready-made figure, used for its own unit only when numerator or denominator is missing.
    components: a composite's parts (then numerator and denominator are None).
    quarters_of: a metric's code; the value counts the quarters of the year so far in which it reached `pass_mark`.
    restarts: every year follows a new cohort: months fall by construction, so no control chart judges them.
    interval: the type of interval; None follows from the format (see metrics/assessment/uncertainty.py).
    spread: of a mean score, the terms sum of squares, sum of points and number of responses of its standard
    deviation.
    minimum_base: denominators below it are too little data.
    default_target: used where no target was loaded.
    """

    code: str
    family: str
    name: Text
    meaning: Text
    unit: Text
    format: Format
    better: Better
    numerator: Term | None
    denominator: Term | None = None
    scale: float = 1.0
    decimals: int = 1
    reported: Term | None = None
    components: tuple[Component, ...] = ()
    quarters_of: str = ""
    restarts: bool = False
    pass_mark: float = 0.0
    minimum_base: float = 0.0
    default_target: float | None = None
    segment_kinds: tuple[str, ...] = ()
    source: Text | None = None
    headline: bool = True
    interval: Interval | None = None
    spread: tuple[Term, ...] = ()

    @property
    def bounds(self) -> tuple[float, float]:
        """The bounds between which values lie as a rule.

        Nothing is known of a number that came ready-made, and some percentages exceed 100 (see
        assessment/control_chart.py).
        """
        if self.format == "number" and self.numerator is None:
            return -math.inf, math.inf
        return 0.0, 100.0 if self.format in ("percent", "score") else math.inf

    @property
    def total(self) -> bool:
        """Whether a value is a sum of cases or amounts.

        A unit's is then made up of its parts', and its target says nothing of theirs.
        """
        return self.numerator is not None and self.denominator is None
