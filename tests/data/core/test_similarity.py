"""Names that are one but for a slip, and names that only look alike."""

from __future__ import annotations

import time

import pytest

from data.core.similarity import are_similar, pinyin, similar_pairs

SAME = [
    ("资费争义", "资费争议"), ("登陆问题", "登录问题"), ("充值帐户", "充值账户"), ("宽代质量", "宽带质量"), ("終端消售", "终端销售"),
    ("網絡質量", "网络质量"), ("网络 质量", "网络质量"), ("ＡＰＰ投诉", "app投诉"), ("Network", "network"),
    ("Netwrok quality", "Network quality"), ("Tarif dispute", "Tariff dispute"), ("Complaints", "Complaint"),
]  # fmt: skip
OTHERS = [
    ("流量超出", "流量套餐"),
    ("国际漫游", "国内漫游"),
    ("业务办理", "业务管理"),
    ("话费争议", "资费争议"),
    ("一级投诉", "二级投诉"),
    ("线上渠道", "线下渠道"),
    ("移动", "异动"),
    ("资费", "资费争议"),
    ("渠道A", "渠道B"),
    ("10086热线", "10085热线"),
    ("第3厅", "第8厅"),
    ("Postal", "Portal"),
    ("Billing", "Filling"),
    ("Ward A", "Ward B"),
    ("Type 1", "Type 2"),
    ("Incoming", "Outgoing"),
    ("East", "West"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_slip_is_the_same_name(one: str, other: str) -> None:
    assert are_similar(one, other)
    assert list(similar_pairs([one], ["投诉", other])) == [(one, other)]


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_name_is_another(one: str, other: str) -> None:
    assert not are_similar(one, other)
    assert list(similar_pairs([one], [other])) == []


def test_signs_of_one_sound_whatever_the_tone() -> None:
    assert [pinyin(sign) for sign in "义议一衣"] == [pinyin("移")] * 4
    assert pinyin("争") == pinyin("正") != pinyin("真")
    assert [pinyin(sign) for sign in "A3。é "] == list("A3。é ")


def test_thousands_of_names_take_no_time() -> None:
    """Keys are compared, not pairs: 25 million of those would take minutes."""
    begun = time.monotonic()
    names = [f"Category number {place} of everything" for place in range(5_000)]
    assert list(similar_pairs(["Category number 77 of evrything"], names)) == [
        ("Category number 77 of evrything", names[77])
    ]
    assert time.monotonic() - begun < 10
