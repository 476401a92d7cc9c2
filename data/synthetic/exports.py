"""The exports: every feed's rows laid out as an office would write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from data.synthetic import chronicle, complaints, customers, extras, office, satisfaction, self_service
from data.synthetic.office import rows, total_of, translated
from data.synthetic.series import FIRST, NEXT
from data.synthetic.workbook import OfficeSheet, csv_text, workbook_bytes

Tables = Mapping[str, pd.DataFrame]


def tables(units: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every feed's rows, with months as places in MONTHS, the month after the samples included."""
    responses = satisfaction.by_response(units)
    return {
        "units": units,
        "customers": customers.customers(units),
        "tickets": complaints.complaint_tickets(units),
        "monthly": complaints.monthly(units),
        "standard": satisfaction.standard(units),
        "halls": satisfaction.of_halls(units, responses),
        "responses": responses,
        "brand": satisfaction.brand(units),
        "recharge": self_service.recharge(units),
        "terminal_use": self_service.terminal_use(units),
        "retention": customers.retention(units),
        "hotline": customers.hotline(),
        "indicators": extras.indicators(),
        "targets": extras.targets(),
        "events": chronicle.events(),
        "notes": chronicle.notes(),
        "actions": chronicle.actions(),
    }


def before_next(found: Tables) -> dict[str, pd.DataFrame]:
    """The tables of the samples' own 36 months."""
    return {name: table[table["month"] < NEXT] if "month" in table else table for name, table in found.items()}


def exports(found: Tables) -> Iterator[tuple[str, bytes]]:
    """Every file of the samples: (name, content)."""
    names = unit_names(found)
    yield "组织机构.xlsx", units_file(found["units"])
    yield (
        "客户规模.xlsx",
        workbook_bytes(*(customers_sheet(part, names, year) for year, part in office.by_year(found["customers"]))),
    )
    yield "投诉工单_大洋.xlsx", workbook_bytes(tickets_sheet(found["tickets"], names))
    for year, part in office.by_year(found["monthly"]):
        yield f"投诉月报_{year}.xlsx", workbook_bytes(monthly_sheet(part, names, f"{year}年"))
    yield "标准满意度.xlsx", workbook_bytes(standard_sheet(found["standard"], names))
    yield "营业厅服务调查.xlsx", workbook_bytes(halls_sheet(found["halls"], names))
    yield "新开厅回访答卷.xlsx", workbook_bytes(responses_sheet(found["responses"], names))
    yield "brand_assessment.xlsx", workbook_bytes(brand_sheet(found["brand"]))
    for year, part in office.by_year(found["recharge"]):
        yield (
            f"充值渠道_{year}.xlsx",
            workbook_bytes(wide_recharge(part, names, year) if year < 2025 else long_recharge(part, names, year)),
        )
    used = translated(found["terminal_use"], function=office.FUNCTION_NAMES)
    yield (
        "自助终端业务.csv",
        csv_text(list(office.TERMINAL.values()), rows(used, office.TERMINAL, office.iso_month, names)).encode(
            "gb18030"
        ),
    )
    yield (
        "客户保有.xlsx",
        workbook_bytes(*(retention_sheet(part, names, year) for year, part in office.by_year(found["retention"]))),
    )
    yield "熱線服務.xlsx", workbook_bytes(hotline_sheet(found["hotline"], names))
    yield (
        "其他指标.xlsx",
        workbook_bytes(
            OfficeSheet(
                "指标",
                list(office.INDICATORS.values()),
                rows(found["indicators"], office.INDICATORS, office.iso_month, names),
            )
        ),
    )
    yield (
        "年度目标.xlsx",
        workbook_bytes(
            OfficeSheet(
                "目标",
                list(office.TARGETS.values()),
                rows(found["targets"], office.TARGETS, names=names),
                ["2025年服务质量目标"],
            )
        ),
    )
    yield "大事记.xlsx", workbook_bytes(chronicle_sheet("大事记", found["events"], office.EVENTS, names))
    yield (
        "点评与措施.xlsx",
        workbook_bytes(
            chronicle_sheet("点评", found["notes"], office.NOTES, names),
            chronicle_sheet("措施", found["actions"], office.ACTIONS, names),
        ),
    )


def unit_names(found: Tables) -> dict[str, str]:
    """Unit code -> name."""
    return dict(zip(found["units"]["code"], found["units"]["name"], strict=True))


def units_file(units: pd.DataFrame) -> bytes:
    """The organisation."""
    table = units.copy()
    for column in ("opened", "closed"):
        table[column] = [None if pd.isna(month) else office.month_date(FIRST + int(month)) for month in units[column]]
    return workbook_bytes(
        OfficeSheet("机构", list(office.UNITS.values()), rows(table, office.UNITS), ["海岳省分公司组织机构表"])
    )


