"""Metrics written by hand for charts."""

from __future__ import annotations

import pytest

from locales import Text
from metrics.model.metric import Metric, Term


def metric(code: str = "rate", form: str = "rate", better: str = "lower") -> Metric:
    return Metric(
        code=code,
        family="complaints",
        name=Text("Rate", "率", "率"),
        meaning=Text("", "", ""),
        unit=Text("per 10,000", "每万", "每萬"),
        format=form,  # type: ignore[arg-type]
        better=better,
        numerator=Term("a"),
        denominator=Term("b"),
        scale=10_000,
        decimals=1,  # type: ignore[arg-type]
    )


@pytest.fixture
def rate() -> Metric:
    return metric()


@pytest.fixture
def share() -> Metric:
    return metric("share", "percent", "higher")
