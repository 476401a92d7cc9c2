"""The monthly text a service department writes, every figure computed: position, families, weak spots with what drives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from locales import text
from metrics.catalogue import families
from metrics.explain import UNITS, explain
from metrics.figures import Figures
from metrics.metric import Metric
from metrics.scorecard import scorecard
from metrics.shown import shown

DRIVERS = 3
"""How many parts a driver sentence names, the largest first."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """A heading and its sentences."""

    title: str
    lines: tuple[str, ...]


def briefing(figures: Figures, unit: str, month: str, period: str = "month", lang: str = "en") -> tuple[Section, ...]:
    """The sections of the briefing on `unit`; metrics that are not known are left out, never said to be 0."""
    card = scorecard(figures, unit, month, period, lang=lang)
    rows: dict[str, Row] = {
        str(row["metric"]): {str(name): field for name, field in row.items()} for row in card.to_dict("records")
    }
    known = {code: row for code, row in rows.items() if row["value"] == row["value"]}
    sections = [Section(text(lang, "Overall position"), tuple(_position(figures, unit, known, lang)))]
    for family in sorted(families(), key=lambda family: family.order):
        lines = tuple(
            _line(figures, figures.metric(code), row, lang)
            for code, row in known.items()
            if row["family"] == family.code
        )
        if lines:
            sections.append(Section(family.name.to(lang), lines))
    weak = tuple(_weak(figures, unit, month, period, known, lang))
    sections.append(Section(text(lang, "Weak spots and what drives them"), weak or (text(lang, "None."),)))
    return tuple(sections)


def as_text(sections: tuple[Section, ...], title: str, markdown: bool = False) -> str:
    """Plain text, or Markdown."""
    mark, item = ("## ", "- ") if markdown else ("", "  ")
    blocks = [("# " if markdown else "") + title]
    blocks += [
        "\n".join([mark + section.title, *([""] if markdown else []), *(item + line for line in section.lines)])
        for section in sections
    ]
    return "\n\n".join(blocks) + "\n"


def _position(figures: Figures, unit: str, known: Mapping[str, Row], lang: str) -> Iterator[str]:
    ranked = [row for row in known.values() if row["rank"] == row["rank"] and row["peers"] > 1]
    first = sum(row["rank"] == 1 for row in ranked)
    leading = sum(row["rank"] <= 3 for row in ranked)
    if ranked:
        yield text(
            lang,
            "{unit} ranks first in {first} and among the first three in {leading} of {count} metrics.",
            unit=figures.organisation.name(unit),
            first=first,
            leading=leading,
            count=len(ranked),
        )
    judged = [row for row in known.values() if row["attainment"] == row["attainment"]]
    if judged:
        met = sum(row["attainment"] >= 100 - 1e-9 for row in judged)
        yield text(lang, "{met} of {count} targets are met.", met=met, count=len(judged))
    better = [figures.metric(code).name.to(lang) for code, row in known.items() if row["variation"] == "improving"]
    worse = [figures.metric(code).name.to(lang) for code, row in known.items() if row["variation"] == "concerning"]
    comma = text(lang, ", ")
    if better:
        yield text(lang, "Signals for the better: {names}.", names=comma.join(better))
    if worse:
        yield text(lang, "Signals for the worse: {names}.", names=comma.join(worse))


def _line(figures: Figures, metric: Metric, row: Row, lang: str) -> str:
    """One metric: value, place, target, distance to the parent's value, verdict."""
    clauses = [text(lang, "{metric} {value}", metric=metric.name.to(lang), value=_valued(row["value"], metric, lang))]
    if row["rank"] == row["rank"] and row["peers"] > 1:
        clauses.append(text(lang, "place {rank} of {peers}", rank=int(row["rank"]), peers=int(row["peers"])))
    if row["attainment"] == row["attainment"]:
        clauses.append(
            text(
                lang,
                "{attainment}% of the target {target}",
                attainment=f"{row['attainment']:.1f}",
                target=_valued(row["target"], metric, lang),
            )
        )
    gap = row["gap_to_average"]
    if gap == gap:
        said = (
            "{gap} above the average of the level above" if gap >= 0 else "{gap} below the average of the level above"
        )
        clauses.append(text(lang, said, gap=f"{abs(gap):,.{min(metric.decimals, 1)}f}"))
    if row["verdict"]:
        clauses.append(str(row["verdict"]))
    return text(lang, "; ").join(clauses) + text(lang, ".")


def _valued(value: float, metric: Metric, lang: str) -> str:
    """A value; large counts in 万 for Chinese readers."""
    if lang != "en" and metric.format == "count" and abs(value) >= 10_000:
        return f"{value / 10_000:,.2f}{'万' if lang == 'zh_Hans' else '萬'}"
    return shown(value, metric)


def _weak(figures: Figures, unit: str, month: str, period: str, known: Mapping[str, Row], lang: str) -> Iterator[str]:
    """Missed targets and signals for the worse, with the parts of the unit that moved them most since last year."""
    for code, row in known.items():
        if not (row["attainment"] < 100 - 1e-9 or row["variation"] == "concerning"):
            continue
        metric = figures.metric(code)
        found = explain(figures, code, unit, month, period, "last_year", UNITS)
        parts = found.parts[found.parts["total"] != 0].head(DRIVERS) if len(found.parts) else found.parts
        line = _line(figures, metric, row, lang)
        if len(parts):
            named = text(lang, ", ").join(f"{part['name']} {part['total']:+,.2f}" for part in parts.to_dict("records"))
            line += " " + text(
                lang, "Change on last year {change}, of it: {parts}.", change=f"{found.change:+,.2f}", parts=named
            )
        yield line