def customers_sheet(part: pd.DataFrame, names: Mapping[str, str], year: int) -> OfficeSheet:
    """The customer base, two lines of title above."""
    title = [f"{year}年客户规模（分区县）", "单位：户、台"]
    return OfficeSheet(
        f"{year}年", list(office.CUSTOMERS.values()), rows(part, office.CUSTOMERS, office.chinese_month, names), title
    )


def tickets_sheet(part: pd.DataFrame, names: Mapping[str, str]) -> OfficeSheet:
    """Complaint tickets by the row."""
    table = translated(part, level=office.TICKET_LEVELS)
    return OfficeSheet("工单明细", list(office.TICKETS.values()), rows(table, office.TICKETS, names=names))


def monthly_sheet(part: pd.DataFrame, names: Mapping[str, str], period: str) -> OfficeSheet:
    """Complaint totals with a total row below."""
    table = rows(part, office.MONTHLY, office.compact_month, names)
    total = total_of(part, office.MONTHLY, office.MONTHLY_COUNTS)
    return OfficeSheet(
        "投诉月报", list(office.MONTHLY.values()), table, [f"{period}投诉统计月报（分区县分类别）"], total
    )


def standard_sheet(part: pd.DataFrame, names: Mapping[str, str]) -> OfficeSheet:
    """The standard survey."""
    table = rows(_surveyed(part), office.SCORES, office.iso_month, names)
    return OfficeSheet(
        "标准满意度",
        list(office.SCORES.values()),
        table,
        ["标准满意度调查结果（百分制）"],
        notes=["注：得分为百分制，样本量为有效答卷数。"],
    )


def halls_sheet(part: pd.DataFrame, names: Mapping[str, str]) -> OfficeSheet:
    """The surveys of halls."""
    return OfficeSheet(
        "营业厅",
        list(office.HALL_SCORES.values()),
        rows(_surveyed(part), office.HALL_SCORES, office.compact_month, names),
    )


def responses_sheet(part: pd.DataFrame, names: Mapping[str, str]) -> OfficeSheet:
    """Responses by the row."""
    return OfficeSheet("答卷", list(office.RESPONSES.values()), rows(_surveyed(part), office.RESPONSES, names=names))


def brand_sheet(part: pd.DataFrame) -> OfficeSheet:
    """The brand assessment of an English-speaking agency, units by code."""
    return OfficeSheet(
        "Brand",
        list(office.BRAND.values()),
        rows(part, office.BRAND, office.english_month),
        ["Brand assessment, 0-100"],
    )


def hotline_sheet(part: pd.DataFrame, names: Mapping[str, str]) -> OfficeSheet:
    """The hotline in Traditional script, months as dates."""
    table = translated(part.assign(unit=part["unit"].map(names)), unit=office.TRADITIONAL_NAMES)
    return OfficeSheet(
        "熱線", list(office.HOTLINE.values()), rows(table, office.HOTLINE, office.month_date), ["熱線服務月報"]
    )


def retention_sheet(part: pd.DataFrame, names: Mapping[str, str], year: int) -> OfficeSheet:
    """The snapshot cohort."""
    return OfficeSheet(
        f"{year}年",
        list(office.RETENTION.values()),
        rows(part, office.RETENTION, office.chinese_month, names),
        [f"{year}年中高端客户拍照保有情况"],
    )


def chronicle_sheet(name: str, part: pd.DataFrame, headers: office.Headers, names: Mapping[str, str]) -> OfficeSheet:
    """Events, notes or actions."""
    return OfficeSheet(name, list(headers.values()), rows(part, headers, office.iso_month, names))


def wide_recharge(part: pd.DataFrame, names: Mapping[str, str], year: int) -> OfficeSheet:
    """Recharges, a column a channel, with a total row below."""
    wide = part.pivot_table(index=["month", "unit"], columns="channel", values="transactions", sort=False).reset_index()
    headers = {"month": "月份", "unit": "区县", **office.CHANNEL_NAMES}
    total = total_of(wide, headers, list(office.CHANNEL_NAMES))
    return OfficeSheet(
        "充值笔数",
        list(headers.values()),
        rows(wide, headers, office.compact_month, names),
        [f"{year}年各渠道充值笔数", "单位：笔"],
        total,
    )


def long_recharge(part: pd.DataFrame, names: Mapping[str, str], year: int) -> OfficeSheet:
    """Recharges, a row a channel, with amounts and a total row below."""
    table = rows(translated(part, channel=office.CHANNEL_NAMES), office.RECHARGE, office.chinese_month, names)
    total = total_of(part, office.RECHARGE, ("transactions", "amount"))
    return OfficeSheet("充值", list(office.RECHARGE.values()), table, [f"{year}年充值渠道报表"], total)


def _surveyed(part: pd.DataFrame) -> pd.DataFrame:
    return translated(part, survey=office.SURVEY_NAMES, touchpoint=office.TOUCHPOINT_NAMES)
