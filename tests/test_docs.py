"""The documents say what there is: docs/commands.md and docs/findings.md are written from the program (`make docs`),
commands that a README shows can be run, both READMEs show the same ones, and every file that a document names exists.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from pkgutil import walk_packages

import pytest

import data
from data.core.version import PROGRAM, VERSION
from data.feeds import all_feeds
from data.model.finding import Kind
from tests.conftest import ROOT

PACKAGES = tuple(name for name in ("data", "metrics", "reports") if (ROOT / name / "__main__.py").exists())
INTRODUCTION = """# Every command

Written from the programs themselves by `make docs`. Options may stand before or after the command. Exit status: 0
done; 1 refused, with findings; 2 wrong usage; 3 busy (another load is running).
"""
FINDINGS = """# Every finding

What an upload may tell, written from the program by `make docs`. An *error* keeps its file from being loaded, a
*warning* asks to look, a *note* says what was done. Words in braces are filled in: the value, the row, the month. The
program says all of it in English, Simplified and Traditional Chinese.

| code | severity | message | what to do | where |
| --- | --- | --- | --- | --- |
"""
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in (ROOT, ROOT / "docs", ROOT / "docs" / "decisions", ROOT / "metrics")
    for path in folder.glob("*.md")
)
# What stands in code style and is a file only elsewhere, made by running the program or chosen by the reader.
ELSEWHERE = re.compile(
    r"(^|/)(var|\.venv|artefacts|snapshots|originals|profiles)/$|(^|/)(var|\.venv)/|^(N/A|A/T)$|^OUT\.|[*{}<>|]"
)
LAYERS = ("charts", "data", "locales", "metrics", "pages", "reports")
ENDINGS = (".py", ".md", ".toml", ".txt", ".in", ".yaml", ".js", ".css", ".png", ".xlsx")


def parser_of(package: str) -> argparse.ArgumentParser:
    return importlib.import_module(f"{package}.__main__").parser()


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The subcommands of a parser, or itself under the empty name if it has none."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {"": parser}


def options_of(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Each argument as it is written, with its help."""
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        shown = action.metavar or (
            "{" + ", ".join(map(str, action.choices)) + "}" if action.choices else action.dest.upper()
        )
        words = [
            *action.option_strings[-1:],
            *([] if action.nargs == 0 else [f"[{shown}]" if _may_stand_alone(action) else str(shown)]),
        ]
        yield " ".join(words), (action.help or "").replace("%%", "%")


def _may_stand_alone(action: argparse.Action) -> bool:
    return bool(action.option_strings) and action.nargs == argparse.OPTIONAL


def commands_page() -> str:
    """docs/commands.md as it must be."""
    lines = [INTRODUCTION]
    for package in PACKAGES:
        parser = parser_of(package)
        lines.append(f"## python -m {package}\n")
        everywhere = set.intersection(*(set(options_of(command)) for command in commands_of(parser).values()))
        for name, command in commands_of(parser).items():
            own = [option for option in options_of(command) if option not in everywhere]
            lines.append(f"### {name}\n\n{_sentence(command.description or '')}\n" if name else "")
            lines += [_table(own)] if own else []
        if len(commands_of(parser)) > 1:
            lines.append(f"### options of every `{package}` command\n")
            lines.append(_table([option for option in options_of(parser) if option in everywhere]))
    return "\n".join(lines).rstrip() + "\n"


def _table(options: list[tuple[str, str]]) -> str:
    cells = [tuple(cell.replace("|", "\\|") for cell in option) for option in options]
    rows = [f"| `{words}` | {about} |" for words, about in cells]
    return "\n".join(["| word | meaning |", "| --- | --- |", *rows, ""])


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def kinds() -> dict[str, tuple[Kind, str]]:
    """Code -> the kind of finding and the module that defines it, row rules of the spreadsheet types included."""
    found: dict[str, tuple[Kind, str]] = {}
    for module in walk_packages(data.__path__, "data."):
        if module.name.endswith("__main__"):
            continue
        stated = (ROOT / (module.name.replace(".", "/") + ".py")).exists() and _codes_stated(module.name)
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Kind) and stated and value.code in stated:
                found[value.code] = value, module.name
    for feed in all_feeds():
        for rule in feed.rules:
            kind = Kind(rule.code, rule.severity, rule.message, rule.suggestion)
            found[rule.code] = kind, ", ".join(_modules_of_rule(rule.code))
    return found


