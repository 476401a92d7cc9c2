"""Ways out of a page: up to the units above, and the address of what is shown, live or pinned to its version."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from pages.shared import state
from pages.shared.view import View

# Static: nothing that comes from data or from the address stands in it.
SCRIPT = """<script>
if (!window.sqLinks) {
  window.sqLinks = true;
  const push = history.pushState.bind(history);
  history.pushState = (held, title, url) => {
    const completes = !location.search && url && new URL(url, location.href).pathname === location.pathname;
    return completes ? history.replaceState(held, title, url) : push(held, title, url);
  };
  const put = async (words) => {
    try { await navigator.clipboard.writeText(words); } catch {
      const box = document.createElement('textarea');
      box.value = words; document.body.append(box); box.select(); document.execCommand('copy'); box.remove();
    }
  };
  // A cell that explains itself lies above its row's link, so that what it says is seen; a click on it still follows the link.
  document.addEventListener('click', (event) => {
    const cell = event.target.closest('.sq-rows td[title]');
    if (!cell || event.target.closest('a, button') || String(getSelection())) return;
    const {ctrlKey, metaKey, shiftKey} = event;
    cell.parentElement.querySelector('a')?.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey}));
  });
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-copy]');
    if (!button) return;
    const link = new URL(location.href);
    if (button.dataset.copy === 'live') link.searchParams.delete('version');
    else link.searchParams.set('version', button.dataset.copy);
    await put(link.href);
    const words = button.textContent;
    if (words === button.dataset.done) return;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 1500);
  });
}
</script>"""
"""Copies the address in the browser, also where the clipboard needs https and there is none; and makes a click in the menu one step of the
browser's history: Streamlit pushes the bare address of the page first, and then the one with its choices."""


def here(view: View, **choices: str) -> str:
    """The page shown with other choices in place of its own."""
    selection = {
        "unit": view.unit, "month": view.month, "period": view.period, "compare": view.compare, "lang": view.lang, "version": str(view.version),
    }  # fmt: skip
    return f"?{urlencode({**state.settled(), **selection, **choices})}"


def breadcrumb(view: View) -> str:
    """The units above the chosen one, each a link to the same page, from the top; empty at the top."""
    above = list(view.organisation.ancestors(view.unit))[::-1]
    if not above:
        return ""
    links = [
        f'<a href="{escape(here(view, unit=code))}" target="_self">{escape(view.organisation.name(code))}</a>'
        for code in above
    ]
    return f'<nav class="sq-crumbs" aria-label="{escape(view.say("Units above"))}">{" › ".join(links)} › <span>{escape(view.name)}</span></nav>'


def copying(view: View) -> str:
    """Two buttons, a link that follows the data and one that shows these numbers for ever; and the way into present mode."""
    done = escape(view.say("Copied"))
    live, pinned = view.say("Copy link"), view.say("Copy link to version {version}", version=view.version)
    return (
        '<span class="sq-copy">'
        f'<button type="button" data-copy="live" data-done="{done}" title="{escape(view.say("Follows the data: shows the newest version when it is opened"))}">{escape(live)}</button>'
        f'<button type="button" data-copy="{view.version}" data-done="{done}" title="{escape(view.say("Shows these very numbers for ever"))}">{escape(pinned)}</button>{_presenting(view)}</span>'
    )


def leaving(words: str) -> str:
    """The way out of present mode for who has no keyboard: seen where fingers point, else when the pointer or the keyboard reaches its corner."""
    address = urlencode({name: choice for name, choice in state.settled().items() if name != "present"})
    return f'<div class="sq sq-leave"><a href="?{escape(address)}" target="_self" title="{escape(words)}" aria-label="{escape(words)}">✕</a></div>'


def _presenting(view: View) -> str:
    if not view.staged:
        return ""
    hint = view.say("One screen for a room: arrow keys step through the pages, Escape leaves")
    return f'<a href="{escape(here(view, present="1"))}" target="_self" title="{escape(hint)}">{escape(view.say("Present"))}</a>'
