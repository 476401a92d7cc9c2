"""The exports: every feed's rows laid out as an office would write them. File name -> bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from data.synthetic import complaints, customers, extras, satisfaction, self_service
from data.synthetic.series import FIRST
from data.synthetic.workbook import Sheet, csv_text, workbook_bytes

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
    "bill_query": "账单查询",
    "detail_print": "详单打印",
    "invoice_print": "发票打印",
    "service_change": "业务办理",
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
LEVEL_NAMES = {"province": "省", "city": "地市", "county": "区县", "hall": "营业厅"}
KIND_NAMES = {"own": "自有厅", "partner": "合作厅"}

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
SCORES = {
    "month": "月份",
    "unit": "单位",
    "survey": "调查类型",
    "touchpoint": "触点",
    "score": "得分",
    "responses": "样本量",
    "std_dev": "标准差",
}
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
TERMINAL = {"month": "月份", "unit": "区县", "function": "业务功能", "transactions": "业务笔数"}
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
TARGETS = {"metric": "指标", "period": "周期", "unit": "单位", "level": "层级", "target": "目标值"}


def chinese(month: pd.Period) -> str:
    """2025年11月"""
    return f"{month.year}年{month.month}月"


def compact(month: pd.Period) -> int:
    """202511"""
    return month.year * 100 + month.month


def iso(month: pd.Period) -> str:
    """2025-11"""
    return str(month)


def english(month: pd.Period) -> str:
    """Nov-25"""
    return f"{'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[month.month - 1]}-{month.year % 100}"


def as_date(month: pd.Period) -> date:
    """The first day, as a date cell."""
    return date(month.year, month.month, 1)


def rows(
    frame: pd.DataFrame, headers: Headers, style: MonthStyle = iso, names: Mapping[str, str] | None = None
) -> list[list[Any]]:
    """The frame's rows in the order of `headers`: months in `style`, units by name if `names` are given, choices in Chinese."""
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
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
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


def units_file(units: pd.DataFrame) -> bytes:
    """机构表."""

    def months(places: pd.Series) -> pd.Series:
        return places.map(lambda place: None if pd.isna(place) else iso(FIRST + int(place)))

    frame = translated(units, level=LEVEL_NAMES, kind=KIND_NAMES).assign(
        opened=months(units["opened"]), closed=months(units["closed"])
    )
    return workbook_bytes(Sheet("机构", list(UNITS.values()), rows(frame, UNITS), title=["海岳省分公司组织机构表"]))


