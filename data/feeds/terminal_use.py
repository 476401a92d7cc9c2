"""Use of self-service terminals by function."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure
from locales import Text

BY = (("function",),)

FEED = Feed(
    name="terminal_use",
    title=Text("Terminal use", "自助终端业务", "自助終端業務"),
    grain=Text("unit x month x function", "单位 × 月份 × 功能", "單位 × 月份 × 功能"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "function",
            "choice",
            Text("Function", "功能", "功能"),
            required=True,
            headers=("terminal function", "业务功能", "业务类型", "终端功能", "办理业务", "功能名称"),
            choices={
                "recharge": ("recharge", "top-up", "top up", "充值", "缴费", "充值缴费", "交费"),
                "bill_printing": ("bill printing", "print bill", "账单打印", "详单打印", "账单详单打印"),
                "invoice": ("invoice", "发票", "发票打印", "打印发票"),
                "plan_change": ("plan change", "套餐变更", "套餐办理", "业务变更"),
                "balance_query": ("balance query", "query", "余额查询", "查询", "话费查询", "信息查询"),
                "sim": ("sim", "sim replacement", "补换卡", "补卡", "换卡"),
                "new_business": ("new business", "业务办理", "新业务办理"),
            },
            open_choices=True,
            example="充值",
        ),
        Column(
            "transactions",
            "count",
            Text("Transactions", "办理笔数", "辦理筆數"),
            required=True,
            headers=("count", "uses", "笔数", "业务量", "使用次数", "交易笔数", "办理量", "业务笔数"),
            example=2100,
        ),
    ),
    key=("month", "unit", "function"),
    measures=(
        Measure(
            "terminal_transactions",
            Text("terminal transactions", "终端业务笔数", "終端業務筆數"),
            "sum(transactions)",
            "flow",
            BY,
        ),
        Measure(
            "terminal_beyond_recharge",
            Text("terminal transactions other than recharges", "终端非充值业务笔数", "終端非充值業務筆數"),
            "coalesce(sum(transactions) FILTER (function <> 'recharge'), 0 * sum(transactions))",
            "flow",
        ),
    ),
    order=51,
)
