"""Words of users stay words: what Streamlit reads as Markdown is ours, or has passed through `escape_markdown`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pages.shared.session.markup import escape_markdown

ROOT = Path(__file__).resolve().parents[4]
SOURCES = sorted((ROOT / "pages").rglob("*.py"))
LABELLED = {
    "error",
    "warning",
    "info",
    "success",
    "caption",
    "markdown",
    "button",
    "checkbox",
    "toggle",
    "expander",
    "popover",
    "radio",
    "selectbox",
    "multiselect",
    "pills",
    "text_input",
    "text_area",
    "number_input",
    "file_uploader",
    "download_button",
    "spinner",
    "page_link",
}
"""Elements whose first words are Markdown, and whose `help` is."""
PLACE = dict.fromkeys(LABELLED, 0) | {"progress": 1}
WORDS = ("label", "body", "text", "help")
"""Arguments by name that are Markdown too."""
MESSAGES = {"_": 0, "say": 0, "text": 1}
"""The functions that translate, and which of their arguments is the message."""
NUMBERS = {
    "count",
    "total",
    "shown",
    "version",
    "month",
    "before",
    "span",
    "errors",
    "others",
    "slides",
    "rows",
    "tables",
    "kinds",
    "numbers",
}
"""Placeholders of messages that hold counts, months or endings, never a word of a user."""
PASSED = {("profile_fields.py", "title"), ("dropped.py", "label")}
"""Labels that a function of the same module hands on; it is given messages only."""


@pytest.mark.parametrize(
    ("words", "said"),
    [("大洋", "大洋"), ("a_b*c", r"a\_b\*c"), ("[x](y) $1$ :red[a]", r"\[x\]\(y\) \$1\$ \:red\[a\]"), ("R&lt;", r"R\&lt;")],
)  # fmt: skip
def test_no_sign_of_markdown_is_one(words: str, said: str) -> None:
    assert escape_markdown(words) == said


class Ours:
    """Whether an expression of a module can hold only words of ours, or what passed through `escape_markdown`."""

    def __init__(self, path: Path, function: ast.AST) -> None:
        self.path, self.given = path, {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self.given.setdefault(target.id, []).append(node.value)

    def holds(self, node: ast.expr | None) -> bool:
        match node:
            case None | ast.Constant():
                return True
            case ast.Name(id=name):
                return (self.path.name, name) in PASSED or (
                    name in self.given and all(map(self.holds, self.given[name]))
                )
            case ast.IfExp(body=one, orelse=other):
                return self.holds(one) and self.holds(other)
            case ast.BoolOp(values=values) | ast.Dict(values=values):
                return all(map(self.holds, values))
            case ast.JoinedStr(values=values):
                return all(map(self.holds, values))
            case ast.FormattedValue(value=value):
                return self.holds(value)
            case ast.Subscript(value=ast.Name() as held):
                return self.holds(held)
            case ast.Call(func=ast.Name(id="escape_markdown" | "style_sheet")):
                return True  # the style sheet is made of our file and our colours
            case ast.Call(func=ast.Attribute(value=ast.Name() as held, attr="get"), args=[_, *rest]):
                return self.holds(held) and all(map(self.holds, rest))
            case ast.Call(func=ast.Attribute(value=message, attr="format"), keywords=words):
                return self.holds(message) and self.filled(words)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args, keywords=words) if (
                name in MESSAGES
            ):
                return self.holds(args[MESSAGES[name]]) and self.filled(words)
        return False

    def filled(self, words: list[ast.keyword]) -> bool:
        return all(word.arg in NUMBERS or self.holds(word.value) for word in words)


def unguarded(source: str, path: Path) -> list[str]:
    """Where Streamlit is given words as Markdown that may be a user's."""
    found: set[str] = set()
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for scope in (tree, *functions):
        ours = Ours(path, scope)
        inner = (
            {id(node) for function in functions if function is not scope for node in ast.walk(function)}
            if scope is tree
            else set()
        )
        for node in ast.walk(scope):
            if id(node) in inner or not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PLACE
            ):
                continue
            place = PLACE[node.func.attr]
            told = [*node.args[place : place + 1], *(word.value for word in node.keywords if word.arg in WORDS)]
            if not all(map(ours.holds, told)):
                found.add(f"{path}:{node.lineno} {ast.unparse(node)[:100]}")
    return sorted(found)


def test_words_of_users_are_escaped() -> None:
    assert [found for path in SOURCES for found in unguarded(path.read_text("utf-8"), path)] == []


@pytest.mark.parametrize(
    "written",
    [
        "st.error(str(problem))",
        "st.caption(f'{kind}: {reason}')",
        "st.button(text(lang, 'Save over {name}', name=profile.name))",
        "st.download_button(called, content)",
        "bar.progress(share, text=name)",
        "bar.progress(share, name)",
        "st.button('x', help=said)",
        "label = view.say('{unit}', unit=view.name)\nst.checkbox(label)",
        "st.caption(words.replace('$', ''))",
    ],
)
def test_what_is_unguarded_is_found(written: str) -> None:
    assert len(unguarded(written, Path("page.py"))) == 1
