"""Controls as HTML, from literals: what is current, what the address says, and nothing of a user's words as markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from pages.shared.session import controls


class Elements(HTMLParser):
    """Every element with its attributes, and the text in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_a_list_marks_what_is_current() -> None:
    page = Elements(controls.select_control("month", "Data month", ["2025-11", "2025-10"], "2025-10", str))
    assert page.all("select") == [{"data-choice": "month", "data-usual": "", "aria-label": "Data month"}]
    assert [(one["value"], "selected" in one) for one in page.all("option")] == [("2025-11", False), ("2025-10", True)]


def test_a_list_in_groups() -> None:
    page = Elements(
        controls.select_control("metric", "Metric", ["a", "b"], "a", str.upper, groups={"One": ["a"], "Two": ["b"]})
    )
    assert [one["label"] for one in page.all("optgroup")] == ["One", "Two"]
    assert page.text == "AB"


def test_buttons_press_the_current_one() -> None:
    page = Elements(controls.button_group("period", "Period", ["month", "ytd"], "ytd", str, "month"))
    assert [(one["value"], one["aria-pressed"], one["data-usual"]) for one in page.all("button")] == [
        ("month", "false", "month"),
        ("ytd", "true", "month"),
    ]


def test_a_list_to_search_in_says_what_is_current_and_where_its_options_are() -> None:
    button = Elements(controls.search_button("unit", "Unit", "sq-units", "大洋", "Name or code", before="A~B")).all(
        "button"
    )[0]
    assert (button["data-choice"], button["data-source"], button["data-before"]) == ("unit", "sq-units", "A~B")
    assert button["aria-label"] == "Unit: 大洋"


def test_the_options_are_lines_of_code_and_name() -> None:
    page = Elements(controls.search_options("sq-units", {"DY": "大洋", "X": "two\nlines\tapart"}, "none"))
    assert page.text == "DY\t大洋\nX\ttwo lines apart"
    assert page.all("pre")[0]["data-nothing"] == "none"


def test_chips_let_each_choice_go() -> None:
    page = Elements(
        controls.chips(
            "with",
            "With",
            ["A", "B"],
            str.lower,
            lambda code: "B" if code == "A" else "A",
            lambda name: f"Leave out {name}",
        )
    )
    assert [(one["value"], one["aria-label"]) for one in page.all("button")] == [
        ("B", "Leave out a"),
        ("A", "Leave out b"),
    ]


@pytest.mark.parametrize("evil", ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "' onclick='x"])
def test_no_word_of_a_user_is_markup(evil: str) -> None:
    def said(code: str) -> str:
        return evil

    made = [
        controls.select_control(evil, evil, [evil], evil, said, evil, {evil: [evil]}),
        controls.button_group(evil, evil, [evil], evil, said, evil),
        controls.search_button(evil, evil, evil, evil, evil, evil),
        controls.search_options(evil, {evil: evil}, evil),
        controls.chips(evil, evil, [evil], said, said, said),
        controls.with_label("", evil, False),
    ]
    for html in made:
        page = Elements(html)
        assert {name for name, _ in page.found} <= {"select", "optgroup", "option", "div", "span", "button", "pre"}
        assert not any(name.startswith("on") for _, attributes in page.found for name in attributes)
