"""No untranslated string on any page: every message that code passes to a translate function stands in both
catalogues.
"""

from __future__ import annotations

import ast
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
MESSAGE_AT = {"_": 0, "say": 0, "text": 1}
SOURCES = [
    ROOT / "app.py",
    *sorted((ROOT / "pages").rglob("*.py")),
    *sorted((ROOT / "charts").rglob("*.py")),
    *sorted((ROOT / "reports").rglob("*.py")),
]
LANGUAGES = ("zh_Hans", "zh_Hant")


@cache
def messages() -> dict[str, str]:
    """Message -> where it is used. Read from the syntax tree: that sees calls inside f-strings too."""
    found: dict[str, str] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and (place := MESSAGE_AT.get(name_of(node.func))) is not None
                and len(node.args) > place
            ):
                message = node.args[place]
                assert isinstance(message, ast.Constant) or path.name == "selection.py", (
                    f"{path}:{node.lineno} passes no literal"
                )
                if isinstance(message, ast.Constant):
                    found[str(message.value)] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def name_of(function: ast.expr) -> str:
    return (
        function.id
        if isinstance(function, ast.Name)
        else function.attr
        if isinstance(function, ast.Attribute) and function.attr == "say"
        else ""
    )


def catalogue(lang: str) -> dict[str, str]:
    """All files of the language."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "locales" / lang).glob("*.po")):
        with path.open("rb") as source:
            found |= {str(entry.id): str(entry.string) for entry in read_po(source, locale=lang) if entry.id}
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_translated(lang: str) -> None:
    known = catalogue(lang)
    assert {message: place for message, place in messages().items() if not known.get(message)} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["pages.po", "charts.po", "reports.po"])
def test_no_message_is_left_over(lang: str, name: str) -> None:
    with (ROOT / "locales" / lang / name).open("rb") as source:
        assert [entry.id for entry in read_po(source, locale=lang) if entry.id and entry.id not in messages()] == []


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_agree(lang: str) -> None:
    assert {m: t for m, t in catalogue(lang).items() if fields(m) != fields(t)} == {}


def test_the_scripts_are_not_mixed() -> None:
    """Simplified characters do not stand in the Traditional catalogue."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    mine = {m: t for name in ("pages.po", "charts.po") for m, t in read(name, "zh_Hant").items()}
    assert {m: t for m, t in mine.items() if convert(t) != t and OpenCC("t2s").convert(t) == t} == {}


def read(name: str, lang: str) -> dict[str, str]:
    with (ROOT / "locales" / lang / name).open("rb") as source:
        return {str(entry.id): str(entry.string) for entry in read_po(source, locale=lang) if entry.id}
