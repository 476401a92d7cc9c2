"""What the keyboard does in present mode, and how its one sheet fills every screen."""

from __future__ import annotations

# The whole sheet is laid out at 1200 by 675 pixels and made as large as the screen: 1.6 times at 1920 by 1080. The tangent of the arc
# tangent is how a style sheet divides two lengths. Streamlit draws a chart as large as its place appears on the screen: the place is made
# smaller again by as much, and the chart in it larger.
SHEET = """<style>
section[data-testid=stSidebar], header[data-testid=stHeader], [data-testid=stExpandSidebarButton], .st-key-filters, .st-key-choices, .sq-crumbs, .sq-copy,
[data-testid=stLayoutWrapper]:has(> .st-key-filters), [data-testid=stLayoutWrapper]:has(> .st-key-choices), [data-testid=stStatusWidget],
.stMainBlockContainer > [data-testid=stVerticalBlock] > [data-testid=stElementContainer]:not(:has(.sq)) {display: none !important}
.stApp, [data-testid=stMain], [data-testid=stAppViewContainer] {overflow: hidden !important}
.stMainBlockContainer {position: fixed; left: 50%; top: 50%; width: 1200px; min-width: 1200px; max-width: none; height: 675px; padding: 26px 40px 16px !important; overflow: hidden;
  transform: translate(-50%, -50%) scale(var(--larger))}
.stApp {--larger: min(tan(atan2(100vw, 1200px)), tan(atan2(100vh, 675px)))}
[data-testid=stElementContainer]:has([data-testid=stPlotlyChart]) {transform: scale(calc(1 / var(--larger))); transform-origin: 0 0; overflow: visible !important}
[data-testid=stElementContainer]:has([data-testid=stPlotlyChart]) div:has(.js-plotly-plot) {overflow: visible !important}
.js-plotly-plot {transform: scale(var(--larger)); transform-origin: 0 0}
.stMainBlockContainer > [data-testid=stVerticalBlock] {height: 100%; gap: 8px}
.stMainBlockContainer [data-testid=stVerticalBlock], .stMainBlockContainer [data-testid=stLayoutWrapper] {overflow: hidden}
[data-testid=stColumn] {min-width: 0 !important}
.sq:has(> h1.sq-takeaway) {min-height: 84px}
.sq h1.sq-takeaway {font-size: 25px; line-height: 1.25; padding: 0}
.sq h1.sq-takeaway.sq-long {font-size: 20px}
.sq-figures {border: 0; grid-auto-flow: column !important; grid-template-columns: none !important}
.sq-lists {grid-template-columns: repeat(3, minmax(0, 1fr)) !important}
.sq a, .sq table.sq-rows td a {border: 0}
.stMainBlockContainer .st-key-stage {gap: 0 !important}
.sq table.sq-tall td {height: 35px}
.sq-footer {margin: 0; padding-top: 6px}
.sq-leave a {position: fixed; z-index: 9; right: 0; top: 0; padding: 8px 14px; opacity: 0; font-size: 16px}
.sq-leave a:hover, .sq-leave a:focus-visible {opacity: 1}
@media (pointer: coarse) {.sq-leave a {opacity: .7}}
</style><i class="sq-stage"></i>"""

# Static: nothing that comes from data or from the address stands in it. The menu is hidden, not gone: its links keep unit, month, language and version.
SCRIPT = """<script>
if (!window.sqStage) {
  window.sqStage = true;
  const working = ['review_pack', 'tables', 'upload', 'methods'], steps = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1};
  const path = (place) => place.pathname.replace(/[/]+$/, '');
  document.addEventListener('keydown', (event) => {
    if (!document.querySelector('.sq-stage') || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') {
      const link = new URL(location.href);
      link.searchParams.delete('present');
      sqGo(link.href);
    } else if (event.key in steps) {
      event.preventDefault();
      const links = [...document.querySelectorAll('[data-testid=stSidebarNavLink]')].filter((link) => !working.includes(path(link).split('/').pop()));
      const at = links.findIndex((link) => path(link) === path(location)) + steps[event.key];
      if (links[at]) links[at].click();
    }
  });
}
</script>"""
"""Arrows (and the two keys of a presenter) step through the pages of the menu that show figures, Escape leaves."""
