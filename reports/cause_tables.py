"""The tables of a pack that say where a figure comes from: its segments, and the parts of its change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from locales import text
from metrics.analyses.explain import Explanation, doubt_in_words
from metrics.analyses.segments import segment_kind_title
from metrics.wording.labels import segment
from reports.content import PackContent
from reports.table_model import Cell, Column, Table, count_cells, metric_cell, table_of


def segments_table(content: PackContent, code: str, kind: str) -> Table:
    """The segments of one metric."""
    lang, metric = content.header.lang, content.metric(code)
    title = segment_kind_title(metric, kind, lang)
    frame = content.splits[code, kind]
    columns: list[Column[tuple[Mapping[Any, Any], Cell]]] = [
        Column(title, 2, lambda line: Cell(segment(line[0]["segment"], lang, kind))),
        Column(text(lang, "Count"), 1, lambda line: line[1]),
        Column(text(lang, "Share"), 1, lambda line: Cell(line[0]["share"], "percent")),
        Column(text(lang, "Value"), 1, lambda line: metric_cell(line[0]["value"], metric)),
        Column(text(lang, "Period before"), 1, lambda line: metric_cell(line[0]["previous"], metric)),
    ]
    lines = zip(frame.to_dict("records"), count_cells(frame["numerator"]), strict=True)
    return table_of(f"split:{code}:{kind}", f"{metric.name.to(lang)} – {title}", columns, lines)


@dataclass(frozen=True)
class _Part:
    """A part of a change, or the change as a whole: its values, and what it adds by itself, by its weight, together."""

    name: str
    before: float | None
    now: float | None
    steps: tuple[Cell, Cell, Cell]


def contributions_table(content: PackContent, reason: Explanation) -> Table:
    """Why one metric changed; the parts sum to the change."""
    lang, metric = content.header.lang, content.metric(reason.metric)
    columns: list[Column[_Part]] = [
        Column(text(lang, "Part"), 2, lambda part: Cell(part.name)),
        Column(text(lang, "Before"), 1, lambda part: metric_cell(part.before, metric)),
        Column(text(lang, "Now"), 1, lambda part: metric_cell(part.now, metric)),
        Column(text(lang, "Inside the part"), 1, lambda part: part.steps[0]),
        Column(text(lang, "Weight of the part"), 1, lambda part: part.steps[1]),
        Column(text(lang, "Together"), 1, lambda part: part.steps[2]),
    ]
    said = (metric.name.to(lang), doubt_in_words(reason, lang))
    title = text(lang, "; ").join(part for part in said if part)
    return table_of(f"reason:{reason.metric}", title, columns, _parts(reason, lang))


def _parts(reason: Explanation, lang: str) -> Iterator[_Part]:
    """The parts, and the change that they sum to."""
    parts = reason.parts
    names = [str(name) if name else text(lang, "Not explained by the parts") for name in parts["name"]]
    steps = zip(
        count_cells([*parts["within"], float("nan")], 3),
        count_cells([*parts["mix"], float("nan")], 3),
        count_cells([*parts["total"], reason.change], 3),
        strict=True,
    )
    yield from map(
        _Part,
        [*names, text(lang, "Change")],
        [*parts["value_before"], reason.value_before],
        [*parts["value_now"], reason.value_now],
        steps,
    )
