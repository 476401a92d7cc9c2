"""Names of points in a cloud: each beside its point where there is room, none over another or over a point."""

from __future__ import annotations

from collections.abc import Sequence

from charts.labels import EM, END, LEADING, axis_label, text_width, wrap_name

WIDTH = 430
"""Pixels that a cloud is at least wide beside another chart at 1280; where it is wider, names stand further apart."""
GAP, POINT = 7, 5
"""Pixels from a point's middle to its name, and half of what a point takes."""
POSITIONS = ("top center", "bottom center", "middle right", "middle left")

Box = tuple[float, float, float, float]


def place_labels(
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    order: Sequence[int],
    height: float,
    chosen: int | None = None,
    width: float = WIDTH,
) -> tuple[list[str], list[str]]:
    """(text, position) for Plotly of each of `points` (0..1 of the plot from the left, from below).

    Those in `order` are named, the first first, where one of POSITIONS is free and inside; the `chosen` one in any
    case, bold.
    """
    at = [(x * width, y * height) for x, y in points]
    taken: list[Box] = [(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in at]
    texts, positions = [""] * len(at), [POSITIONS[0]] * len(at)
    for one in dict.fromkeys(([] if chosen is None else [chosen]) + list(order)):
        folded = wrap_name(names[one], END)
        boxes = _boxes(at[one], max(map(text_width, folded)) * EM, len(folded) * LEADING)
        free = [
            place
            for place, box in enumerate(boxes)
            if _inside(box, width, height) and not any(_meet(box, other) for other in taken)
        ]
        if free or one == chosen:
            place = free[0] if free else 0
            taken.append(boxes[place])
            texts[one], positions[one] = axis_label(names[one], END, one == chosen), POSITIONS[place]
    return texts, positions


def _boxes(point: tuple[float, float], wide: float, tall: float) -> tuple[Box, ...]:
    """Where a name would stand, in the order of POSITIONS."""
    x, y = point
    return (
        (x - wide / 2, y + GAP, x + wide / 2, y + GAP + tall),
        (x - wide / 2, y - GAP - tall, x + wide / 2, y - GAP),
        (x + GAP, y - tall / 2, x + GAP + wide, y + tall / 2),
        (x - GAP - wide, y - tall / 2, x - GAP, y + tall / 2),
    )


def _inside(box: Box, width: float, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
