"""Hospital pack: disputes with patients, and how many were settled."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, share_of
from locales import Text

FEED = Feed(
    name="medical_disputes",
    title=Text("Medical disputes", "医疗纠纷", "醫療糾紛"),
    grain=Text("unit x month", "单位 × 月份", "單位 × 月份"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "disputes",
            "count",
            Text("Disputes", "纠纷件数", "糾紛件數"),
            required=True,
            headers=("medical disputes", "医疗纠纷件数", "纠纷数", "医疗纠纷数", "纠纷量"),
            example=3,
        ),
        Column(
            "disputes_settled",
            "count",
            Text("Disputes settled", "纠纷办结数", "糾紛辦結數"),
            headers=("settled", "closed disputes", "办结数", "纠纷办结件数", "已处理纠纷"),
            example=2,
        ),
    ),
    key=("month", "unit"),
    measures=(
        Measure("disputes", Text("disputes", "纠纷件数", "糾紛件數"), "sum(disputes)"),
        Measure("disputes_settled", Text("disputes settled", "纠纷办结件数", "糾紛辦結件數"), "sum(disputes_settled)"),
        Measure(
            "disputes_base",
            Text("disputes whose outcome is recorded", "有处理结果的纠纷件数", "有處理結果的糾紛件數"),
            "sum(disputes) FILTER (disputes_settled IS NOT NULL)",
        ),
    ),
    ready_made=(share_of("disputes_settled", "disputes", "办结率", "纠纷办结率", "settlement rate"),),
    order=112,
)
