"""Satisfaction: the surveys by touchpoint, and the composite score of the halls."""

from locales import Text
from metrics.model.metric import Component, Family, Metric, Term

FAMILY = Family("satisfaction", Text("Satisfaction", "满意度", "滿意度"), 20)
_POINTS = Text("points of 100", "分（百分制）", "分（百分制）")
_KIND = "survey/touchpoint"
_SOURCE = Text(
    "Survey scores (0-100), weighted by responses; or the responses themselves, put on 0-100",
    "满意度得分（百分制，按样本量加权），或逐份答卷折算为百分制",
    "滿意度得分（百分制，按樣本量加權），或逐份答卷折算為百分制",
)


def _survey(
    code: str,
    name: Text,
    meaning: Text,
    kind: str,
    segment: str,
    target: float | None,
    headline: bool = True,
    kinds: tuple[str, ...] = (),
) -> Metric:
    """The mean score of one survey, or of one touchpoint of it, over all responses."""
    return Metric(
        code=code,
        family="satisfaction",
        name=name,
        meaning=meaning,
        unit=_POINTS,
        format="score",
        better="higher",
        numerator=Term("score_points", kind, (segment,)),
        denominator=Term("responses", kind, (segment,)),
        reported=Term("reported_score", kind, (segment,)),
        spread=tuple(Term(name, kind, (segment,)) for name in ("spread_squares", "spread_points", "spread_responses")),
        decimals=2,
        minimum_base=30,
        default_target=target,
        segment_kinds=kinds,
        source=_SOURCE,
        headline=headline,
    )


METRICS = (
    _survey(
        "satisfaction_overall",
        Text("Standard satisfaction, overall", "标准满意度（综合）", "標準滿意度（綜合）"),
        Text(
            "Mean score of the standard survey for the service as a whole.",
            "标准满意度调查中客户对服务整体评价的平均分。",
            "標準滿意度調查中客戶對服務整體評價的平均分。",
        ),
        _KIND,
        "standard/overall",
        80.0,
    ),
    _survey(
        "satisfaction_hall",
        Text("Hall service satisfaction", "营业厅服务满意度", "營業廳服務滿意度"),
        Text(
            "Mean score of the standard survey for service in the halls.",
            "标准满意度调查中客户对营业厅服务评价的平均分。",
            "標準滿意度調查中客戶對營業廳服務評價的平均分。",
        ),
        _KIND,
        "standard/hall",
        85.0,
    ),
    _survey(
        "satisfaction_network",
        Text("Network satisfaction", "网络质量满意度", "網絡質量滿意度"),
        Text(
            "Mean score of the standard survey for network coverage and quality.",
            "标准满意度调查中客户对网络覆盖和质量评价的平均分。",
            "標準滿意度調查中客戶對網絡覆蓋和質量評價的平均分。",
        ),
        _KIND,
        "standard/network",
        75.0,
    ),
    _survey(
        "satisfaction_promotion",
        Text("Promotion satisfaction", "营销活动满意度", "營銷活動滿意度"),
        Text(
            "Mean score of the standard survey for offers and promotions.",
            "标准满意度调查中客户对优惠和营销活动评价的平均分。",
            "標準滿意度調查中客戶對優惠和營銷活動評價的平均分。",
        ),
        _KIND,
        "standard/promotion",
        70.0,
    ),
    _survey(
        "satisfaction_complaint_handling",
        Text("Complaint-handling satisfaction", "投诉处理满意度", "投訴處理滿意度"),
        Text(
            "Mean score of the standard survey for the handling of complaints.",
            "标准满意度调查中客户对投诉处理评价的平均分。",
            "標準滿意度調查中客戶對投訴處理評價的平均分。",
        ),
        _KIND,
        "standard/complaint_handling",
        50.0,
    ),
    _survey(
        "satisfaction_new_business",
        Text("New-business satisfaction", "新业务满意度", "新業務滿意度"),
        Text(
            "Mean score of the standard survey for new services.",
            "标准满意度调查中客户对新业务评价的平均分。",
            "標準滿意度調查中客戶對新業務評價的平均分。",
        ),
        _KIND,
        "standard/new_business",
        70.0,
    ),
    _survey(
        "mystery_shopping",
        Text("Mystery shopping", "神秘客检查得分", "神秘客檢查得分"),
        Text(
            "Mean score of visits to halls by trained visitors who are not announced.",
            "受训暗访员不打招呼到厅检查的平均得分。",
            "受訓暗訪員不打招呼到廳檢查的平均得分。",
        ),
        "survey",
        "mystery_shopping",
        90.0,
    ),
    _survey(
        "callback",
        Text("Callback score", "回访满意度", "回訪滿意度"),
        Text(
            "Mean score given by customers who are called back after a visit to a hall.",
            "到厅办理后电话回访客户给出的平均得分。",
            "到廳辦理後電話回訪客戶給出的平均得分。",
        ),
        "survey",
        "callback",
        85.0,
    ),
    _survey(
        "two_way_evaluation",
        Text("Two-way evaluation", "双向评价得分", "雙向評價得分"),
        Text(
            "Mean score of the evaluation in which both sides of a service rate each other.",
            "服务双方互相评价的平均得分。",
            "服務雙方互相評價的平均得分。",
        ),
        "survey",
        "two_way",
        90.0,
    ),
    _survey(
        "brand_assessment",
        Text("Brand assessment", "品牌测评得分", "品牌測評得分"),
        Text("Mean score of the brand survey.", "品牌测评调查的平均得分。", "品牌測評調查的平均得分。"),
        "survey",
        "brand",
        65.0,
    ),
    Metric(
        code="hall_composite",
        family="satisfaction",
        name=Text("Hall composite score", "营业厅综合得分", "營業廳綜合得分"),
        meaning=Text(
            "Mystery shopping, callback, two-way evaluation and self-service share, each scored from its base (0) to "
            "its challenge "
            "value (full marks) and weighted to 100. Known only where all four are.",
            "神秘客、回访、双向评价、自助充值占比四项，各自从基准值（0 分）到挑战值（满分）线性计分，加权合计 100 分；四项齐备才计算。",
            "神秘客、回訪、雙向評價、自助充值佔比四項，各自從基準值（0 分）到挑戰值（滿分）線性計分，加權合計 100 分；四項齊備才計算。",
        ),
        unit=_POINTS,
        format="score",
        better="higher",
        numerator=None,
        components=(
            Component("mystery_shopping", 30, 80, 90),
            Component("callback", 25, 75, 85),
            Component("two_way_evaluation", 25, 80, 90),
            Component("self_service_share", 20, 40, 60),
        ),
        decimals=1,
        default_target=80.0,
        source=Text("Computed from its four components", "由四个分项计算", "由四個分項計算"),
    ),
    Metric(
        code="hall_quarters_passed",
        family="satisfaction",
        name=Text("Quarters in which the halls passed", "营业厅达标季度数", "營業廳達標季度數"),
        meaning=Text(
            "Quarters of the year so far in which the hall composite score reached 80; the running quarter counts "
            "with its months so far.",
            "本年至今营业厅综合得分达到 80 分的季度数；当前季度按已有月份计算。",
            "本年至今營業廳綜合得分達到 80 分的季度數；當前季度按已有月份計算。",
        ),
        unit=Text("quarters", "个季度", "個季度"),
        format="count",
        better="higher",
        numerator=None,
        quarters_of="hall_composite",
        pass_mark=80.0,
        decimals=0,
        source=Text("Computed from the hall composite score", "由营业厅综合得分计算", "由營業廳綜合得分計算"),
    ),
)