def _codes_stated(module: str) -> set[str]:
    """The codes of the `Kind(...)` calls in a module's text."""
    tree = ast.parse((ROOT / (module.replace(".", "/") + ".py")).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Kind"]
    return {str(call.args[0].value) for call in calls if call.args and isinstance(call.args[0], ast.Constant)}


def _modules_of_rule(code: str) -> list[str]:
    return sorted(f"data.feeds.{feed.name}" for feed in all_feeds() if any(rule.code == code for rule in feed.rules))


def findings_page() -> str:
    """docs/findings.md as it must be."""
    rows = [
        (f"`{code}`", kind.severity, kind.message, kind.suggestion, f"`{module}`")
        for code, (kind, module) in sorted(kinds().items())
    ]
    return FINDINGS + "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in rows)


GENERATED = {"commands.md": commands_page, "findings.md": findings_page}


def blocks_of(document: str) -> list[str]:
    """The code blocks of a document that hold commands: those of no language."""
    fenced = re.findall(r"^```(.*?)\n(.*?)^```$", (ROOT / document).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [block for language, block in fenced if not language]


def commands_shown(document: str) -> list[str]:
    """Each line of a document's code blocks without its comment."""
    lines = [re.split(r"(?:^|\s)#", line)[0].rstrip() for block in blocks_of(document) for line in block.splitlines()]
    return [line for line in lines if line]


def files_named(document: str) -> set[str]:
    """The targets of a document's links and the paths in code style, as they stand from the root."""
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text("utf-8"), flags=re.DOTALL)
    here = (ROOT / document).parent
    links = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    from_here = [(here / target).resolve() for target in links if target]
    styled = [word for word in re.findall(r"`([^`\s]+)`", text) if "/" in word or word.endswith(ENDINGS)]
    paths = [word for word in styled if not ELSEWHERE.search(word) and "://" not in word and not word.startswith("-")]
    return {str(path) for path in from_here} | {str(_place(word, here)) for word in paths}


def _place(word: str, here: Path) -> Path:
    """Where a path in code style stands: below the document's folder, below the root, or, a bare name, in a package."""
    if (here / word).exists():
        return here / word
    found = [path for layer in LAYERS for path in (ROOT / layer).rglob(word)] if "/" not in word else []
    return found[0] if found else ROOT / word


def shown_commands() -> list[str]:
    """Every `python -m ...` line of the code blocks that introduce the program."""
    documents = (*READMES, "CONTRIBUTING.md")
    lines = [line for document in documents for line in commands_shown(document) if "python -m " in line]
    found = dict.fromkeys(line[line.index("python -m ") :] for line in lines)
    return [re.split(r'[#">]', line)[0].strip() for line in found]


@pytest.mark.parametrize("name", GENERATED)
def test_a_page_written_from_the_program_is_what_it_says(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == GENERATED[name](), "run `make docs`"


def test_every_kind_of_finding_is_on_its_page() -> None:
    """A kind that is made inside a function, or two of one code, would be missed by reading modules."""
    stated = [
        code
        for path in sorted((ROOT / "data").rglob("*.py"))
        for code in _codes_stated(path.relative_to(ROOT).with_suffix("").as_posix())
    ]
    rules = {rule.code for feed in all_feeds() for rule in feed.rules}
    assert sorted(stated) == sorted(set(kinds()) - rules)


def test_both_readmes_show_the_same_commands() -> None:
    assert commands_shown("README.md") == commands_shown("README.zh-CN.md")
    assert "(README.zh-CN.md)" in (ROOT / "README.md").read_text("utf-8")
    assert "(README.md)" in (ROOT / "README.zh-CN.md").read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_names_only_files_that_exist(document: str) -> None:
    assert [name for name in sorted(files_named(document)) if not Path(name).exists()] == []


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (project["name"], project["version"]) == (PROGRAM, VERSION)
    dated = re.findall(r"^## \[(.+?)\] - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert dated[0] == VERSION


@pytest.mark.parametrize("package", PACKAGES)
def test_each_command_line_prints_the_version(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        importlib.import_module(f"{package}.__main__").main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"{PROGRAM} {VERSION}\n")


@pytest.mark.parametrize("line", shown_commands())
def test_commands_and_options_shown_exist(line: str) -> None:
    """A line may show choices (`a | b`), optional words in brackets and placeholders in capitals."""
    words = shlex.split(re.sub(r"[\[\]|]", " ", line))
    package = words[words.index("-m") + 1]
    if package not in PACKAGES:
        return
    commands = commands_of(parser_of(package))
    rest = words[words.index("-m") + 2 :]
    named = [word for word in rest if word in commands] or [""]
    assert named[0] in commands, f"{line!r} names no command of {package}"
    known = {option for name in named for action in commands[name]._actions for option in action.option_strings}
    assert [word for word in rest if word.startswith("--") and word not in known] == []


def test_every_command_is_in_the_readme_or_one_click_away() -> None:
    assert "docs/commands.md" in (ROOT / "README.md").read_text("utf-8")


if __name__ == "__main__":
    for name, write in GENERATED.items():
        (ROOT / "docs" / name).write_text(write(), "utf-8")
