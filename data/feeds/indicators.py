"""Indicators that arrive ready-made, or that nobody foresaw."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, Rule
from locales import Text

BY = (("indicator",),)

FEED = Feed(
    name="indicators",
    title=Text("Indicators", "其他指标", "其他指標"),
    grain=Text("unit x month x indicator", "单位 × 月份 × 指标", "單位 × 月份 × 指標"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "indicator",
            "text",
            Text("Indicator", "指标", "指標"),
            required=True,
            headers=("metric", "kpi", "indicator code", "indicator name", "指标名称", "指标编码", "考核指标"),
            example="现场检查合格率",
        ),
        Column(
            "value",
            "number",
            Text("Value", "指标值", "指標值"),
            headers=("indicator value", "result", "数值", "完成值", "实际值"),
            example=96.5,
        ),
        Column("numerator", "number", Text("Numerator", "分子", "分子"), example=193),
        Column("denominator", "number", Text("Denominator", "分母", "分母"), example=200),
        Column("target", "number", Text("Target", "目标值", "目標值"), headers=("goal", "目标")),
        Column("rank", "count", Text("Rank", "排名", "排名"), headers=("ranking", "名次")),
        Column("peers", "count", Text("Peers", "参评单位数", "參評單位數"), headers=("number of peers", "单位数")),
        Column("name", "text", Text("Title", "指标全称", "指標全稱"), headers=("title", "display name")),
        Column(
            "better",
            "choice",
            Text("Better", "指标方向", "指標方向"),
            headers=("direction", "方向", "指标性质"),
            choices={
                "higher": ("higher", "high", "越高越好", "正向", "高"),
                "lower": ("lower", "low", "越低越好", "负向", "逆向", "低"),
                "neither": ("neither", "none", "中性", "无"),
            },
        ),
        Column("scale", "number", Text("Scale", "倍数", "倍數"), headers=("factor", "multiplier", "系数")),
        Column(
            "over_time",
            "choice",
            Text("Over time", "跨期口径", "跨期口徑"),
            headers=("aggregation", "时间口径", "汇总方式"),
            choices={
                "flow": ("flow", "sum", "累计", "求和"),
                "stock": ("stock", "mean", "平均", "月均"),
                "last": ("last", "期末", "最新"),
            },
        ),
        Column(
            "unit_label",
            "text",
            Text("Unit of measure", "计量单位", "計量單位"),
            headers=("unit of measure", "uom", "指标单位"),
        ),
    ),
    key=("month", "unit", "indicator"),
    part=("indicator",),
    measures=(
        Measure(
            "indicator_numerator",
            Text("numerator as loaded", "导入的分子", "匯入的分子"),
            "sum(numerator) FILTER (denominator IS NOT NULL)",
            "flow",
            BY,
        ),
        Measure(
            "indicator_denominator",
            Text("denominator as loaded", "导入的分母", "匯入的分母"),
            "sum(denominator) FILTER (numerator IS NOT NULL)",
            "flow",
            BY,
        ),
        Measure(
            "indicator_count",
            Text("count as loaded", "导入的件数", "匯入的件數"),
            "sum(numerator) FILTER (denominator IS NULL)",
            "flow",
            BY,
        ),
        Measure(
            "indicator_value",
            Text("value as loaded", "导入的数值", "匯入的數值"),
            "CASE WHEN count(value) = 1 THEN any_value(value) END",
            "last",
            BY,
            additive=False,
        ),
    ),
    rules=(
        Rule(
            "no_figure",
            "value IS NULL AND numerator IS NULL AND denominator IS NULL",
            "value",
            "The row has neither a value nor a numerator and denominator.",
            "Fill in one of them, or take the row out.",
            "warning",
        ),
        Rule(
            "denominator_zero",
            "denominator = 0 AND numerator <> 0",
            "denominator",
            "The denominator is 0 while the numerator is not.",
            "Check both cells.",
        ),
    ),
    order=70,
)
