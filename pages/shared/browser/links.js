// Copies the address, also where the clipboard needs https and there is none; and makes a click in the menu one step of the browser's
// history: Streamlit pushes the bare address of the page first, and then the one with its choices.
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
    if (button.dataset.copy !== 'live') {
      // The page runs once with an address that asks to keep its version; the reader's own stays as it was.
      const here = location.href, asking = new URL(here);
      asking.hash = '';
      asking.searchParams.set('keep', '1');
      history.replaceState(history.state, '', asking.href);
      dispatchEvent(new PopStateEvent('popstate'));
      history.replaceState(history.state, '', here);
    }
    const words = button.textContent;
    if (words === button.dataset.done) return;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 1500);
  });
}
