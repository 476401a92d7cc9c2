"""What only a test can say of the house; the import contracts stand in `.importlinter` and run in `make lint`."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("pages", "reports", "charts", "metrics", "data", "locales")
# Modules that keep results between calls; each is bounded.
CACHES = {
    "pages/shared/cache/memo.py",
    "metrics/engine/recent.py",
    "reports/content.py",
    "data/snapshots/reader.py",
    "data/snapshots/people.py",
}
MODULES = [*sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")), ROOT / "app.py"]
LINE_LENGTH = 120
PARAMETERS = 8
FILE_LENGTH = 300
# Longer ones, which may not grow in number.
LONG = {
    "data/intake/workbook.py",
    "data/model/organisation.py",
    "data/parsing/columns.py",
    "data/snapshots/reader.py",
    "data/staging/stage.py",
}
PACKAGES_ONLY = ("data", "metrics")


def imported(tree: ast.Module) -> set[str]:
    """Top-level packages that a module imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("layer", PACKAGES_ONLY)
def test_a_layer_holds_packages_and_no_modules(layer: str) -> None:
    assert {path.name for path in (ROOT / layer).glob("*.py")} == {"__init__.py", "__main__.py"}


def test_the_pages_share_packages_and_the_view() -> None:
    assert {path.name for path in (ROOT / "pages" / "shared").glob("*.py")} == {"__init__.py", "view.py"}


def test_every_folder_of_modules_is_a_package() -> None:
    """Without `__init__.py` neither the import contracts nor the tests of translations see a folder."""
    folders = {path.parent for path in MODULES} - {ROOT}
    assert not [str(folder) for folder in folders if not (folder / "__init__.py").exists()]


def test_no_line_is_longer_than_the_limit() -> None:
    """Counted in characters: ruff counts a Chinese character twice."""
    files = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LINE_LENGTH
    ]
    assert not long


def test_no_file_is_longer_than_the_limit() -> None:
    long = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if len(path.read_text(encoding="utf-8").splitlines()) > FILE_LENGTH
    }
    assert long <= LONG


def test_no_function_takes_more_than_eight_parameters() -> None:
    """Of more, what belongs together is a record."""
    assert not [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and parameters(node.args) > PARAMETERS
    ]


def parameters(taken: ast.arguments) -> int:
    """How many parameters a function has, without what it is a method of."""
    named = [one.arg for one in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
    return len(named) - (named[:1] in (["self"], ["cls"])) + bool(taken.vararg) + bool(taken.kwarg)


def test_caching_stands_where_it_is_expected() -> None:
    """Streamlit's caches are too slow for a page (see pages/shared/cache/memo.py); others are bounded, and few."""
    trees = {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    assert {name for name, tree in trees.items() if "cachetools" in imported(tree)} <= CACHES
    for_pages = {"cache_data", "cache_resource"}
    assert not [
        f"{name}:{node.lineno}"
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in for_pages
    ]


def test_types_of_our_own_modules_are_never_ignored() -> None:
    """Else a mistyped import of ours is `Any` to mypy, and nothing that it is used for is checked."""
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    assert "ignore_missing_imports" not in mypy
    ignored = [name for override in mypy["overrides"] for name in override["module"]]
    assert ignored
    assert not [name for name in ignored if name.split(".")[0] in {*LAYERS, "app", "*"}]


def test_the_house_is_complete() -> None:
    for name in (
        "app.py",
        "pages",
        "data",
        "metrics",
        "tests",
        "requirements.txt",
        "README.md",
        "CHANGELOG.md",
        "Makefile",
        ".ci/run",
    ):
        assert (ROOT / name).exists(), name


def test_no_packages_under_tests() -> None:
    """An `__init__.py` under tests/ would shadow the package of the same name."""
    assert not [path for path in (ROOT / "tests").rglob("__init__.py") if path.parent.name != "benchmarks"]
