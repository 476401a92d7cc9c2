"""Notes: what somebody has to say of a unit's month, or of one metric in it."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed
from locales import Text

METRIC = Column(
    "metric",
    "text",
    Text("Metric concerned", "涉及指标", "涉及指標"),
    headers=("metric", "metric code", "关联指标", "指标"),
    note=Text("Empty: all metrics", "留空表示涉及全部指标", "留空表示涉及全部指標"),
    example="complaints_per_10k",
)

FEED = Feed(
    name="notes",
    title=Text("Notes", "点评意见", "點評意見"),
    grain=Text("unit x month x note", "单位 × 月份 × 点评", "單位 × 月份 × 點評"),
    columns=(
        MONTH,
        UNIT,
        METRIC,
        Column(
            "note",
            "text",
            Text("Note", "点评内容", "點評內容"),
            required=True,
            headers=("comment", "commentary", "点评", "评述", "分析意见"),
            example="投诉集中在资费争议",
        ),
        Column(
            "author",
            "text",
            Text("Author", "点评人", "點評人"),
            headers=("written by", "填写人", "撰写人"),
            example="王敏",
        ),
        Column(
            "written_at",
            "time",
            Text("Written at", "填写时间", "填寫時間"),
            headers=("written on", "撰写时间", "点评时间"),
            example="2025-12-05 09:30",
        ),
    ),
    key=("month", "unit", "metric", "note"),
    # What two people have to say of the same month stands side by side, whoever is loaded last.
    part=("metric", "author"),
    order=86,
)
