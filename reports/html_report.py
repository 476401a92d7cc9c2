"""The report as one HTML file: works offline, charts to explore, and prints from any browser with full tables."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from charts.labels import text_width
from charts.line import TrendLook, trend_chart
from charts.offline import Figure, figure_html, plotly_script
from charts.ranking import ranking_chart
from charts.theme import FONT, LIGHT
from locales import text
from metrics.wording.labels import span
from reports import tables, words
from reports.content import PackContent
from reports.record_tables import record_tables
from reports.table_model import Cell, Table

WHOLE = re.compile(r"\d{4}-\d{2}(-\d{2})?|\d+ (/|of) \d+( \(.*\))?")
"""What no line breaks: a month, a day, a place."""
# Ems of a word that a column may have to be wide.
LONG = 20
HTML_LANG = {"en": "en", "zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant"}
STYLE = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0 auto; padding: 24px 32px 64px; max-width: 1200px; color: {LIGHT.ink}; background: {LIGHT.surface};
  font: 14px/1.5 {FONT}; }}
h1 {{ font-size: 28px; margin: 0 0 4px; }}
h2 {{ font-size: 20px; margin: 40px 0 8px; border-bottom: 1px solid {LIGHT.rule}; padding-bottom: 4px; }}
h3 {{ font-size: 15px; margin: 24px 0 4px; }}
p.lead {{ font-size: 17px; margin: 0 0 8px; }}
footer, p.note {{ color: {LIGHT.muted}; font-size: 12px; }}
nav a {{ color: {LIGHT.accent}; margin-right: 16px; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; margin: 8px 0 4px; }}
th {{ text-align: left; background: {LIGHT.band}; font-weight: 600; vertical-align: bottom; }}
th, td {{ padding: 4px 8px; border-bottom: 1px solid {LIGHT.rule}; overflow-wrap: break-word; word-break: keep-all; }}
td {{ vertical-align: top; }}
td.day {{ white-space: nowrap; }} td.long {{ word-break: normal; overflow-wrap: anywhere; }}
td.number, th.number {{ text-align: right; white-space: nowrap; overflow-wrap: normal; }}
td.better {{ color: {LIGHT.better_text}; }}
td.worse {{ color: {LIGHT.worse_text}; }} td.muted {{ color: {LIGHT.muted}; }}
h2 a.up {{ font-size: 14px; text-decoration: none; color: {LIGHT.muted}; }}
figure {{ margin: 8px 0 16px; }} figcaption {{ font-weight: 600; }}
footer {{ margin-top: 48px; border-top: 1px solid {LIGHT.rule}; padding-top: 8px; }}
@page {{ size: A4 landscape; margin: 12mm; }}
@media print {{
  body {{ max-width: none; padding: 0; font-size: 11px; line-height: 1.35; }}
  th, td {{ padding: 1px 6px; }} summary {{ list-style: none; }}
  nav, h2 a.up {{ display: none; }} .scroll {{ overflow: visible; }}
  section {{ break-before: page; }} section:first-of-type {{ break-before: auto; }}
  figure, tr, h2, h3 {{ break-inside: avoid; }}
  h2, h3, figcaption {{ break-after: avoid; }} thead {{ display: table-header-group; }}
}}
"""

# A browser prints charts as wide as they stand on the screen: before it prints they take the width of the paper, after
# it that of the window. Tables below charts are folded on the screen and whole on paper.
PAPER = 1020
PRINTING = f"""<script>
const wide = (width) => document.querySelectorAll('.js-plotly-plot').forEach(
  (plot) => Plotly.relayout(plot, {{width, autosize: width === null}}));
let folded = [];
addEventListener('beforeprint', () => {{
  folded = [...document.querySelectorAll('details:not([open])')];
  folded.forEach((one) => {{ one.open = true; }});
  wide({PAPER});
}});
addEventListener('afterprint', () => {{ folded.forEach((one) => {{ one.open = false; }}); wide(null); }});
</script>"""


