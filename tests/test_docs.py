"""The documents say what there is: docs/commands.md is written from the parsers (`make docs`), and the README's
commands can be run.
"""

from __future__ import annotations

import argparse
import importlib
import re
import shlex
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

PACKAGES = tuple(name for name in ("data", "metrics", "reports") if (ROOT / name / "__main__.py").exists())
PAGE = ROOT / "docs" / "commands.md"
INTRODUCTION = """# Every command

Written from the programs themselves by `make docs`. Options may stand before or after the command. Exit status: 0 done; 1 refused, with
findings; 2 wrong usage; 3 busy (another load is running).
"""


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
        words = [*action.option_strings[-1:], *([] if action.nargs == 0 else [str(shown)])]
        yield " ".join(words), (action.help or "").replace("%%", "%")


def page() -> str:
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


def shown_commands() -> list[str]:
    """Every `python -m ...` line of the README's code blocks."""
    blocks = re.findall(r"```[a-z]*\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    found = (
        line[line.index("python -m ") :] for block in blocks for line in block.splitlines() if "python -m " in line
    )
    return [re.split(r'[#">]', line)[0].strip() for line in found]


def test_the_page_of_commands_is_what_the_programs_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


@pytest.mark.parametrize("line", shown_commands())
def test_commands_and_options_shown_in_the_readme_exist(line: str) -> None:
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
    PAGE.write_text(page(), "utf-8")
