"""The slides of control charts: large where a decision is asked for, four to a slide where not."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.slide import Slide

from charts import numbers
from charts.events import event_labels
from charts.theme import LIGHT
from locales import text
from metrics.wording.tone import tone_of_point
from reports import words
from reports.box import Box
from reports.content import PackContent
from reports.deck import INNER, LEFT, ROOM, TOP, Deck
from reports.native_charts import SMALL, add_line_chart
from reports.table_model import metric_cell
from reports.text_fit import largest_size, text_height

# Column and line of the charts of a slide with four.
GRID = ((0, 0), (1, 0), (0, 1), (1, 1))
REMARK = 12.0


def control_chart_slide(deck: Deck, content: PackContent, code: str) -> None:
    """The control chart of one metric."""
    lang, metric = content.header.lang, content.metric(code)
    slide = deck.add_slide(
        words.metric_title(metric, content.row(code), lang),
        words.definition_notes(content, [code]),
        metric.meaning.to(lang),
    )
    said = "\n".join(words.remark_notes(content, code))
    tall = text_height(said, REMARK, INNER) if said else 0.0
    # Remarks too long for the slide stand in the table of notes, whole.
    shown = 0.0 < tall <= ROOM / 4
    _control_chart(slide, content, code, Box(LEFT, TOP, INNER, ROOM - (tall + 0.1 if shown else 0.0)))
    if shown:
        deck.add_text(slide, said, Box(LEFT, TOP + ROOM - tall, INNER, tall), REMARK, LIGHT.ink)


def small_control_charts(deck: Deck, content: PackContent, codes: Sequence[str]) -> None:
    """Up to four control charts that ask for no decision: signals for the better, and the leading metrics."""
    lang = content.header.lang
    improving = [code for code in codes if content.row(code)["variation"] == "improving"]
    title = text(
        lang, "{improving} of these {count} are better by a signal", improving=len(improving), count=len(codes)
    )
    if not improving:
        names = text(lang, ", ").join(content.metric(code).name.to(lang) for code in codes)
        judged = any(content.row(code)["signal"] != "too_little_data" for code in codes)
        title = (
            text(lang, "Inside normal variation: {names}", names=names)
            if judged
            else text(lang, "Too little data to judge: {names}", names=names)
        )
    subtitle = text(lang, "Thin lines: centre and limits of normal variation; dashed: target")
    slide = deck.add_slide(title, words.definition_notes(content, codes), subtitle)
    wide, tall = INNER / 2 - 0.1, (ROOM + 0.05) / 2
    for code, (column, line) in zip(codes, GRID, strict=False):
        left, top = LEFT + column * (wide + 0.2), TOP - 0.05 + line * tall
        said = words.metric_title(content.metric(code), content.row(code), lang)
        deck.add_text(
            slide,
            said,
            Box(left, top, wide, 0.45),
            largest_size(said, wide, 2, (12.0, 11.0, 10.0, 9.0, 8.0)),
            LIGHT.ink,
            bold=True,
        )
        _control_chart(slide, content, code, Box(left, top + 0.42, wide, tall - 0.45), legend=False)


def _control_chart(slide: Slide, content: PackContent, code: str, box: Box, legend: bool = True) -> None:
    lang, metric, frame = content.header.lang, content.metric(code), content.trends[code]

    def column(name: str) -> list[float | None]:
        return [float(value) if numbers.is_known(value) else None for value in frame[name]]

    series = [(content.header.unit_name, column("value"), LIGHT.accent, 2.25, False)]
    for name, label, ink, thick in (
        ("centre", text(lang, "Centre"), LIGHT.muted, 1.0),
        ("lower", text(lang, "Lower limit"), LIGHT.muted, 0.75),
        ("upper", text(lang, "Upper limit"), LIGHT.muted, 0.75),
        ("target", text(lang, "Target"), LIGHT.ink, 1.0),
    ):
        if frame[name].notna().any():
            series.append((label, column(name), ink, thick, True))
    coloured = [
        (place, LIGHT.for_tone(tone_of_point(kind, metric.better)))
        for place, kind in enumerate(frame["point_type"])
        if isinstance(kind, str) and kind != "common"
    ]
    # A month that is not over is no point of the chart's judgement.
    coloured += [
        (place, LIGHT.muted) for place, until in enumerate(frame["provisional_until"]) if isinstance(until, str)
    ]
    add_line_chart(
        slide,
        [str(month) for month in frame["month"]],
        series,
        box,
        form=metric_cell(0.0, metric).excel_format(),
        points=coloured,
        events=event_labels(content.events_of(code), [str(month) for month in frame["month"]], box.width * 72 / SMALL),
        legend=legend,
    )
