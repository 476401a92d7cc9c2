"""Hotline calls and how many were resolved at the first contact."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, Rule, share_of
from locales import Text

FEED = Feed(
    name="hotline",
    title=Text("Hotline", "热线服务", "熱線服務"),
    grain=Text("unit x month", "单位 × 月份", "單位 × 月份"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "calls",
            "count",
            Text("Calls", "来电量", "來電量"),
            required=True,
            headers=("call volume", "inbound calls", "话务量", "接听量", "来话量", "呼入量", "热线来电量"),
            example=8600,
        ),
        Column(
            "resolved_first_contact",
            "count",
            Text("Resolved at first contact", "一次解决量", "一次解決量"),
            required=True,
            headers=("first contact resolved", "fcr", "首次解决量", "一次解决", "一次解决数"),
            example=8100,
        ),
        Column(
            "escalated",
            "count",
            Text("Escalated", "升级量", "升級量"),
            headers=("escalated calls", "升级工单量", "转派量", "升级处理量"),
            example=140,
        ),
    ),
    key=("month", "unit"),
    measures=(
        Measure("hotline_calls", Text("calls", "来电量", "來電量"), "sum(calls)", "flow"),
        Measure(
            "hotline_resolved",
            Text("calls settled at first contact", "热线一次解决量", "熱線一次解決量"),
            "sum(resolved_first_contact)",
            "flow",
        ),
        Measure(
            "hotline_base",
            Text("calls whose outcome is recorded", "有处理结果的来电量", "有處理結果的來電量"),
            "sum(calls) FILTER (resolved_first_contact IS NOT NULL)",
            "flow",
        ),
        Measure("hotline_escalated", Text("escalated calls", "热线升级量", "熱線升級量"), "sum(escalated)", "flow"),
    ),
    rules=tuple(
        Rule(
            code,
            f"{name} > calls",
            name,
            "{value} is more than all calls of the row.",
            "A part cannot exceed the whole: check both cells.",
        )
        for code, name in (
            ("resolved_exceeds_calls", "resolved_first_contact"),
            ("escalated_exceeds_calls", "escalated"),
        )
    ),
    ready_made=(
        share_of(
            "resolved_first_contact", "calls", "一次解决率", "首次解决率", "一次性解决率", "first contact resolution"
        ),
        share_of("escalated", "calls", "升级率", "转派率", "escalation rate"),
    ),
    order=61,
)
