"""The folders are the architecture: imports point one way, and outer libraries enter at one layer each."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each layer may import itself and those below it (to the right).
LAYERS = ("pages", "reports", "charts", "metrics", "data", "locales")
OWNERS = {"duckdb": {"data"}, "plotly": {"charts"}, "streamlit": {"app", "pages"}, "getpass": {"data"}}
CACHES = {"pages/shared/cache/memo.py", "metrics/engine/figures.py", "reports/content.py", "data/snapshots/reader.py"}
MODULES = [*sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")), ROOT / "app.py"]


def imported(path: Path) -> set[str]:
    """Top-level packages that a module imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.level:
            found.add(path.relative_to(ROOT).parts[0])
    return found


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    layer = layer_of(path)
    allowed = set(LAYERS) if layer == "app" else set(LAYERS[LAYERS.index(layer) :])
    assert not (imported(path) & {*LAYERS, "app", "tests"}) - allowed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_outer_libraries_enter_at_one_layer(path: Path) -> None:
    for library, owners in OWNERS.items():
        if library in imported(path):
            assert layer_of(path) in owners, f"only {sorted(owners)} import {library}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_caching_stands_where_it_is_expected(path: Path) -> None:
    """Streamlit's caches are too slow for a page (see pages/shared/cache/memo.py); others are bounded, and few."""
    assert "cachetools" not in imported(path) or str(path.relative_to(ROOT)) in CACHES
    used = {
        node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)
    }
    assert not used & {"cache_data", "cache_resource"}


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
