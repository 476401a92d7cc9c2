"""Every sentence that the metrics write stands in both catalogues, and none is left over."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from opencc import OpenCC

from metrics.assessment.verdicts import COURSES, JUMPS, SHIFTS, SHIFTS_OF_A_COURSE, UNVARIED
from metrics.cli.commands import PERIOD_NAMES
from metrics.wording.path import PARTS

ROOT = Path(__file__).resolve().parents[2]


def messages() -> set[str]:
    """The literal messages of text(lang, "..."), also where one of two is chosen, and those of the tables."""
    tables = (JUMPS, UNVARIED, COURSES, SHIFTS, SHIFTS_OF_A_COURSE, PARTS, PERIOD_NAMES)
    found = {message for table in tables for message in table.values()}
    for path in sorted((ROOT / "metrics").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        chosen = {
            node.targets[0].id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.IfExp)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "text"
                and len(node.args) > 1
            ):
                message = node.args[1]
                if isinstance(message, ast.Name) and message.id in chosen:
                    message = chosen[message.id]
                sides = (message.body, message.orelse) if isinstance(message, ast.IfExp) else (message,)
                found |= {str(side.value) for side in sides if isinstance(side, ast.Constant)}
    return found


def catalogue(lang: str) -> dict[str, str]:
    with (ROOT / "locales" / lang / "metrics.po").open("rb") as source:
        return {str(entry.id): str(entry.string) for entry in read_po(source, locale=lang) if entry.id}


@pytest.mark.parametrize("lang", ["zh_Hans", "zh_Hant"])
def test_every_sentence_is_translated_and_none_is_left_over(lang: str) -> None:
    known = catalogue(lang)
    assert {message for message in messages() if not known.get(message)} == set()
    assert set(known) - messages() == set()


def test_the_scripts_are_not_mixed() -> None:
    to_traditional, to_simplified = OpenCC("s2t").convert, OpenCC("t2s").convert
    assert {
        text for text in catalogue("zh_Hant").values() if to_traditional(text) != text and to_simplified(text) == text
    } == set()
    assert {text for text in catalogue("zh_Hans").values() if to_simplified(text) != text} == set()
