"""How offices write: header spellings, words for codes, months in five styles, a total row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from data.parsing.dates import MONTH_PREFIXES
from data.synthetic.series import FIRST

MonthStyle = Callable[[pd.Period], Any]
Headers = Mapping[str, str]

CHANNEL_NAMES = {
    "self_service_terminal": "自助终端",
    "app": "手机APP",
    "web": "网上营业厅",
    "mini_program": "小程序",
    "hall_counter": "营业厅柜台",
    "agent": "代理点",
    "voucher": "充值卡",
}
FUNCTION_NAMES = {
    "recharge": "充值缴费",
    "balance_query": "余额查询",
    "bill_printing": "账单打印",
    "invoice": "发票打印",
    "plan_change": "套餐变更",
}
SURVEY_NAMES = {
    "standard": "标准满意度",
    "mystery_shopping": "神秘客",
    "callback": "回访",
    "two_way": "双向评价",
    "brand": "品牌测评",
}
TOUCHPOINT_NAMES = {
    "overall": "综合",
    "hall": "营业厅",
    "network": "网络质量",
    "promotion": "营销活动",
    "complaint_handling": "投诉处理",
    "new_business": "新业务",
}
TICKET_LEVELS = {"normal": "普通", "escalated": "升级"}
TRADITIONAL_NAMES = {"临江": "臨江", "青岚": "青嵐", "云泽": "雲澤", "望海": "望海", "石桥": "石橋"}

UNITS = {
    "code": "机构编码",
    "name": "机构名称",
    "level": "层级",
    "parent": "上级编码",
    "kind": "类型",
    "aliases": "别名",
    "opened": "启用月份",
    "closed": "停用月份",
}
CUSTOMERS = {
    "month": "月份",
    "unit": "区县",
    "customers": "客户数",
    "mid_high_end_customers": "中高端客户数",
    "self_service_terminals": "自助终端台数",
}
TICKETS = {
    "ticket_id": "工单编号",
    "received_at": "受理时间",
    "unit": "受理单位",
    "category": "投诉大类",
    "subcategory": "投诉小类",
    "channel": "受理渠道",
    "level": "投诉级别",
    "responsible_department": "责任部门",
    "customer_ref": "客户编号",
    "first_contact_resolved": "是否一次解决",
    "resolved_at": "办结时间",
    "liable": "是否有责",
    "satisfaction": "满意度评分",
}
MONTHLY = {
    "month": "月份",
    "unit": "区县",
    "category": "投诉类别",
    "complaints": "投诉量",
    "escalated": "升级投诉量",
    "repeat": "重复投诉量",
    "resolved_first_contact": "一次解决量",
    "on_time": "及时办结量",
}
MONTHLY_COUNTS = ("complaints", "escalated", "repeat", "resolved_first_contact", "on_time")
SCORES = {
    "month": "月份",
    "unit": "单位",
    "survey": "调查类型",
    "touchpoint": "触点",
    "score": "得分",
    "responses": "样本量",
    "std_dev": "标准差",
}
HALL_SCORES = {**{column: header for column, header in SCORES.items() if column != "std_dev"}, "unit": "营业厅"}
RESPONSES = {
    "response_id": "答卷编号",
    "answered_at": "答卷时间",
    "unit": "营业厅",
    "survey": "调查类型",
    "touchpoint": "触点",
    "rating": "评分",
    "comment": "意见",
}
RECHARGE = {"month": "月份", "unit": "区县", "channel": "充值渠道", "transactions": "充值笔数", "amount": "充值金额"}
TERMINAL = {"month": "月份", "unit": "区县", "function": "业务功能", "transactions": "办理笔数"}
RETENTION = {
    "month": "统计月份",
    "unit": "区县",
    "snapshot_month": "拍照月份",
    "snapshot_customers": "拍照客户数",
    "retained": "保有客户数",
    "left": "流失客户数",
    "value_lost": "降值客户数",
    "hard_bound": "硬捆绑客户数",
    "soft_bound": "软捆绑客户数",
    "bound_any": "整体捆绑客户数",
    "deep_bound": "深度捆绑客户数",
}
HOTLINE = {
    "month": "月份",
    "unit": "單位",
    "calls": "來電量",
    "resolved_first_contact": "一次解決量",
    "escalated": "升級量",
}
BRAND = {
    "month": "Month",
    "unit": "Unit",
    "survey": "Survey",
    "touchpoint": "Touchpoint",
    "score": "Score",
    "responses": "Responses",
}
INDICATORS = {
    "month": "月份",
    "unit": "单位",
    "indicator": "指标",
    "value": "指标值",
    "numerator": "分子",
    "denominator": "分母",
    "better": "指标方向",
    "unit_label": "计量单位",
}
TARGETS = {"metric": "指标", "period": "考核期", "unit": "单位", "level": "层级", "target": "目标值"}

EVENTS = {
    "month": "月份",
    "title": "事件名称",
    "unit": "单位",
    "kind": "事件类别",
    "metric": "涉及指标",
    "new_phase": "是否重新计算控制限",
    "remark": "事件说明",
}
NOTES = {
    "month": "月份",
    "unit": "单位",
    "metric": "涉及指标",
    "note": "点评内容",
    "author": "点评人",
    "written_at": "填写时间",
}
ACTIONS = {
    "month": "月份",
    "unit": "单位",
    "metric": "涉及指标",
    "action": "措施内容",
    "owner": "责任人",
    "due": "完成期限",
    "state": "进展状态",
    "closed": "办结月份",
    "result": "完成情况",
}


def chinese_month(month: pd.Period) -> str:
    """2025年11月"""
    return f"{month.year}年{month.month}月"


def compact_month(month: pd.Period) -> int:
    """202511"""
    return month.year * 100 + month.month


def iso_month(month: pd.Period) -> str:
    """2025-11"""
    return str(month)


def english_month(month: pd.Period) -> str:
    """Nov-25"""
    return f"{MONTH_PREFIXES[month.month - 1].title()}-{month.year % 100}"


def month_date(month: pd.Period) -> date:
    """The first day, as a date cell."""
    return date(month.year, month.month, 1)


def rows(
    frame: pd.DataFrame, headers: Headers, style: MonthStyle = iso_month, names: Mapping[str, str] | None = None
) -> list[list[Any]]:
    """The frame's rows in the order of `headers`: months in `style`, units by name if `names` are given, choices in
    Chinese.
    """
    columns = []
    for column in headers:
        values = frame[column]
        if column == "month":
            written = {place: style(FIRST + int(place)) for place in values.unique()}
            values = values.map(written)
        elif column in ("unit", "snapshot_month"):
            values = values.map(
                lambda value, column=column: (
                    style(value) if column == "snapshot_month" else (names or {}).get(value, value)
                )
            )
        columns.append([_plain(value) for value in values])
    return [list(row) for row in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    """A value as a cell takes it."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if hasattr(value, "item"):
        return _plain(value.item())
    return int(value) if isinstance(value, float) and value.is_integer() else value


def translated(frame: pd.DataFrame, **words: Mapping[str, str]) -> pd.DataFrame:
    """`frame` with the codes of the named columns replaced by an office's words."""
    return frame.assign(
        **{
            column: frame[column].map(lambda code, known=known: known.get(code, code))
            for column, known in words.items()
        }
    )


def total_of(frame: pd.DataFrame, headers: Headers, summed: Sequence[str]) -> list[Any]:
    """A 合计 row with the sums of some columns."""
    first = next(iter(headers))
    return ["合计" if column == first else int(frame[column].sum()) if column in summed else None for column in headers]


def by_year(frame: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    """The frame by business year, which runs from December to November: 36 months are 3 years."""
    for year, part in frame.groupby(frame["month"] // 12 + FIRST.year + 1):
        yield int(str(year)), part
