// @ts-check
/** The code in the card's address: taken out of the address bar at once, so that it stays in no history and no photo. */

/**
 * What stood after the #, or an empty text when that is only a place in the page.
 * @param {Window} window
 */
export function takeFragment(window) {
  const { location, history, document } = window;
  const fragment = location.hash.slice(1);
  if (fragment === "" || document.getElementById(fragment) !== null) return "";
  history.replaceState(null, "", location.pathname + location.search);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
