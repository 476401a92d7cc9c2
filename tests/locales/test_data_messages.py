"""Findings and templates speak Chinese: every message that the data package can give stands in both catalogues."""

from __future__ import annotations

import ast
import string
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from babel.messages.pofile import read_po

import data
from data.feeds import all_feeds
from data.model.finding import Kind

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh_Hans", "zh_Hant")
# A reason is told by whoever could not read the file; the message has no words of its own.
NO_WORDS = "{reason}"


@cache
def kinds() -> tuple[Kind, ...]:
    """Every Kind that stands in a module of the data package."""
    names = [found.name for found in walk_packages(data.__path__, "data.") if not found.name.endswith("__main__")]
    found = {value for name in names for value in vars(import_module(name)).values() if isinstance(value, Kind)}
    return tuple(sorted(found, key=lambda kind: kind.code))


@cache
def messages() -> dict[str, str]:
    """Message -> who says it: kinds of findings, rules of feeds, and what the template writes."""
    said = {words: kind.code for kind in kinds() for words in (kind.message, kind.suggestion) if words}
    said |= {
        words: rule.code
        for feed in all_feeds()
        for rule in feed.rules
        for words in (rule.message, rule.suggestion)
        if words
    }
    return said | dict.fromkeys(spoken_texts(), "text()")


def spoken_texts() -> set[str]:
    """The literals that modules of the data package give to text(), and the kinds of columns in a template."""
    from data.exports.template import _KINDS

    calls = [
        node.args[1]
        for path in sorted((ROOT / "data").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "text"
        and len(node.args) > 1
    ]
    return {str(word.value) for word in calls if isinstance(word, ast.Constant)} | set(_KINDS.values())


@cache
def catalogue(lang: str, name: str = "data.po") -> dict[str, str]:
    with (ROOT / "locales" / lang / name).open("rb") as source:
        return {str(entry.id): str(entry.string) for entry in read_po(source, locale=lang) if entry.id}


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_the_messages_are_found() -> None:
    codes = {kind.code for kind in kinds()}
    assert {
        "unreadable_file",
        "duplicate_key",
        "already_loaded",
        "rows_replaced",
        "parts_differ",
        "profile_column_renamed",
    } <= codes
    assert {"Check the two times.", "Optional", "A month, such as 2025-11"} <= set(messages())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_translated(lang: str) -> None:
    """In whichever catalogue of the language: a word that pages use too stands in theirs."""
    known: dict[str, str] = {}
    for path in (ROOT / "locales" / lang).glob("*.po"):
        known |= catalogue(lang, path.name)
    assert {message: who for message, who in messages().items() if not known.get(message)} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_message_is_left_over(lang: str) -> None:
    assert set(catalogue(lang)) - set(messages()) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_agree(lang: str) -> None:
    assert {m: t for m, t in catalogue(lang).items() if fields(m) != fields(t)} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_is_chinese(lang: str) -> None:
    assert [
        m for m, t in catalogue(lang).items() if m != NO_WORDS and not any("一" <= sign <= "鿿" for sign in t)
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_message_of_two_catalogues_reads_the_same(lang: str) -> None:
    """All catalogues of a language are merged: which one wins must not matter."""
    mine = catalogue(lang)
    paths = list((ROOT / "locales" / lang).glob("*.po"))
    assert len(paths) > 1
    for path in paths:
        other = catalogue(lang, path.name)
        assert {m: (mine[m], other[m]) for m in mine.keys() & other.keys() if mine[m] != other[m]} == {}, path.name


def test_the_scripts_are_not_mixed() -> None:
    from opencc import OpenCC

    simplify, complicate = OpenCC("t2s").convert, OpenCC("s2t").convert
    assert {t for t in catalogue("zh_Hans").values() if simplify(t) != t} == set()
    assert {t for t in catalogue("zh_Hant").values() if complicate(t) != t and simplify(t) == t} == set()


def test_traditional_uses_the_words_of_taiwan_and_hong_kong() -> None:
    """A conversion of characters alone leaves mainland words behind."""
    mainland = ("文件", "單元格", "導入", "導出", "數據", "模板", "默認", "工作簿", "文本", "保存", "“", "”")
    assert [(word, t) for t in catalogue("zh_Hant").values() for word in mainland if word in t] == []
