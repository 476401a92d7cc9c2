"""Charts that PowerPoint draws itself, with their data behind them: bars, and lines with events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from charts.events import EventLabel
from charts.theme import LIGHT
from reports.box import Box
from reports.scales import scale_with_headroom
from reports.table_model import Cell

SMALL = 10.0
# Inches of a row of event names, and what title, axis and legend take from a chart's height.
EVENT_ROW, AROUND = 0.18, 0.9


def rgb(code: str) -> RGBColor:
    """The colour of "#RRGGBB" as python-pptx takes it."""
    return RGBColor.from_string(code.lstrip("#"))


def add_bar_chart(
    slide: Slide,
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None], str]],
    box: Box,
    *,
    form: str,
    stacked: bool = False,
    inks: Sequence[str] = (),
) -> None:
    """Adds a native chart of horizontal bars, the first name on top.

    series: name, values, colour of each.
    inks: colours of single bars of the first series; "" keeps that of the series.
    """
    data: Any = CategoryChartData(number_format=form)
    data.categories = [Cell(name).guarded or "–" for name in names]
    for name, values, _ in series:
        data.add_series(name, list(values))
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    chart = _add_chart(slide, kind, box, data)
    _quiet(chart, len(series) > 1)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.visible = False
    if not any(value is not None and value < 0 for _, values, _ in series for value in values):
        chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    if stacked:
        plot.overlap = 100
    for place, (_, _, ink) in enumerate(series):
        plot.series[place].format.fill.solid()
        plot.series[place].format.fill.fore_color.rgb = rgb(ink)
        plot.series[place].invert_if_negative = False
    if not stacked:
        plot.has_data_labels = True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = form, False
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        plot.data_labels.font.size = Pt(SMALL)
    for place, ink in enumerate(inks):
        if ink:
            fill = plot.series[0].points[place].format.fill
            fill.solid()
            fill.fore_color.rgb = rgb(ink)


def add_line_chart(
    slide: Slide,
    months: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None], str, float, bool]],
    box: Box,
    *,
    form: str,
    points: Sequence[tuple[int, str]] = (),
    events: Sequence[EventLabel] = (),
    legend: bool = True,
) -> None:
    """Adds a native line chart over months.

    series: name, values, colour, width in points, dashed, of each.
    points: (index, colour) of points of the first series to mark.
    events: each becomes a series of one point, named by its label, with a line down to the axis.
    """
    data: Any = CategoryChartData(number_format=form)
    data.categories = list(months)
    for name, values, *_ in series:
        data.add_series(Cell(name).guarded, list(values))
    known = [value for _, values, *_ in series for value in values if value is not None] or [0.0, 1.0]
    row = EVENT_ROW / max(box.height - AROUND, 1)
    least, most, step = scale_with_headroom(
        min(known), max(known), 1 + max((one.row for one in events), default=-1), row
    )
    heights = [most - (one.row + 0.5) * row * (most - least) for one in events]
    for one, high in zip(events, heights, strict=True):
        data.add_series(Cell(one.label).guarded, [high if place == one.place else None for place in range(len(months))])
    chart = _add_chart(slide, XL_CHART_TYPE.LINE, box, data)
    _quiet(chart, legend)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = rgb(LIGHT.rule)
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = form, False
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = least, most, step
    # A month in three is named; a month that is not known does not break the line.
    skip = etree.Element(qn("c:tickLblSkip"), val=str(max(1, len(months) // 12)))
    chart.category_axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
    blanks = chart._chartSpace.chart.find(qn("c:dispBlanksAs"))
    if blanks is not None:
        blanks.set("val", "span")
    for place, (_, _, ink, thick, dashed) in enumerate(series):
        line = chart.plots[0].series[place]
        line.smooth = False
        line.format.line.color.rgb, line.format.line.width = rgb(ink), Pt(thick)
        if dashed:
            line.format.line.dash_style = 4
        line.marker.style = -4142 if place else 8
        if not place:
            line.marker.size = 5
            line.marker.format.fill.solid()
            line.marker.format.fill.fore_color.rgb = rgb(ink)
    for place, ink in points:
        marker = chart.plots[0].series[0].points[place].marker
        marker.style, marker.size = 8, 9
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = rgb(ink)
        # LibreOffice takes a marker's colour from the point.
        chart.plots[0].series[0].points[place].format.fill.solid()
        chart.plots[0].series[0].points[place].format.fill.fore_color.rgb = rgb(ink)
    for number, (one, high) in enumerate(zip(events, heights, strict=True), start=len(series)):
        _mark_event(chart, number, one, high - least)


def _mark_event(chart: Any, number: int, one: EventLabel, down: float) -> None:
    """The series `number` as a name with a thin line of height `down` below it, and no entry in the legend."""
    series = chart.plots[0].series[number]
    series.format.line.fill.background()
    series.marker.style = -4142
    labels = series.data_labels
    labels.show_series_name, labels.show_value = True, False
    labels.position = XL_LABEL_POSITION.LEFT if one.leftward else XL_LABEL_POSITION.RIGHT
    labels.font.size, labels.font.color.rgb = Pt(SMALL - 1), rgb(LIGHT.muted)
    labels._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("wrap", "none")
    bars_ = etree.fromstring(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="fixedVal"/>'
        '<c:noEndCap val="1"/>'
        f'<c:val val="{down!r}"/><c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{LIGHT.muted[1:]}"/></a:solidFill>'
        f'<a:prstDash val="{"dash" if one.phase else "sysDot"}"/></a:ln></c:spPr></c:errBars>'
    )
    series._element.find(qn("c:cat")).addprevious(bars_)
    if not chart.has_legend:
        return
    entry = etree.fromstring(
        f'<c:legendEntry {nsdecls("c")}><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'
    )
    found = chart.legend._element.findall(qn("c:legendEntry"))
    (found[-1] if found else chart.legend._element.find(qn("c:legendPos"))).addnext(entry)


def _add_chart(slide: Slide, kind: Any, box: Box, data: Any) -> Any:
    frame: Any = slide.shapes.add_chart(
        kind, Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height), data
    )
    return frame.chart


def _quiet(chart: Any, legend: bool) -> None:
    """No gridlines, small type, a legend only where there is more than one series."""
    chart.font.size = Pt(SMALL)
    chart.font.color.rgb = rgb(LIGHT.ink)
    chart.has_title = False
    chart.has_legend = legend
    if legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.has_major_gridlines = False
    for axis in (chart.value_axis, chart.category_axis):
        axis.format.line.color.rgb = rgb(LIGHT.rule)
        axis.has_major_gridlines = False
