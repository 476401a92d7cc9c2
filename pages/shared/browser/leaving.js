// Keeps the address that was asked for: signing in leads away from the page and back to its beginning.
// Only our own address is kept, so that nobody can be led elsewhere.
if (location.search && !location.search.includes("code=")) {
  sessionStorage.setItem("sq-asked", location.pathname + location.search);
}
