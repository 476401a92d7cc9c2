"""Satisfaction as scores of a wave."""

from data.feeds.common import MONTH, RESPONSES, SCORE, SCORE_SCALE_TOP, SCORED, STD_DEV, UNIT, score_measures
from data.model.feed import Column, Feed, WideRule
from locales import Text

SURVEY = Column(
    "survey",
    "choice",
    Text("Survey", "调查类型", "調查類型"),
    required=True,
    headers=("survey type", "调查", "测评类型", "满意度类型", "评价类型", "测评方式", "调研类型"),
    choices={
        "standard": ("standard", "标准", "标准满意度", "常规", "常规满意度", "标准测评"),
        "mystery_shopping": ("mystery shopping", "mystery", "神秘顾客", "暗访", "神秘客", "神秘客户", "神秘顾客检查"),
        "callback": ("callback", "call back", "call-back", "回访", "电话回访", "客户回访"),
        "two_way": ("two-way", "two way", "two-way evaluation", "双向", "双向评价", "双向测评", "双向互评"),
        "brand": ("brand", "brand assessment", "品牌", "品牌测评", "品牌评估", "品牌评价"),
    },
    example="标准",
)
TOUCHPOINT = Column(
    "touchpoint",
    "choice",
    Text("Touchpoint", "触点", "觸點"),
    required=True,
    headers=("touch point", "item", "测评触点", "调查触点", "指标项", "测评项目", "接触点", "满意度项目", "触点名称"),
    choices={
        "overall": ("overall", "整体", "总体", "综合", "总体满意度", "整体满意度", "综合满意度"),
        "hall": ("hall", "营业厅", "厅店", "营业厅服务", "厅店服务", "营业厅满意度"),
        "network": ("network", "网络", "网络质量", "网络覆盖", "网络满意度"),
        "promotion": ("promotion", "promotions", "营销", "营销活动", "促销", "营销宣传", "业务宣传", "宣传促销"),
        "complaint_handling": ("complaint handling", "complaints", "投诉处理", "投诉", "投诉处理满意度", "投诉服务"),
        "new_business": ("new business", "新业务", "新业务满意度", "新业务使用"),
    },
    example="总体",
)
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
        SCORE,
        RESPONSES,
        STD_DEV,
        SCORE_SCALE_TOP,
    ),
    key=("month", "unit", "survey", "touchpoint"),
    part=("survey",),
    wide=(WideRule("touchpoint", "score"),),
    measures=score_measures(BY),
    rated=SCORED,
    order=40,
)  # fmt: skip
