"""Complaints as monthly totals."""

from data.feeds.common import CATEGORY, MONTH, UNIT
from data.model.feed import Column, Feed, Measure, Rule, share_of
from locales import Text

BY = (("category",),)

FEED = Feed(
    name="complaints_monthly",
    title=Text("Complaints (monthly)", "投诉月报", "投訴月報"),
    grain=Text("unit x month x category", "单位 × 月份 × 类别", "單位 × 月份 × 類別"),
    columns=(
        MONTH,
        UNIT,
        CATEGORY,
        Column(
            "complaints",
            "count",
            Text("Complaints", "投诉量", "投訴量"),
            required=True,
            headers=("complaint count", "number of complaints", "投诉件数", "投诉总量", "投诉数", "投诉笔数", "件数"),
            example=120,
        ),
        Column(
            "escalated",
            "count",
            Text("Escalated", "升级投诉量", "升級投訴量"),
            headers=("escalated complaints", "升级投诉", "越级投诉量", "越级投诉", "申诉量", "升级投诉件数"),
            example=2,
        ),
        Column(
            "repeat",
            "count",
            Text("Repeat", "重复投诉量", "重複投訴量"),
            headers=("repeat complaints", "重复投诉", "重复投诉件数"),
            example=9,
        ),
        Column(
            "resolved_first_contact",
            "count",
            Text("Resolved at first contact", "一次解决量", "一次解決量"),
            headers=("first contact resolved", "一次解决", "一次解决件数", "首次解决量"),
            example=96,
        ),
        Column(
            "on_time",
            "count",
            Text("On time", "及时处理量", "及時處理量"),
            headers=("resolved on time", "及时办结量", "及时处理件数", "按时办结量", "限时办结量", "及时量"),
            example=112,
        ),
    ),
    key=("month", "unit", "category"),
    measures=(
        Measure("complaints", Text("complaints", "投诉件数", "投訴件數"), "sum(complaints)", "flow", BY),
        Measure(
            "escalated", Text("escalated complaints", "升级投诉件数", "升級投訴件數"), "sum(escalated)", "flow", BY
        ),
        Measure("repeat", Text("repeat complaints", "重复投诉件数", "重複投訴件數"), "sum(repeat)", "flow", BY),
        Measure(
            "repeat_base",
            Text("complaints whose customer is recorded", "有客户记录的投诉件数", "有客戶記錄的投訴件數"),
            "sum(complaints) FILTER (repeat IS NOT NULL)",
            "flow",
            BY,
        ),
        Measure(
            "resolved_first_contact",
            Text("complaints settled at first contact", "一次解决件数", "一次解決件數"),
            "sum(resolved_first_contact)",
            "flow",
            BY,
        ),
        Measure(
            "first_contact_base",
            Text("complaints whose first contact is recorded", "有首次处理记录的投诉件数", "有首次處理記錄的投訴件數"),
            "sum(complaints) FILTER (resolved_first_contact IS NOT NULL)",
            "flow",
            BY,
        ),
        Measure(
            "on_time", Text("complaints settled on time", "及时办结件数", "及時辦結件數"), "sum(on_time)", "flow", BY
        ),
        Measure(
            "on_time_base",
            Text("complaints whose time is recorded", "有办结时间的投诉件数", "有辦結時間的投訴件數"),
            "sum(complaints) FILTER (on_time IS NOT NULL)",
            "flow",
            BY,
        ),
    ),
    rules=tuple(
        Rule(
            f"{name}_exceeds_complaints",
            f"{name} > complaints",
            name,
            "{value} is more than all complaints of the row.",
            "A part cannot exceed the whole: check both cells.",
        )
        for name in ("escalated", "repeat", "resolved_first_contact", "on_time")
    ),
    ready_made=(
        share_of("resolved_first_contact", "complaints", "一次解决率", "首次解决率", "first contact resolution", "fcr"),
        share_of(
            "on_time", "complaints", "及时率", "及时处理率", "及时办结率", "处理及时率", "on time rate", "on-time share"
        ),
        share_of("escalated", "complaints", "升级率", "升级投诉率", "升级投诉占比", "escalation rate"),
        share_of("repeat", "complaints", "重复率", "重复投诉率", "重复投诉占比", "repeat rate", "repeat share"),
    ),
    order=31,
)