def write_html(content: PackContent, path: Path) -> int:
    """Writes the file and returns how many table rows it shows."""
    lang, header = content.header.lang, content.header
    title = text(
        lang, "{unit}: service quality {span}", unit=header.unit_name, span=span(header.month, header.period, lang)
    )
    card = tables.scorecard_table(content)
    parts: list[tuple[str, str]] = [(card.title, table_html(card, lang))]
    shown = [card]

    def section(name: str, *found: Table) -> None:
        shown.extend(found)
        parts.append((name, "".join(table_html(table, lang, titled=len(found) > 1) for table in found)))

    section(text(lang, "Strengths and weak spots"), *tables.attention_tables(content))
    parts.append(
        (
            text(lang, "Briefing"),
            "".join(
                f"<h3>{_safe(one.title)}</h3><ul>{''.join(f'<li>{_safe(line)}</li>' for line in one.lines)}</ul>"
                for one in content.sections
            ),
        )
    )
    body = []
    for place, code in enumerate(content.trends):
        metric = content.metric(code)
        figure = trend_chart(
            content.trends[code],
            metric,
            name=header.unit_name,
            look=TrendLook(lang, wide=True),
            events=content.events_of(code),
        )
        body.append(
            _figure(
                figure,
                words.metric_title(metric, content.row(code), lang),
                metric.meaning.to(lang),
                f"trend-{place}",
                words.remark_notes(content, code),
            )
        )
        series = tables.trend_table(content, code)
        shown.append(series)
        body.append(_folded(series, lang))
    parts.append((text(lang, "Months and limits"), "".join(body)))
    body = []
    for place, code in enumerate(content.rankings):
        metric = content.metric(code)
        figure = ranking_chart(content.rankings[code], metric, chosen=header.unit, lang=lang)
        body.append(
            _figure(
                figure, words.metric_title(metric, content.row(code), lang), metric.meaning.to(lang), f"ranking-{place}"
            )
        )
        ranked = tables.ranking_table(content, code)
        shown.append(ranked)
        body.append(_folded(ranked, lang))
    if body:
        parts.append((text(lang, "Rankings"), "".join(body)))
    if content.reasons:
        section(
            text(lang, "Why it changed"),
            *(tables.contributions_table(content, reason) for reason in content.reasons.values()),
        )
    if content.splits:
        section(text(lang, "Segments"), *(tables.segments_table(content, code, kind) for code, kind in content.splits))
    for table in (
        tables.outlook_table(content),
        *record_tables(content),
        tables.definitions_table(content),
        tables.lineage_table(content),
        tables.findings_table(content),
        tables.restated_table(content),
    ):
        if table is not None and (table.rows or table.key == "restated"):
            section(table.title, table)
    up = _safe(text(lang, "To the top"))
    links = "".join(f'<a href="#part-{place}">{_safe(name)}</a>' for place, (name, _) in enumerate(parts))
    sections = "".join(
        f'<section id="part-{place}"><h2>{_safe(name)} <a class="up" href="#" title="{up}" aria-label="{up}">↑</a>'
        f"</h2>{inside}</section>"
        for place, (name, inside) in enumerate(parts)
    )
    pinned = (
        f'<p class="note"><a href="{_safe(header.link)}">{_safe(text(lang, "Live view of these figures"))}</a>'
        f": {_safe(header.link)}</p>"
        if header.link
        else ""
    )
    path.write_text(
        f'<!doctype html><html lang="{HTML_LANG[lang]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(title)}</title><style>{STYLE}</style><script>{plotly_script()}</script></head><body>"
        f'<header><h1>{_safe(title)}</h1><p class="lead">{_safe(words.pack_headline(content))}</p><p class="note">'
        f"{_safe(words.footer(header))}</p><nav>{links}</nav></header><main>{sections}</main>"
        f"<footer>{_safe(words.footer(header))}{pinned}</footer>{PRINTING}</body></html>",
        encoding="utf-8",
    )
    return sum(len(table.rows) for table in shown)


def _safe(words_: object) -> str:
    return html.escape(str(words_))


def table_html(table: Table, lang: str, titled: bool = False) -> str:
    """A table as HTML, its title above it where it is one of several."""
    numeric = [any(row[place].form != "text" for row in table.rows) for place in range(len(table.headers))]
    heads = "".join(
        f'<th scope="col"{_class("number" if right else "")}>{_safe(header)}</th>'
        for header, right in zip(table.headers, numeric, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_class(_kind(cell), cell.tone)}{_exact(cell.number)}>{_safe(cell.formatted(lang))}</td>"
            for cell in row
        )
        + "</tr>"
        for row in table.rows
    )
    caption = f"<h3>{_safe(table.title)}</h3>" if titled else ""
    empty = "" if table.rows else f'<p class="note">{_safe(text(lang, "None."))}</p>'
    return (
        f'{caption}<div class="scroll"><table data-key="{_safe(table.key)}"><thead><tr>{heads}</tr></thead><tbody>'
        f"{rows}</tbody></table></div>{empty}"
    )


def _kind(cell: Cell) -> str:
    """How a cell breaks: a number, a month or a day not at all, what has no space for long anywhere, the rest between
    words.
    """
    if cell.form != "text":
        return "number"
    written = str(cell.value or "")
    return (
        "day" if WHOLE.fullmatch(written) else "long" if max(map(text_width, written.split()), default=0) > LONG else ""
    )


def _class(*names: str) -> str:
    given = " ".join(name for name in names if name)
    return f' class="{given}"' if given else ""


def _exact(number: float | None) -> str:
    """The unrounded number beside the written one: who reads the file by program loses nothing."""
    return "" if number is None else f' data-value="{number!r}"'


def _folded(table: Table, lang: str) -> str:
    """A chart's table, folded on the screen."""
    return (
        f"<details><summary>{_safe(text(lang, 'Table: {count} rows', count=len(table.rows)))}</summary>"
        f"{table_html(table, lang)}</details>"
    )


def _figure(figure: Figure, title: str, meaning: str, name: str, remarks: Sequence[str] = ()) -> str:
    drawn = figure_html(figure, name) + "".join(f"<p>{_safe(one)}</p>" for one in remarks)
    return (
        f'<figure role="group" aria-label="{_safe(title)}"><figcaption>{_safe(title)}</figcaption>{drawn}'
        f'<p class="note">{_safe(meaning)}</p></figure>'
    )
