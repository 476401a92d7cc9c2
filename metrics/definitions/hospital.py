"""The hospital pack: patients' experience, medical quality and safety, and the flow of the emergency department."""

from locales import Text
from metrics.model.metric import Family, Metric, Term

PATIENTS = Family("patients", Text("Patient experience", "患者体验", "患者體驗"), 110, pack="hospital")
SAFETY = Family("medical_quality", Text("Quality and safety", "医疗质量与安全", "醫療質量與安全"), 120, pack="hospital")
FLOW = Family("patient_flow", Text("Access and flow", "就诊效率", "就診效率"), 130, pack="hospital")
FAMILIES = (PATIENTS, SAFETY, FLOW)
_PERCENT = Text("%", "%", "%")
_PER_10K = Text("per 10,000 visits", "件/万诊疗人次", "件/萬診療人次")
_VISITS = Text("Hospital visits", "诊疗人次表", "診療人次表")
_SETTINGS = ("outpatient", "inpatient", "emergency", "check_up")


def _satisfaction(code: str, settings: tuple[str, ...], name: Text, meaning: Text, headline: bool = True) -> Metric:
    """The mean score over all responses of some settings."""
    points, responses, squares, summed, counted, reported = (
        Term(f"patient_{measure}", "setting", settings)
        for measure in (
            "score_points",
            "responses",
            "spread_squares",
            "spread_points",
            "spread_responses",
            "reported_score",
        )
    )
    return Metric(
        code=code,
        family=PATIENTS.code,
        name=name,
        meaning=meaning,
        unit=Text("points of 100", "分（百分制）", "分（百分制）"),
        format="score",
        better="higher",
        numerator=points,
        denominator=responses,
        reported=reported if len(settings) == 1 else None,
        spread=(squares, summed, counted),
        decimals=2,
        minimum_base=30,
        default_target=90.0,
        segment_kinds=("setting",) if headline else (),
        source=Text(
            "Patient survey scores, weighted by responses",
            "患者满意度调查得分（按样本量加权）",
            "患者滿意度調查得分（按樣本量加權）",
        ),
        headline=headline,
    )


def _checks(code: str, level: str, name: Text, meaning: Text, target: float) -> Metric:
    """Items passed of items checked, at one level of check or at all."""
    kind, segments = ("check_level", (level,)) if level else ("", ())
    return Metric(
        code=code,
        family=SAFETY.code,
        name=name,
        meaning=meaning,
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("items_passed", kind, segments),
        denominator=Term("items_checked", kind, segments),
        scale=100,
        minimum_base=30,
        default_target=target,
        segment_kinds=() if level else ("check_level",),
        source=Text("Quality checks of three levels", "三级质控检查表", "三級質控檢查表"),
        headline=not level,
    )


def _per_visits(
    code: str, family: Family, measure: str, name: Text, meaning: Text, kinds: tuple[str, ...] = ()
) -> Metric:
    return Metric(
        code=code,
        family=family.code,
        name=name,
        meaning=meaning,
        unit=_PER_10K,
        format="rate",
        better="lower",
        numerator=Term(measure),
        denominator=Term("visits"),
        scale=10_000,
        decimals=2,
        minimum_base=1_000,
        segment_kinds=kinds,
        source=_VISITS,
    )


