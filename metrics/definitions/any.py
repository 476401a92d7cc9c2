"""Any other indicator: what was loaded ready-made or registered, without a definition in the program."""

from locales import Text
from metrics.model.metric import Family, Metric

FAMILY = Family("any", Text("Further indicators", "其他指标", "其他指標"), 900)
METRICS: tuple[Metric, ...] = ()
