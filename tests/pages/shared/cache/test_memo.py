"""What is computed once: how often it is computed, what is let go, and that no reader changes another's figures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pandas as pd
import pytest

from pages.shared.cache.memo import memoise


def test_it_is_computed_once_for_the_same_question() -> None:
    asked: list[tuple[str, int]] = []

    @memoise(8)
    def answer(name: str, number: int) -> str:
        asked.append((name, number))
        return name * number

    assert [answer("a", 2), answer("a", 2), answer("a", 3), answer("b", 2)] == ["aa", "aa", "aaa", "bb"]
    assert asked == [("a", 2), ("a", 3), ("b", 2)]


def test_the_one_asked_longest_ago_is_let_go() -> None:
    asked: list[int] = []

    @memoise(2)
    def answer(number: int) -> int:
        asked.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        answer(number)
    assert asked == [1, 2, 3, 2]


def test_a_key_leaves_out_what_does_not_tell_answers_apart() -> None:
    @memoise(8, key=lambda key, _make: key)
    def drawn(key: tuple[str, int], make: object) -> object:
        return make

    assert [drawn(("chart", 1), "first"), drawn(("chart", 1), "second"), drawn(("chart", 2), "third")] == [
        "first",
        "first",
        "third",
    ]


def test_what_a_reader_writes_into_a_frame_is_his_alone() -> None:
    @memoise(8)
    def figures(unit: str) -> pd.DataFrame:
        return pd.DataFrame({"unit": [unit, unit], "value": [1.0, 2.0]})

    mine = figures("DY")
    mine.loc[0, "value"] = 99.0
    mine["rank"] = [1, 2]
    mine.drop(columns="unit", inplace=True)
    assert figures("DY").to_dict("list") == {"unit": ["DY", "DY"], "value": [1.0, 2.0]}


def test_who_asks_the_same_meanwhile_waits_for_the_one_answer() -> None:
    begun, go_on = Event(), Event()
    asked: list[int] = []

    @memoise(8)
    def answer(number: int) -> int:
        asked.append(number)
        begun.set()
        assert go_on.wait(10)
        return number

    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(answer, 1)
        assert begun.wait(10)
        second = readers.submit(answer, 1)
        go_on.set()
        assert (first.result(10), second.result(10)) == (1, 1)
    assert asked == [1]


def test_a_failure_is_not_kept() -> None:
    asked: list[int] = []

    @memoise(8)
    def answer(number: int) -> int:
        asked.append(number)
        if len(asked) == 1:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match="1"):
        answer(1)
    assert answer(1) == 1
