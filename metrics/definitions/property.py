"""The property pack: what owners say, whether fees come in, and how complaints are closed and visited again."""

from locales import Text
from metrics.model.metric import Family, Metric, Term

OWNERS = Family("owners", Text("Owner satisfaction", "业主满意", "業主滿意"), 210, pack="property")
HANDLING = Family(
    "owner_complaints", Text("Complaints and return visits", "投诉与回访", "投訴與回訪"), 220, pack="property"
)
FEES = Family("fees", Text("Fees", "物业收费", "物業收費"), 230, pack="property")
FAMILIES = (OWNERS, HANDLING, FEES)
_PERCENT = Text("%", "%", "%")
_FEES = Text("Property fees", "物业费收缴表", "物業費收繳表")
_COMPLAINTS = Text("Owner complaints", "业主投诉处理表", "業主投訴處理表")
_SERVICES = ("security", "cleaning", "greening", "repairs", "front_desk")


def _satisfaction(service: str, name: Text, meaning: Text) -> Metric:
    """The mean score of one service over all responses."""
    points, responses, squares, summed, counted, reported = (
        Term(f"owner_{measure}", "service", (service,))
        for measure in (
            "score_points",
            "responses",
            "spread_squares",
            "spread_points",
            "spread_responses",
            "reported_score",
        )
    )
    whole = service == "overall"
    return Metric(
        code="owner_satisfaction" if whole else f"owners_on_{service}",
        family=OWNERS.code,
        name=name,
        meaning=meaning,
        unit=Text("points of 100", "分（百分制）", "分（百分制）"),
        format="score",
        better="higher",
        numerator=points,
        denominator=responses,
        reported=reported,
        spread=(squares, summed, counted),
        decimals=2,
        minimum_base=30,
        default_target=88.0 if whole else None,
        source=Text(
            "Owner survey scores, weighted by responses",
            "业主满意度调查得分（按样本量加权）",
            "業主滿意度調查得分（按樣本量加權）",
        ),
        headline=whole,
    )


def _share(
    code: str, numerator: str, denominator: str, name: Text, meaning: Text, target: float | None, headline: bool = True
) -> Metric:
    """A share of owners' complaints. Closing older ones brings it above 100 %, so it is a ratio of two totals there."""
    return Metric(
        code=code,
        family=HANDLING.code,
        name=name,
        meaning=meaning,
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term(numerator),
        denominator=Term(denominator),
        scale=100,
        minimum_base=30,
        default_target=target,
        segment_kinds=("complaint_kind",),
        source=_COMPLAINTS,
        headline=headline,
        interval="ratio_of_totals" if denominator == "owner_complaints" else None,
    )


METRICS = (
    _satisfaction(
        "overall",
        Text("Owner satisfaction", "业主满意度（总体）", "業主滿意度（總體）"),
        Text(
            "Mean score of the owners' survey for the service as a whole.",
            "业主对物业服务总体评价的平均分。",
            "業主對物業服務總體評價的平均分。",
        ),
    ),
    *(
        _satisfaction(
            service,
            name,
            Text(
                f"Mean score that owners give: {name.en.lower()}.",
                f"业主对{name.zh_Hans}的平均评分。",
                f"業主對{name.zh_Hant}的平均評分。",
            ),
        )
        for service, name in zip(
            _SERVICES,
            (
                Text("Security", "秩序维护", "秩序維護"),
                Text("Cleaning", "环境保洁", "環境保潔"),
                Text("Greening", "绿化养护", "綠化養護"),
                Text("Repairs", "工程维修", "工程維修"),
                Text("Front desk", "客户服务", "客戶服務"),
            ),
            strict=True,
        )
    ),
    Metric(
        code="owner_complaints_per_1000",
        family=HANDLING.code,
        name=Text("Complaints per 1,000 households", "千户投诉量", "千戶投訴量"),
        meaning=Text(
            "Owners' complaints received, for every 1,000 households (mean of the months). It adds up over the "
            "months of a period.",
            "统计期内受理的业主投诉件数，按每一千户（各月在管户数的平均）折算；跨月累计。",
            "統計期內受理的業主投訴件數，按每一千戶（各月在管戶數的平均）折算；跨月累計。",
        ),
        unit=Text("per 1,000 households", "件/千户", "件/千戶"),
        format="rate",
        better="lower",
        numerator=Term("owner_complaints"),
        denominator=Term("households"),
        scale=1_000,
        decimals=2,
        minimum_base=300,
        segment_kinds=("complaint_kind",),
        source=_COMPLAINTS,
    ),
    _share(
        "complaint_closing",
        "owner_closed",
        "owner_complaints",
        Text("Complaints closed", "投诉办结率", "投訴辦結率"),
        Text(
            "Complaints closed in the period, of those received; above 100 % where older ones were closed too.",
            "统计期内办结的投诉占受理投诉的比例；清理积压时可高于100%。",
            "統計期內辦結的投訴佔受理投訴的比例；清理積壓時可高於100%。",
        ),
        95.0,
    ),
    _share(
        "complaint_closing_in_time",
        "owner_closed_in_time",
        "owner_closed_timed",
        Text("Closed in time", "投诉按时办结率", "投訴按時辦結率"),
        Text(
            "Complaints closed within the promised time, of those closed.",
            "在承诺时限内办结的投诉占办结投诉的比例。",
            "在承諾時限內辦結的投訴佔辦結投訴的比例。",
        ),
        90.0,
    ),
    _share(
        "return_visits",
        "owner_visited",
        "owner_visit_due",
        Text("Return visits", "投诉回访率", "投訴回訪率"),
        Text(
            "Closed complaints after which the owner was visited or called again.",
            "办结后完成回访的投诉占办结投诉的比例。",
            "辦結後完成回訪的投訴佔辦結投訴的比例。",
        ),
        95.0,
    ),
    _share(
        "return_visit_content",
        "owner_content",
        "owner_content_base",
        Text("Content at the return visit", "回访满意率", "回訪滿意率"),
        Text(
            "Owners content with the outcome, of those visited again.",
            "回访中表示满意的业主占已回访业主的比例。",
            "回訪中表示滿意的業主佔已回訪業主的比例。",
        ),
        90.0,
    ),
    Metric(
        code="fee_collection",
        family=FEES.code,
        name=Text("Fee collection rate", "物业费收缴率", "物業費收繳率"),
        meaning=Text(
            "Fees collected of the fees billed for the same months.",
            "实收物业费占同期应收物业费的比例。",
            "實收物業費佔同期應收物業費的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("fees_collected"),
        denominator=Term("fees_billed"),
        scale=100,
        default_target=92.0,
        source=_FEES,
        interval="ratio_of_totals",
    ),
    Metric(
        code="arrears_collection",
        family=FEES.code,
        name=Text("Arrears collected", "清欠率", "清欠率"),
        meaning=Text(
            "Arrears collected of the arrears at the start of the months.",
            "清欠金额占期初欠费的比例。",
            "清欠金額佔期初欠費的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("arrears_collected"),
        denominator=Term("arrears_billed"),
        scale=100,
        source=_FEES,
        interval="ratio_of_totals",
        headline=False,
    ),
)
