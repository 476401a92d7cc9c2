"""What people wrote beside the figures: events on the charts, notes on a month, actions and what became of them.

Each stands where the figures show it: the events at the shocks of complaints.py and satisfaction.py, the notes at
values of the samples.
"""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd

from data.synthetic.series import month_index

# Month, title, unit (None: everybody), kind, metric (None: all), remark. None of them changed how a figure is
# counted: no new phase.
_EVENTS = (
    ("2024-07", "台风致光缆中断", "DY", "网络", None, "沿海区县断网两天，8月起陆续恢复"),
    ("2024-11", "核心网割接", "LJ", "网络", "complaints_per_10k", "割接当晚部分客户无法上网"),
    ("2025-03", "3·15服务承诺发布", None, "服务", "satisfaction_complaint_handling", "全省统一：投诉24小时内首次回复"),
    ("2025-05", "投诉处理外包商更换", "SQ", "服务", None, "新班组培训期一个月"),
    ("2025-08", "传输设备故障", "DY", "网络", "complaints_per_10k", "部分基站退服三天"),
    ("2025-09", "融合套餐新资费上线", None, "资费", "complaints_per_10k", "全省统一，部分老套餐到期转换"),
    ("2025-10", "存量客户续约活动", None, "营销", "snapshot_retention", "全省统一，至2025年12月底"),
)
_NOTES = (
    (
        "2025-09",
        "DY",
        "complaints_per_10k",
        "1.45，已从8月传输故障时的2.20回落，低于上年同期的1.55；资费争议占35.3%，居首位。",
        "周敏",
        "2025-10-09 09:30",
    ),
    ("2025-10", "DY", "satisfaction_network", "79.10，低于上年同期的81.78。", "周敏", "2025-11-06 10:10"),
    (
        "2025-11",
        "DY",
        "satisfaction_network",
        "降至76.91，跌破控制下限，为三年来最低，不是正常波动；与上年同期相比，新湾区、沙门县拖累最大。",
        "周敏",
        "2025-12-04 09:20",
    ),
    (
        "2025-11",
        "DY",
        "repeat_share",
        "12.5%，全省排名末位；虽在正常波动之内，但资费争议占重复投诉的一半以上，首次处理质量仍须复盘。",
        "王敏",
        "2025-12-04 11:05",
    ),
    ("2025-11", "DY", None, "本月重点：查明网络质量满意度下降的原因，压降重复投诉。", "李强", "2025-12-05 08:45"),
    ("2025-09", "LJ", "escalated_complaints", "升级投诉91件，与望海并列全省最多。", "陈立", "2025-10-10 15:00"),
    ("2025-11", "LJ", "satisfaction_hall", "已连续七个月以上低于均值，但仍达标。", "陈立", "2025-12-04 16:30"),
    ("2025-10", "QL", "on_time_resolution", "89.2%，跌破90%的目标，连续两个月下降。", "林洁", "2025-11-07 09:00"),
    ("2025-11", "QL", "on_time_resolution", "88.8%，仍未回到90%的目标。", "林洁", "2025-12-05 09:15"),
)
_ACTIONS = (
    (
        "2025-09",
        "DY",
        "satisfaction_network",
        "优化新湾区、沙门县弱覆盖小区",
        "张伟",
        "2025-10-31",
        "进行中",
        None,
        None,
    ),
    (
        "2025-10",
        "DY",
        "complaints_per_10k",
        "统一新资费解释口径，资费争议设专席处理",
        "李强",
        "2025-11-30",
        "已完成",
        "2025-11",
        "专席已到位，11月万客户投诉量全省最低",
    ),
    ("2025-11", "DY", "repeat_share", "重复投诉客户由班长回访，逐单复盘", "王敏", "2025-12-31", "进行中", None, None),
    (
        "2025-10",
        "LJ",
        "escalated_complaints",
        "升级投诉落实首问负责制",
        "陈立",
        "2025-11-30",
        "已完成",
        "2025-11",
        "制度已下发，件数尚未下降",
    ),
    ("2025-11", "LJ", "satisfaction_hall", "高峰时段增开营业窗口", "赵宁", "2026-01-31", "进行中", None, None),
    (
        "2025-09",
        "QL",
        "self_service_share",
        "自助终端迁往商圈",
        "何静",
        "2025-12-31",
        "已取消",
        "2025-10",
        "场地费用超出预算",
    ),
    (
        "2025-10",
        "QL",
        "on_time_resolution",
        "投诉工单按网格直派，超时自动提醒",
        "林洁",
        "2025-11-15",
        "进行中",
        None,
        None,
    ),
)


def events() -> pd.DataFrame:
    """month, title, unit, kind, metric, new_phase, remark."""
    found = pd.DataFrame(list(_EVENTS), columns=["month", "title", "unit", "kind", "metric", "remark"])
    return found.assign(month=found["month"].map(month_index), new_phase=None)


def notes() -> pd.DataFrame:
    """month, unit, metric, note, author, written_at."""
    found = pd.DataFrame(list(_NOTES), columns=["month", "unit", "metric", "note", "author", "written_at"])
    return found.assign(
        month=found["month"].map(month_index), written_at=found["written_at"].map(datetime.fromisoformat)
    )


def actions() -> pd.DataFrame:
    """month, unit, metric, action, owner, due, state, closed, result; one is done, one is open after its date."""
    names = ["month", "unit", "metric", "action", "owner", "due", "state", "closed", "result"]
    found = pd.DataFrame(list(_ACTIONS), columns=names)
    return found.assign(month=found["month"].map(month_index), due=found["due"].map(date.fromisoformat))
