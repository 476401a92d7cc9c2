"""Labels of what is stored as a code or counted in months: segments, spreadsheet types, periods."""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC

from data.feeds import all_feeds
from locales import text
from metrics.model.periods import month_name, window


@lru_cache(maxsize=8)
def _named(lang: str) -> dict[str, str]:
    """Codes whose word says more than the spelling of a spreadsheet does."""
    return {
        "self_service_terminal": text(lang, "Self-service terminal"),
        "app": text(lang, "App"),
        "web": text(lang, "Web"),
        "mini_program": text(lang, "Mini program"),
        "hall_counter": text(lang, "Hall counter"),
        "agent": text(lang, "Agent"),
        "bank": text(lang, "Bank"),
        "voucher": text(lang, "Voucher"),
        "wechat": text(lang, "WeChat"),
        "other": text(lang, "Other"),
        "recharge": text(lang, "Recharge"),
        "bill_printing": text(lang, "Bill printing"),
        "invoice": text(lang, "Invoice"),
        "query": text(lang, "Enquiry"),
        "balance_query": text(lang, "Enquiry"),
        "plan_change": text(lang, "Plan change"),
        "sim": text(lang, "SIM replacement"),
        "sim_replacement": text(lang, "SIM replacement"),
        "business_handling": text(lang, "Service orders"),
        "overall": text(lang, "Overall"),
        "hall": text(lang, "Hall service"),
        "network": text(lang, "Network"),
        "promotion": text(lang, "Promotions"),
        "complaint_handling": text(lang, "Complaint handling"),
        "new_business": text(lang, "New business"),
        "standard": text(lang, "Standard survey"),
        "mystery_shopping": text(lang, "Mystery shopping"),
        "callback": text(lang, "Callback"),
        "two_way": text(lang, "Two-way evaluation"),
        "brand": text(lang, "Brand assessment"),
        "outpatient": text(lang, "Outpatients"),
        "inpatient": text(lang, "Inpatients"),
        "emergency": text(lang, "Emergency"),
        "check_up": text(lang, "Health checks"),
        "department": text(lang, "Own department"),
        "hospital": text(lang, "Whole hospital"),
        "outside": text(lang, "From outside"),
        "security": text(lang, "Security"),
        "cleaning": text(lang, "Cleaning"),
        "greening": text(lang, "Greening"),
        "repairs": text(lang, "Repairs"),
        "front_desk": text(lang, "Front desk"),
        "": text(lang, "Not stated"),
    }


@lru_cache(maxsize=8)
def _declared(lang: str) -> dict[str, str]:
    """Codes of choices by the first spelling of the language that a feed declares."""
    found: dict[str, str] = {}
    written = OpenCC("s2t").convert if lang == "zh_Hant" else str
    for feed in all_feeds():
        for column in feed.columns:
            for code, spellings in (column.choices or {}).items():
                chinese = next((word for word in spellings if not word.isascii()), code)
                english = next((word for word in spellings if word.isascii()), code)
                found.setdefault(code, english[:1].upper() + english[1:] if lang == "en" else written(chinese))
    return found


def segment(code: object, lang: str, kind: str = "") -> str:
    """The word for a segment; what nobody foresaw stands as it was loaded.

    `kind` names the columns that the segment is of, with "/" between them.
    """
    # In a segment of one column "/" is the text's own.
    parts = str(code).split("/", kind.count("/")) if kind else [str(code)]
    return " / ".join(_named(lang).get(part) or _declared(lang).get(part, part) for part in parts)


def feed(name: str, lang: str) -> str:
    """The title of a spreadsheet type; its code if it is not registered any more."""
    return next((found.title.to(lang) for found in all_feeds() if found.name == name), name)


def span(month: str, period: str, lang: str) -> str:
    """The months that a period covers, ending with `month`; a quarter that is not over says to which month."""
    covered = window(month, period)
    first, last = month_name(covered.first), month_name(covered.last)
    if period == "quarter":
        quarter = text(lang, "{year} Q{quarter}", year=last[:4], quarter=covered.last % 12 // 3 + 1)
        return quarter if covered.length == 3 else text(lang, "{quarter} to {month}", quarter=quarter, month=last)
    if period == "rolling12":
        return text(lang, "12 months to {month}", month=last)
    return last if first == last else f"{first} – {last}"
