"""A table as a picture: drawn as it stands on the screen, at twice its size, into a file named after what it shows."""

from __future__ import annotations

from html import escape

import streamlit as st

from charts.theme import picture_name
from pages.shared.view import View

NAMED = "named"
# Static: nothing that comes from data stands in it. Every sign is drawn where the browser put it, so that lines break as on the screen.
SCRIPT = """<script>
if (!window.sqPictures) {
  window.sqPictures = true;
  const AIR = 8, TIMES = 2;
  const drawn = (table, ground) => {
    const all = table.getBoundingClientRect(), canvas = document.createElement('canvas'), pen = canvas.getContext('2d'), range = document.createRange();
    canvas.width = (all.width + 2 * AIR) * TIMES;
    canvas.height = (all.height + 2 * AIR) * TIMES;
    pen.scale(TIMES, TIMES);
    pen.fillStyle = ground;
    pen.fillRect(0, 0, all.width + 2 * AIR, all.height + 2 * AIR);
    pen.translate(AIR - all.left, AIR - all.top);
    pen.textBaseline = 'middle';
    for (const cell of table.querySelectorAll('th, td')) {
      const box = cell.getBoundingClientRect(), look = getComputedStyle(cell), words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      if (cell.matches('td')) { pen.fillStyle = look.backgroundColor; pen.fillRect(box.left, box.top, box.width, box.height); }
      while (words.nextNode()) {
        const node = words.currentNode, style = getComputedStyle(node.parentElement);
        pen.fillStyle = style.color;
        // A shorthand of a style with tabular figures is empty.
        pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        for (let at = 0; at < node.length; at += 1) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const place = range.getBoundingClientRect();
          if (place.width) pen.fillText(node.data[at], place.left, place.top + place.height / 2);
        }
      }
    }
    return canvas;
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('.sq-picture');
    const table = button && [...document.querySelectorAll('.sq-heat table')].find((one) => button.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (!table) return;
    drawn(table, getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor).toBlob((file) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `${button.dataset.name}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  });
}
</script>"""


def picture_button(view: View, title: str) -> str:
    """HTML of the button that saves the heat map below it as a picture named after unit, `title` and month."""
    unit, *rest = st.session_state.get(NAMED, ("",))
    name, said = picture_name(unit, title, *rest), view.say("Save as a picture")
    return f'<button class="sq-picture" type="button" title="{escape(said)}" aria-label="{escape(said)}: {escape(title)}" data-name="{escape(name)}">PNG</button>'
