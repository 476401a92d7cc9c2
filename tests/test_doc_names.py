"""The names of code in the documents for those who change the program are names of the tree as it is."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from tests.conftest import ROOT

DOCUMENTS = (
    "CONTRIBUTING.md",
    "metrics/README.md",
    "docs/architecture.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "decisions").glob("*.md")),
)
LAYERS = ("charts", "data", "locales", "metrics", "pages", "reports")
# A name, maybe of a module or record before a dot, maybe called with one argument. Paths are tests/test_docs.py's.
NAME = re.compile(r"(?:(\w+)\.)?([A-Za-z_]\w*)(?:\((\w+)=\w*\))?")
TABLE = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)")
# Names of Python, of DuckDB and its extensions, and what is made by running the program.
ELSEWHERE = {"if", "excel", "httpfs", "encodings", "read_xlsx", "no"}
# Names of targets: that of a limit, and a level behind it.
ELSEWHERE |= {"on_time_hours_normal", "on_time_hours_escalated"}


@cache
def tree() -> dict[str, set[str]]:
    """Name -> what is defined in every module, class and function so called; "" -> every name, text and table."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")):
        module = ast.parse(path.read_text("utf-8"))
        found[""] |= {path.stem, *path.relative_to(ROOT).parent.parts}
        found[path.stem] |= set(names_in(module))
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found[node.name] |= set(names_in(node))
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found[""] |= {node.value, *TABLE.findall(node.value)}
        found[""] |= found[path.stem]
    return found


def names_in(whole: ast.AST) -> Iterator[str]:
    """What is defined within a module, class or function: names, and parameters."""
    for node in ast.walk(whole):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def unknown(name: str) -> bool:
    """Whether a word in code style looks like a name and is none of the tree."""
    match = NAME.fullmatch(name)
    if match is None or name in ELSEWHERE or name.endswith((".py", ".md", ".toml", ".txt", ".in")):
        return False
    owner, own, parameter = match.groups()
    known = tree()
    return own not in known[owner or ""] or (parameter is not None and parameter not in known[own])


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_name_of_code_is_in_the_tree(document: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text("utf-8"), flags=re.DOTALL)
    assert [name for name in dict.fromkeys(re.findall(r"`([^`\n]+)`", text)) if unknown(name)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_name_of_a_module_is_defined_there(document: str) -> None:
    """As in "`READERS` and `EXTENSIONS` of `data/reading/__init__.py`"."""
    text = " ".join((ROOT / document).read_text("utf-8").split())
    for names, module in re.findall(r"((?:`\w+`(?:, | and )?)+) (?:of|in) `([\w/]+\.py)`", text):
        held = set(names_in(ast.parse((ROOT / module).read_text("utf-8"))))
        assert set(re.findall(r"\w+", names.replace(" and ", " "))) <= held, module


@pytest.mark.parametrize(
    "name", ["Layouts", "Metric.colour", "layout.best_layout", "xmr(screens=False)", "no_such_name"]
)
def test_a_name_that_is_not_there_is_seen(name: str) -> None:
    assert unknown(name)
