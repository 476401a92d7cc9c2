"""What may come of a figure that is not known yet: Student's distribution, or cases counted one by one.

Source: Geisser 1993 for predictive distributions; Gelman and others 2013, section 2.6 for counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from scipy import stats

from metrics.statistics.arrays import TIE, Array

LEAST_EXCESS = 1e-6
"""Cases vary at least this much more than Poisson's, of which they are then the limit."""


@dataclass(frozen=True)
class Predictive:
    """Distributions of figures of one shape; NaN where nothing is said.

    mean, variance, freedom: of Student's distribution about the mean.
    case: what one more case adds to the figure (negative where cases are missed ones); NaN where none are counted.
    origin: the figure without a case.
    """

    mean: Array
    variance: Array
    freedom: Array
    case: Array
    origin: Array

    def map(self, change: Callable[[Array], Array]) -> Predictive:
        """Every array changed alike, as a pick of rows."""
        return Predictive(**{field.name: change(getattr(self, field.name)) for field in fields(self)})

    def quantile(self, level: float) -> Array:
        """The figure that is exceeded with the probability 1 - level."""
        found = np.asarray(self.mean + stats.t.ppf(level, self.freedom) * np.sqrt(self.variance))
        counted = ~np.isnan(self.case)
        if counted.any():
            size, share, case = (part[counted] for part in (*self._cases(), self.case))
            number = stats.nbinom.ppf(np.where(case > 0, level, 1 - level), size, share)
            found[counted] = self.origin[counted] + case * number
        return found

    def at_least(self, value: Array) -> Array:
        """The probability of `value` or more."""
        with np.errstate(divide="ignore", invalid="ignore"):
            away = (value - self.mean) / np.sqrt(self.variance)
            sure = np.where(np.isnan(value) | np.isnan(self.mean), np.nan, (self.mean >= value) * 1.0)
            found = np.where(self.variance > 0, stats.t.sf(away, self.freedom), sure)
            cases = (value - self.origin) / self.case
        counted = ~np.isnan(self.case) & ~np.isnan(value)
        if counted.any():
            size, share, case, number = (part[counted] for part in (*self._cases(), self.case, cases))
            slack = TIE * np.maximum(np.abs(number), 1.0) + 1e-9
            more = stats.nbinom.sf(np.ceil(number - slack) - 1, size, share)
            found[counted] = np.where(case > 0, more, stats.nbinom.cdf(np.floor(number + slack), size, share))
        return np.asarray(found)

    def at_most(self, value: Array) -> Array:
        """The probability of `value` or less."""
        return Predictive(-self.mean, self.variance, self.freedom, -self.case, -self.origin).at_least(-value)

    def _cases(self) -> tuple[Array, Array]:
        """(size, share) of the negative binomial of the cases."""
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.maximum((self.mean - self.origin) / self.case, 1e-12)
            variance = np.maximum(self.variance / self.case**2, mean * (1 + LEAST_EXCESS))
            size = mean**2 / (variance - mean)
        return size, size / (size + mean)
