"""Takeaways: what the figures say, in one sentence of the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts import numbers
from metrics.model.metric import Metric
from metrics.model.periods import window
from metrics.statistics.attainment import meets_target
from metrics.wording.completeness import months_in_words, units_in_words
from metrics.wording.provisional import provisional_in_words
from pages.shared.view import View
from pages.shared.wording.measures import counted


def join(view: View, *clauses: str) -> str:
    """Clauses as one sentence, in the language's own punctuation."""
    return view.say("; ").join(clause for clause in clauses if clause)


def of_scorecard(view: View) -> str:
    """The Overview's sentence: how many metrics lead, and what needs attention."""
    facts = counts(view.card)
    if not facts["known"]:
        return view.say("No figures are known for {unit} in this period", unit=view.name)
    lead = (
        view.say("{first} of {ranked} metrics rank first, {leading} in the first three", **facts)
        if facts["ranked"]
        else view.say("{known} metrics are known", **facts)
    )
    weak = view.attention.weak_spots
    if len(weak):
        name = lowered(view.metrics[weak["metric"].iloc[0]].name.to(view.lang), view.lang)
        if len(weak) == 1:
            return join(view, lead, view.say("one needs attention: {metric}", metric=name))
        return join(view, lead, view.say("{count} need attention, above all {metric}", count=len(weak), metric=name))
    warned = view.attention.early_warnings
    if len(warned):
        name = lowered(view.metrics[warned["metric"].iloc[0]].name.to(view.lang), view.lang)
        return join(view, lead, view.say("no weak spots, but watch {metric}", metric=name))
    if facts["targeted"]:
        return join(view, lead, view.say("all {targeted} targets are met", **facts))
    return join(view, lead, view.say("no targets are loaded"))


def of_chance(view: View) -> str:
    """How many signals there are, and how many chance alone would give."""
    found = view.attention
    if not found.judged:
        return ""
    expected = numbers.decimal(found.expected_by_chance, 1)
    return view.say(
        "{signals} signals among {judged} metrics judged; chance alone would give {expected}",
        signals=found.signals,
        judged=found.judged,
        expected=expected,
    )


def counts(card: pd.DataFrame) -> dict[str, int]:
    """How many metrics are known, ranked among several peers (the place of a total says how large a unit is, not how
    good), first, in the first
    three, and have a target.
    """
    rank = pd.to_numeric(card["rank"])
    compared = rank.notna() & (pd.to_numeric(card["peers"]) > 1) & ~card["total"] & card["provisional_until"].isna()
    return {
        "known": int(card["value"].notna().sum()),
        "ranked": int(compared.sum()),
        "first": int((compared & (rank == 1)).sum()),
        "leading": int((compared & (rank <= 3)).sum()),
        "targeted": int(card["attainment"].notna().sum()),
    }


