"""Whether a change is worth explaining: one inside the usual variation or on few cases has parts, but no causes."""

from __future__ import annotations

import numpy as np

from locales import text
from metrics.certainty import LEVEL, certainty, standard_error
from metrics.figures import Figures
from metrics.periods import Window
from metrics.statistics.intervals import normal_quantile

FEW, USUAL = "few_cases", "usual_variation"


def caution(figures: Figures, metric: int, unit: int, earlier: Window, now: Window) -> str:
    """FEW where a base is below the metric's minimum; USUAL where the change between the two periods is less than chance and the months'
    own variation explain (95 %, by the rule of metrics.side_by_side); else "", also where that is not known. metric, unit: places."""
    rows, units = np.array([metric]), np.array([unit])
    values, errors = [], []
    for covered in (earlier, now):
        found = figures.over(covered).at(np.ix_(rows, units))
        sure = certainty(figures, rows, units, found, covered)
        if sure.little.any():
            return FEW
        values.append(found.value[0, 0])
        errors.append(standard_error(figures, sure, covered, rows, units)[0, 0])
    return USUAL if abs(values[1] - values[0]) <= normal_quantile(LEVEL) * np.hypot(*errors) else ""


def in_words(kind: str, lang: str) -> str:
    """What is said beside the parts of a change; empty for one that may be explained."""
    if kind == FEW:
        return text(lang, "on few cases: no causes should be read into it")
    return text(lang, "within the usual variation: no causes should be read into it") if kind == USUAL else ""
