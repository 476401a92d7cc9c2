// When the reader last asked for another page or another choice and the server has not begun with it: until then nothing in the page
// says so. And no page is left while a message from it is under way: where a block was asked for, Streamlit would draw it on the page that
// comes, where its place is not, and show nothing at all any more.
if (!('sqLeft' in window)) {
  window.sqLeft = 0;
  const LINKS = '[data-testid=stSidebarNavLink], [data-testid^=stPageLink]', LONGEST = 3000;
  let sent = 0, shown = location.pathname, held = null;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...said) { sent = Date.now(); return send.apply(this, said); };
  // Whether the server was told something and no run has begun since.
  window.sqAsks = () => sent > 0 && Date.now() - sent <= LONGEST;
  const release = () => { const leave = held; held = null; sent = 0; leave?.(); };
  const asked = (event, leave) => {
    window.sqLeft = Date.now();
    if (!leave || !sqAsks()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = leave;
    setTimeout(() => { if (held === leave) release(); }, LONGEST);
  };
  addEventListener('popstate', (event) => {
    asked(event, location.pathname !== shown && (() => dispatchEvent(new PopStateEvent('popstate', {state: history.state}))));
  }, true);
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.(LINKS), elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (link) asked(event, !elsewhere && (() => link.click()));
  }, true);
  new MutationObserver((all) => {
    const states = all.map(({target}) => target.getAttribute('data-test-script-state'));
    if (states.includes('running')) { window.sqLeft = 0; shown = location.pathname; }
    if (states.includes('running') || states.includes('notRunning')) release();
  }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ['data-test-script-state']});
}
