"""Recharges by channel, long or wide (a column a channel)."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, ReadyMade, WideRule
from locales import Text

SELF_SERVICE = "('self_service_terminal', 'app', 'web', 'mini_program', 'other_self_service')"
BY = (("channel",),)

FEED = Feed(
    name="recharge",
    title=Text("Recharge by channel", "充值渠道", "充值渠道"),
    grain=Text("unit x month x channel", "单位 × 月份 × 渠道", "單位 × 月份 × 渠道"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "channel",
            "choice",
            Text("Channel", "充值渠道", "充值渠道"),
            required=True,
            headers=("recharge channel", "渠道", "缴费渠道", "交费渠道", "渠道名称"),
            choices={
                "self_service_terminal": (
                    "self-service terminal",
                    "self service terminal",
                    "terminal",
                    "kiosk",
                    "自助终端",
                    "自助机",
                    "自助设备",
                ),
                "app": ("app", "mobile app", "手机app", "掌厅", "掌上营业厅", "手机营业厅", "客户端"),
                "web": ("web", "website", "online", "网上营业厅", "网厅", "网站", "网上商城"),
                "mini_program": (
                    "mini program",
                    "mini-program",
                    "wechat",
                    "微信",
                    "微信小程序",
                    "小程序",
                    "微厅",
                    "微信公众号",
                ),
                "hall_counter": (
                    "hall counter",
                    "counter",
                    "hall",
                    "营业厅",
                    "营业厅柜台",
                    "柜台",
                    "营业厅前台",
                    "前台",
                ),
                "agent": ("agent", "dealer", "代理商", "代理点", "社会渠道", "代办点", "合作厅"),
                "voucher": ("voucher", "card", "scratch card", "充值卡", "缴费卡"),
                "bank": ("bank", "银行", "银行代扣", "银行托收", "银行代收"),
                "other_self_service": ("other self-service", "其他自助渠道", "其他自助", "其它自助渠道"),
                "other": ("other", "others", "其他", "其它", "其他渠道"),
            },
            open_choices=True,
            example="自助终端",
        ),
        Column(
            "transactions",
            "count",
            Text("Transactions", "充值笔数", "充值筆數"),
            required=True,
            headers=("count", "number", "recharges", "笔数", "缴费笔数", "交易笔数", "充值次数"),
            example=5200,
        ),
        Column(
            "amount",
            "number",
            Text("Amount", "充值金额", "充值金額"),
            headers=("value", "recharge amount", "金额", "缴费金额", "交易金额", "充值金额(元)", "充值金额（元）"),
            minimum=0,
            example=310000,
        ),
    ),
    key=("month", "unit", "channel"),
    measures=(
        Measure("recharge_transactions", Text("recharges", "充值笔数", "充值筆數"), "sum(transactions)", "flow", BY),
        Measure("recharge_amount", Text("amount recharged", "充值金额", "充值金額"), "sum(amount)", "flow", BY),
        Measure(
            "self_service_transactions",
            Text("self-service recharges", "自助充值笔数", "自助充值筆數"),
            f"coalesce(sum(transactions) FILTER (channel IN {SELF_SERVICE}), 0 * sum(transactions))",
            "flow",
        ),
        Measure(
            "self_service_amount",
            Text("amount recharged by self-service", "自助充值金额", "自助充值金額"),
            f"coalesce(sum(amount) FILTER (channel IN {SELF_SERVICE}), 0 * sum(amount))",
            "flow",
        ),
    ),
    wide=(WideRule("channel", "transactions"), WideRule("channel", "amount")),
    ready_made=(
        ReadyMade(
            (
                "self-service share",
                "share of self-service",
                "self-service recharge share",
                "自助充值占比",
                "自助占比",
                "自助渠道占比",
                "自助缴费占比",
                "自助充值率",
                "自助率",
                "自助服务占比",
            ),
            tuple(
                f"100 * coalesce(sum({figure}) FILTER (channel IN {SELF_SERVICE}), 0) / nullif(sum({figure}), 0)"
                for figure in ("transactions", "amount")
            ),
        ),
        ReadyMade(
            ("笔均金额", "笔均充值金额", "平均每笔金额", "单笔均额", "average amount", "amount per recharge"),
            ("sum(amount) / nullif(sum(transactions), 0)",),
            scale=1,
        ),
    ),
    order=50,
)
