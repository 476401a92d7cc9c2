"""Hospital pack: visits and the emergency department of a unit at a month."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, Rule
from locales import Text

FEED = Feed(
    name="hospital_visits",
    title=Text("Hospital visits", "诊疗人次", "診療人次"),
    grain=Text("unit x month", "单位 × 月份", "單位 × 月份"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "visits",
            "count",
            Text("Visits", "门急诊人次", "門急診人次"),
            required=True,
            headers=("outpatient visits", "total visits", "门急诊量", "门诊量", "就诊人次", "总诊疗人次", "门诊人次"),
            example=52000,
        ),
        Column(
            "emergency",
            "count",
            Text("Emergency attendances", "急诊人次", "急診人次"),
            headers=("emergency visits", "a&e attendances", "急诊量", "急诊就诊人次"),
            example=6100,
        ),
        Column(
            "emergency_within_4h",
            "count",
            Text("Emergency within four hours", "急诊4小时内离开人次", "急診4小時內離開人次"),
            headers=(
                "within four hours",
                "within 4 hours",
                "4小时内离开人次",
                "急诊四小时内处置人次",
                "4小时内处置人次",
            ),
            example=5400,
        ),
        Column(
            "discharges",
            "count",
            Text("Discharges", "出院人次", "出院人次"),
            headers=("discharged patients", "inpatient discharges", "出院人数", "出院患者数"),
            example=3900,
        ),
    ),
    key=("month", "unit"),
    measures=(
        Measure("visits", Text("visits", "门急诊人次", "門急診人次"), "sum(visits)"),
        Measure(
            "emergency",
            Text("emergency attendances", "急诊人次", "急診人次"),
            "sum(emergency) FILTER (emergency_within_4h IS NOT NULL)",
        ),
        Measure(
            "emergency_within_4h",
            Text("emergency attendances within four hours", "急诊4小时内离开人次", "急診4小時內離開人次"),
            "sum(emergency_within_4h) FILTER (emergency IS NOT NULL)",
        ),
        Measure("discharges", Text("discharges", "出院人次", "出院人次"), "sum(discharges)"),
    ),
    rules=tuple(
        Rule(
            code,
            f"{name} > {whole}",
            name,
            "{value} is more than the whole of the row.",
            "A part cannot exceed the whole: check both cells.",
        )
        for code, name, whole in (
            ("within_4h_exceeds_emergency", "emergency_within_4h", "emergency"),
            ("emergency_exceeds_visits", "emergency", "visits"),
        )
    ),
    order=110,
)
