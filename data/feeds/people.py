"""Who may sign in: role, units and from when to when."""

from data.feeds.common import UNIT
from data.model.feed import Column, Feed
from locales import Text

FEED = Feed(
    name="people",
    title=Text("People", "用户与权限", "使用者與權限"),
    grain=Text("person or group x unit", "人员或用户组 × 单位", "人員或使用者群組 × 單位"),
    columns=(
        Column(
            "person",
            "text",
            Text("Person", "登录账号", "登入帳號"),
            required=True,
            headers=("sign-in name", "用户账号", "登录名"),
            note=Text(
                "The subject or e-mail address of the sign-in, or group: and the name of a group",
                "登录的主体标识或电子邮件，或 group: 加用户组名称",
                "登入的主體識別或電子郵件，或 group: 加使用者群組名稱",
            ),
            example="li.wei@example.org",
        ),
        Column(
            "role",
            "choice",
            Text("Role", "系统角色", "系統角色"),
            required=True,
            headers=("access role", "权限角色"),
            choices={
                "viewer": ("reader", "查看", "只读"),
                "front_line": ("front line", "frontline", "一线"),
                "analyst": ("分析员", "分析"),
                "administrator": ("admin", "管理员"),
            },
            example="viewer",
        ),
        Column(
            "unit",
            "unit",
            UNIT.title,
            headers=UNIT.headers,
            note=Text(
                "What they see, with all below it; may be left out for administrators only",
                "可见的单位及其下级；仅管理员可以不填",
                "可見的單位及其下級；僅管理員可以不填",
            ),
            example=UNIT.example,
        ),
        Column(
            "personal_data",
            "flag",
            Text("Personal data", "可见个人信息", "可見個人資料"),
            headers=("sees personal data", "个人信息权限"),
            example="no",
        ),
        Column(
            "since", "time", Text("From day", "生效日期", "生效日期"), headers=("valid from",), example="2025-01-01"
        ),
        Column(
            "until", "time", Text("Until day", "失效日期", "失效日期"), headers=("valid until",), example="2026-01-01"
        ),
    ),
    key=("person", "unit"),
    part=("person",),
    month_column=None,
    unit_column="unit",
    order=90,
)
