"""The words for codes that the screen shows: levels, periods, channels, surveys, touchpoints, feeds."""

from __future__ import annotations

from functools import lru_cache

from data.feeds import all_feeds
from locales import translator
from metrics.metric import Metric


@lru_cache(maxsize=8)
def periods(lang: str) -> dict[str, str]:
    _ = translator(lang)
    return {"month": _("Month"), "quarter": _("Quarter"), "ytd": _("YTD"), "rolling12": _("12 months")}


@lru_cache(maxsize=8)
def comparisons(lang: str) -> dict[str, str]:
    _ = translator(lang)
    return {"previous": _("vs previous"), "last_year": _("vs last year")}


@lru_cache(maxsize=8)
def levels(lang: str) -> dict[str, str]:
    """Plurals of the levels that offices use, under their code and their Chinese spellings."""
    _ = translator(lang)
    spellings = {
        _("provinces"): ("province", "省"), _("cities"): ("city", "地市", "市"), _("counties"): ("county", "区县", "區縣", "县"),
        _("halls"): ("hall", "营业厅", "營業廳", "厅"), _("countries"): ("country",), _("states"): ("state",), _("regions"): ("region",),
        _("trusts"): ("trust",), _("providers"): ("provider",), _("districts"): ("district",), _("operators"): ("operator",),
        _("organisations"): ("organisation",), _("branches"): ("branch",),
    }  # fmt: skip
    return {code: plural for plural, codes in spellings.items() for code in codes}


@lru_cache(maxsize=8)
def segments(lang: str) -> dict[str, str]:
    """Codes of choices in any feed by the words that the feed itself declares, plus those that pages name."""
    _ = translator(lang)
    return {
        "self_service_terminal": _("Self-service terminal"), "app": _("App"), "web": _("Web"), "mini_program": _("Mini program"),
        "hall_counter": _("Hall counter"), "agent": _("Agent"), "bank": _("Bank"), "voucher": _("Voucher"), "wechat": _("WeChat"), "other": _("Other"),
        "recharge": _("Recharge"), "bill_printing": _("Bill printing"), "invoice": _("Invoice"), "query": _("Enquiry"), "balance_query": _("Enquiry"),
        "plan_change": _("Plan change"), "sim": _("SIM replacement"), "sim_replacement": _("SIM replacement"),
        "business_handling": _("Service orders"), "overall": _("Overall"), "hall": _("Hall service"), "network": _("Network"), "promotion": _("Promotions"),
        "complaint_handling": _("Complaint handling"), "new_business": _("New business"), "standard": _("Standard survey"),
        "mystery_shopping": _("Mystery shopping"), "callback": _("Callback"), "two_way": _("Two-way evaluation"), "brand": _("Brand assessment"),
        "outpatient": _("Outpatients"), "inpatient": _("Inpatients"), "emergency": _("Emergency"), "check_up": _("Health checks"), "department": _("Own department"),
        "hospital": _("Whole hospital"), "outside": _("From outside"), "security": _("Security"), "cleaning": _("Cleaning"), "greening": _("Greening"),
        "repairs": _("Repairs"), "front_desk": _("Front desk"), "": _("Not stated"),
    }  # fmt: skip


def segment(code: object, lang: str) -> str:
    """The word for one segment; what nobody foresaw is shown as it was loaded."""
    return segments(lang).get(str(code), str(code))


def level(code: str | None, lang: str) -> str:
    """The plural of a level; a level that the data alone knows is shown as it is."""
    return levels(lang).get(str(code), str(code or ""))


def feed(name: str, lang: str) -> str:
    """The title of a spreadsheet type; its code if it is not registered any more."""
    return next((found.title.to(lang) for found in all_feeds() if found.name == name), name)


def unit_of(metric: Metric, lang: str) -> str:
    """A metric's unit where its name does not say it already; else empty."""
    unit = metric.unit.to(lang)
    return "" if unit.lower() in metric.name.to(lang).lower() else unit


def span(month: str, period: str, lang: str) -> str:
    """The months that a period covers, ending with `month`."""
    _ = translator(lang)
    year, number = int(month[:4]), int(month[5:])
    if period == "quarter":
        quarter = f"{year} Q{(number - 1) // 3 + 1}"
        return quarter if number % 3 == 0 else _("{quarter} to {month}").format(quarter=quarter, month=month)
    if period == "ytd":
        return month if number == 1 else f"{year}-01 – {month}"
    if period == "rolling12":
        return _("12 months to {month}").format(month=month)
    return month


def before(period: str, lang: str) -> str:
    """The head of a column of changes on the period before."""
    _ = translator(lang)
    return _("MoM") if period == "month" else _("QoQ") if period == "quarter" else _("On the period before")
