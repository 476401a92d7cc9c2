"""Events: what happened from outside or inside, drawn on charts; one that changes a process begins a new phase of its
limits.
"""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed
from locales import Text

FEED = Feed(
    name="events",
    title=Text("Events", "大事记", "大事記"),
    grain=Text("month x event", "月份 × 事件", "月份 × 事件"),
    columns=(
        MONTH,
        Column(
            "title",
            "text",
            Text("Event", "事件名称", "事件名稱"),
            required=True,
            headers=("event title", "event name", "事件", "大事", "事项名称"),
            example="新资费上线",
        ),
        Column(
            "unit",
            "unit",
            UNIT.title,
            headers=UNIT.headers,
            note=Text("Empty: it concerns everybody", "留空表示涉及全部单位", "留空表示涉及全部單位"),
            example=UNIT.example,
        ),
        Column(
            "kind",
            "choice",
            Text("Kind of event", "事件类别", "事件類別"),
            headers=("event kind", "event type", "类别", "事件类型", "事项类别"),
            open_choices=True,
            choices={
                "tariff": ("tariff", "资费", "资费调整", "新资费"),
                "network": ("network", "网络", "网络故障", "网络割接"),
                "campaign": ("campaign", "营销", "营销活动"),
                "service": ("service", "服务", "服务举措", "流程调整"),
                "definition": ("definition", "口径", "口径调整", "统计口径"),
                "outside": ("outside", "外部", "外部事件", "灾害"),
            },
            example="tariff",
        ),
        Column(
            "metric",
            "text",
            Text("Metric concerned", "涉及指标", "涉及指標"),
            headers=("metric", "metric code", "关联指标", "指标"),
            note=Text("Empty: all metrics", "留空表示涉及全部指标", "留空表示涉及全部指標"),
            example="complaints_per_10k",
        ),
        Column(
            "new_phase",
            "flag",
            Text("Begins a new phase", "是否重新计算控制限", "是否重新計算管制界限"),
            headers=("new phase", "rebase", "新阶段", "重新计算控制限"),
            example="否",
        ),
        Column(
            "remark",
            "text",
            Text("Remark", "事件说明", "事件說明"),
            headers=("details", "description", "说明", "备注"),
            example="全省统一",
        ),
    ),
    key=("month", "unit", "metric", "title"),
    part=("metric", "title"),
    order=85,
)
