"""Samples of the property pack: an invented company with four city companies and their estates, as their offices write
exports.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from data.synthetic.office import iso_month
from data.synthetic.series import FIRST, NEXT, festival, generator, path
from data.synthetic.workbook import OfficeSheet, workbook_bytes

COMPANY = ("AJ", "安居物业")
CITIES = (("AJ1", "大洋公司", 5), ("AJ2", "临江公司", 4), ("AJ3", "青岚公司", 4), ("AJ4", "云泽公司", 3))
ESTATES = ("翠湖花园", "锦绣家园", "滨江国际", "星河湾", "金色年华")
SERVICES = {"总体": 0.0, "秩序维护": 1.5, "环境保洁": 0.5, "绿化养护": 2.0, "工程维修": -4.0, "客户服务": 1.0}
KINDS = ("停车管理", "工程维修", "环境卫生", "噪音扰民", "秩序安全")
# The last 24 months of the samples.
MONTHS = range(NEXT - 24, NEXT)
Rows = list[list[Any]]


def estates() -> Iterator[tuple[str, bytes]]:
    """Every file: (name, content)."""
    fees, scores, complaints = _figures()
    yield "项目目录.xlsx", workbook_bytes(OfficeSheet("项目", ["编码", "名称", "层级", "上级编码"], _units()))
    yield (
        "物业费收缴.xlsx",
        workbook_bytes(
            OfficeSheet(
                "收缴",
                ["月份", "项目编码", "在管户数", "应收物业费", "实收物业费", "期初欠费", "清欠金额"],
                fees,
                ["物业费收缴情况（单位：元）"],
            )
        ),
    )
    yield (
        "业主满意度.xlsx",
        workbook_bytes(OfficeSheet("满意度", ["月份", "项目编码", "服务项目", "得分", "样本量"], scores)),
    )
    yield (
        "业主投诉处理.xlsx",
        workbook_bytes(
            OfficeSheet(
                "投诉",
                ["月份", "项目编码", "投诉事项", "受理件数", "办结件数", "按时办结件数", "回访件数", "回访满意件数"],
                complaints,
            )
        ),
    )


def _projects() -> Iterator[tuple[str, str, str, int]]:
    """city code, estate code, name, number."""
    number = 0
    for code, city, count in CITIES:
        for place in range(count):
            yield code, f"{code}{place + 1:02d}", f"{city[:2]}{ESTATES[place]}", number
            number += 1


def _units() -> Rows:
    found: Rows = [[*COMPANY, "公司", None], *([code, name, "城市公司", COMPANY[0]] for code, name, _ in CITIES)]
    return found + [[code, name, "项目", city] for city, code, name, _ in _projects()]


def _figures() -> tuple[Rows, Rows, Rows]:
    """fees, scores and complaints, in the order of months; surveys in the last month of each quarter."""
    fees: Rows = []
    scores: Rows = []
    complaints: Rows = []
    for _, code, _, number in _projects():
        rng = generator(3_000 + number)
        households = 700 + int(rng.integers(0, 2_400))
        paid = path(rng, 0.9 + 0.02 * (number % 4), gain=0.03, noise=0.012, extra=festival(-0.05, 0.03))
        liked = path(rng, 86.0 + number % 5, gain=1.5, noise=0.5, shocks={"2025-06": -6.0} if number == 2 else {})
        arrears = 0.35 * households * 260
        for month in MONTHS:
            when = iso_month(FIRST + month)
            billed = round(households * 260.0, 2)
            collected = round(billed * float(np.clip(paid[month], 0.5, 0.995)), 2)
            recovered = round(arrears * float(rng.uniform(0.08, 0.16)), 2)
            fees.append([when, code, households, billed, collected, round(arrears, 2), recovered])
            arrears += billed - collected - recovered
            if (FIRST + month).month % 3 == 0:
                for service, above in SERVICES.items():
                    score = float(np.clip(rng.normal(liked[month] + above, 0.8), 40, 100))
                    scores.append([when, code, service, round(score, 2), 60 + int(rng.poisson(households / 30))])
            for kind, weight in zip(KINDS, (2.2, 3.0, 1.2, 0.8, 0.5), strict=True):
                received = int(rng.poisson(households / 1_000 * weight))
                closed = int(rng.binomial(received, 0.94))
                visited = int(rng.binomial(closed, 0.9))
                complaints.append(
                    [
                        when,
                        code,
                        kind,
                        received,
                        closed,
                        int(rng.binomial(closed, 0.88)),
                        visited,
                        int(rng.binomial(visited, 0.87)),
                    ]
                )
    for rows in (fees, scores, complaints):
        rows.sort(key=lambda row: row[0])
    return fees, scores, complaints