def exports(units: pd.DataFrame) -> Iterator[tuple[str, bytes]]:
    """Every file of the samples: (name, content)."""
    names = dict(zip(units["code"], units["name"], strict=True))
    yield "组织机构.xlsx", units_file(units)

    base = customers.customers(units)
    sheets = [
        Sheet(
            f"{year}年",
            list(CUSTOMERS.values()),
            rows(part, CUSTOMERS, chinese, names),
            title=[f"{year}年客户规模（分区县）", "单位：户、台"],
        )
        for year, part in by_year(base)
    ]
    yield "客户规模.xlsx", workbook_bytes(*sheets)

    tickets = translated(complaints.tickets(units), level={"normal": "普通", "escalated": "升级"})
    yield (
        "投诉工单_大洋.xlsx",
        workbook_bytes(Sheet("工单明细", list(TICKETS.values()), rows(tickets, TICKETS, names=names))),
    )

    summed = ("complaints", "escalated", "repeat", "resolved_first_contact", "on_time")
    for year, part in by_year(complaints.monthly(units)):
        sheet = Sheet(
            "投诉月报",
            list(MONTHLY.values()),
            rows(part, MONTHLY, compact, names),
            title=[f"{year}年投诉统计月报（分区县分类别）"],
            total=total_of(part, MONTHLY, summed),
        )
        yield f"投诉月报_{year}.xlsx", workbook_bytes(sheet)

    scores = satisfaction.standard(units).pipe(translated, survey=SURVEY_NAMES, touchpoint=TOUCHPOINT_NAMES)
    yield (
        "标准满意度.xlsx",
        workbook_bytes(
            Sheet(
                "标准满意度",
                list(SCORES.values()),
                rows(scores, SCORES, iso, names),
                title=["标准满意度调查结果（百分制）"],
            )
        ),
    )

    responses = satisfaction.by_response(units)
    halls = satisfaction.of_halls(units, responses).pipe(translated, survey=SURVEY_NAMES, touchpoint=TOUCHPOINT_NAMES)
    hall_headers = {**{column: header for column, header in SCORES.items() if column != "std_dev"}, "unit": "营业厅"}
    yield (
        "营业厅服务调查.xlsx",
        workbook_bytes(Sheet("营业厅", list(hall_headers.values()), rows(halls, hall_headers, compact, names))),
    )
    told = translated(responses, survey=SURVEY_NAMES, touchpoint=TOUCHPOINT_NAMES)
    yield (
        "新开厅回访答卷.xlsx",
        workbook_bytes(Sheet("答卷", list(RESPONSES.values()), rows(told, RESPONSES, names=names))),
    )

    waves = satisfaction.brand(units)
    yield (
        "brand_assessment.xlsx",
        workbook_bytes(
            Sheet("Brand", list(BRAND.values()), rows(waves, BRAND, english), title=["Brand assessment, 0-100"])
        ),
    )

    recharge = self_service.recharge(units)
    for year, part in by_year(recharge):
        yield (
            f"充值渠道_{year}.xlsx",
            wide_recharge(part, names, year) if year < 2025 else long_recharge(part, names, year),
        )

    used = translated(self_service.terminal_use(units), function=FUNCTION_NAMES)
    yield "自助终端业务.csv", csv_text(list(TERMINAL.values()), rows(used, TERMINAL, iso, names)).encode("gb18030")

    cohort = customers.retention(units)
    sheets = [
        Sheet(
            f"{year}年",
            list(RETENTION.values()),
            rows(part, RETENTION, chinese, names),
            title=[f"{year}年中高端客户拍照保有情况"],
        )
        for year, part in by_year(cohort)
    ]
    yield "客户保有.xlsx", workbook_bytes(*sheets)

    calls = customers.hotline()
    yield (
        "熱線服務.xlsx",
        workbook_bytes(
            Sheet("熱線", list(HOTLINE.values()), rows(calls, HOTLINE, as_date, names), title=["熱線服務月報"])
        ),
    )
    yield (
        "其他指标.xlsx",
        workbook_bytes(Sheet("指标", list(INDICATORS.values()), rows(extras.indicators(), INDICATORS, iso, names))),
    )
    goals = translated(extras.targets(), level=LEVEL_NAMES)
    yield (
        "年度目标.xlsx",
        workbook_bytes(
            Sheet("目标", list(TARGETS.values()), rows(goals, TARGETS, names=names), title=["2025年服务质量目标"])
        ),
    )


def wide_recharge(part: pd.DataFrame, names: Mapping[str, str], year: int) -> bytes:
    """A column a channel, with a total row below."""
    wide = part.pivot_table(index=["month", "unit"], columns="channel", values="transactions", sort=False).reset_index()
    headers = {"month": "月份", "unit": "区县", **CHANNEL_NAMES}
    sheet = Sheet(
        "充值笔数",
        list(headers.values()),
        rows(wide, headers, compact, names),
        title=[f"{year}年各渠道充值笔数", "单位：笔"],
        total=total_of(wide, headers, list(CHANNEL_NAMES)),
    )
    return workbook_bytes(sheet)


def long_recharge(part: pd.DataFrame, names: Mapping[str, str], year: int) -> bytes:
    """A row a channel, with amounts."""
    told = translated(part, channel=CHANNEL_NAMES)
    sheet = Sheet(
        "充值",
        list(RECHARGE.values()),
        rows(told, RECHARGE, chinese, names),
        title=[f"{year}年充值渠道报表"],
        total=total_of(part, RECHARGE, ("transactions", "amount")),
    )
    return workbook_bytes(sheet)