METRICS = (
    _satisfaction(
        "patient_satisfaction",
        _SETTINGS,
        Text("Patient satisfaction", "患者满意度", "患者滿意度"),
        Text(
            "Mean score over all responses of patients, whatever the setting.",
            "各就诊类型全部有效答卷的平均分。",
            "各就診類型全部有效答卷的平均分。",
        ),
    ),
    _satisfaction(
        "outpatient_satisfaction",
        ("outpatient",),
        Text("Outpatient satisfaction", "门诊患者满意度", "門診患者滿意度"),
        Text(
            "Mean score over the responses of outpatients.", "门诊患者有效答卷的平均分。", "門診患者有效答卷的平均分。"
        ),
        False,
    ),
    _satisfaction(
        "inpatient_satisfaction",
        ("inpatient",),
        Text("Inpatient satisfaction", "住院患者满意度", "住院患者滿意度"),
        Text(
            "Mean score over the responses of inpatients.", "住院患者有效答卷的平均分。", "住院患者有效答卷的平均分。"
        ),
        False,
    ),
    _satisfaction(
        "emergency_satisfaction",
        ("emergency",),
        Text("Emergency satisfaction", "急诊患者满意度", "急診患者滿意度"),
        Text(
            "Mean score over the responses of emergency patients.",
            "急诊患者有效答卷的平均分。",
            "急診患者有效答卷的平均分。",
        ),
        False,
    ),
    _per_visits(
        "complaints_per_10k_visits",
        PATIENTS,
        "complaints",
        Text("Complaints per 10,000 visits", "万人次投诉量", "萬人次投訴量"),
        Text(
            "Complaints received, for every 10,000 visits of the same months.",
            "受理的投诉件数，按同期每一万诊疗人次折算。",
            "受理的投訴件數，按同期每一萬診療人次折算。",
        ),
        ("category",),
    ),
    _per_visits(
        "disputes_per_10k_visits",
        SAFETY,
        "disputes",
        Text("Medical disputes per 10,000 visits", "万人次医疗纠纷", "萬人次醫療糾紛"),
        Text(
            "Medical disputes, for every 10,000 visits of the same months.",
            "医疗纠纷件数，按同期每一万诊疗人次折算。",
            "醫療糾紛件數，按同期每一萬診療人次折算。",
        ),
    ),
    Metric(
        code="disputes_settled",
        family=SAFETY.code,
        name=Text("Disputes settled", "纠纷办结率", "糾紛辦結率"),
        meaning=Text(
            "Disputes settled in the month, of those that arose.",
            "当期办结的纠纷占当期发生纠纷的比例。",
            "當期辦結的糾紛佔當期發生糾紛的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("disputes_settled"),
        denominator=Term("disputes_base"),
        scale=100,
        minimum_base=5,
        source=Text("Medical disputes", "医疗纠纷表", "醫療糾紛表"),
        interval="none",
        headline=False,
    ),
    _checks(
        "quality_checks_passed",
        "",
        Text("Quality checks passed", "质控合格率", "質控合格率"),
        Text(
            "Items passed of all items checked, at all three levels.",
            "三级质控检查合格项次占全部检查项次的比例。",
            "三級質控檢查合格項次佔全部檢查項次的比例。",
        ),
        95.0,
    ),
    _checks(
        "checks_by_department",
        "department",
        Text("Checks passed, first level", "一级质控合格率", "一級質控合格率"),
        Text("Items passed in the department's own checks.", "科室自查合格项次的比例。", "科室自查合格項次的比例。"),
        97.0,
    ),
    _checks(
        "checks_by_hospital",
        "hospital",
        Text("Checks passed, second level", "二级质控合格率", "二級質控合格率"),
        Text(
            "Items passed in checks by the hospital's offices.",
            "职能科室（院级）督查合格项次的比例。",
            "職能科室（院級）督查合格項次的比例。",
        ),
        94.0,
    ),
    _checks(
        "checks_from_outside",
        "outside",
        Text("Checks passed, third level", "三级质控合格率", "三級質控合格率"),
        Text(
            "Items passed in checks by outside inspectors.",
            "外部（上级）检查合格项次的比例。",
            "外部（上級）檢查合格項次的比例。",
        ),
        92.0,
    ),
    Metric(
        code="emergency_four_hours",
        family=FLOW.code,
        name=Text("Emergency within four hours", "急诊4小时处置率", "急診4小時處置率"),
        meaning=Text(
            "Emergency patients admitted, transferred or discharged within four hours of arrival, of those whose "
            "time is known.",
            "到达后4小时内收治、转院或离开的急诊患者，占已记录时间的急诊患者的比例。",
            "到達後4小時內收治、轉院或離開的急診患者，佔已記錄時間的急診患者的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("emergency_within_4h"),
        denominator=Term("emergency"),
        scale=100,
        minimum_base=30,
        default_target=95.0,
        source=_VISITS,
    ),
    Metric(
        code="visits",
        family=FLOW.code,
        name=Text("Visits", "门急诊人次", "門急診人次"),
        meaning=Text("Outpatient and emergency visits.", "门诊与急诊的就诊人次。", "門診與急診的就診人次。"),
        unit=Text("visits", "人次", "人次"),
        format="count",
        better="neither",
        numerator=Term("visits"),
        decimals=0,
        source=_VISITS,
        interval="none",
        headline=False,
    ),
)
