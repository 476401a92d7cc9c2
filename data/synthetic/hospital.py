"""Samples of the hospital pack: an invented group of three hospitals and their departments, as their offices write
exports.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from data.synthetic.office import chinese_month, iso_month
from data.synthetic.series import FIRST, NEXT, festival, generator, path
from data.synthetic.workbook import OfficeSheet, workbook_bytes

GROUP = ("RH", "仁和医疗集团")
HOSPITALS = (("RH1", "仁和总院", 1.0), ("RH2", "仁和东院", 0.55), ("RH3", "仁和滨江院区", 0.35))
# Department, share of visits, whether patients stay overnight.
DEPARTMENTS = (
    ("急诊科", 0.14, False),
    ("内科", 0.24, True),
    ("外科", 0.14, True),
    ("儿科", 0.13, True),
    ("妇产科", 0.11, True),
    ("骨科", 0.09, True),
    ("眼科", 0.08, False),
    ("体检中心", 0.07, False),
)
EMERGENCY, CHECK_UP = DEPARTMENTS[0][0], DEPARTMENTS[-1][0]
SETTINGS = {"outpatient": "门诊", "inpatient": "住院", "emergency": "急诊", "check_up": "体检"}
LEVELS = ("一级", "二级", "三级")
CATEGORIES = ("服务态度", "候诊时间", "诊疗质量", "收费", "环境设施")
# The last 24 months of the samples.
MONTHS = range(NEXT - 24, NEXT)
Rows = list[list[Any]]


def hospital() -> Iterator[tuple[str, bytes]]:
    """Every file: (name, content)."""
    visits, scores, disputes, checks, complaints = _figures()
    yield "科室目录.xlsx", workbook_bytes(OfficeSheet("科室", ["编码", "名称", "层级", "上级编码"], _units()))
    yield (
        "诊疗人次.xlsx",
        workbook_bytes(
            OfficeSheet(
                "诊疗人次",
                ["月份", "科室编码", "门急诊人次", "急诊人次", "急诊4小时内离开人次", "出院人次"],
                visits,
                ["仁和医疗集团诊疗人次统计表"],
            )
        ),
    )
    yield (
        "患者满意度.xlsx",
        workbook_bytes(
            OfficeSheet(
                "满意度",
                ["月份", "科室编码", "就诊类型", "得分", "样本量", "标准差"],
                scores,
                ["患者满意度第三方调查"],
                notes=["注：得分为百分制。"],
            )
        ),
    )
    yield "医疗纠纷.xlsx", workbook_bytes(OfficeSheet("纠纷", ["月份", "单位", "医疗纠纷件数", "纠纷办结数"], disputes))
    yield (
        "三级质控检查.xlsx",
        workbook_bytes(OfficeSheet("质控", ["月份", "科室编码", "质控级别", "检查项次", "合格项次"], checks)),
    )
    yield "患者投诉月报.xlsx", workbook_bytes(OfficeSheet("投诉", ["月份", "单位", "投诉类别", "投诉量"], complaints))


def _code(hospital_code: str, place: int) -> str:
    return f"{hospital_code}{place + 1:02d}"


def _units() -> Rows:
    found: Rows = [[*GROUP, "集团", None]]
    for code, name, _ in HOSPITALS:
        found.append([code, name, "院区", GROUP[0]])
        found += [
            [_code(code, place), f"{name}{department}", "科室", code]
            for place, (department, _, _) in enumerate(DEPARTMENTS)
        ]
    return found


def _figures() -> tuple[Rows, Rows, Rows, Rows, Rows]:
    """visits, scores, disputes, checks and complaints, in the order of months."""
    visits: Rows = []
    scores: Rows = []
    disputes: Rows = []
    checks: Rows = []
    complaints: Rows = []
    for number, (code, name, size) in enumerate(HOSPITALS):
        rng = generator(2_000 + number)
        busy = path(rng, 1.0, gain=0.08, noise=0.03, extra=festival(-0.12, 0.04))
        prompt = path(
            rng, 0.9 - 0.03 * number, gain=0.04, noise=0.012, shocks={"2025-01": -0.09} if number == 0 else {}
        )
        liked = path(rng, 89.0 + number, gain=2.0, noise=0.6)
        careful = path(rng, 0.945 + 0.01 * number, gain=0.02, noise=0.006)
        for month in MONTHS:
            when, spelt = iso_month(FIRST + month), chinese_month(FIRST + month)
            everybody = 0
            for place, (department, share, stays) in enumerate(DEPARTMENTS):
                unit = _code(code, place)
                count = int(rng.poisson(42_000 * size * share * busy[month]))
                everybody += count
                emergency = int(rng.binomial(count, 0.92)) if department == EMERGENCY else None
                within = int(rng.binomial(emergency, min(prompt[month], 0.995))) if emergency is not None else None
                visits.append(
                    [when, unit, count, emergency, within, int(rng.poisson(count * 0.055)) if stays else None]
                )
                for setting in _settings(department, stays):
                    mean = liked[month] + (place % 3 - 1) * 1.4 - (2.5 if setting == "emergency" else 0)
                    answers = 40 + int(rng.poisson(60 * size * share * 8))
                    scores.append(
                        [
                            spelt,
                            unit,
                            SETTINGS[setting],
                            round(float(np.clip(rng.normal(mean, 0.9), 40, 100)), 2),
                            answers,
                            11.5,
                        ]
                    )
                for level, asked in zip(LEVELS, (90, 45, 18), strict=True):
                    passed = int(
                        rng.binomial(asked, float(np.clip(careful[month] - 0.015 * LEVELS.index(level), 0, 1)))
                    )
                    checks.append([when, unit, level, asked, passed])
            arisen = int(rng.poisson(everybody / 26_000))
            disputes.append([spelt, name, arisen, int(rng.binomial(arisen, 0.7))])
            complaints += [
                [when, name, category, int(rng.poisson(everybody / 10_000 * weight))]
                for category, weight in zip(CATEGORIES, (1.6, 1.3, 0.9, 0.6, 0.4), strict=True)
            ]
    for rows in (visits, scores, disputes, checks, complaints):
        rows.sort(key=lambda row: _order(row[0]))
    return visits, scores, disputes, checks, complaints


def _settings(department: str, stays: bool) -> tuple[str, ...]:
    if department == EMERGENCY:
        return ("emergency",)
    if department == CHECK_UP:
        return ("check_up",)
    return ("outpatient", "inpatient") if stays else ("outpatient",)


def _order(month: str) -> tuple[int, int]:
    year, _, rest = month.replace("年", "-").replace("月", "").partition("-")
    return int(year), int(rest)
