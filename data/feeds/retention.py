"""Retention of a snapshot cohort of high-end customers, and how they are bound."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, Rule, share_of
from locales import Text

BASE = "sum(snapshot_customers) FILTER ({column} IS NOT NULL)"
# Each snapshot is a cohort of its own, followed month by month.
COHORT = (("snapshot_month",),)
PART = "A part cannot exceed the cohort: check both cells."

FEED = Feed(
    name="retention",
    title=Text("Retention", "客户保有", "客戶保有"),
    grain=Text("unit x month x snapshot", "单位 × 月份 × 拍照月", "單位 × 月份 × 拍照月"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "snapshot_month",
            "month",
            Text("Snapshot month", "拍照月份", "拍照月份"),
            headers=("cohort", "cohort month", "拍照月", "拍照时间", "拍照账期"),
            example="2024-12",
        ),
        Column(
            "snapshot_customers",
            "count",
            Text("Snapshot customers", "拍照客户数", "拍照客戶數"),
            required=True,
            headers=("cohort size", "cohort customers", "拍照中高端客户数", "拍照用户数", "拍照客户"),
            example=36000,
        ),
        Column(
            "retained",
            "count",
            Text("Retained", "保有客户数", "保有客戶數"),
            required=True,
            headers=("retained customers", "保有数", "保有用户数", "保有客户", "拍照保有客户数"),
            example=30800,
        ),
        Column(
            "left",
            "count",
            Text("Left", "离网客户数", "離網客戶數"),
            headers=("churned", "left customers", "离网数", "流失客户数", "离网客户"),
            example=3000,
        ),
        Column(
            "value_lost",
            "count",
            Text("Value lost", "降值客户数", "降值客戶數"),
            headers=("value lost customers", "价值流失客户数", "降档客户数", "降值客户", "价值流失"),
            example=2200,
        ),
        Column(
            "hard_bound",
            "count",
            Text("Hard bound", "硬捆绑客户数", "硬捆綁客戶數"),
            headers=("hard bound customers", "硬捆绑", "硬绑定客户数", "硬捆绑用户数"),
            example=17400,
        ),
        Column(
            "soft_bound",
            "count",
            Text("Soft bound", "软捆绑客户数", "軟捆綁客戶數"),
            headers=("soft bound customers", "软捆绑", "软绑定客户数", "软捆绑用户数"),
            example=21600,
        ),
        Column(
            "bound_any",
            "count",
            Text("Bound", "捆绑客户数", "捆綁客戶數"),
            headers=("bound any", "bound customers", "整体捆绑客户数", "总捆绑客户数", "捆绑总数", "综合捆绑客户数"),
            example=26100,
        ),
        Column(
            "deep_bound",
            "count",
            Text("Deep bound", "深度捆绑客户数", "深度捆綁客戶數"),
            headers=("deep bound customers", "深度捆绑", "深度绑定客户数"),
            example=19500,
        ),
    ),
    key=("month", "unit", "snapshot_month"),
    part=("snapshot_month",),
    measures=(
        Measure(
            "snapshot_customers",
            Text("snapshot customers", "拍照客户数", "拍照客戶數"),
            "sum(snapshot_customers)",
            "last",
        ),
        Measure("retained", Text("customers retained", "保有客户数", "保有客戶數"), "sum(retained)", "last", COHORT),
        Measure(
            "retained_base",
            Text("snapshot customers", "拍照客户数", "拍照客戶數"),
            BASE.format(column="retained"),
            "last",
            COHORT,
        ),
        Measure("left_customers", Text("customers who left", "离网客户数", "離網客戶數"), 'sum("left")', "last"),
        Measure(
            "value_lost",
            Text("customers of lower value", "价值下降客户数", "價值下降客戶數"),
            "sum(value_lost)",
            "last",
        ),
        Measure("hard_bound", Text("hard-bound customers", "硬捆绑客户数", "硬捆綁客戶數"), "sum(hard_bound)", "last"),
        Measure(
            "hard_base",
            Text("snapshot customers", "拍照客户数", "拍照客戶數"),
            BASE.format(column="hard_bound"),
            "last",
        ),
        Measure("soft_bound", Text("soft-bound customers", "软捆绑客户数", "軟捆綁客戶數"), "sum(soft_bound)", "last"),
        Measure(
            "soft_base",
            Text("snapshot customers", "拍照客户数", "拍照客戶數"),
            BASE.format(column="soft_bound"),
            "last",
        ),
        Measure(
            "bound_any",
            Text("customers bound either way", "整体捆绑客户数", "整體捆綁客戶數"),
            "sum(bound_any)",
            "last",
        ),
        Measure(
            "any_base", Text("snapshot customers", "拍照客户数", "拍照客戶數"), BASE.format(column="bound_any"), "last"
        ),
        Measure(
            "deep_bound", Text("deeply bound customers", "深度捆绑客户数", "深度捆綁客戶數"), "sum(deep_bound)", "last"
        ),
        Measure(
            "deep_base",
            Text("snapshot customers", "拍照客户数", "拍照客戶數"),
            BASE.format(column="deep_bound"),
            "last",
        ),
        Measure(
            "both_bound",
            Text("customers bound both ways", "软硬均捆绑客户数", "軟硬均捆綁客戶數"),
            "sum(hard_bound + soft_bound - bound_any)",
            "last",
        ),
        Measure(
            "both_base",
            Text("snapshot customers", "拍照客户数", "拍照客戶數"),
            BASE.format(column="(hard_bound + soft_bound + bound_any)"),
            "last",
        ),
    ),
    rules=(
        Rule(
            "retained_exceeds_snapshot",
            "retained > snapshot_customers",
            "retained",
            "{value} retained is more than the snapshot's customers.",
            PART,
        ),
        Rule(
            "bound_exceeds_snapshot",
            "bound_any > snapshot_customers",
            "bound_any",
            "{value} bound is more than the snapshot's customers.",
            PART,
        ),
        Rule(
            "deep_bound_exceeds_snapshot",
            "deep_bound > snapshot_customers",
            "deep_bound",
            "{value} deep bound is more than the snapshot's customers.",
            PART,
        ),
        Rule(
            "bound_any_inconsistent",
            "bound_any < greatest(hard_bound, soft_bound) OR bound_any > hard_bound + soft_bound",
            "bound_any",
            "{value} bound in any way does not lie between the larger of hard and soft bound and their sum.",
            "Bound in any way counts everyone who is hard or soft bound, once.",
        ),
    ),
    ready_made=(
        share_of(
            "retained", "snapshot_customers", "保有率", "客户保有率", "拍照保有率", "拍照客户保有率", "retention rate"
        ),
        share_of("left", "snapshot_customers", "离网率", "流失率", "客户流失率", "churn rate"),
        share_of("hard_bound", "snapshot_customers", "硬捆绑率", "硬绑定率", "hard bound rate"),
        share_of("soft_bound", "snapshot_customers", "软捆绑率", "软绑定率", "soft bound rate"),
        share_of("bound_any", "snapshot_customers", "捆绑率", "绑定率", "整体捆绑率", "综合捆绑率", "binding rate"),
        share_of("deep_bound", "snapshot_customers", "深度捆绑率", "深度绑定率", "deep binding rate"),
    ),
    order=60,
)
