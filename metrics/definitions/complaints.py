"""Complaints: how many, how serious, how often again, how well and how fast they are settled."""

from locales import Text
from metrics.model.metric import Family, Metric, Term

FAMILY = Family("complaints", Text("Complaints", "投诉", "投訴"), 10)
_PERCENT = Text("%", "%", "%")
_PER_10K = Text("per 10,000 customers", "件/万客户", "件/萬客戶")
_KINDS = ("category", "subcategory", "channel", "responsible_department")
_SOURCE = Text(
    "Complaint tickets, or the monthly complaint totals; customers from the customer base",
    "投诉工单或投诉月报；客户数取自客户规模表",
    "投訴工單或投訴月報；客戶數取自客戶規模表",
)

METRICS = (
    Metric(
        code="complaints_per_10k",
        family="complaints",
        name=Text("Complaints per 10,000 customers", "万客户投诉量", "萬客戶投訴量"),
        meaning=Text(
            "Complaints received in the period, for every 10,000 customers (mean of the months). It adds up over the "
            "months of a period.",
            "统计期内受理的投诉件数，按每一万名客户（各月客户数的平均）折算；跨月累计。",
            "統計期內受理的投訴件數，按每一萬名客戶（各月客戶數的平均）折算；跨月累計。",
        ),
        unit=_PER_10K,
        format="rate",
        better="lower",
        numerator=Term("complaints"),
        denominator=Term("customers"),
        scale=10_000,
        decimals=2,
        minimum_base=1_000,
        segment_kinds=_KINDS,
        source=_SOURCE,
    ),
    Metric(
        code="escalated_complaints",
        family="complaints",
        name=Text("Escalated complaints", "升级投诉量", "升級投訴量"),
        meaning=Text(
            "Complaints that went beyond the branch, to headquarters, the regulator or the media.",
            "越级到集团、监管部门或媒体的投诉件数。",
            "越級到集團、監管部門或媒體的投訴件數。",
        ),
        unit=Text("complaints", "件", "件"),
        format="count",
        better="lower",
        numerator=Term("escalated"),
        decimals=0,
        segment_kinds=_KINDS,
        source=_SOURCE,
    ),
    Metric(
        code="escalated_per_10k",
        family="complaints",
        name=Text("Escalated complaints per 10,000 customers", "万客户升级投诉量", "萬客戶升級投訴量"),
        meaning=Text(
            "Escalated complaints in the period, for every 10,000 customers (mean of the months). It adds up over "
            "the months of a period.",
            "统计期内升级投诉件数，按每一万名客户（各月客户数的平均）折算；跨月累计。",
            "統計期內升級投訴件數，按每一萬名客戶（各月客戶數的平均）折算；跨月累計。",
        ),
        unit=_PER_10K,
        format="rate",
        better="lower",
        numerator=Term("escalated"),
        denominator=Term("customers"),
        scale=10_000,
        decimals=2,
        minimum_base=1_000,
        segment_kinds=_KINDS,
        source=_SOURCE,
        headline=False,
    ),
    Metric(
        code="repeat_share",
        family="complaints",
        name=Text("Repeat complaints", "重复投诉率", "重複投訴率"),
        meaning=Text(
            "Share of complaints by a customer who had already complained about the same category in the month, among "
            "those whose customer is recorded.",
            "同一客户当月就同类问题再次投诉的件数，占有客户记录的投诉的比例。",
            "同一客戶當月就同類問題再次投訴的件數，佔有客戶記錄的投訴的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="lower",
        numerator=Term("repeat"),
        denominator=Term("repeat_base"),
        scale=100,
        minimum_base=30,
        default_target=10.0,
        segment_kinds=_KINDS,
        source=_SOURCE,
    ),
    Metric(
        code="first_contact_resolution",
        family="complaints",
        name=Text("First-contact resolution", "一次解决率", "一次解決率"),
        meaning=Text(
            "Share of complaints settled at the first contact, among those for which the outcome is recorded.",
            "首次受理即解决的投诉，占已记录处理结果的投诉的比例。",
            "首次受理即解決的投訴，佔已記錄處理結果的投訴的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("resolved_first_contact"),
        denominator=Term("first_contact_base"),
        scale=100,
        minimum_base=30,
        default_target=80.0,
        segment_kinds=_KINDS,
        source=_SOURCE,
    ),
    Metric(
        code="on_time_resolution",
        family="complaints",
        name=Text("On-time resolution", "投诉处理及时率", "投訴處理及時率"),
        meaning=Text(
            "Share of complaints settled within their limit (48 hours of receipt, unless another was loaded with the "
            "targets), among those settled and those open beyond it when the file was exported.",
            "受理后在时限内（48 小时，除非随目标另行导入）办结的投诉，占已办结的和导出时超时仍未办结的投诉的比例。",
            "受理後在時限內（48 小時，除非隨目標另行匯入）辦結的投訴，佔已辦結的和匯出時逾時仍未辦結的投訴的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("on_time"),
        denominator=Term("on_time_base"),
        scale=100,
        minimum_base=30,
        default_target=90.0,
        segment_kinds=_KINDS,
        source=_SOURCE,
    ),
)
