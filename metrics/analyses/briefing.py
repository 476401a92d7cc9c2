"""The monthly briefing as text: position, families, weak spots with what drives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from locales import text
from metrics.analyses.attention import attention, signal_counts
from metrics.analyses.earlier_level import level_before, span_in_words
from metrics.analyses.explain import UNITS, explain
from metrics.analyses.scorecard import scorecard
from metrics.assessment.signals import NOISE
from metrics.definitions import all_families
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import window
from metrics.model.record import Record, Warned, records_of, warnings_of
from metrics.statistics.false_discovery import DISCOVERY_RATE
from metrics.wording.attainment import attained_of_target
from metrics.wording.completeness import months_in_words, units_in_words
from metrics.wording.provisional import provisional_in_words
from metrics.wording.values import formatted, rank_in_words

DRIVERS = 3
"""How many parts a driver sentence names, the largest first."""


@dataclass(frozen=True)
class Section:
    """A heading and its sentences."""

    title: str
    lines: tuple[str, ...]


def briefing(figures: Figures, unit: str, month: str, period: str = "month", lang: str = "en") -> tuple[Section, ...]:
    """The sections of the briefing on `unit`; metrics that are not known are left out, never said to be 0."""
    card = scorecard(figures, unit, month, period, lang=lang)
    known = {str(row["metric"]): row for row in records_of(card) if row["value"] == row["value"]}
    lines = (*_position(figures, unit, known, lang), *_of_chance(card, lang))
    sections = [Section(text(lang, "Overall position"), lines)]
    above = _above(figures, unit, month, period)
    for family in sorted(all_families(), key=lambda family: family.order):
        lines = tuple(
            _line(figures.axes.metric(code), row, period, above, lang)
            for code, row in known.items()
            if row["family"] == family.code
        )
        if lines:
            sections.append(Section(family.name.to(lang), lines))
    found = attention(figures, unit, month, period, lang, card)
    weak = tuple(_weak(figures, unit, month, period, records_of(found.weak_spots), lang))
    sections.append(Section(text(lang, "Weak spots and what drives them"), weak or (text(lang, "None."),)))
    warned = tuple(_warned(figures, row, lang) for row in warnings_of(found.early_warnings))
    sections.append(Section(text(lang, "Early warnings"), warned or (text(lang, "None."),)))
    return tuple(sections)


def _above(figures: Figures, unit: str, month: str, period: str) -> str:
    """The name of the unit's parent at the time; empty at the top, where no figure has a distance."""
    parent = figures.axes.organisation_in(window(month, period).last).parent(unit)
    return figures.organisation.name(parent) if parent else ""


def _warned(figures: Figures, row: Warned, lang: str) -> str:
    name = figures.axes.metric(row["metric"]).name.to(lang)
    return name + text(lang, ": ") + str(row["because"]) + text(lang, ".")


def briefing_text(sections: tuple[Section, ...], title: str, markdown: bool = False) -> str:
    """Plain text, or Markdown."""
    mark, item = ("## ", "- ") if markdown else ("", "  ")
    blocks = [("# " if markdown else "") + title]
    blocks += [
        "\n".join([mark + section.title, *([""] if markdown else []), *(item + line for line in section.lines)])
        for section in sections
    ]
    return "\n\n".join(blocks) + "\n"


def _position(figures: Figures, unit: str, known: Mapping[str, Record], lang: str) -> Iterator[str]:
    ranked = [
        row
        for row in known.values()
        if row["rank"] == row["rank"] and row["peers"] > 1 and not (row["total"] or row["provisional_until"])
    ]
    if ranked:
        yield rank_summary(ranked, figures.organisation.name(unit), lang)
    judged = [row for row in known.values() if row["met"] == row["met"]]
    if judged:
        reached = int(sum(row["met"] for row in judged))
        yield text(lang, "{met} of {count} targets are met.", met=reached, count=len(judged))
    listed = {code: row for code, row in known.items() if row["listed"]}
    better = [
        figures.axes.metric(code).name.to(lang) for code, row in listed.items() if row["variation"] == "improving"
    ]
    worse = [
        figures.axes.metric(code).name.to(lang) for code, row in listed.items() if row["variation"] == "concerning"
    ]
    comma = text(lang, ", ")
    if better:
        yield text(lang, "Signals for the better: {names}.", names=comma.join(better))
    if worse:
        yield text(lang, "Signals for the worse: {names}.", names=comma.join(worse))


