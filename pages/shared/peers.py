"""The other units' lines behind a trend."""

from __future__ import annotations

from metrics.metric import Metric
from pages.shared.view import View

MOST = 24


def peer_lines(view: View, metric: Metric, months: list[str]) -> dict[str, list[float | None]]:
    """Name -> values on `months` for the chosen unit's peers; beyond 24 peers only those under the same parent, and no more than 24."""
    codes = view.peers()
    if len(codes) > MOST and view.above:
        codes = view.organisation.children(view.above)
    others = [code for code in codes[:MOST] if code != view.unit]
    if not others or not months:
        return {}
    values = view.series([metric.code], others, len(months))[0]
    return {
        view.organisation.name(code): [None if value != value else float(value) for value in row]
        for code, row in zip(others, values, strict=True)
        if (row == row).any()
    }
