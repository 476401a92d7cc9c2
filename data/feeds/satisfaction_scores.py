"""Satisfaction as scores of a wave."""

from data.feed import Column, Feed, Measure
from data.feeds.common import MONTH, UNIT
from locales import Text

SURVEY = Column(
    "survey", "choice", Text("Survey", "调查类型", "調查類型"), required=True, headers=("survey type", "调查", "测评类型", "满意度类型", "评价类型", "测评方式", "调研类型"),
    choices={
        "standard": ("standard", "标准", "标准满意度", "常规", "常规满意度", "标准测评"),
        "mystery_shopping": ("mystery shopping", "mystery", "神秘顾客", "暗访", "神秘客", "神秘客户", "神秘顾客检查"),
        "callback": ("callback", "call back", "call-back", "回访", "电话回访", "客户回访"),
        "two_way": ("two-way", "two way", "two-way evaluation", "双向", "双向评价", "双向测评", "双向互评"),
        "brand": ("brand", "brand assessment", "品牌", "品牌测评", "品牌评估", "品牌评价"),
    },
    example="标准",
)  # fmt: skip
TOUCHPOINT = Column(
    "touchpoint", "choice", Text("Touchpoint", "触点", "觸點"), required=True, headers=("touch point", "item", "测评触点", "调查触点", "指标项", "测评项目", "接触点", "满意度项目", "触点名称"),
    choices={
        "overall": ("overall", "整体", "总体", "综合", "总体满意度", "整体满意度", "综合满意度"),
        "hall": ("hall", "营业厅", "厅店", "营业厅服务", "厅店服务", "营业厅满意度"),
        "network": ("network", "网络", "网络质量", "网络覆盖", "网络满意度"),
        "promotion": ("promotion", "promotions", "营销", "营销活动", "促销", "营销宣传", "业务宣传", "宣传促销"),
        "complaint_handling": ("complaint handling", "complaints", "投诉处理", "投诉", "投诉处理满意度", "投诉服务"),
        "new_business": ("new business", "新业务", "新业务满意度", "新业务使用"),
    },
    example="总体",
)  # fmt: skip
BY = (("survey",), ("survey", "touchpoint"))

FEED = Feed(
    name="satisfaction_scores",
    title=Text("Satisfaction (scores)", "满意度得分", "滿意度得分"),
    grain=Text("unit x wave x survey x touchpoint", "单位 × 月份 × 调查 × 触点", "單位 × 月份 × 調查 × 觸點"),
    columns=(
        MONTH,
        UNIT,
        SURVEY,
        TOUCHPOINT,
        Column("score", "share", Text("Score", "得分", "得分"), required=True, headers=("satisfaction", "satisfaction score", "分数", "满意度", "满意度得分", "评分", "测评得分"), minimum=0, maximum=100, example=86.5),
        Column("responses", "count", Text("Responses", "样本量", "樣本量"), headers=("n", "sample", "sample size", "样本", "样本数", "有效样本", "有效样本量", "回收样本", "问卷数"), example=300),
        Column("std_dev", "number", Text("Standard deviation", "标准差", "標準差"), headers=("std", "sd", "std dev", "标准偏差"), minimum=0, example=12.4),
    ),
    key=("month", "unit", "survey", "touchpoint"),
    part=("survey",),
    measures=(
        Measure("score_points", "sum(score * responses) FILTER (responses > 0)", "flow", BY, adds_up=False),
        Measure("responses", "sum(responses) FILTER (responses > 0 AND score IS NOT NULL)", "flow", BY, adds_up=False),
        # What the standard deviation of many scores together follows from: its squares add up, itself does not.
        Measure("spread_squares", "sum((responses - 1) * std_dev * std_dev + responses * score * score) FILTER (responses > 0 AND std_dev IS NOT NULL)", "flow", BY, adds_up=False),
        Measure("spread_points", "sum(score * responses) FILTER (responses > 0 AND std_dev IS NOT NULL)", "flow", BY, adds_up=False),
        Measure("spread_responses", "sum(responses) FILTER (responses > 0 AND std_dev IS NOT NULL AND score IS NOT NULL)", "flow", BY, adds_up=False),
        # A score without its base stands for its own unit and month only; two of them cannot be averaged.
        Measure("reported_score", "CASE WHEN count(*) = 1 THEN any_value(score) END", "last", BY, additive=False),
    ),
    order=40,
)  # fmt: skip
