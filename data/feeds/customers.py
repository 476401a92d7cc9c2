"""Customers and terminals of a unit at a month."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, Rule
from locales import Text

FEED = Feed(
    name="customers",
    title=Text("Customers", "客户规模", "客戶規模"),
    grain=Text("unit x month", "单位 × 月份", "單位 × 月份"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "customers",
            "count",
            Text("Customers", "客户数", "客戶數"),
            required=True,
            headers=(
                "subscribers",
                "users",
                "customer count",
                "出账客户数",
                "通话客户数",
                "用户数",
                "客户总数",
                "在网客户数",
                "出账用户数",
                "客户规模",
                "期末客户数",
                "计费客户数",
            ),
            example=352000,
        ),
        Column(
            "mid_high_end_customers",
            "count",
            Text("Mid/high-end customers", "中高端客户数", "中高端客戶數"),
            headers=(
                "mid high end customers",
                "high-end customers",
                "中高端客户",
                "中高端用户数",
                "高端客户数",
                "中高端客户规模",
            ),
            example=35200,
        ),
        Column(
            "self_service_terminals",
            "count",
            Text("Self-service terminals", "自助终端数", "自助終端數"),
            headers=("terminals", "自助终端台数", "自助终端数量", "自助终端", "自助设备数", "自助机台数"),
            example=42,
        ),
    ),
    key=("month", "unit"),
    measures=(
        Measure("customers", Text("customers", "客户数", "客戶數"), "sum(customers)", "stock"),
        Measure(
            "mid_high_end_customers",
            Text("mid- and high-end customers", "中高端客户数", "中高階客戶數"),
            "sum(mid_high_end_customers)",
            "stock",
        ),
        Measure(
            "self_service_terminals",
            Text("self-service terminals", "自助终端台数", "自助終端台數"),
            "sum(self_service_terminals)",
            "stock",
        ),
    ),
    rules=(
        Rule(
            "mid_high_end_exceeds_customers",
            "mid_high_end_customers > customers",
            "mid_high_end_customers",
            "There are more mid/high-end customers ({value}) than customers.",
            "Check both cells; mid/high-end customers are a part of all customers.",
        ),
    ),
    order=10,
)
