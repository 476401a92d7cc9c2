"""Controls as plain HTML: a list, buttons side by side, a list to search in, several choices as chips.

They are the browser's own elements, so that a page need not load a program for each; what they do is in
pages/shared/browser/choosing.js.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

Shown = Callable[[str], str]


def with_label(control: str, label: str, hidden: bool) -> str:
    """A control under its label; hidden, the label is only told to who cannot see the control."""
    above = "" if hidden else f'<span class="sq-label" aria-hidden="true">{escape(label)}</span>'
    return f'<div class="sq sq-control">{above}{control}</div>'


def select_control(
    name: str,
    label: str,
    options: Sequence[str],
    current: str,
    shown: Shown,
    usual: str = "",
    groups: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """HTML of a list that opens.

    usual: the option that the address need not name.
    groups: options under titles, in place of `options`.
    """

    def option(code: str) -> str:
        return f'<option value="{escape(code)}"{" selected" if code == current else ""}>{escape(shown(code))}</option>'

    if groups is None:
        inside = "".join(map(option, options))
    else:
        inside = "".join(
            f'<optgroup label="{escape(title)}">{"".join(map(option, codes))}</optgroup>'
            for title, codes in groups.items()
        )
    return (
        f'<select data-choice="{escape(name)}" data-usual="{escape(usual)}" aria-label="{escape(label)}">{inside}'
        "</select>"
    )


def button_group(name: str, label: str, options: Sequence[str], current: str, shown: Shown, usual: str = "") -> str:
    """All options side by side, the current one pressed."""
    inside = "".join(
        f'<button type="button" data-choice="{escape(name)}" data-usual="{escape(usual)}" value="{escape(code)}" '
        f'aria-pressed="{"true" if code == current else "false"}">{escape(shown(code))}</button>'
        for code in options
    )
    return f'<div class="sq-buttons" role="group" aria-label="{escape(label)}">{inside}</div>'


def search_button(name: str, label: str, source: str, current: str, hint: str, before: str = "") -> str:
    """A button that opens a list to search in.

    source: id of the `search_options` that it searches.
    current: what the button says.
    hint: what the search field says.
    before: what stands in the address before the option chosen.
    """
    return (
        f'<span class="sq-pick"><button type="button" class="sq-open" data-choice="{escape(name)}" '
        f'data-source="{escape(source)}" data-hint="{escape(hint)}" '
        f'data-before="{escape(before)}" aria-haspopup="listbox" '
        f'aria-expanded="false" aria-label="{escape(f"{label}: {current}")}"><span>{escape(current)}</span></button>'
        "</span>"
    )


def search_options(source: str, names: Mapping[str, str], nothing: str) -> str:
    """The options of lists to search in, once a page.

    One text, a line each, code and name apart by a tab: a browser takes much longer over an element each.
    nothing: what is said where no option is like what was typed.
    """
    lines = "\n".join(f"{' '.join(code.split())}\t{' '.join(name.split())}" for code, name in names.items())
    return f'<pre id="{escape(source)}" data-nothing="{escape(nothing)}" hidden>{escape(lines)}</pre>'


def chips(
    name: str, label: str, chosen: Sequence[str], shown: Shown, without: Shown, remove: Shown, more: str = ""
) -> str:
    """What was chosen, each with a button that lets it go; `without` says what the address holds then.

    `more`: a control that adds one.
    """
    inside = "".join(
        f'<span class="sq-chip">{escape(shown(code))}<button type="button" data-choice="{escape(name)}" '
        f'value="{escape(without(code))}" '
        f'aria-label="{escape(remove(shown(code)))}">×</button></span>'
        for code in chosen
    )
    return f'<div class="sq-chips" role="group" aria-label="{escape(label)}">{inside}{more}</div>'
