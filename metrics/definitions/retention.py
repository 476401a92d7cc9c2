"""Retention: the mid- and high-end customers of a snapshot, who stayed and what binds them."""

from locales import Text
from metrics.model.metric import Family, Metric, Term

FAMILY = Family("retention", Text("Retention", "客户保有", "客戶保有"), 40)
_SOURCE = Text(
    "Snapshot cohort of mid- and high-end customers; the latest month of a period counts",
    "中高端客户拍照清单；跨月取期内最后一个月",
    "中高端客戶拍照清單；跨月取期內最後一個月",
)


def _of_the_cohort(
    code: str,
    name: Text,
    meaning: Text,
    part: str,
    base: str,
    target: float | None,
    headline: bool = True,
    restarts: bool = False,
) -> Metric:
    """The share of the snapshot cohort for which `part` holds."""
    return Metric(
        code=code,
        family="retention",
        name=name,
        meaning=meaning,
        unit=Text("%", "%", "%"),
        format="percent",
        better="higher",
        numerator=Term(part),
        denominator=Term(base),
        scale=100,
        minimum_base=100,
        default_target=target,
        source=_SOURCE,
        headline=headline,
        restarts=restarts,
    )


METRICS = (
    Metric(
        code="mid_high_end_customers",
        family="retention",
        name=Text("Mid- and high-end customers, monthly mean", "月均中高端客户数", "月均中高端客戶數"),
        meaning=Text(
            "Mid- and high-end customers, as the mean of the months of the period; attainment is the completion of "
            "the target.",
            "期内各月中高端客户数的平均值；达成率即目标完成率。",
            "期內各月中高端客戶數的平均值；達成率即目標完成率。",
        ),
        unit=Text("customers", "户", "戶"),
        format="count",
        better="higher",
        numerator=Term("mid_high_end_customers"),
        interval="none",
        decimals=0,
        source=Text("Customer base", "客户规模表", "客戶規模表"),
    ),
    _of_the_cohort(
        "snapshot_retention",
        Text("Snapshot retention", "拍照保有率", "拍照保有率"),
        Text(
            "Share of the customers in the snapshot who are still there and still of high value. Those who left or "
            "whose value fell stay in the base.",
            "拍照客户中仍然在网且价值未降的比例；离网和降值的客户保留在分母中。",
            "拍照客戶中仍然在網且價值未降的比例；離網和降值的客戶保留在分母中。",
        ),
        "retained",
        "retained_base",
        85.0,
        restarts=True,
    ),
    _of_the_cohort(
        "overall_binding",
        Text("Overall binding", "整体捆绑率", "整體捆綁率"),
        Text(
            "Share of the snapshot customers with a hard or a soft binding, each counted once.",
            "拍照客户中有硬捆绑或软捆绑的比例，同时具备的只计一次。",
            "拍照客戶中有硬捆綁或軟捆綁的比例，同時具備的只計一次。",
        ),
        "bound_any",
        "any_base",
        70.0,
    ),
    _of_the_cohort(
        "hard_binding",
        Text("Hard binding", "硬捆绑率", "硬捆綁率"),
        Text(
            "Share of the snapshot customers bound by a contract or a device plan.",
            "拍照客户中签有合约或终端合约计划的比例。",
            "拍照客戶中簽有合約或終端合約計劃的比例。",
        ),
        "hard_bound",
        "hard_base",
        45.0,
        headline=False,
    ),
    _of_the_cohort(
        "soft_binding",
        Text("Soft binding", "软捆绑率", "軟捆綁率"),
        Text(
            "Share of the snapshot customers bound by habit: family numbers, points, broadband, group services.",
            "拍照客户中以家庭号码、积分、宽带、集团业务等方式维系的比例。",
            "拍照客戶中以家庭號碼、積分、寬頻、集團業務等方式維繫的比例。",
        ),
        "soft_bound",
        "soft_base",
        55.0,
        headline=False,
    ),
    _of_the_cohort(
        "deep_binding",
        Text("Deep binding", "深度捆绑率", "深度捆綁率"),
        Text(
            "Share of the snapshot customers whose binding runs long enough to count as deep.",
            "拍照客户中捆绑期限达到深度捆绑标准的比例。",
            "拍照客戶中捆綁期限達到深度捆綁標準的比例。",
        ),
        "deep_bound",
        "deep_base",
        50.0,
    ),
    _of_the_cohort(
        "binding_overlap",
        Text("Hard and soft binding together", "软硬捆绑重叠率", "軟硬捆綁重疊率"),
        Text(
            "Share of the snapshot customers who hold both: hard + soft - overall.",
            "同时具备硬捆绑和软捆绑的拍照客户比例：硬捆绑 + 软捆绑 − 整体捆绑。",
            "同時具備硬捆綁和軟捆綁的拍照客戶比例：硬捆綁 + 軟捆綁 − 整體捆綁。",
        ),
        "both_bound",
        "any_base",
        None,
        headline=False,
    ),
)