def rank_summary(ranked: Sequence[Record], name: str, lang: str) -> str:
    """In how many metrics a unit surely ranks first and among the first three; rows that have a rank among peers."""
    first = sum(row["rank_high"] == 1 for row in ranked)
    leading = sum(row["rank_high"] <= 3 for row in ranked)
    return text(
        lang,
        "{unit} is surely first in {first} and among the first three in {leading} of {count} metrics.",
        unit=name,
        first=first,
        leading=leading,
        count=len(ranked),
    )


def _of_chance(card: pd.DataFrame, lang: str) -> Iterator[str]:
    """How many metrics moved beyond chance, and how sure that is."""
    judged, _ = signal_counts(card)
    if judged:
        yield moved_in_words(int(card["listed"].sum()), judged, lang)


def moved_in_words(listed: int, judged: int, lang: str) -> str:
    """How many metrics moved beyond chance, chosen over the whole card."""
    return text(
        lang,
        "{listed} of {judged} metrics moved beyond chance; at most {rate}% of those listed are chance.",
        listed=listed,
        judged=judged,
        rate=f"{100 * DISCOVERY_RATE:.0f}",
    )


def _line(metric: Metric, row: Record, period: str, above: str, lang: str) -> str:
    """One metric: value, place, target, distance to the value of the parent (`above`), verdict."""
    clauses = [text(lang, "{metric} {value}", metric=metric.name.to(lang), value=_valued(row["value"], metric, lang))]
    lacking = (provisional_in_words(row, lang), units_in_words(row, lang), months_in_words(row, lang))
    clauses += [said for said in lacking if said]
    if row["rank"] == row["rank"] and row["peers"] > 1:
        clauses.append(rank_in_words(row, lang))
    if row["met"] == row["met"]:
        clauses.append(attained_of_target(row, _valued(row["target"], metric, lang), lang))
    gap = row["gap_to_average"]
    if gap == gap:
        clauses.append(_distance(f"{abs(gap):,.{min(metric.decimals, 1)}f}", gap, above, lang))
    if row["verdict"]:
        # Limits are those of single months, whatever the period of the value beside them.
        verdict = str(row["verdict"])
        clauses.append(
            _inside(verdict, lang) if period == "month" else text(lang, "month by month: {verdict}", verdict=verdict)
        )
    return text(lang, "; ").join(clauses) + text(lang, ".")


def _inside(sentence: str, lang: str) -> str:
    """A sentence as a clause of another: English begins it small."""
    return sentence[:1].lower() + sentence[1:] if lang == "en" else sentence


def _distance(size: str, gap: float, above: str, lang: str) -> str:
    """The distance to the value of the parent, `above`, as it is printed."""
    if not size.strip("0.,"):
        return text(lang, "level with the average of {above}", above=above)
    said = "{gap} above the average of {above}" if gap > 0 else "{gap} below the average of {above}"
    return text(lang, said, gap=size, above=above)


def _valued(value: float, metric: Metric, lang: str) -> str:
    """A value; large counts in 万 for Chinese readers."""
    if lang != "en" and metric.format == "count" and abs(value) >= 10_000:
        return f"{value / 10_000:,.2f}{'万' if lang == 'zh_Hans' else '萬'}"
    return formatted(value, metric)


def _weak(figures: Figures, unit: str, month: str, period: str, rows: list[Record], lang: str) -> Iterator[str]:
    """The weak spots, the worst verdict first, with the parts that moved them most since the level before or last year.

    Parts are named only where the change is more than noise and rests on enough cases.
    """
    above = _above(figures, unit, month, period)
    for row in rows:
        metric = figures.axes.metric(row["metric"])
        against = level_before(figures, row, period, month) or "last_year"
        found = explain(figures, metric.code, unit, month, period, against, UNITS)
        before = span_in_words(found.before)
        told = not found.caution and not (row["signal"] == NOISE and period == "month")
        parts = found.parts[(found.parts["total"] != 0) & ~found.parts["few"].astype(bool)].head(DRIVERS if told else 0)
        line = _line(metric, row, period, above, lang)
        if len(parts) and found.homogeneous:
            change = f"{found.change:+,.2f}"
            line = text(
                lang, "{line} Change on {before} {change}, in all parts alike.", line=line, before=before, change=change
            )
        elif len(parts):
            named = text(lang, ", ").join(f"{part['name']} {part['total']:+,.2f}" for part in parts.to_dict("records"))
            line = text(
                lang,
                "{line} Change on {before} {change}, of it: {parts}.",
                line=line,
                before=before,
                change=f"{found.change:+,.2f}",
                parts=named,
            )
        yield line
