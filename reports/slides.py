"""The slides of a pack, in the order of a monthly review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from charts import numbers
from charts.theme import LIGHT
from locales import text
from metrics.analyses.briefing import moved_in_words
from metrics.analyses.earlier_level import span_in_words
from metrics.analyses.explain import doubt_in_words
from metrics.model.metric import Metric
from metrics.model.record import Record, records_of
from metrics.wording.attainment import attainment_in_words, exceeds_twice
from metrics.wording.labels import span
from reports import cause_tables, source_tables, tables, words
from reports.box import Box
from reports.content import REASONS, PackContent
from reports.control_slides import GRID, control_chart_slide, small_control_charts
from reports.deck import INNER, LEFT, ROOM, TOP, Deck
from reports.native_charts import add_bar_chart
from reports.record_tables import record_tables
from reports.table_model import Table, metric_cell
from reports.text_fit import paginate, text_height

TONES = {"better": LIGHT.better, "worse": LIGHT.worse, "muted": "", "": ""}
# A chart of bars stays readable up to here; more peers go on with the next slide.
BARS = 20


def write_slides(content: PackContent, path: Path) -> int:
    """Writes the presentation and returns how many slides it has."""
    lang = content.header.lang
    deck = Deck(words.footer(content.header), lang)
    _first(deck, content)
    deck.add_table(
        words.labelled(text(lang, "Scorecard"), words.pack_headline(content), lang),
        tables.scorecard_table(content, units=False),
        words.definition_notes(content, content.known["metric"]),
        _continued(lang),
    )
    for table in tables.attention_tables(content):
        if table.rows:
            deck.add_table(_of_list(table, content), table, (), _continued(lang))
    for family in content.families:
        _family(deck, content, family.code, family.name.to(lang))
    # The workbook has every ranking and every series; slides show what a meeting must look at.
    for code in dict.fromkeys([*content.leading, *content.pressing]):
        if code in content.rankings:
            _ranking(deck, content, code)
    for code in content.pressing:
        control_chart_slide(deck, content, code)
        if code in content.reasons:
            _reason(deck, content, code)
    quiet = [code for code in content.trends if code not in content.pressing]
    for start in range(0, len(quiet), len(GRID)):
        small_control_charts(deck, content, quiet[start : start + len(GRID)])
    yearly = tables.outlook_table(content)
    if yearly.rows:
        deck.add_table(_of_outlook(content), yearly, (), _continued(lang))
    for more in (
        *record_tables(content),
        source_tables.restated_table(content),
        source_tables.definitions_table(content),
    ):
        if more is not None and more.rows:
            deck.add_table(_of_records(more, content), more, (), _continued(lang))
    _sources(deck, content)
    deck.save(path)
    return len(deck.show.slides)


def _continued(lang: str) -> Callable[[int, int], str]:
    return lambda page, count: text(lang, "({page} of {count})", page=page, count=count)


def _first(deck: Deck, content: PackContent) -> None:
    header, lang = content.header, content.header.lang
    slide = deck.add_slide(
        text(
            lang,
            "{unit}: service quality {span}",
            unit=header.unit_name,
            span=span(header.month, header.period, header.lang),
        )
    )
    deck.add_text(slide, words.pack_headline(content), Box(LEFT, 2.2, INNER, 1.4), 24, LIGHT.accent, bold=True)
    counted = (
        moved_in_words(content.attention.listed, content.attention.judged, lang)
        if content.attention.judged
        else text(lang, "There are too few months yet to tell signals from chance.")
    )
    deck.add_text(slide, counted, Box(LEFT, 3.8, INNER, 0.8), 16, LIGHT.ink)
    if header.link:
        deck.add_text(
            slide,
            words.labelled(text(lang, "Live view of these figures"), header.link, lang),
            Box(LEFT, 6.2, INNER, 0.5),
            11,
            LIGHT.muted,
            link=header.link,
        )


def _of_list(table: Table, content: PackContent) -> str:
    lang = content.header.lang
    names = text(lang, ", ").join(row[0].formatted(lang) for row in table.rows[:3])
    return words.labelled(f"{table.title} ({len(table.rows)})", names, lang)


def _of_outlook(content: PackContent) -> str:
    lang = content.header.lang
    beyond = int((content.outlook["reach"] == "beyond").sum())
    known = int(content.outlook["reach"].notna().sum())
    if not known:
        return text(lang, "Targets of the year")
    return text(lang, "Targets of the year: {beyond} of {count} are off course", beyond=beyond, count=known)


def _of_records(table: Table, content: PackContent) -> str:
    """A table's own title; for actions, how many are done, open and late."""
    lang = content.header.lang
    if table.key != "actions":
        return table.title
    states, late = content.actions["state"], int(content.actions["overdue"].sum())
    said = text(
        lang,
        "{done} done, {open} open, {late} of them overdue",
        done=int((states == "done").sum()),
        open=int((states == "open").sum()),
        late=late,
    )
    return words.labelled(table.title, said, lang)


def _excel(metric: Metric) -> str:
    return metric_cell(0.0, metric).excel_format()


def _family(deck: Deck, content: PackContent, code: str, name: str) -> None:
    """A family: attainment as bars, and its lines of the scorecard on the slide after."""
    lang = content.header.lang
    family = next(one for one in content.families if one.code == code)
    rows = content.family_rows(family)
    title = words.labelled(name, words.family_takeaway(content, code), lang)
    targeted = rows[rows["attainment"].notna()]
    if len(targeted) > 1:
        slide = deck.add_slide(
            title, words.definition_notes(content, rows["metric"]), text(lang, "Attainment of the target, %")
        )
        attained = records_of(targeted)
        names = [_attained_name(content, row) for row in attained]
        # Of more than twice the target no per cent says anything: it stands beside the name, and has no bar.
        values = [None if exceeds_twice(row) else float(row["attainment"]) for row in attained]
        add_bar_chart(
            slide,
            names,
            [(text(lang, "Attainment"), values, LIGHT.peer)],
            Box(LEFT, TOP, INNER, ROOM),
            form='0.0"%"',
            inks=[TONES[tables.row_tone(row)] for row in attained],
        )
    else:
        deck.add_table(
            title,
            tables.scorecard_table(content, rows, units=False),
            words.definition_notes(content, rows["metric"]),
            _continued(lang),
        )


