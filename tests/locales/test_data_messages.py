"""Findings and templates speak Chinese: every message that the data package can give stands in both catalogues."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from babel.messages.pofile import read_po

import data
from data.feeds import all_feeds
from data.intake.workbook import stage_workbook
from data.model.finding import Kind
from data.profiles import UnusableProfile, read_profile
from tests.data.small_books import ORGANISATION

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
    """The literals that modules of the data package give to text() or texts(), and the kinds of columns in a
    template.
    """
    from data.exports.template import _KINDS

    calls = [
        node.args[place]
        for path in sorted((ROOT / "data").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        for place in [{"text": 1, "texts": 0}.get(node.func.id, len(node.args))]
        if len(node.args) > place
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


TYPE_NAMES = re.compile(
    r"(?<![\w{.-])(?:str|int|float|bool|float64|int64|object|datetime|date|number|text|count|share)(?![\w}=])"
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_translation_speaks_of_types_in_english(lang: str) -> None:
    """But for entries of a profile, which are written so."""
    assert [t for t in catalogue(lang).values() if TYPE_NAMES.search(t) and not t.startswith("unpivot")] == []


# What fills a message speaks the reader's language too: kind -> (a file, as its rows; what it may not say in Chinese).
FILLED = [
    ("required_column_missing", [["月份", "客户数"], ["2025-11", 5]], "Customer"),
    (
        "mapping_needed",
        [["工单号", "受理时间", "单位", "投诉类型别"], ["T1", "2025-11-02", "大洋", "资费"]],
        "Complaint",
    ),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("code", "rows", "english"), FILLED, ids=[case[0] for case in FILLED])
def test_what_fills_a_message_is_translated(lang: str, code: str, rows: list, english: str, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    told = {one.code: one.message(lang) for one in stage_workbook(path, ORGANISATION).all_findings}
    assert english not in told[code]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh_Hans", "导入方案 wrong: sum_rows 为 'x'；应为true 或 false。"),
        ("zh_Hant", "匯入方案 wrong: sum_rows 為 'x'；應為true 或 false。"),
    ],
)
def test_an_entry_of_a_profile_is_of_a_type_in_words(lang: str, said: str) -> None:
    with pytest.raises(UnusableProfile) as wrong:
        read_profile(
            "feed = 'customers'\nmonth = { column = 'm' }\nunit = { columns = ['u'] }\nsum_rows = 'x'", "wrong"
        )
    assert wrong.value.said.to(lang) == said


def test_the_scripts_are_not_mixed() -> None:
    from opencc import OpenCC

    simplify, complicate = OpenCC("t2s").convert, OpenCC("s2t").convert
    assert {t for t in catalogue("zh_Hans").values() if simplify(t) != t} == set()
    assert {t for t in catalogue("zh_Hant").values() if complicate(t) != t and simplify(t) == t} == set()


def test_traditional_uses_the_words_of_taiwan_and_hong_kong() -> None:
    """A conversion of characters alone leaves mainland words behind."""
    mainland = ("文件", "單元格", "導入", "導出", "數據", "模板", "默認", "工作簿", "文本", "保存", "“", "”")
    assert [(word, t) for t in catalogue("zh_Hant").values() for word in mainland if word in t] == []
