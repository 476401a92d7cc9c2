"""Property pack: households, and the fees billed and collected."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, Rule, share_of
from locales import Text

FEED = Feed(
    name="property_fees",
    title=Text("Property fees", "物业费收缴", "物業費收繳"),
    grain=Text("unit x month", "单位 × 月份", "單位 × 月份"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "households",
            "count",
            Text("Households", "在管户数", "在管戶數"),
            headers=("homes", "units managed", "户数", "已交付户数", "业主户数"),
            example=2600,
        ),
        Column(
            "billed",
            "number",
            Text("Fees billed", "应收物业费", "應收物業費"),
            required=True,
            headers=("billed", "fees due", "应收金额", "应收", "当期应收"),
            minimum=0,
            example=780000,
        ),
        Column(
            "collected",
            "number",
            Text("Fees collected", "实收物业费", "實收物業費"),
            required=True,
            headers=("collected", "fees received", "实收金额", "实收", "当期实收"),
            minimum=0,
            example=702000,
        ),
        Column(
            "arrears_billed",
            "number",
            Text("Arrears at the start", "期初欠费", "期初欠費"),
            headers=("arrears", "往期欠费", "历史欠费", "陈欠应收"),
            minimum=0,
            example=260000,
        ),
        Column(
            "arrears_collected",
            "number",
            Text("Arrears collected", "清欠金额", "清欠金額"),
            headers=("arrears received", "清缴欠费", "陈欠实收", "追缴金额"),
            minimum=0,
            example=41000,
        ),
    ),
    key=("month", "unit"),
    measures=(
        Measure("households", Text("households", "在管户数", "在管戶數"), "sum(households)", "stock"),
        Measure("fees_billed", Text("fees billed", "应收物业费", "應收物業費"), "sum(billed)"),
        Measure("fees_collected", Text("fees collected", "实收物业费", "實收物業費"), "sum(collected)"),
        Measure(
            "arrears_billed",
            Text("arrears at the start", "期初欠费", "期初欠費"),
            "sum(arrears_billed) FILTER (arrears_collected IS NOT NULL)",
        ),
        Measure(
            "arrears_collected",
            Text("arrears collected", "清欠金额", "清欠金額"),
            "sum(arrears_collected) FILTER (arrears_billed IS NOT NULL)",
        ),
    ),
    rules=(
        Rule(
            "arrears_collected_exceeds_arrears",
            "arrears_collected > arrears_billed",
            "arrears_collected",
            "{value} is more than the whole of the row.",
            "A part cannot exceed the whole: check both cells.",
        ),
    ),
    ready_made=(share_of("arrears_collected", "arrears_billed", "清欠率", "欠费回收率", "旧欠收缴率"),),
    order=120,
)
