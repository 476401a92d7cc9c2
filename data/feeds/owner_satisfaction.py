"""Property pack: what owners say of each service, as scores of a survey wave."""

from data.feeds.common import MONTH, RESPONSES, SCORE, SCORE_SCALE_TOP, SCORED, STD_DEV, UNIT, score_measures
from data.model.feed import Column, Feed
from locales import Text

FEED = Feed(
    name="owner_satisfaction",
    title=Text("Owner satisfaction", "业主满意度", "業主滿意度"),
    grain=Text("unit x wave x service", "单位 × 月份 × 服务项目", "單位 × 月份 × 服務項目"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "service",
            "choice",
            Text("Service", "服务项目", "服務項目"),
            required=True,
            headers=("service item", "物业服务项目", "服务内容", "服务板块"),
            choices={
                "overall": ("overall", "总体", "综合", "整体"),
                "security": ("security", "秩序维护", "安保", "秩序"),
                "cleaning": ("cleaning", "环境保洁", "保洁", "清洁"),
                "greening": ("greening", "gardens", "绿化养护", "绿化"),
                "repairs": ("repairs", "maintenance", "工程维修", "维修", "报修"),
                "front_desk": ("front desk", "service desk", "客户服务", "客服", "前台服务"),
            },
            example="总体",
        ),
        SCORE,
        RESPONSES,
        STD_DEV,
        SCORE_SCALE_TOP,
    ),
    key=("month", "unit", "service"),
    part=("service",),
    measures=score_measures((("service",),), "owner_"),
    rated=SCORED,
    order=121,
)
