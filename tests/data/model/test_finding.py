"""A finding has one code for one thing, and is told in three languages."""

from __future__ import annotations

from data.feeds import all_feeds
from data.model.finding import Finding
from data.parsing.columns import OUT_OF_RANGE
from locales import text
from tests.locales.test_data_messages import kinds


def test_a_code_means_one_thing() -> None:
    said = {(kind.code, kind.message, kind.severity) for kind in kinds()}
    said |= {(rule.code, rule.message, rule.severity) for feed in all_feeds() for rule in feed.rules}
    codes = [code for code, _, _ in said]
    assert [code for code in codes if codes.count(code) > 1] == []


def test_a_finding_is_reported_in_three_languages() -> None:
    finding = Finding(OUT_OF_RANGE, value="854.2", column="得分", params={"low": "0", "high": "100"})
    assert [finding.message(lang) for lang in ("en", "zh_Hans", "zh_Hant")] == [
        "“854.2” in “得分” lies outside 0 to 100.",
        "“得分”中的“854.2”超出 0 至 100 的范围。",
        "「得分」中的「854.2」超出 0 至 100 的範圍。",
    ]
    assert text("zh_Hant", "A whole number, 0 or more") == "不小於 0 的整數"


def test_a_finding_that_lacks_a_word_is_reported_all_the_same() -> None:
    finding = Finding(OUT_OF_RANGE, value="854.2", column="得分")
    assert finding.message() == "“854.2” in “得分” lies outside – to –."
