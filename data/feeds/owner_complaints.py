"""Property pack: owners' complaints, how they were closed, and the return visits that followed."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, Rule, share_of
from locales import Text

BY = (("complaint_kind",),)

FEED = Feed(
    name="owner_complaints",
    title=Text("Owner complaints", "业主投诉处理", "業主投訴處理"),
    grain=Text("unit x month x kind", "单位 × 月份 × 投诉事项", "單位 × 月份 × 投訴事項"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "complaint_kind",
            "text",
            Text("Kind of complaint", "投诉事项", "投訴事項"),
            headers=("kind", "投诉事由", "事项", "报事类别"),
            example="停车管理",
        ),
        Column(
            "received",
            "count",
            Text("Received", "受理件数", "受理件數"),
            required=True,
            headers=("complaints received", "受理量", "业主投诉量", "受理数"),
            example=42,
        ),
        Column(
            "closed",
            "count",
            Text("Closed", "办结件数", "辦結件數"),
            required=True,
            headers=("complaints closed", "办结量", "结案数", "关闭件数"),
            example=39,
        ),
        Column(
            "closed_in_time",
            "count",
            Text("Closed in time", "按时办结件数", "按時辦結件數"),
            headers=("closed on time", "按时关闭件数", "及时结案数"),
            example=35,
        ),
        Column(
            "visited",
            "count",
            Text("Return visits", "回访件数", "回訪件數"),
            headers=("return visits made", "revisited", "回访量", "已回访件数", "回访数"),
            example=37,
        ),
        Column(
            "visited_content",
            "count",
            Text("Content at the return visit", "回访满意件数", "回訪滿意件數"),
            headers=("satisfied at return visit", "content", "回访满意数", "满意件数"),
            example=33,
        ),
    ),
    key=("month", "unit", "complaint_kind"),
    measures=(
        Measure("owner_complaints", Text("complaints received", "受理件数", "受理件數"), "sum(received)", "flow", BY),
        Measure("owner_closed", Text("complaints closed", "办结件数", "辦結件數"), "sum(closed)", "flow", BY),
        Measure(
            "owner_closed_in_time",
            Text("complaints closed in time", "按时办结件数", "按時辦結件數"),
            "sum(closed_in_time)",
            "flow",
            BY,
        ),
        Measure(
            "owner_closed_timed",
            Text("closed complaints whose time is recorded", "有时限记录的办结件数", "有時限記錄的辦結件數"),
            "sum(closed) FILTER (closed_in_time IS NOT NULL)",
            "flow",
            BY,
        ),
        Measure("owner_visited", Text("return visits", "回访件数", "回訪件數"), "sum(visited)", "flow", BY),
        Measure(
            "owner_visit_due",
            Text("closed complaints whose return visits are recorded", "有回访记录的办结件数", "有回訪記錄的辦結件數"),
            "sum(closed) FILTER (visited IS NOT NULL)",
            "flow",
            BY,
        ),
        Measure(
            "owner_content",
            Text("content at the return visit", "回访满意件数", "回訪滿意件數"),
            "sum(visited_content)",
            "flow",
            BY,
        ),
        Measure(
            "owner_content_base",
            Text("return visits whose answer is recorded", "有满意评价的回访件数", "有滿意評價的回訪件數"),
            "sum(visited) FILTER (visited_content IS NOT NULL)",
            "flow",
            BY,
        ),
    ),
    rules=tuple(
        Rule(
            f"{name}_exceeds_{whole}",
            f"{name} > {whole}",
            name,
            "{value} is more than the whole of the row.",
            "A part cannot exceed the whole: check both cells.",
        )
        for name, whole in (("closed_in_time", "closed"), ("visited", "closed"), ("visited_content", "visited"))
    ),
    ready_made=(
        share_of("closed", "received", "办结率", "投诉办结率", "结案率", "closing rate"),
        share_of("closed_in_time", "closed", "按时办结率", "及时办结率", "及时结案率"),
        share_of("visited", "closed", "回访率", "投诉回访率", "return visit rate"),
        share_of("visited_content", "visited", "回访满意率", "满意率"),
    ),
    order=122,
)
