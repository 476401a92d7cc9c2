"""What runs in the browser stands in files of its own language, and each is served."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pages.shared import browser
from pages.shared.browser import read_source, script_elements

ROOT = Path(__file__).resolve().parents[4]
FOLDER = Path(browser.__file__).parent
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".js", ".css"))
SOURCES = sorted((ROOT / "pages").rglob("*.py"))


def strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_a_script_is_an_element_of_its_own() -> None:
    assert (
        script_elements("units", "later")
        == f"<script>\n{read_source('units.js')}</script><script>\n{read_source('later.js')}</script>"
    )


def test_no_script_stands_in_python() -> None:
    assert [
        (str(path.relative_to(ROOT)), words)
        for path in SOURCES
        for words in strings(path)
        if re.search(r"addEventListener|=> \{|document\.query", words)
    ] == []


def test_every_file_is_served() -> None:
    said = {words for path in SOURCES for words in strings(path)}
    assert [path.name for path in FILES if not {path.name, path.stem} & said] == []


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".js"], ids=lambda path: path.name)
def test_a_script_can_be_read(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / (f"{path.stem}.mjs" if "export default" in path.read_text("utf-8") else path.name)
    shutil.copy(path, copy)
    assert subprocess.run(["node", "--check", copy], capture_output=True, text=True, check=False).stderr == ""


def test_a_sheet_opens_what_it_closes() -> None:
    assert [
        path.name
        for path in FILES
        if path.suffix == ".css" and path.read_text("utf-8").count("{") != path.read_text("utf-8").count("}")
    ] == []
