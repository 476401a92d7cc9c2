"""Columns that several spreadsheet types share."""

from __future__ import annotations

from dataclasses import replace

from data.model.feed import Column, Measure, RatingScale
from locales import Text

MONTH = Column(
    "month",
    "month",
    Text("Month", "月份", "月份"),
    required=True,
    headers=("month", "period", "date", "统计月份", "账期", "月", "年月", "统计周期", "数据月份", "日期", "期间"),
    note=Text(
        "2025-11, 202511, 2025年11月 or a date",
        "如 2025-11、202511、2025年11月 或日期",
        "如 2025-11、202511、2025年11月 或日期",
    ),
    example="2025-11",
)
UNIT = Column(
    "unit",
    "unit",
    Text("Unit", "单位", "單位"),
    required=True,
    headers=(
        "unit code", "unit name", "branch", "organisation", "organization", "org", "city", "county", "hall", "store",
        "单位名称", "单位编码", "机构", "机构名称", "网点", "营业厅", "营业厅名称", "厅店", "分公司", "地市", "县市", "区县", "县区", "归属单位", "归属地市",
        "科室", "科室编码", "科室名称", "院区", "医院", "项目编码", "项目名称", "小区", "小区名称", "hospital", "project", "estate",
        "归属区县", "受理单位", "所属单位", "市县",
    ),
    note=Text("Code, name or alias of a known unit", "已登记单位的编码、名称或别名", "已登記單位的編碼、名稱或別名"),
    example="大洋",
)  # fmt: skip
CATEGORY = Column(
    "category",
    "text",
    Text("Category", "投诉类别", "投訴類別"),
    headers=(
        "complaint category",
        "type",
        "complaint type",
        "类别",
        "分类",
        "投诉分类",
        "投诉类型",
        "业务类别",
        "一级分类",
        "投诉大类",
    ),
    example="资费争议",
)
LEVEL = Column(
    "level",
    "choice",
    Text("Level", "层级", "層級"),
    headers=("unit level", "级别", "机构层级", "单位层级", "层次"),
    choices={
        "province": ("province", "省", "省级", "全省", "省公司"),
        "city": ("city", "市", "地市", "市级", "地市级", "市公司", "分公司"),
        "county": ("county", "县", "区县", "县级", "县区", "区县级", "县公司"),
        "hall": ("hall", "厅", "营业厅", "厅店", "网点", "厅级"),
    },
    open_choices=True,
    example="city",
)

LEVELS = {
    "province": Text("province", "省级", "省級"), "city": Text("city", "地市", "地市"), "county": Text("county", "区县", "區縣"),
    "hall": Text("hall", "营业厅", "營業廳"),
}  # fmt: skip

SCORE = Column(
    "score",
    "share",
    Text("Score", "得分", "得分"),
    required=True,
    headers=("satisfaction", "satisfaction score", "分数", "满意度", "满意度得分", "评分", "测评得分"),
    minimum=0,
    maximum=100,
    example=86.5,
)
RESPONSES = Column(
    "responses",
    "count",
    Text("Responses", "样本量", "樣本量"),
    headers=("n", "sample", "sample size", "样本", "样本数", "有效样本", "有效样本量", "回收样本", "问卷数"),
    example=300,
)
STD_DEV = Column(
    "std_dev",
    "number",
    Text("Standard deviation", "标准差", "標準差"),
    headers=("std", "sd", "std dev", "标准偏差"),
    minimum=0,
    example=12.4,
)
SCALE_TOP = Column(
    "scale_top",
    "number",
    Text("Top of the scale", "满分", "滿分"),
    headers=("scale", "scale top", "max score", "评分上限", "量表上限"),
    minimum=1,
    example=10,
)
SCORE_SCALE_TOP = replace(SCALE_TOP, example=100)
SCORED = RatingScale("score", 100, converted=("score", "std_dev"))


def score_measures(by: tuple[tuple[str, ...], ...], prefix: str = "") -> tuple[Measure, ...]:
    """The measures of which a mean score, its base and its standard deviation are made, split `by`.

    They are over the columns score, responses and std_dev.
    """

    def total(name: str, title: Text, sql: str) -> Measure:
        return Measure(f"{prefix}{name}", title, sql, "flow", by, adds_up=False)

    return (
        total(
            "score_points",
            Text("sum of scores", "得分合计", "得分合計"),
            "sum(score * responses) FILTER (responses > 0)",
        ),
        total(
            "responses",
            Text("responses", "样本量", "樣本量"),
            "sum(responses) FILTER (responses > 0 AND score IS NOT NULL)",
        ),
        # What the standard deviation of many scores together follows from: its squares add up, itself does not.
        total(
            "spread_squares",
            Text("sum of squared scores", "得分平方合计", "得分平方合計"),
            "sum((responses - 1) * std_dev * std_dev + responses * score * score) FILTER (responses > 0 AND std_dev "
            "IS NOT NULL)",
        ),
        total(
            "spread_points",
            Text("sum of scores whose spread is recorded", "有标准差的得分合计", "有標準差的得分合計"),
            "sum(score * responses) FILTER (responses > 0 AND std_dev IS NOT NULL)",
        ),
        total(
            "spread_responses",
            Text("responses whose spread is recorded", "有标准差的样本量", "有標準差的樣本量"),
            "sum(responses) FILTER (responses > 0 AND std_dev IS NOT NULL AND score IS NOT NULL)",
        ),
        # A score without its base stands for its own unit and month only; two of them cannot be averaged.
        Measure(
            f"{prefix}reported_score",
            Text("reported score", "填报得分", "填報得分"),
            "CASE WHEN count(*) = 1 THEN any_value(score) END",
            "last",
            by,
            additive=False,
        ),
    )
