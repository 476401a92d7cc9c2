// Present mode: arrows (and the two keys of a presenter) step through the pages of the menu that show figures, Escape leaves. The menu is
// hidden, not gone: its links keep unit, month, language and version.
if (!window.sqStage) {
  window.sqStage = true;
  const working = ['review_pack', 'tables', 'upload', 'methods', 'audit'], steps = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1};
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
