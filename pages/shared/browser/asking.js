// When the reader last asked for another page or another choice and the server has not begun with it: until then nothing in the page
// says so.
if (!('sqLeft' in window)) {
  window.sqLeft = 0;
  const asked = () => { window.sqLeft = Date.now(); };
  addEventListener('popstate', asked, true);
  document.addEventListener('click', (event) => { if (event.target.closest?.('[data-testid=stSidebarNavLink], [data-testid^=stPageLink]')) asked(); }, true);
  new MutationObserver((all) => {
    if (all.some(({target}) => target.getAttribute('data-test-script-state') === 'running')) window.sqLeft = 0;
  }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ['data-test-script-state']});
}
