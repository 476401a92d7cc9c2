"""Hospital pack: what patients say, as scores of a survey wave."""

from data.feeds.common import MONTH, RESPONSES, SCORE, SCORE_SCALE_TOP, SCORED, STD_DEV, UNIT, score_measures
from data.model.feed import Column, Feed
from locales import Text

FEED = Feed(
    name="patient_satisfaction",
    title=Text("Patient satisfaction", "患者满意度", "患者滿意度"),
    grain=Text("unit x wave x setting", "单位 × 月份 × 就诊类型", "單位 × 月份 × 就診類型"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "setting",
            "choice",
            Text("Setting", "就诊类型", "就診類型"),
            required=True,
            headers=("care setting", "patient group", "患者类型", "就医环节", "服务场景"),
            choices={
                "outpatient": ("outpatient", "outpatients", "门诊", "门诊患者"),
                "inpatient": ("inpatient", "inpatients", "住院", "住院患者", "出院患者"),
                "emergency": ("emergency", "a&e", "急诊", "急诊患者"),
                "check_up": ("check up", "health check", "体检", "体检人员"),
            },
            example="门诊",
        ),
        SCORE,
        RESPONSES,
        STD_DEV,
        SCORE_SCALE_TOP,
    ),
    key=("month", "unit", "setting"),
    part=("setting",),
    measures=score_measures((("setting",),), "patient_"),
    rated=SCORED,
    order=111,
)
