"""Targets by metric, unit or level, and year or month."""

from data.feeds.common import LEVEL, UNIT
from data.model.feed import Column, Feed
from locales import Text

# Every defined metric is a share, a score, a rate or a count: none is below zero. What may be, a growth that arrives
# ready-made, brings its target with it (the column "target" of the indicators).
FEED = Feed(
    name="targets",
    title=Text("Targets", "年度目标", "年度目標"),
    grain=Text("metric x unit or level x year or month", "指标 × 单位或层级 × 年或月", "指標 × 單位或層級 × 年或月"),
    columns=(
        Column(
            "metric",
            "text",
            Text("Metric", "指标编码", "指標編碼"),
            required=True,
            headers=("metric code", "indicator", "指标", "指标代码", "指标名称", "考核指标"),
            example="complaints_per_10k",
        ),
        Column(
            "period",
            "period",
            Text("Period", "目标期间", "目標期間"),
            required=True,
            headers=("year", "month", "年度", "期间", "考核期", "周期", "年份", "月份", "考核年度"),
            note=Text("2025 or 2025-11", "如 2025 或 2025-11", "如 2025 或 2025-11"),
            example="2025",
        ),
        Column("unit", "unit", UNIT.title, headers=UNIT.headers, example=UNIT.example),
        LEVEL,
        Column(
            "target",
            "number",
            Text("Target", "目标值", "目標值"),
            required=True,
            headers=("goal", "目标", "target value"),
            minimum=0,
            example=15,
        ),
        Column(
            "base",
            "number",
            Text("Base", "基准值", "基準值"),
            headers=("base value", "floor", "基础值", "底线值"),
            minimum=0,
            example=20,
        ),
        Column(
            "challenge",
            "number",
            Text("Challenge", "挑战值", "挑戰值"),
            headers=("challenge value", "stretch", "挑战目标"),
            minimum=0,
            example=12,
        ),
        Column(
            "weight",
            "number",
            Text("Weight", "权重", "權重"),
            headers=("points", "分值", "权数"),
            minimum=0,
            example=10,
        ),
    ),
    key=("metric", "period", "unit", "level"),
    part=("metric", "period"),
    month_column=None,
    unit_column="unit",
    order=80,
)
