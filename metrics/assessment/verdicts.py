"""The verdict: one sentence per metric and unit, with its reason, in the reader's language."""

from __future__ import annotations

from locales import text
from metrics.assessment.signals import MINIMUM_MONTHS, TOO_LITTLE_DATA
from metrics.model.metric import Metric
from metrics.model.record import Record
from metrics.wording.completeness import lacks_units, units_in_words
from metrics.wording.values import change_in_words, formatted_compact, pace_in_words

PLAIN_MODEL = "plain"
JUMPS = {
    ("improving", "high"): "Jump for the better: above expected {lower} to {upper}",
    ("improving", "low"): "Jump for the better: below expected {lower} to {upper}",
    ("concerning", "high"): "Jump for the worse: above expected {lower} to {upper}",
    ("concerning", "low"): "Jump for the worse: below expected {lower} to {upper}",
    ("neither_high", "high"): "Jump: above expected {lower} to {upper}",
    ("neither_low", "low"): "Jump: below expected {lower} to {upper}",
}
UNVARIED = {
    "high": "Jump: above {expected}, from which the other months hardly differ",
    "low": "Jump: below {expected}, from which the other months hardly differ",
}
"""Instead of limits that are one and the same figure."""
COURSES = {
    "rising": "rising by {per_month} a month since {since}",
    "falling": "falling by {per_month} a month since {since}",
    "season": "follows its season",
    "level": "level",
}
SHIFTS = {True: "higher by {change} since {since}", False: "lower by {change} since {since}"}
SHIFTS_OF_A_COURSE = {
    True: "{change} above its earlier course since {since}",
    False: "{change} below its earlier course since {since}",
}
"""Where the level also rises or falls: the figures may have gone the other way."""
MOST_WORDS = 25
"""Words of a verdict in English: what is longer is not read."""


def verdict(row: Record, metric: Metric, lang: str = "en") -> str | None:
    """The verdict on a row of a scorecard, ranking or trend (record.COLUMNS); None where nothing is known.

    This month, then the shift or the course, then the record of the target; at most MOST_WORDS words.
    """
    if not row["signal"]:
        return None
    if row["signal"] == TOO_LITTLE_DATA:
        return _too_little(row, metric, lang)
    clauses = [_this_month(row, metric, lang), _course(row, metric, lang)]
    if row["months_judged"] > 0:
        clauses.append(_target(row, metric, lang))
    if row["model"] == PLAIN_MODEL:
        clauses.append(text(lang, "provisional limits ({points} months)", points=int(row["points"])))
    return text(lang, "; ").join(clause for clause in clauses if clause)


def _this_month(row: Record, metric: Metric, lang: str) -> str:
    limits = {"lower": row["path_lower"], "upper": row["path_upper"], "expected": row["expected"]}
    known = {name: formatted_compact(value, metric, lang) for name, value in limits.items()}
    constant = known["lower"] == known["upper"]
    if row["jump"]:
        said = UNVARIED[row["jump"]] if constant else JUMPS[str(row["variation"]), row["jump"]]
        return text(lang, said, **known)
    if constant:
        return text(lang, "No variation: {expected} month after month", **known)
    return text(lang, "Usual: within {lower} to {upper}", **known)


def _course(row: Record, metric: Metric, lang: str) -> str:
    """The fresher of shift and course; a season or a level only where there is neither."""
    shift, course = row["shift_since"], str(row["course"])
    sloped = course in ("rising", "falling")
    if shift and not (sloped and str(row["course_since"]) > shift):
        said = (SHIFTS_OF_A_COURSE if sloped else SHIFTS)[bool(row["shift_change"] > 0)]
        return text(lang, said, change=change_in_words(abs(row["shift_change"]), metric, lang), since=shift)
    if sloped:
        pace = pace_in_words(abs(row["per_month"]), metric, lang)
        return text(lang, COURSES[course], per_month=pace, since=row["course_since"])
    return text(lang, COURSES[course]) if row["model"] != PLAIN_MODEL else ""


def _target(row: Record, metric: Metric, lang: str) -> str:
    goal = formatted_compact(row["monthly_target"], metric, lang)
    met, judged = int(row["met_months"]), int(row["months_judged"])
    if row["monthly_target"] != row["monthly_target"]:
        return text(lang, "target met in {met} of {judged} months", met=met, judged=judged)
    return text(lang, "target {target} met in {met} of {judged} months", target=goal, met=met, judged=judged)


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
    if row["points"] >= MINIMUM_MONTHS and row["latest_month"] and row["month_value"] != row["month_value"]:
        return text(lang, "No figure of this month; the latest is of {month}", month=row["latest_month"])
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
