"""Units: who belongs to whom."""

from dataclasses import replace

from data.feeds.common import LEVEL
from data.model.feed import Column, Feed
from locales import Text

FEED = Feed(
    name="units",
    title=Text("Units", "组织机构", "組織機構"),
    grain=Text("a unit", "一个单位", "一個單位"),
    columns=(
        Column(
            "code",
            "text",
            Text("Code", "编码", "編碼"),
            required=True,
            headers=("unit code", "单位编码", "机构编码", "代码", "单位代码", "机构代码"),
            example="DY",
        ),
        Column(
            "name",
            "text",
            Text("Name", "名称", "名稱"),
            required=True,
            headers=("unit name", "单位名称", "机构名称", "单位", "机构"),
            example="大洋",
        ),
        replace(LEVEL, required=True),
        Column(
            "parent",
            "text",
            Text("Parent", "上级单位", "上級單位"),
            headers=("parent code", "parent unit", "上级", "上级编码", "上级单位编码", "上级机构", "所属单位", "归属"),
            example="P",
        ),
        Column(
            "since",
            "month",
            Text("Parent since", "归属起始月份", "歸屬起始月份"),
            headers=(
                "since",
                "belongs since",
                "parent from",
                "隶属起始月份",
                "归属生效月份",
                "划转月份",
                "调整生效月份",
            ),
            note=Text(
                "the first month below this parent; empty: as before, or from the beginning",
                "归属该上级的第一个月；空：照旧，或自始至终",
                "歸屬該上級的第一個月；空：照舊，或自始至終",
            ),
        ),
        Column(
            "kind",
            "choice",
            Text("Kind", "性质", "性質"),
            headers=("ownership", "厅店性质", "类型", "厅店类型", "经营性质", "自有/合作"),
            choices={
                "own": ("own", "自有", "自有厅", "自营"),
                "partner": ("partner", "合作", "合作厅", "加盟", "代理"),
            },
            open_choices=True,
            example="own",
        ),
        Column(
            "aliases",
            "text",
            Text("Aliases", "别名", "別名"),
            headers=("alias", "also known as", "曾用名", "简称", "其他名称"),
            note=Text("several, separated by ; or 、", "多个用 ; 或 、 分隔", "多個用 ; 或 、 分隔"),
            example="大洋市;Dayang",
        ),
        Column(
            "opened",
            "month",
            Text("Opened", "启用月份", "啟用月份"),
            headers=("open month", "opening month", "开业月份", "开业日期", "启用日期", "成立时间"),
        ),
        Column(
            "closed",
            "month",
            Text("Closed", "停用月份", "停用月份"),
            headers=("close month", "closing month", "关闭月份", "停业月份", "停业日期", "撤销日期", "关闭日期"),
        ),
    ),
    key=("code", "since"),
    month_column=None,
    unit_column="code",
    since_column="since",
    order=0,
)
