"""The hotline: whether a call settles the matter."""

from locales import Text
from metrics.model.metric import Family, Metric, Term

FAMILY = Family("hotline", Text("Hotline", "热线服务", "熱線服務"), 50)

METRICS = (
    Metric(
        code="hotline_first_contact",
        family="hotline",
        name=Text("Hotline first-contact resolution", "热线一次解决率", "熱線一次解決率"),
        meaning=Text(
            "Share of hotline calls settled in the first call, against the service standard of 80 %.",
            "热线来电在首次通话中解决的比例，对照 80% 的服务标准。",
            "熱線來電在首次通話中解決的比例，對照 80% 的服務標準。",
        ),
        unit=Text("%", "%", "%"),
        format="percent",
        better="higher",
        numerator=Term("hotline_resolved"),
        denominator=Term("hotline_base"),
        scale=100,
        minimum_base=100,
        default_target=80.0,
        source=Text("Hotline calls", "热线话务报表", "熱線話務報表"),
    ),
)
