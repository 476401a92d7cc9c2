// `near` is told once; that the reader has gone on, only after a while.
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