def lowered(name: str, lang: str) -> str:
    """A name inside an English sentence: small first letter, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if lang == "en" and name[1:2].islower() else name


def against_target(view: View, row: Mapping[str, Any], metric: Metric) -> str:
    """Whether the target is met, with the target."""
    if not numbers.known(row.get("attainment")):
        return ""
    goal = view.value(row["target"], metric)
    if row["target_default"]:
        return (
            view.say("meets the default target {target}", target=goal)
            if meets_target(row["attainment"])
            else view.say("short of the default target {target}", target=goal)
        )
    return (
        view.say("meets target {target}", target=goal)
        if meets_target(row["attainment"])
        else view.say("short of target {target}", target=goal)
    )


def of_metric(view: View, row: Mapping[str, Any], metric: Metric) -> str:
    """What one metric says: value, change against the chosen basis, place, target."""
    name = metric.name.to(view.lang)
    if not numbers.known(row.get("value")):
        return view.say("{metric}: not known for {unit} in this period", metric=name, unit=view.name)
    shown = view.value(row["value"], metric)
    delta = row.get(view.change_name(metric))
    if not numbers.known(delta):
        first = view.say("{metric}: {value}", metric=name, value=shown)
    elif numbers.decimal(delta, 1) == "0.0":
        first = view.say("{metric} stayed at {value}", metric=name, value=shown)
    else:
        values = {"metric": name, "value": shown, "change": view.change(delta, metric), "basis": view.basis(metric)}
        rose = delta > 0
        first = (
            view.say("{metric} rose to {value} ({change} on {basis})", **values)
            if rose
            else view.say("{metric} fell to {value} ({change} on {basis})", **values)
        )
    ranked = numbers.known(row.get("rank")) and numbers.known(row.get("peers")) and row["peers"] > 1
    place = ""
    if ranked:
        held = {"ordinal": numbers.ordinal(row["rank"], view.lang), "peers": int(row["peers"])}
        place = (
            view.say("{ordinal} of {peers} by size", **held)
            if metric.total
            else view.say("{ordinal} of {peers}", **held)
        )
    return join(
        view,
        first,
        units_in_words(row, view.lang),
        incomplete(view, row, metric),
        place,
        against_target(view, row, metric),
    )


def incomplete(view: View, row: Mapping[str, Any], metric: Metric) -> str:
    """That a figure is provisional; else how many months a sum is of, where some of its period are not known. Empty for
    what does not grow with them.
    """
    if said := provisional_in_words(row, view.lang):
        return said
    months, known = window(view.month, view.period).length, row.get("months_known")
    if (
        not numbers.known(known)
        or known >= months
        or not view.figures.accumulates[view.figures.metric_index(metric.code)]
    ):
        return ""
    return view.say("{known} of {months} months known", known=int(known), months=months)


def verdict_of(view: View, row: Mapping[str, Any], metric: Metric) -> str:
    """The verdict on a row, which is on its last single month whatever the period beside it; the metric's meaning where
    there is none.
    """
    said = str(row.get("verdict") or "")
    if not said:
        return metric.meaning.to(view.lang)
    if view.period == "month":
        return said
    return f"{view.span} · {view.say('{month} alone: {verdict}', month=view.month, verdict=said)}"


def what_it_takes(view: View, row: Mapping[str, Any], metric: Metric) -> str:
    """What gains the next place, in natural counts; empty for the first."""
    gap = row.get("next_gap")
    if not numbers.known(gap) or not row.get("next_unit"):
        return ""
    said = {
        "count": numbers.decimal(abs(gap)),
        "measure": lowered(counted(metric, view.lang), view.lang),
        "unit": view.organisation.name(str(row["next_unit"])),
    }
    if metric.better == "lower":
        return view.say("{count} fewer ({measure}) reach {unit}, the next place", **said)
    return view.say("{count} more ({measure}) reach {unit}, the next place", **said)


def _lead(view: View, placed: pd.DataFrame, metric: Metric) -> str:
    """Who is first; of several the chosen unit is named."""
    first = placed[placed["rank"] == placed.iloc[0]["rank"]]
    value = view.value(first.iloc[0]["value"], metric)
    if len(first) == 1:
        return view.say("{unit} leads with {value}", unit=first.iloc[0]["name"], value=value)
    if view.unit in set(first["unit"]):
        return view.say(
            "{count} units lead with {value}, {unit} is one of them", count=len(first), value=value, unit=view.name
        )
    return view.say("{count} units lead with {value}", count=len(first), value=value)


def _tail(view: View, placed: pd.DataFrame, metric: Metric) -> str:
    """Who is last; empty where all are first."""
    last = placed[placed["rank"] == placed.iloc[-1]["rank"]]
    value = view.value(last.iloc[-1]["value"], metric)
    if len(last) == len(placed):
        return ""
    if len(last) == 1:
        return view.say("{unit} is last with {value}", unit=last.iloc[-1]["name"], value=value)
    return view.say("{count} units are last with {value}", count=len(last), value=value)


def of_ranking(view: View, rows: pd.DataFrame, metric: Metric) -> str:
    """Who leads a ranking, and where the chosen unit stands in it."""
    known = rows.dropna(subset=["value"])
    if known.empty:
        return view.say("{metric}: nothing is known in this period", metric=metric.name.to(view.lang))
    if known["rank"].isna().all():
        return view.say("{metric}: {count} units, not ranked", metric=metric.name.to(view.lang), count=len(known))
    placed = known.dropna(subset=["rank"])
    lead, own = _lead(view, placed, metric), known[known["unit"] == view.unit]
    if own.empty or own.iloc[0]["rank"] == placed.iloc[0]["rank"]:
        return join(view, lead, _tail(view, placed, metric))
    mine = own.to_dict("records")[0]
    if not numbers.known(mine["rank"]):
        value = view.value(mine["value"], metric)
        if lacking := months_in_words(mine, view.lang) or units_in_words(mine, view.lang):
            return join(
                view,
                lead,
                view.say("{unit} has {value} and no place: {lacking}", unit=view.name, value=value, lacking=lacking),
            )
        return join(
            view, lead, view.say("{unit} has {value} on too small a base for a place", unit=view.name, value=value)
        )
    place = {"ordinal": numbers.ordinal(mine["rank"], view.lang), "peers": len(placed)}
    return join(
        view,
        lead,
        view.say(
            "{unit} is {ordinal} of {peers} with {value}",
            unit=view.name,
            value=view.value(mine["value"], metric),
            **place,
        ),
    )
