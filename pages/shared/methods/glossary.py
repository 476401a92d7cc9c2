"""The glossary: every metric's record as text, with an anchor of its code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from charts import numbers
from data.core.home import Home
from locales import text
from metrics.definitions import all_families
from metrics.engine.catalogue import catalogue
from metrics.model.metric import Family, Metric
from pages.shared.cache.results import catalogue_of
from pages.shared.wording.measures import term_words


def known_metrics(home: Home, version: int | None) -> tuple[Metric, ...]:
    """The metrics of `version`; without data those that the program brings."""
    return catalogue_of(home, version) if version is not None else tuple(catalogue(None))


def metrics_by_family(metrics: Sequence[Metric]) -> list[tuple[Family, list[Metric]]]:
    """Families in order, each with its metrics; empty ones are left out."""
    found = [
        (family, [metric for metric in metrics if metric.family == family.code])
        for family in sorted(all_families(), key=lambda f: f.order)
    ]
    return [(family, rows) for family, rows in found if rows]


def formula(metric: Metric, names: Mapping[str, str], lang: str) -> str:
    """How the value comes about. `names` are the metrics' names by code."""
    if metric.components:
        parts = [
            f"{names.get(part.metric, part.metric)} × {numbers.format_decimal(part.weight)}"
            for part in metric.components
        ]
        return text(lang, "Weighted score of {parts}", parts=" + ".join(parts))
    if metric.quarters_of:
        name = names.get(metric.quarters_of, metric.quarters_of)
        mark = numbers.format_decimal(metric.pass_mark)
        return text(lang, "Quarters of the year so far with {metric} at {mark} or better", metric=name, mark=mark)
    if metric.numerator is None:
        return term_words(metric.reported, lang)
    over = f" ÷ {term_words(metric.denominator, lang)}" if metric.denominator else ""
    times = f" × {numbers.format_decimal(metric.scale)}" if metric.scale != 1 else ""
    return term_words(metric.numerator, lang) + over + times


def definition_fields(metric: Metric, names: Mapping[str, str], lang: str) -> list[tuple[str, str]]:
    """The record's fields by title, those that are empty left out."""
    better = {"lower": text(lang, "lower"), "higher": text(lang, "higher"), "neither": text(lang, "neither")}[
        metric.better
    ]
    rows = [
        (text(lang, "Formula"), formula(metric, names, lang)),
        (text(lang, "Unit"), metric.unit.to(lang)),
        (text(lang, "Better"), better),
        (
            text(lang, "Default target"),
            numbers.format_value(metric.default_target, metric.format, metric.decimals, lang)
            if metric.default_target is not None
            else "",
        ),
        (text(lang, "Smallest base"), numbers.format_decimal(metric.minimum_base) if metric.minimum_base else ""),
        (text(lang, "Source"), metric.source.to(lang) if metric.source else ""),
        (text(lang, "Code"), metric.code),
    ]
    return [(title, fact) for title, fact in rows if fact]


def table_of_contents(metrics: Sequence[Metric], lang: str) -> str:
    """Links to every definition, by family."""
    blocks = []
    for family, rows in metrics_by_family(metrics):
        links = " · ".join(
            f'<a href="#{escape(metric.code)}" target="_self">{escape(metric.name.to(lang))}</a>' for metric in rows
        )
        blocks.append(f"<dt>{escape(family.name.to(lang))}</dt><dd>{links}</dd>")
    return f'<div class="sq"><dl>{"".join(blocks)}</dl></div>'


def glossary(metrics: Sequence[Metric], lang: str) -> str:
    """Every definition: name, meaning, and the record's other fields in one line."""
    names = {metric.code: metric.name.to(lang) for metric in metrics}
    blocks = []
    for family, rows in metrics_by_family(metrics):
        blocks.append(f"<h2>{escape(family.name.to(lang))}</h2>")
        for metric in rows:
            line = " · ".join(
                f"{escape(title)}: <b>{escape(fact)}</b>" for title, fact in definition_fields(metric, names, lang)
            )
            blocks.append(
                f'<section class="sq-method" id="{escape(metric.code)}"><b>{escape(metric.name.to(lang))}</b>'
                f'<p>{escape(metric.meaning.to(lang))}</p><p class="sq-sub">{line}</p></section>'
            )
    return f'<div class="sq">{"".join(blocks)}</div>'


def judging_notes(lang: str) -> str:
    """How figures are judged, for readers who did not compute them."""
    said = (
        text(
            lang,
            "Signal or noise: each figure is held against its expected path, a level with the steps, slopes and "
            "season of up to 60 months. A signal is a jump out of its limits, a shift of the last year, or a course "
            "that rises or falls. Limits are shown only as far as a figure can go.",
        ),
        text(
            lang,
            "Chance: of series without any change 7 of 100 show a signal where months do not depend on each other, "
            "up to 9 where they do, nearly always a shift; a single month jumps in 3 of 1,000. What is listed as "
            "changed, weak or a warning is chosen over the whole card so that at most 10% of it is chance.",
        ),
        text(
            lang,
            "Differences and places: by the larger of sampling error and the months' own variation, so that all that "
            "is said of the units compared holds together at 95%.",
        ),
        text(
            lang,
            "Too little data: on a base below the smallest base there is no place and no verdict, and no change is "
            "explained; a mean score has an interval only where the standard deviations of nearly all its answers "
            "are known.",
        ),
    )
    lines = "".join(f"<p>{escape(line)}</p>" for line in said)
    return f'<div class="sq"><h2>{escape(text(lang, "How figures are judged"))}</h2>{lines}</div>'
