"""What lies below the first screen is drawn when the reader comes near it: a page opens, and follows a filter, at the price of what is seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from pages.shared import state

RUN, DRAWN = "run", "drawn_in"
NAME = "later"
# Static: nothing that comes from data stands in it. `near` is told once; that the reader has gone on, only after a while.
SCRIPT = """
const NEAR = '100px', GONE = 1500, STEADY = 60, ALONE = 250, LEAVING = 5000;
export default ({parentElement, data, setStateValue}) => {
  const box = parentElement.querySelector('.sq-later');
  box.style.height = `${data.tall}px`;
  const block = box.closest('[class*=st-key-near_]') ?? box;
  // The place is kept until the charts in it stand: else what lies below moves up and seems near.
  const pending = (part) => [...part.querySelectorAll('.stPlotlyChart')].some((one) => !one.querySelector('.main-svg'));
  const kept = Number(block.dataset.kept ?? 0), until = Date.now() + 3000;
  block.dataset.kept = data.tall;
  block.style.minHeight = kept && !data.tall ? `${kept}px` : '';
  let parts = -1;
  const free = () => {
    const now = block.querySelectorAll('*').length, still = now === parts && now > 3 && !pending(block);
    parts = now;
    if (still || Date.now() > until) block.style.minHeight = ''; else setTimeout(free, 4 * STEADY);
  };
  if (block.style.minHeight) setTimeout(free, STEADY);
  let told = data.near, near = data.near, timer = null;
  // Blocks that tell at once may be heard as one: one tells at a time, and tells again if it is not answered. None tells while a run is
  // under way or asked for: on the page that comes Streamlit would put what it draws of the page that is left, and fails on it.
  const busy = () => ['running', 'rerunRequested'].includes(document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state'));
  let again = null, tries = 0;
  const say = () => {
    const since = Date.now() - (window.sqTold ?? 0);
    if (since < ALONE || busy() || Date.now() - (window.sqLeft ?? 0) < LEAVING) { again = setTimeout(say, Math.max(ALONE - since, STEADY)); return; }
    window.sqTold = Date.now();
    setStateValue('place', {near: told, tall: Math.round(block.getBoundingClientRect().height), tries});
    if (told && tries++ < 5) again = setTimeout(say, 1000);
  };
  const tell = (now) => { if (now !== told) { told = now; clearTimeout(again); say(); } };
  // A page that is still on its way is short: what is near now may soon be far below.
  const steady = () => !busy() && !pending(document) && !document.querySelector('[data-testid=stSkeleton]')
    && ![...document.querySelectorAll('[class*=st-key-near_]')].some((one) => one.style.minHeight);
  let looks = 0;
  const come = () => {
    if (!near) return;
    looks = steady() ? looks + 1 : 0;
    if (looks > 1) tell(true); else timer = setTimeout(come, STEADY);
  };
  const seen = new IntersectionObserver((entries) => {
    clearTimeout(timer);
    looks = 0;
    near = entries.at(-1).isIntersecting;
    timer = near ? setTimeout(come, STEADY) : setTimeout(() => tell(false), GONE);
  }, {rootMargin: NEAR});
  seen.observe(block);
  return () => { seen.disconnect(); clearTimeout(timer); clearTimeout(again); };
};
"""
# When the reader last asked for another page or another choice and the server has not begun with it: until then nothing in the page says so.
ASKING = """<script>
if (!('sqLeft' in window)) {
  window.sqLeft = 0;
  const asked = () => { window.sqLeft = Date.now(); };
  addEventListener('popstate', asked, true);
  document.addEventListener('click', (event) => { if (event.target.closest?.('[data-testid=stSidebarNavLink], [data-testid^=stPageLink]')) asked(); }, true);
  new MutationObserver((all) => {
    if (all.some(({target}) => target.getAttribute('data-test-script-state') === 'running')) window.sqLeft = 0;
  }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ['data-test-script-state']});
}
</script>"""
# A page is printed once everything on it is drawn, and is then as it was.
PRINTING = """<script>
if (!window.sqPrinting) {
  window.sqPrinting = true;
  // A skeleton stands for a chart whose program is still on its way.
  const waiting = () => document.querySelector('.sq-later, [data-testid=stSkeleton]') || document.querySelector('[data-testid=stApp]').getAttribute('data-test-script-state') === 'running'
    || [...document.querySelectorAll('.stPlotlyChart')].some((one) => !one.querySelector('.main-svg'));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'p' || !(event.ctrlKey || event.metaKey) || !document.querySelector('.sq-later')) return;
    event.preventDefault();
    const link = new URL(location.href), end = Date.now() + 15000;
    link.searchParams.set('whole', '1');
    sqGo(link.href);
    let before = -1, still = 0;
    const look = () => {
      const now = document.querySelectorAll('.stMainBlockContainer *').length;
      still = waiting() || now !== before ? 0 : still + 1;
      before = now;
      if (still < 4 && Date.now() < end) return setTimeout(look, 150);
      addEventListener('afterprint', () => history.back(), {once: true});
      print();
    };
    setTimeout(look, 500);
  });
}
</script>"""


@cache
def _place() -> Any:
    return st.components.v2.component(
        NAME, html='<div class="sq-later"></div>', js=SCRIPT, css=".sq-later {width: 100%}", isolate_styles=False
    )


def begin() -> None:
    """A new run of a page: nothing of it is drawn yet."""
    st.session_state[RUN] = st.session_state.get(RUN, 0) + 1


def whole() -> bool:
    """Whether everything is drawn at once: for who prints, or takes a picture of the page from outside."""
    return state.read("whole") == "1"


def later(name: str, tall: int, block: Callable[[], object], opens: bool = False) -> None:
    """Draws `block` where the reader is near it, else keeps about `tall` pixels free. `name` tells it from the others of the page;
    `opens`: it begins on the first screen, and is drawn with the page.

    What is drawn stays until the page runs anew; then only what is near is drawn again.
    """
    if whole():
        block()
    else:
        _later(name, tall, block, opens)


@st.fragment
def _later(name: str, tall: int, block: Callable[[], object], opens: bool) -> None:
    key = f"later_{name}"
    with st.container(key=f"near_{name}"):
        held = st.session_state.get(key) or {}
        place = held.get("place") or {"near": opens, "tall": tall}
        drawn = st.session_state.setdefault(DRAWN, {})
        shown = place["near"] or drawn.get(key) == st.session_state[RUN]
        _place()(
            key=key,
            data={"near": place["near"], "tall": 0 if shown else place["tall"]},
            default={"place": place},
            on_place_change=lambda: None,
        )
        if shown:
            drawn[key] = st.session_state[RUN]
            block()
