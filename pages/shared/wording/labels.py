"""The words for codes that the screen shows: levels, periods, channels, surveys, touchpoints, feeds."""

from __future__ import annotations

from functools import lru_cache

from locales import translator
from metrics.model.metric import Metric
from metrics.wording.labels import feed as feed
from metrics.wording.labels import segment as segment
from metrics.wording.labels import span as span


@lru_cache(maxsize=8)
def period_names(lang: str) -> dict[str, str]:
    """The words for periods, by code."""
    _ = translator(lang)
    return {"month": _("Month"), "quarter": _("Quarter"), "ytd": _("YTD"), "rolling12": _("12 months")}


@lru_cache(maxsize=8)
def comparison_names(lang: str) -> dict[str, str]:
    """The words for what a change is measured against, by code."""
    _ = translator(lang)
    return {"previous": _("vs previous"), "last_year": _("vs last year")}


@lru_cache(maxsize=8)
def level_names(lang: str) -> dict[str, str]:
    """Plurals of the levels that offices use, under their code and their Chinese spellings."""
    _ = translator(lang)
    spellings = {
        _("provinces"): ("province", "省"),
        _("cities"): ("city", "地市", "市"),
        _("counties"): ("county", "区县", "區縣", "县"),
        _("halls"): ("hall", "营业厅", "營業廳", "厅"),
        _("countries"): ("country",),
        _("states"): ("state",),
        _("regions"): ("region",),
        _("trusts"): ("trust",),
        _("providers"): ("provider",),
        _("districts"): ("district",),
        _("operators"): ("operator",),
        _("organisations"): ("organisation",),
        _("branches"): ("branch",),
    }
    return {code: plural for plural, codes in spellings.items() for code in codes}


def level_name(code: str | None, lang: str) -> str:
    """The plural of a level; a level that the data alone knows is shown as it is."""
    return level_names(lang).get(str(code), str(code or ""))


def unit_of_measure(metric: Metric, lang: str) -> str:
    """A metric's unit where its name does not say it already; else empty."""
    unit = metric.unit.to(lang)
    return "" if unit.lower() in metric.name.to(lang).lower() else unit


def change_column_title(period: str, lang: str) -> str:
    """The head of a column of changes on the period before."""
    _ = translator(lang)
    return _("MoM") if period == "month" else _("QoQ") if period == "quarter" else _("On the period before")