def _attained_name(content: PackContent, row: Record) -> str:
    """A metric, with its attainment where no bar can show it."""
    lang = content.header.lang
    name = content.metric(row["metric"]).name.to(lang)
    return words.labelled(name, attainment_in_words(row, lang), lang) if exceeds_twice(row) else name


def _ranking(deck: Deck, content: PackContent, code: str) -> None:
    lang, metric = content.header.lang, content.metric(code)
    ranked = content.rankings[code].dropna(subset=["value"]).reset_index(drop=True)
    row = content.row(code)
    title = words.ranking_title(metric, row, lang)
    moved = row["rank_change"]
    subtitle = metric.meaning.to(lang)
    if numbers.is_known(moved) and moved:
        said = (
            text(lang, "{places} places up on the period before", places=int(moved))
            if moved > 0
            else text(lang, "{places} places down on the period before", places=int(-moved))
        )
        noise = "" if row["rank_moved"] == row["rank_moved"] and row["rank_moved"] else text(lang, ", inside the noise")
        subtitle = said + noise + text(lang, "; ") + subtitle
    parts = [slice(start, start + BARS) for start in range(0, len(ranked), BARS)]
    for number, part in enumerate(parts, start=1):
        shown = ranked.iloc[part]
        mark = f" {_continued(lang)(number, len(parts))}" if len(parts) > 1 else ""
        slide = deck.add_slide(title + mark, words.definition_notes(content, [code]), subtitle if number == 1 else "")
        names = [_placed(line, lang) for line in records_of(shown)]
        inks = [LIGHT.accent if unit == content.header.unit else "" for unit in shown["unit"]]
        add_bar_chart(
            slide,
            names,
            [(metric.name.to(lang), [float(value) for value in shown["value"]], LIGHT.peer)],
            Box(LEFT, TOP, INNER, ROOM),
            form=_excel(metric),
            inks=inks,
        )


def _placed(row: Record, lang: str) -> str:
    """A peer's name with its place and movement."""
    place = f"{int(row['rank'])}. " if numbers.is_known(row["rank"]) else ""
    moved = numbers.format_movement(row["rank_change"])
    return f"{place}{row['name']}{f' {moved}' if moved not in ('', '·') else ''}"


def _reason(deck: Deck, content: PackContent, code: str) -> None:
    """Why one metric changed: the largest parts as bars, all of them in the table behind."""
    lang, metric, reason = content.header.lang, content.metric(code), content.reasons[code]
    table = cause_tables.contributions_table(content, reason)
    first = reason.parts.iloc[0]
    name = str(first["name"]) or text(lang, "Not explained by the parts")
    title = text(
        lang,
        "{metric}: {change} on {before}, most of it from {part} ({total})",
        metric=metric.name.to(lang),
        before=span_in_words(reason.before),
        change=numbers.format_difference(reason.change, metric.format, 2, lang),
        part=name,
        total=numbers.format_difference(float(first["total"]), metric.format, 2, lang),
    )
    if doubt := doubt_in_words(reason, lang):
        title = text(
            lang,
            "{metric}: {change} on {before}, {doubt}",
            metric=metric.name.to(lang),
            before=span_in_words(reason.before),
            change=numbers.format_difference(reason.change, metric.format, 2, lang),
            doubt=doubt,
        )
    if len(reason.parts) > REASONS:
        deck.add_table(title, table, words.definition_notes(content, [code]), _continued(lang))
        return
    slide = deck.add_slide(
        title,
        words.definition_notes(content, [code]),
        text(lang, "{before} to {now}", before=span_in_words(reason.before), now=span_in_words(reason.now)),
    )
    parts = reason.parts
    inside, weight = text(lang, "Inside the part"), text(lang, "Weight of the part")
    names = [str(one) or text(lang, "Not explained by the parts") for one in parts["name"]]
    add_bar_chart(
        slide,
        names,
        [
            (inside, [float(v) for v in parts["within"].fillna(0)], LIGHT.accent),
            (weight, [float(v) for v in parts["mix"].fillna(0)], LIGHT.peer),
        ],
        Box(LEFT, TOP, INNER * 0.46, ROOM),
        form="+0.00;-0.00;0.00",
        stacked=True,
    )
    side = Table(table.key, table.title, table.headers, table.rows, table.widths)
    wide = INNER * 0.5
    heights = [
        max(
            text_height(words_, 10.0, wide * share - 0.1)
            for words_, share in zip(line, side.column_shares, strict=True)
        )
        + 0.1
        for line in [list(side.headers), *([cell.formatted(lang) for cell in row] for row in side.rows)]
    ]
    if len(paginate(heights, ROOM)) == 1:
        deck.place_table(slide, side, slice(None), Box(LEFT + INNER * 0.5, TOP, wide, sum(heights)), 10.0, heights)
    else:
        deck.add_table(title, table, (), _continued(lang))


def _sources(deck: Deck, content: PackContent) -> None:
    """The files behind the month, each once; the workbook says sheet and rows for every unit."""
    lang = content.header.lang
    if not len(content.lineage):
        return
    deck.add_table(
        text(lang, "Sources of the month, version {version}", version=content.header.version),
        source_tables.files_table(content),
        (),
        _continued(lang),
    )
