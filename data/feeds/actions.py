"""Actions: who does what by when, and what became of it."""

from data.feeds.common import MONTH, UNIT
from data.feeds.notes import METRIC
from data.model.feed import Column, Feed, Rule
from locales import Text

FEED = Feed(
    name="actions",
    title=Text("Actions", "改进措施", "改進措施"),
    grain=Text("unit x month x action", "单位 × 月份 × 措施", "單位 × 月份 × 措施"),
    columns=(
        MONTH,
        UNIT,
        METRIC,
        Column(
            "action",
            "text",
            Text("Action", "措施内容", "措施內容"),
            required=True,
            headers=("measure taken", "action item", "措施", "整改措施", "改进事项"),
            example="资费争议专席处理",
        ),
        Column(
            "owner",
            "text",
            Text("Owner", "责任人", "責任人"),
            headers=("responsible", "responsible person", "负责人", "牵头人"),
            example="李强",
        ),
        Column(
            "due",
            "time",
            Text("Due", "完成期限", "完成期限"),
            headers=("due date", "deadline", "期限", "计划完成时间", "截止日期"),
            example="2025-12-31",
        ),
        Column(
            "state",
            "choice",
            Text("State", "进展状态", "進展狀態"),
            headers=("status", "progress", "状态", "进度"),
            choices={
                "open": ("open", "进行中", "未完成", "在办"),
                "done": ("done", "已完成", "完成", "办结"),
                "dropped": ("dropped", "已取消", "取消", "终止"),
            },
            example="进行中",
        ),
        Column(
            "closed",
            "month",
            Text("Closed in", "办结月份", "辦結月份"),
            headers=("closed month", "month closed", "完成月份", "关闭月份"),
            example="2025-12",
        ),
        Column(
            "result",
            "text",
            Text("Result", "完成情况", "完成情況"),
            headers=("outcome", "效果", "结果"),
            example="已安排专席",
        ),
    ),
    key=("month", "unit", "metric", "action"),
    part=("metric", "action"),
    rules=(
        Rule(
            "closed_before_agreed",
            "closed < month",
            "closed",
            "The action is closed before the month in which it was agreed.",
            "Correct one of the two months.",
        ),
        Rule(
            "open_but_closed",
            "closed IS NOT NULL AND (state IS NULL OR state = 'open')",
            "state",
            "The action has a month in which it was closed, but its state is open.",
            "Set the state to done or dropped, or clear the month.",
            "warning",
        ),
    ),
    order=87,
)
