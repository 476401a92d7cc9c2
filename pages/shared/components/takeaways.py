"""Takeaways: what the figures say, in one sentence of the reader's language."""

from __future__ import annotations

import pandas as pd

from charts import numbers
from metrics.analyses.briefing import moved_in_words
from metrics.model.metric import Metric
from metrics.model.periods import window
from metrics.model.record import Record, records_of
from metrics.wording.completeness import months_in_words, units_in_words
from metrics.wording.path import indistinct_first
from metrics.wording.provisional import provisional_in_words
from pages.shared import view
from pages.shared.session.selection import Selection
from pages.shared.wording.measures import numerator_words
from pages.shared.wording.values import basis_words, change_column, change_words, value_words


def join_clauses(selection: Selection, *clauses: str) -> str:
    """Clauses as one sentence, in the language's own punctuation."""
    return selection.say("; ").join(clause for clause in clauses if clause)


def scorecard_takeaway(selection: Selection) -> str:
    """The Overview's sentence: how many metrics lead, and what needs attention."""
    facts = scorecard_counts(view.scorecard(selection))
    if not facts["known"]:
        return selection.say("No figures are known for {unit} in this period", unit=view.unit_name(selection))
    lead = (
        selection.say("Surely first in {first} of {ranked} metrics, in the first three in {leading}", **facts)
        if facts["ranked"]
        else selection.say("{known} metrics are known", **facts)
    )
    weak = view.attention(selection).weak_spots
    if len(weak):
        name = lower_first(view.metrics(selection)[weak["metric"].iloc[0]].name.to(selection.lang), selection.lang)
        if len(weak) == 1:
            return join_clauses(selection, lead, selection.say("one needs attention: {metric}", metric=name))
        return join_clauses(
            selection, lead, selection.say("{count} need attention, above all {metric}", count=len(weak), metric=name)
        )
    warned = view.attention(selection).early_warnings
    if len(warned):
        name = lower_first(view.metrics(selection)[warned["metric"].iloc[0]].name.to(selection.lang), selection.lang)
        return join_clauses(selection, lead, selection.say("no weak spots, but watch {metric}", metric=name))
    if facts["targeted"]:
        return join_clauses(selection, lead, selection.say("all {targeted} targets are met", **facts))
    return join_clauses(selection, lead, selection.say("no targets are loaded"))


def chance_note(selection: Selection) -> str:
    """How many metrics moved beyond chance, and how sure what is listed is."""
    found = view.attention(selection)
    return moved_in_words(found.listed, found.judged, selection.lang) if found.judged else ""


def scorecard_counts(card: pd.DataFrame) -> dict[str, int]:
    """Numbers of metrics that are known, ranked, surely first, surely in the first three, and have a target.

    Ranked among several peers; the rank of a total says how large a unit is, not how good.
    """
    rank, worst = pd.to_numeric(card["rank"]), pd.to_numeric(card["rank_high"])
    compared = rank.notna() & (pd.to_numeric(card["peers"]) > 1) & ~card["total"] & card["provisional_until"].isna()
    return {
        "known": int(card["value"].notna().sum()),
        "ranked": int(compared.sum()),
        "first": int((compared & (worst == 1)).sum()),
        "leading": int((compared & (worst <= 3)).sum()),
        "targeted": int(card["met"].notna().sum()),
    }


def lower_first(name: str, lang: str) -> str:
    """A name inside an English sentence: small first letter, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if lang == "en" and name[1:2].islower() else name


def target_clause(selection: Selection, row: Record, metric: Metric) -> str:
    """Whether the target is met, with the target."""
    if not numbers.is_known(row.get("met")):
        return ""
    goal = value_words(selection, row["target"], metric)
    if row["target_default"]:
        return (
            selection.say("meets the default target {target}", target=goal)
            if row["met"]
            else selection.say("short of the default target {target}", target=goal)
        )
    return (
        selection.say("meets target {target}", target=goal)
        if row["met"]
        else selection.say("short of target {target}", target=goal)
    )


def metric_takeaway(selection: Selection, row: Record, metric: Metric) -> str:
    """What one metric says: value, change against the chosen basis, place, target."""
    name = metric.name.to(selection.lang)
    if not numbers.is_known(row.get("value")):
        return selection.say(
            "{metric}: not known for {unit} in this period", metric=name, unit=view.unit_name(selection)
        )
    shown = value_words(selection, row["value"], metric)
    delta = row.get(change_column(selection, metric))
    if not numbers.is_known(delta):
        first = selection.say("{metric}: {value}", metric=name, value=shown)
    elif numbers.format_decimal(delta, 1) == "0.0":
        first = selection.say("{metric} stayed at {value}", metric=name, value=shown)
    else:
        values = {
            "metric": name,
            "value": shown,
            "change": change_words(selection, delta, metric),
            "basis": basis_words(selection, metric),
        }
        rose = delta > 0
        first = (
            selection.say("{metric} rose to {value} ({change} on {basis})", **values)
            if rose
            else selection.say("{metric} fell to {value} ({change} on {basis})", **values)
        )
    ranked = numbers.is_known(row.get("rank")) and numbers.is_known(row.get("peers")) and row["peers"] > 1
    place = ""
    if ranked:
        held = {"ordinal": numbers.format_ordinal(row["rank"], selection.lang), "peers": int(row["peers"])}
        place = (
            selection.say("{ordinal} of {peers} by size", **held)
            if metric.total
            else selection.say("{ordinal} of {peers}", **held)
        )
        if unsure := indistinct_first(row, selection.lang):
            place = selection.say("{place} ({unsure})", place=place, unsure=unsure)
    return join_clauses(
        selection,
        first,
        units_in_words(row, selection.lang),
        incomplete_note(selection, row, metric),
        place,
        target_clause(selection, row, metric),
    )


def incomplete_note(selection: Selection, row: Record, metric: Metric) -> str:
    """That a figure is provisional; else how many months a sum is of, where some of its period are not known. Empty for
    what does not grow with them.
    """
    if said := provisional_in_words(row, selection.lang):
        return said
    months, known = window(selection.month, selection.period).length, row.get("months_known")
    if (
        not numbers.is_known(known)
        or known >= months
        or not view.figures(selection).axes.accumulates[view.figures(selection).axes.metric_index(metric.code)]
    ):
        return ""
    return selection.say("{known} of {months} months known", known=int(known), months=months)


def verdict_sentence(selection: Selection, row: Record, metric: Metric) -> str:
    """The verdict on a row; the metric's meaning where there is none.

    It is on the last single month, whatever the period beside it.
    """
    said = str(row.get("verdict") or "")
    if not said:
        return metric.meaning.to(selection.lang)
    if selection.period == "month":
        return said
    alone = selection.say("{month} alone: {verdict}", month=selection.month, verdict=said)
    return f"{view.months_shown(selection)} · {alone}"


def outlook_sentence(selection: Selection, metric: Metric) -> str:
    """Whether the year's target is on course, what it needs and what is expected; empty where nothing is known."""
    ahead = view.outlook(selection).get(metric.code)
    if ahead is None or not ahead["sentence"]:
        return ""
    return selection.say("Year: {outlook}", outlook=ahead["sentence"])


