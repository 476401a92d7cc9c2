"""The workbook of a pack: every table complete, real numbers with formats, filters, native charts, ready to print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.data_source import NumData, NumDataSource, NumVal
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from charts.events import EventLabel, event_labels
from charts.theme import LIGHT
from locales import text
from metrics.wording.labels import span
from reports import cause_tables, source_tables, tables, words
from reports.content import PackContent
from reports.scales import scale_with_headroom
from reports.table_model import Cell, Table

TONES = {"better": LIGHT.better_text[1:], "worse": LIGHT.worse_text[1:], "muted": LIGHT.muted[1:]}
HEAD = PatternFill("solid", fgColor=LIGHT.band[1:])
# Sheet names: at most 31 signs, none of these.
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
WIDEST = 60
# Columns of a series that its chart draws (value, centre, limits), ems of an event's name that it holds, and the share
# of its height a row of names takes.
DRAWN, EVENT_ROOM, EVENT_ROW = (1, 5, 6, 7), 55, 0.09


def write_workbook(content: PackContent, path: Path) -> dict[str, int]:
    """Writes the workbook and returns how many rows each table has, all of them written."""
    book = Workbook()
    lang = content.header.lang
    index = book.active
    index.title = _sheet_name(text(lang, "Contents"), [])
    sheets: list[tuple[str, str]] = []
    counted: dict[str, int] = {}

    def put(name: str, *shown: Table) -> Worksheet:
        page = book.create_sheet(_sheet_name(name, book.sheetnames))
        sheets.append((page.title, name))
        _print_setup(page, content, name)
        row = 1
        for place, table in enumerate(shown):
            row = _write(
                page,
                table,
                row,
                titled=len(shown) > 1 or bool(table.note),
                filtered=place == 0 and len(shown) == 1,
                lang=lang,
            )
            counted[table.key] = len(table.rows)
        return page

    card = tables.scorecard_table(content)
    put(card.title, card)
    put(text(lang, "Strengths and weak spots"), *tables.attention_tables(content))
    for code in content.rankings:
        ranked = tables.ranking_table(content, code)
        page = put(text(lang, "Ranking {metric}", metric=ranked.title), ranked)
        _bar_chart(page, ranked)
    for code in content.trends:
        series = tables.trend_table(content, code)
        page = put(text(lang, "Months {metric}", metric=series.title), series)
        _line_chart(page, series, content, code)
    splits = [cause_tables.segments_table(content, code, kind) for code, kind in content.splits]
    if splits:
        put(text(lang, "Segments"), *splits)
    reasons = [cause_tables.contributions_table(content, reason) for reason in content.reasons.values()]
    if reasons:
        put(text(lang, "Why it changed"), *reasons)
    for table in source_tables.closing_tables(content):
        if table.rows or table.key in ("definitions", "lineage", "restated"):
            put(table.title, table)
    _write_index(index, sheets, content)
    book.properties.title = words.footer(content.header)
    book.save(path)
    return counted


def _write_index(page: Worksheet, sheets: Sequence[tuple[str, str]], content: PackContent) -> None:
    """The first sheet: the whole title of every other one, as a link to it."""
    header = content.header
    title = f"{header.unit_name} {span(header.month, header.period, header.lang)}"
    _print_setup(page, content, title)
    _write_text(page, 1, 1, title).font = Font(bold=True, size=13)
    for row, (sheet, name) in enumerate(sheets, start=3):
        cell = _write_text(page, row, 1, name)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location="'{}'!A1".format(sheet.replace("'", "''")))
        cell.font = Font(color=LIGHT.accent[1:], underline="single")
    page.column_dimensions["A"].width = WIDEST


def _sheet_name(name: str, taken: list[str]) -> str:
    """`name` as Excel takes it, with a number where it is taken."""
    plain = FORBIDDEN.sub(" ", name).strip("'")[:LONGEST_NAME]
    number = 2
    found = plain
    while found.casefold() in {one.casefold() for one in taken}:
        ending = f" {number}"
        found = plain[: LONGEST_NAME - len(ending)] + ending
        number += 1
    return found


def _write(page: Worksheet, table: Table, row: int, *, titled: bool, filtered: bool, lang: str) -> int:
    """Writes a table from `row` on and returns the row after it and an empty one."""
    if titled:
        _write_text(page, row, 1, table.title).font = Font(bold=True, size=13)
        row += 1
    for column, header in enumerate(table.headers, start=1):
        cell = _write_text(page, row, column, header)
        cell.font, cell.fill = Font(bold=True), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    first = row
    for line in table.rows:
        row += 1
        for column, one in enumerate(line, start=1):
            _write_cell(page, row, column, one, lang)
    for column, share in enumerate(table.column_shares, start=1):
        letter = get_column_letter(column)
        wanted = min(WIDEST, max(10.0, 130 * share))
        page.column_dimensions[letter].width = max(wanted, page.column_dimensions[letter].width or 0)
    if filtered:
        page.freeze_panes = page.cell(first + 1, 2)
        page.auto_filter.ref = f"A{first}:{get_column_letter(len(table.headers))}{max(row, first)}"
        page.print_title_rows = f"{first}:{first}"
    return row + 2


def _write_text(page: Worksheet, row: int, column: int, words: str) -> SheetCell:
    """A text that stays one, whatever it begins with."""
    cell = page.cell(row, column, Cell(words).guarded or None)
    cell.data_type = "s" if cell.value else cell.data_type
    return cell


def _write_cell(page: Worksheet, row: int, column: int, one: Cell, lang: str) -> None:
    number = one.number
    if number is not None and one.form != "text":
        cell = page.cell(row, column, number)
        cell.number_format = one.excel_format(lang)
    else:
        # A missing figure stays an empty cell: a dash would be a text among numbers.
        cell = _write_text(page, row, column, str(one.value or "") if one.form == "text" else "")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if one.tone:
        cell.font = Font(color=TONES[one.tone], bold=one.tone != "muted")


def _print_setup(page: Worksheet, content: PackContent, name: str) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    # An ampersand begins a code in headers and footers.
    page.oddHeader.left.text = name.replace("&", "&&")
    page.oddFooter.left.text = words.footer(content.header).replace("&", "&&")
    page.oddFooter.right.text = "&P / &N"


def _bar_chart(page: Worksheet, table: Table) -> None:
    chart = BarChart()
    chart.type, chart.style, chart.legend = "bar", 10, None
    chart.title, chart.height, chart.width = table.title, max(6.0, 0.6 * len(table.rows) + 2), 18
    last = min(len(table.rows), 60) + 1
    chart.add_data(Reference(page, min_col=3, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=2, min_row=2, max_row=last))
    chart.y_axis.scaling.min = 0 if all((row[2].number or 0) >= 0 for row in table.rows) else None
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    page.add_chart(chart, f"{get_column_letter(len(table.headers) + 2)}2")


def _line_chart(page: Worksheet, table: Table, content: PackContent, code: str) -> None:
    chart = LineChart()
    chart.title, chart.height, chart.width = table.title, 9, 22
    last = len(table.rows) + 1
    for column, dash in ((2, None), (6, "dash"), (7, "sysDot"), (8, "sysDot")):
        chart.add_data(Reference(page, min_col=column, min_row=1, max_row=last), titles_from_data=True)
        line = chart.series[-1].graphicalProperties.line
        line.solidFill, line.width = (
            (LIGHT.accent if dash is None else LIGHT.muted)[1:],
            28_000 if dash is None else 9_000,
        )
        line.dashStyle = dash
        chart.series[-1].smooth = False
    chart.set_categories(Reference(page, min_col=1, min_row=2, max_row=last))
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend.position = "b"
    _mark_events(
        chart, table, event_labels(content.events_of(code), [row[0].formatted("en") for row in table.rows], EVENT_ROOM)
    )
    page.add_chart(chart, f"{get_column_letter(len(table.headers) + 2)}2")


def _mark_events(chart: LineChart, table: Table, events: Sequence[EventLabel]) -> None:
    """Each event as a series of one point: its name, and a thin line down to the axis."""
    known = [number for row in table.rows for column in DRAWN if (number := row[column].number) is not None]
    if not events or not known:
        return
    rows = 1 + max(one.row for one in events)
    least, most, step = scale_with_headroom(min(known), max(known), rows, EVENT_ROW)
    axis = chart.y_axis
    axis.scaling.min, axis.scaling.max, axis.majorUnit = least, most, step
    for one in events:
        number, high = len(chart.series), most - (one.row + 0.5) * EVENT_ROW * (most - least)
        point = NumData(ptCount=len(table.rows), pt=[NumVal(idx=one.place, v=repr(high))])
        series = Series(
            idx=number, order=number, tx=SeriesLabel(v=Cell(one.label).guarded), val=NumDataSource(numLit=point)
        )
        series.marker = Marker("none")
        series.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
        series.dLbls = DataLabelList(
            showSerName=True,
            showVal=False,
            showCatName=False,
            showLegendKey=False,
            showPercent=False,
            showBubbleSize=False,
            dLblPos="l" if one.leftward else "r",
        )
        down = NumDataSource(numLit=NumData(ptCount=len(table.rows), pt=[NumVal(idx=one.place, v=repr(high - least))]))
        line = LineProperties(solidFill=LIGHT.muted[1:], w=9_000, prstDash="dash" if one.phase else "sysDot")
        series.errBars = ErrorBars(
            errDir="y",
            errBarType="minus",
            errValType="cust",
            noEndCap=True,
            minus=down,
            spPr=GraphicalProperties(ln=line),
        )
        chart.series.append(series)
        chart.legend.legendEntry = [*chart.legend.legendEntry, LegendEntry(idx=number, delete=True)]
