"""Hospital pack: quality checks of three levels (the department itself, the hospital's offices, outside inspectors)."""

from data.feeds.common import MONTH, UNIT
from data.model.feed import Column, Feed, Measure, Rule, share_of
from locales import Text

FEED = Feed(
    name="quality_checks",
    title=Text("Quality checks", "三级质控检查", "三級質控檢查"),
    grain=Text("unit x month x level of check", "单位 × 月份 × 质控级别", "單位 × 月份 × 質控級別"),
    columns=(
        MONTH,
        UNIT,
        Column(
            "check_level",
            "choice",
            Text("Level of check", "质控级别", "質控級別"),
            required=True,
            headers=("check level", "level of checks", "检查级别", "督查级别", "质控层级"),
            choices={
                "department": ("department", "first level", "1", "一级", "一级质控", "科室自查", "科室"),
                "hospital": ("hospital", "second level", "2", "二级", "二级质控", "院级督查", "职能科室", "院级"),
                "outside": ("outside", "third level", "3", "三级", "三级质控", "外部检查", "上级检查"),
            },
            example="一级",
        ),
        Column(
            "checked",
            "count",
            Text("Items checked", "检查项次", "檢查項次"),
            required=True,
            headers=("items", "checks", "检查项数", "抽查数", "检查数", "应查项次"),
            example=240,
        ),
        Column(
            "passed",
            "count",
            Text("Items passed", "合格项次", "合格項次"),
            required=True,
            headers=("passed", "合格数", "合格项数", "达标数", "合格项"),
            example=228,
        ),
    ),
    key=("month", "unit", "check_level"),
    part=("check_level",),
    measures=(
        Measure(
            "items_checked", Text("items checked", "检查项次", "檢查項次"), "sum(checked)", "flow", (("check_level",),)
        ),
        Measure(
            "items_passed", Text("items passed", "合格项次", "合格項次"), "sum(passed)", "flow", (("check_level",),)
        ),
    ),
    rules=(
        Rule(
            "passed_exceeds_checked",
            "passed > checked",
            "passed",
            "{value} is more than the whole of the row.",
            "A part cannot exceed the whole: check both cells.",
        ),
    ),
    ready_made=(share_of("passed", "checked", "合格率", "达标率", "检查合格率", "pass rate"),),
    order=113,
)
