"""Columns that several spreadsheet types share."""

from __future__ import annotations

from data.feed import Column
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
