"""A sparkline: the last months of one metric as a small inline SVG."""

from __future__ import annotations

from collections.abc import Sequence

from charts.numbers import is_known
from charts.theme import Palette

HEIGHT = 26


def sparkline(
    values: Sequence[float | None],
    colours: Palette,
    *,
    target: float | None = None,
    lower: Sequence[float | None] = (),
    upper: Sequence[float | None] = (),
    paint: str = "",
    width: int = 132,
) -> str:
    """SVG of a small line: `values` in order, None is a gap.

    target: dashed where it is in sight.
    lower, upper: control limits of the same months, drawn as a band behind the line; both or neither.
    paint: colour of the dot at the last known value.
    """
    points = [float(value) if is_known(value) else None for value in values]
    numbers = [value for value in points if value is not None]
    if not numbers:
        return ""
    band = [
        (place, float(a), float(b))
        for place, (a, b) in enumerate(zip(lower, upper, strict=True))
        if is_known(a) and is_known(b)
    ]
    numbers += [side for _, *sides in band for side in sides]
    low, high = min(numbers), max(numbers)
    span = (high - low) or abs(high) or 1.0
    in_sight = is_known(target) and low - span <= target <= high + span
    if in_sight and target is not None:
        low, high = min(low, target), max(high, target)
    reach = (high - low) or 1.0

    def x(index: int) -> float:
        return 3 + index * (width - 8) / max(len(points) - 1, 1)

    def y(value: float) -> float:
        return HEIGHT / 2 if high == low else 4 + (high - value) / reach * (HEIGHT - 8)

    runs: list[list[str]] = [[]]
    for index, point in enumerate(points):
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{x(index):.1f},{y(point):.1f}")
    lines = "".join(f'<polyline points="{" ".join(run)}"/>' for run in runs if len(run) > 1)
    lone = "".join(
        f'<circle cx="{run[0].split(",")[0]}" cy="{run[0].split(",")[1]}" r="1.2"/>' for run in runs if len(run) == 1
    )
    edge = [f"{x(place):.1f},{y(b):.1f}" for place, _, b in band] + [
        f"{x(place):.1f},{y(a):.1f}" for place, a, _ in band[::-1]
    ]
    area = f'<polygon points="{" ".join(edge)}" fill="{colours.limits}"/>' if len(band) > 1 else ""
    last = max(index for index, point in enumerate(points) if point is not None)
    dashed = (
        f'<line x1="0" x2="{width}" y1="{y(target):.1f}" y2="{y(target):.1f}" stroke="{colours.peer}" '
        'stroke-dasharray="3 3"/>'
        if in_sight and target is not None
        else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}">'
        f"{area}{dashed}"
        f'<g fill="none" stroke="{colours.muted}" stroke-width="1.5" stroke-linejoin="round">{lines}{lone}</g>'
        f'<circle cx="{x(last):.1f}" cy="{y(points[last] or 0.0):.1f}" r="2.6" fill="{paint or colours.ink}"/></svg>'
    )
