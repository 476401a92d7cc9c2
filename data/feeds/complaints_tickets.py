"""Complaints by the row: one ticket is one complaint."""

from data.feeds.common import CATEGORY, UNIT
from data.model.feed import Column, Feed, Measure, Rule
from locales import Text

# A complaint is on time when it is closed within 48 hours of receipt (the branch's published service promise; no law sets it).
ON_TIME_HOURS = 48
BY = (("category",), ("subcategory",), ("channel",), ("responsible_department",))

FEED = Feed(
    name="complaints_tickets",
    title=Text("Complaints (tickets)", "投诉工单", "投訴工單"),
    grain=Text("a complaint", "一张投诉工单", "一張投訴工單"),
    columns=(
        Column("ticket_id", "text", Text("Ticket", "投诉工单号", "投訴工單號"), required=True, headers=("ticket id", "ticket no", "case id", "complaint id", "工单号", "工单编号", "投诉编号", "流水号", "工单流水号", "投诉流水号"), example="T20251100001"),
        Column("received_at", "time", Text("Received", "受理时间", "受理時間"), required=True, headers=("received at", "received on", "created at", "date received", "投诉时间", "受理日期", "投诉日期", "建单时间", "来电时间", "登记时间"), example="2025-11-03 09:12"),
        UNIT,
        Column("category", "text", CATEGORY.title, required=True, headers=CATEGORY.headers, example=CATEGORY.example),
        Column("subcategory", "text", Text("Subcategory", "投诉子类", "投訴子類"), headers=("sub category", "subtype", "子类", "二级分类", "投诉小类", "投诉细类"), example="套餐"),
        Column("channel", "text", Text("Channel", "受理渠道", "受理渠道"), headers=("complaint channel", "source", "渠道", "投诉渠道", "来源", "投诉来源"), example="热线"),
        Column(
            "level", "choice", Text("Level", "投诉级别", "投訴級別"), headers=("severity", "级别", "投诉等级", "工单级别", "是否升级", "升级标识"),
            choices={"normal": ("normal", "普通", "一般", "一般投诉", "普通投诉", "否", "no"), "escalated": ("escalated", "升级", "越级", "升级投诉", "越级投诉", "申诉", "重大", "是", "yes")},
            example="普通",
        ),
        Column("responsible_department", "text", Text("Responsible department", "责任部门", "責任部門"), headers=("department", "部门", "归责部门", "责任单位", "主责部门"), example="市场部"),
        Column("customer_ref", "text", Text("Customer", "客户标识", "客戶標識"), headers=("customer id", "customer no", "msisdn", "客户编号", "客户号码", "用户标识", "用户号码", "手机号码", "客户id"), example="K000123"),
        Column("first_contact_resolved", "flag", Text("Resolved at first contact", "是否一次解决", "是否一次解決"), headers=("fcr", "first contact resolved", "一次解决", "首次解决", "是否首次解决"), example="是"),
        Column("resolved_at", "time", Text("Resolved", "办结时间", "辦結時間"), headers=("resolved on", "closed at", "办结日期", "归档时间", "结案时间", "完成时间"), example="2025-11-04 10:00"),
        Column("liable", "flag", Text("Liable", "是否有责", "是否有責"), headers=("our fault", "有责", "责任认定", "是否责任投诉"), example="否"),
        Column("satisfaction", "number", Text("Satisfaction", "处理满意度", "處理滿意度"), headers=("satisfaction score", "满意度", "满意度评分", "回访满意度"), example=8),
    ),
    key=("ticket_id",),
    measures=(
        Measure("complaints", Text("complaints", "投诉件数", "投訴件數"), "count(*)", "flow", BY),
        Measure("escalated", Text("escalated complaints", "升级投诉件数", "升級投訴件數"), "count(*) FILTER (level = 'escalated')", "flow", BY),
        Measure("repeat", Text("repeat complaints", "重复投诉件数", "重複投訴件數"), "count(customer_ref) - count(DISTINCT customer_ref)", "flow", (("category",),), within=("category",)),
        Measure("repeat_base", Text("complaints whose customer is recorded", "有客户记录的投诉件数", "有客戶記錄的投訴件數"), "count(customer_ref)", "flow", (("category",),)),
        Measure("resolved_first_contact", Text("complaints settled at first contact", "一次解决件数", "一次解決件數"), "count(*) FILTER (first_contact_resolved)", "flow", BY),
        Measure("first_contact_base", Text("complaints whose first contact is recorded", "有首次处理记录的投诉件数", "有首次處理記錄的投訴件數"), "count(first_contact_resolved)", "flow", BY),
        Measure("on_time", Text("complaints settled on time", "及时办结件数", "及時辦結件數"), f"count(*) FILTER (resolved_at - received_at <= INTERVAL {ON_TIME_HOURS} HOUR)", "flow", BY),
        Measure("on_time_base", Text("complaints whose time is recorded", "有办结时间的投诉件数", "有辦結時間的投訴件數"), "count(resolved_at)", "flow", BY),
        Measure("liable", Text("complaints for which we are liable", "有责投诉件数", "有責投訴件數"), "count(*) FILTER (liable)", "flow", BY),
        Measure("liable_base", Text("complaints whose liability is recorded", "有定责记录的投诉件数", "有定責記錄的投訴件數"), "count(liable)", "flow", BY),
    ),
    rules=(
        Rule(
            "resolved_before_received", "resolved_at < received_at", "resolved_at",
            "The complaint was resolved ({value}) before it was received.", "Check the two times.",
        ),
    ),
    month_column="received_at",
    events=True,
    order=30,
)  # fmt: skip
