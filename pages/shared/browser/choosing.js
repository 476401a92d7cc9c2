// A choice changes the address, and the page runs anew as after the browser's own way back. So does a click on one of our links: the next
// page comes without loading the dashboard again.
if (!window.sqChoosing) {
  window.sqChoosing = true;
  const MOST = 200;
  let focused = null, panel = null;
  const go = (href) => {
    const path = location.pathname;
    window.sqTold = Date.now();
    history.pushState(null, '', href);
    dispatchEvent(new PopStateEvent('popstate'));
    if (location.pathname !== path) document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0);
  };
  window.sqGo = go;
  // A link may lead to a block far down its page: it is sought until it stands still, or the reader scrolls.
  const seek = (name) => {
    const until = Date.now() + 8000;
    let over = false, still = 0, was = null;
    const end = () => { over = true; };
    for (const kind of ['wheel', 'touchmove', 'keydown', 'mousedown']) addEventListener(kind, end, {once: true, passive: true});
    const look = () => {
      if (over || still > 8 || Date.now() > until) return;
      const block = document.querySelector(`.st-key-near_${CSS.escape(name)}`);
      block?.scrollIntoView();
      const now = block && document.querySelector('[data-testid=stMain]').scrollTop;
      still = block && now === was ? still + 1 : 0;
      was = now;
      setTimeout(look, 150);
    };
    setTimeout(look, 300);
  };
  const choose = (name, value, usual) => {
    const link = new URL(location.href);
    // Streamlit takes an address with an anchor for a step inside the page.
    link.hash = '';
    if (value === '' || value === usual) link.searchParams.delete(name);
    else link.searchParams.set(name, value);
    if (link.href !== location.href) go(link.href);
  };
  // A control is drawn anew with the page: who uses the keyboard goes on from the new one.
  const remember = (control) => {
    const find = () => {
      const alike = [...document.querySelectorAll(`[data-choice="${CSS.escape(control.dataset.choice)}"]`)];
      return alike.find((one) => one.tagName === control.tagName && one.value === control.value) ?? alike[0];
    };
    focused?.disconnect();
    // With the next picture: to take the focus at once would have the half-made page laid out.
    let asked = 0;
    const take = () => {
      asked = 0;
      if (control.isConnected || (document.activeElement && document.activeElement !== document.body)) return;
      find()?.focus({preventScroll: true});
    };
    const seen = new MutationObserver(() => { asked ||= requestAnimationFrame(take); });
    seen.observe(document.body, {childList: true, subtree: true});
    focused = seen;
    setTimeout(() => seen.disconnect(), 5000);
  };
  const close = (back) => {
    if (!panel) return;
    panel.button.setAttribute('aria-expanded', 'false');
    panel.box.remove();
    if (back) panel.button.focus();
    panel = null;
  };
  // A very long list is sent when it is first wanted.
  let wanted = null;
  const fetched = (button) => {
    const until = Date.now() + 10000, look = () => {
      if (wanted !== button) return;
      if (document.getElementById(button.dataset.source)) { wanted = null; open(button); }
      else if (Date.now() < until) setTimeout(look, 30);
    };
    wanted = button;
    document.dispatchEvent(new Event('sq-wanted'));
    look();
  };
  const open = (button) => {
    close();
    const source = document.getElementById(button.dataset.source);
    if (!source) return fetched(button);
    const taken = button.dataset.before.split('~');
    const lines = source.textContent.split('\n').map((line) => line.split('\t'));
    const options = lines.filter(([value]) => !taken.includes(value)).map(([value, label]) => ({value, label, words: `${label} ${value}`.toLowerCase()}));
    const box = document.createElement('div'), input = document.createElement('input'), list = document.createElement('ul');
    box.className = 'sq-panel';
    Object.assign(input, {type: 'text', placeholder: button.dataset.hint, autocomplete: 'off', spellcheck: false});
    for (const [name, value] of Object.entries({role: 'combobox', 'aria-label': button.dataset.hint, 'aria-expanded': 'true', 'aria-autocomplete': 'list', 'aria-controls': 'sq-options'})) input.setAttribute(name, value);
    list.id = 'sq-options';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', button.dataset.hint);
    box.append(input, list);
    button.parentElement.append(box);
    button.setAttribute('aria-expanded', 'true');
    const beyond = box.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (beyond > 0) box.style.left = `${-beyond}px`;
    let at = 0, shown = [];
    const mark = (place) => {
      at = Math.max(0, Math.min(place, shown.length - 1));
      [...list.children].forEach((one, number) => one.setAttribute('aria-selected', String(number === at)));
      list.children[at]?.scrollIntoView({block: 'nearest'});
      input.setAttribute('aria-activedescendant', list.children[at]?.id ?? '');
    };
    const fill = () => {
      const words = input.value.trim().toLowerCase().split(/\s+/);
      shown = options.filter((one) => words.every((word) => one.words.includes(word))).slice(0, MOST);
      list.replaceChildren(...shown.map((one, number) => {
        const line = document.createElement('li');
        line.id = `sq-option-${number}`;
        line.setAttribute('role', 'option');
        line.dataset.number = number;
        line.textContent = one.label;
        return line;
      }));
      if (!shown.length) {
        const line = document.createElement('li');
        line.className = 'sq-nothing';
        line.setAttribute('role', 'option');
        line.setAttribute('aria-disabled', 'true');
        line.textContent = source.dataset.nothing;
        list.append(line);
      }
      const current = input.value ? -1 : shown.findIndex((one) => one.label === button.textContent);
      mark(Math.max(current, 0));
    };
    const take = (number) => {
      const one = shown[number], before = button.dataset.before;
      if (!one) return;
      button.firstElementChild.textContent = before ? button.textContent : one.label;
      close(true);
      remember(button);
      choose(button.dataset.choice, before ? `${before}~${one.value}` : one.value, null);
    };
    input.addEventListener('input', fill);
    input.addEventListener('keydown', (event) => {
      const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8};
      if (event.isComposing) return;
      if (event.key in steps) { event.preventDefault(); mark(at + steps[event.key]); }
      else if (event.key === 'Enter') { event.preventDefault(); take(at); }
      else if (event.key === 'Escape') { event.stopPropagation(); close(true); }
      else if (event.key === 'Tab') close();
    });
    list.addEventListener('mousedown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => { const line = event.target.closest('li[data-number]'); if (line) take(Number(line.dataset.number)); });
    panel = {box, button};
    fill();
    input.focus();
  };
  document.addEventListener('change', (event) => {
    const list = event.target.closest?.('select[data-choice]');
    if (!list) return;
    remember(list);
    choose(list.dataset.choice, list.value, list.dataset.usual);
  });
  document.addEventListener('click', (event) => {
    if (panel && !panel.box.contains(event.target) && event.target.closest('.sq-open') !== panel.button) close();
    const button = event.target.closest('button[data-choice]');
    if (button?.matches('.sq-open')) return panel?.button === button ? close(true) : open(button);
    if (button) {
      for (const one of button.parentElement.querySelectorAll('[aria-pressed]')) one.setAttribute('aria-pressed', String(one === button));
      remember(button);
      return choose(button.dataset.choice, button.value, button.dataset.usual);
    }
    const link = event.target.closest('.sq a[href]');
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.hasAttribute('download')) return;
    const there = new URL(link.href);
    if (there.origin !== location.origin || there.hash) return;
    event.preventDefault();
    go(there.href);
    if (link.dataset.block) seek(link.dataset.block);
  });
}
