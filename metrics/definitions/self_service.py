"""Self-service: where customers recharge, and what the terminals are used for."""

from locales import Text
from metrics.model.metric import Family, Metric, Term

FAMILY = Family("self_service", Text("Self-service", "自助服务", "自助服務"), 30)
_PERCENT = Text("%", "%", "%")
_RECHARGE = Text("Recharges by channel", "充值渠道报表", "充值渠道報表")

METRICS = (
    Metric(
        code="self_service_share",
        family="self_service",
        name=Text("Self-service recharge share", "自助充值占比", "自助充值佔比"),
        meaning=Text(
            "Share of recharges, by number, made without staff: terminal, app, web, mini program.",
            "通过自助终端、APP、网站、小程序等自助渠道完成的充值笔数，占全部充值笔数的比例。",
            "透過自助終端、APP、網站、小程式等自助渠道完成的充值筆數，佔全部充值筆數的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("self_service_transactions"),
        denominator=Term("recharge_transactions"),
        scale=100,
        decimals=2,
        minimum_base=100,
        default_target=60.0,
        segment_kinds=("channel",),
        source=_RECHARGE,
    ),
    Metric(
        code="self_service_amount_share",
        family="self_service",
        name=Text("Self-service recharge share by amount", "自助充值金额占比", "自助充值金額佔比"),
        meaning=Text(
            "Share of the amount recharged that came through self-service channels.",
            "通过自助渠道充值的金额，占全部充值金额的比例。",
            "透過自助渠道充值的金額，佔全部充值金額的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("self_service_amount"),
        denominator=Term("recharge_amount"),
        interval="ratio_of_totals",
        scale=100,
        decimals=2,
        default_target=55.0,
        segment_kinds=("channel",),
        source=_RECHARGE,
        headline=False,
    ),
    Metric(
        code="terminals_per_10k",
        family="self_service",
        name=Text("Self-service terminals per 10,000 customers", "万客户自助终端数", "萬客戶自助終端數"),
        meaning=Text(
            "Self-service terminals in place, for every 10,000 customers (both as the mean of the months).",
            "在用自助终端台数，按每一万名客户折算（两者均取各月平均）。",
            "在用自助終端台數，按每一萬名客戶折算（兩者均取各月平均）。",
        ),
        unit=Text("per 10,000 customers", "台/万客户", "台/萬客戶"),
        format="rate",
        better="higher",
        numerator=Term("self_service_terminals"),
        interval="none",
        denominator=Term("customers"),
        scale=10_000,
        decimals=2,
        minimum_base=1_000,
        source=Text("Customer base", "客户规模表", "客戶規模表"),
        headline=False,
    ),
    Metric(
        code="terminal_beyond_recharge",
        family="self_service",
        name=Text("Terminal use beyond recharge", "自助终端非充值业务占比", "自助終端非充值業務佔比"),
        meaning=Text(
            "Share of transactions at self-service terminals that were not recharges.",
            "自助终端上办理的非充值业务笔数，占终端全部业务笔数的比例。",
            "自助終端上辦理的非充值業務筆數，佔終端全部業務筆數的比例。",
        ),
        unit=_PERCENT,
        format="percent",
        better="higher",
        numerator=Term("terminal_beyond_recharge"),
        denominator=Term("terminal_transactions"),
        scale=100,
        minimum_base=100,
        default_target=30.0,
        segment_kinds=("function",),
        source=Text("Terminal use by function", "自助终端业务报表", "自助終端業務報表"),
    ),
)
