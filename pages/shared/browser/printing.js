// A page is printed once everything on it is drawn, and is then as it was.
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
