"""Satisfaction by the response."""

from data.feeds.common import SCALE_TOP, UNIT
from data.feeds.satisfaction_scores import BY, SURVEY, TOUCHPOINT
from data.model.feed import Column, Feed, Measure, RatingScale, Rule
from locales import Text

DEFAULT_SCALE_TOP = 10
POINTS = f"rating / coalesce(scale_top, {DEFAULT_SCALE_TOP}) * 100"

FEED = Feed(
    name="satisfaction_responses",
    title=Text("Satisfaction (responses)", "满意度答卷", "滿意度答卷"),
    grain=Text("a response", "一份答卷", "一份答卷"),
    columns=(
        Column(
            "response_id",
            "text",
            Text("Response", "答卷编号", "答卷編號"),
            required=True,
            headers=("response id", "respondent", "respondent id", "问卷编号", "样本编号", "答卷号", "问卷号"),
            example="R0001",
        ),
        Column(
            "answered_at",
            "time",
            Text("Answered", "答卷时间", "答卷時間"),
            required=True,
            headers=(
                "answered at",
                "date",
                "response date",
                "调查时间",
                "回访时间",
                "答题时间",
                "调查日期",
                "回访日期",
                "答卷日期",
            ),
            example="2025-11-05",
        ),
        UNIT,
        SURVEY,
        TOUCHPOINT,
        Column(
            "rating",
            "number",
            Text("Rating", "评分", "評分"),
            required=True,
            headers=("score", "打分", "分值", "评价分", "满意度评分"),
            minimum=0,
            example=9,
        ),
        Column(
            "customer_ref",
            "text",
            Text("Customer", "客户标识", "客戶標識"),
            headers=("customer id", "客户编号", "用户标识", "用户id"),
        ),
        Column(
            "comment",
            "text",
            Text("Comment", "评语", "評語"),
            headers=("remark", "备注", "意见", "意见建议", "客户意见"),
        ),
        SCALE_TOP,
    ),
    key=("response_id", "survey", "touchpoint"),
    part=("survey",),
    measures=(
        Measure(
            "score_points", Text("sum of scores", "得分合计", "得分合計"), f"sum({POINTS})", "flow", BY, adds_up=False
        ),
        Measure("responses", Text("responses", "样本量", "樣本量"), "count(rating)", "flow", BY, adds_up=False),
        Measure(
            "spread_squares",
            Text("sum of squared scores", "得分平方合计", "得分平方合計"),
            f"sum(pow({POINTS}, 2))",
            "flow",
            BY,
            adds_up=False,
        ),
        Measure(
            "spread_points",
            Text("sum of scores whose spread is recorded", "有标准差的得分合计", "有標準差的得分合計"),
            f"sum({POINTS})",
            "flow",
            BY,
            adds_up=False,
        ),
        Measure(
            "spread_responses",
            Text("responses whose spread is recorded", "有标准差的样本量", "有標準差的樣本量"),
            "count(rating)",
            "flow",
            BY,
            adds_up=False,
        ),
    ),
    rules=(
        Rule(
            "rating_beyond_scale",
            f"rating > coalesce(scale_top, {DEFAULT_SCALE_TOP})",
            "rating",
            "The rating {value} is beyond the top of the scale.",
            "Give the scale's top in the column 满分 / scale_top (10 if left out).",
        ),
    ),
    month_column="answered_at",
    rated=RatingScale("rating", DEFAULT_SCALE_TOP),
    order=41,
)