def next_rank_note(selection: Selection, row: Record, metric: Metric) -> str:
    """What gains the next place, in natural counts; empty for the first."""
    gap = row.get("next_gap")
    if not numbers.is_known(gap) or not row.get("next_unit"):
        return ""
    said = {
        "count": numbers.format_decimal(abs(gap)),
        "measure": lower_first(numerator_words(metric, selection.lang), selection.lang),
        "unit": view.organisation(selection).name(str(row["next_unit"])),
    }
    if metric.better == "lower":
        return selection.say("{count} fewer ({measure}) reach {unit}, the next place", **said)
    return selection.say("{count} more ({measure}) reach {unit}, the next place", **said)


def _lead(selection: Selection, placed: pd.DataFrame, metric: Metric) -> str:
    """Who is first; of several the chosen unit is named."""
    first = placed[placed["rank"] == placed.iloc[0]["rank"]]
    value = value_words(selection, first.iloc[0]["value"], metric)
    if len(first) == 1:
        name, unsure = first.iloc[0]["name"], indistinct_first(records_of(first)[0], selection.lang)
        if unsure:
            return selection.say("{unit} is first with {value} ({unsure})", unit=name, value=value, unsure=unsure)
        return selection.say("{unit} leads with {value}", unit=name, value=value)
    if selection.unit in set(first["unit"]):
        return selection.say(
            "{count} units lead with {value}, {unit} is one of them",
            count=len(first),
            value=value,
            unit=view.unit_name(selection),
        )
    return selection.say("{count} units lead with {value}", count=len(first), value=value)


def _tail(selection: Selection, placed: pd.DataFrame, metric: Metric) -> str:
    """Who is last; empty where all are first, and where it is not sure."""
    last = placed[placed["rank"] == placed.iloc[-1]["rank"]]
    value = value_words(selection, last.iloc[-1]["value"], metric)
    unsure = not last["total"].any() and (last["rank_low"] < last["rank"]).any()
    if len(last) == len(placed) or unsure:
        return ""
    if len(last) == 1:
        return selection.say("{unit} is last with {value}", unit=last.iloc[-1]["name"], value=value)
    return selection.say("{count} units are last with {value}", count=len(last), value=value)


def ranking_takeaway(selection: Selection, rows: pd.DataFrame, metric: Metric) -> str:
    """Who leads a ranking, and where the chosen unit stands in it."""
    known = rows.dropna(subset=["value"])
    if known.empty:
        return selection.say("{metric}: nothing is known in this period", metric=metric.name.to(selection.lang))
    if known["rank"].isna().all():
        return selection.say(
            "{metric}: {count} units, not ranked", metric=metric.name.to(selection.lang), count=len(known)
        )
    placed = known.dropna(subset=["rank"])
    lead, own = _lead(selection, placed, metric), known[known["unit"] == selection.unit]
    if own.empty or own.iloc[0]["rank"] == placed.iloc[0]["rank"]:
        return join_clauses(selection, lead, _tail(selection, placed, metric))
    mine = records_of(own)[0]
    if not numbers.is_known(mine["rank"]):
        value = value_words(selection, mine["value"], metric)
        if lacking := months_in_words(mine, selection.lang) or units_in_words(mine, selection.lang):
            return join_clauses(
                selection,
                lead,
                selection.say(
                    "{unit} has {value} and no place: {lacking}",
                    unit=view.unit_name(selection),
                    value=value,
                    lacking=lacking,
                ),
            )
        return join_clauses(
            selection,
            lead,
            selection.say(
                "{unit} has {value} on too small a base for a place", unit=view.unit_name(selection), value=value
            ),
        )
    place = {"ordinal": numbers.format_ordinal(mine["rank"], selection.lang), "peers": len(placed)}
    return join_clauses(
        selection,
        lead,
        selection.say(
            "{unit} is {ordinal} of {peers} with {value}",
            unit=view.unit_name(selection),
            value=value_words(selection, mine["value"], metric),
            **place,
        ),
    )
