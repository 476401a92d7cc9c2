"""The words for measures, as formulas print them."""

from __future__ import annotations

from functools import lru_cache

from locales import translator
from metrics.metric import Term
from pages.shared import words


@lru_cache(maxsize=8)
def measures(lang: str) -> dict[str, str]:
    """Measure -> what it counts."""
    _ = translator(lang)
    cohort = _("snapshot customers")
    return {
        "complaints": _("complaints"), "escalated": _("escalated complaints"), "repeat": _("repeat complaints"), "customers": _("customers"),
        "resolved_first_contact": _("complaints settled at first contact"), "first_contact_base": _("complaints whose first contact is recorded"),
        "on_time": _("complaints settled on time"), "on_time_base": _("complaints whose time is recorded"),
        "mid_high_end_customers": _("mid- and high-end customers"), "self_service_terminals": _("self-service terminals"),
        "recharge_transactions": _("recharges"), "recharge_amount": _("amount recharged"), "self_service_transactions": _("self-service recharges"),
        "self_service_amount": _("amount recharged by self-service"), "terminal_transactions": _("terminal transactions"),
        "terminal_beyond_recharge": _("terminal transactions other than recharges"), "score_points": _("sum of scores"), "responses": _("responses"),
        "reported_score": _("reported score"), "retained": _("customers retained"), "retained_base": cohort, "any_base": cohort, "hard_base": cohort,
        "soft_base": cohort, "deep_base": cohort, "hard_bound": _("hard-bound customers"), "soft_bound": _("soft-bound customers"),
        "bound_any": _("customers bound either way"), "deep_bound": _("deeply bound customers"), "both_bound": _("customers bound both ways"),
        "hotline_resolved": _("calls settled at first contact"), "hotline_base": _("calls whose outcome is recorded"),
        "indicator_numerator": _("numerator as loaded"), "indicator_denominator": _("denominator as loaded"), "indicator_count": _("count as loaded"),
        "indicator_value": _("value as loaded"),
    }  # fmt: skip


def term(part: Term | None, lang: str) -> str:
    """A sum of cells as written in a formula."""
    if part is None:
        return ""
    name = measures(lang).get(part.measure, part.measure)
    if not part.segments or part.kind == "indicator":
        return name
    pieces = [" ".join(words.segment(code, lang) for code in segment.split("/")) for segment in part.segments]
    return f"{name} [{', '.join(pieces)}]"
