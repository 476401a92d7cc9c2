"""The verdict: one sentence per metric and unit, with its reason, in the reader's language."""

from __future__ import annotations

from locales import text
from metrics.assessment.signals import MINIMUM_MONTHS, SIGNAL, TOO_LITTLE_DATA
from metrics.model.metric import Metric
from metrics.model.record import Record
from metrics.statistics.attainment import attainment, meets_target
from metrics.wording.completeness import lacks_units, units_in_words
from metrics.wording.values import formatted_compact

LEADS = {
    "improving": "Signal for the better",
    "concerning": "Signal for the worse",
    "neither_high": "Signal, higher than usual",
    "neither_low": "Signal, lower than usual",
}
RULES = {
    "outside_high": "above the limits {lower} to {upper}",
    "outside_low": "below the limits {lower} to {upper}",
    "trend_up": "7 or more months rising in a row",
    "trend_down": "7 or more months falling in a row",
    "two_of_three_high": "2 of 3 months close to the upper limit {upper}",
    "two_of_three_low": "2 of 3 months close to the lower limit {lower}",
    "shift_high": "7 or more months in a row above the average {centre}",
    "shift_low": "7 or more months in a row below the average {centre}",
}
UNVARIED = {
    "outside_high": "above the average {centre}, while the other months hardly vary",
    "outside_low": "below the average {centre}, while the other months hardly vary",
}
"""Instead of limits that are one and the same figure."""
CAPABLE = {
    "passes": "the target {target} is met in any usual month",
    "fails": "the target {target} cannot be met without a change of the process",
    "hit_or_miss": "the target {target} lies inside the usual variation: some months meet it, some do not",
}
THIS_MONTH = {True: "it meets the target {target}", False: "it falls short of the target {target}"}
"""What is said where the process is not stable or does not vary: no claim about other months."""


def verdict(row: Record, metric: Metric, lang: str = "en") -> str | None:
    """The verdict on a row of a scorecard, ranking or trend (record.COLUMNS); None where nothing is known."""
    if not row["signal"]:
        return None
    if row["signal"] == TOO_LITTLE_DATA:
        return _too_little(row, metric, lang)
    known = {name: formatted_compact(row[name], metric, lang) for name in ("lower", "upper", "centre")}
    goal = formatted_compact(row["monthly_target"], metric, lang)
    point_type = str(row["point_type"])
    constant = known["lower"] == known["upper"]
    if row["signal"] == SIGNAL:
        rule = UNVARIED.get(point_type) if constant else None
        first = (
            text(lang, LEADS[str(row["variation"])]) + text(lang, ": ") + text(lang, rule or RULES[point_type], **known)
        )
    elif constant:
        first = text(lang, "No variation: {centre} month after month", **known)
    else:
        first = text(lang, "Noise: within the usual limits {lower} to {upper}", **known)
    clauses = [first]
    if row["signal"] == SIGNAL or constant:
        reached = float(attainment(row["month_value"], row["monthly_target"], metric.better == "lower"))
        if reached == reached and metric.better != "neither":
            clauses.append(text(lang, THIS_MONTH[bool(meets_target(reached))], target=goal))
    elif row["assurance"]:
        clauses.append(text(lang, CAPABLE[row["assurance"]], target=goal))
    if row["phase_start"]:
        clauses.append(text(lang, "limits since {month}", month=row["phase_start"]))
    if row["provisional"]:
        clauses.append(text(lang, "limits are provisional ({points} months)", points=int(row["points"])))
    return text(lang, "; ").join(clauses)


def _too_little(row: Record, metric: Metric, lang: str) -> str:
    if metric.total and lacks_units(row):
        return text(lang, "Not judged: {reported}", reported=units_in_words(row, lang))
    base = row["denominator"]
    if metric.minimum_base and base == base and base < metric.minimum_base:
        said = text(
            lang,
            "Too little data: the base is {base}, at least {minimum} are needed",
            base=f"{base:,.0f}",
            minimum=f"{metric.minimum_base:,.0f}",
        )
        if row["pooled"] != row["pooled"]:
            return said
        pooled = {"value": row["pooled"], "low": row["pooled_low"], "high": row["pooled_high"]}
        together = {name: formatted_compact(value, metric, lang) for name, value in pooled.items()}
        months = int(row["pooled_months"])
        clause = (
            text(lang, "{months} months together: {value} ({low} to {high})", months=months, **together)
            if row["pooled_low"] == row["pooled_low"]
            else text(lang, "{months} months together: {value}", months=months, value=together["value"])
        )
        return said + text(lang, "; ") + clause
    if row["points"] >= MINIMUM_MONTHS and row["upper"] != row["upper"]:
        return text(lang, "Too few cases: none in most months")
    if row["phase_start"]:
        return text(
            lang,
            "Too little data: months known since {month}: {points}, needed: {needed}",
            points=int(row["points"]),
            month=row["phase_start"],
            needed=MINIMUM_MONTHS,
        )
    return text(
        lang,
        "Too little data: months known: {points}, needed: {needed}",
        points=int(row["points"]),
        needed=MINIMUM_MONTHS,
    )
