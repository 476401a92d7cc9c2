// Back from signing in: opens the address that was asked for before (leaving.js).
{
  const asked = sessionStorage.getItem("sq-asked");
  sessionStorage.removeItem("sq-asked");
  if (asked && /^\/(?![\/\\])/.test(asked) && asked !== location.pathname + location.search) location.replace(asked);
}
