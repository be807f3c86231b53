// @ts-check
/**
 * Changing the language in place. The same page is fetched in the other language and its parts are exchanged, so that
 * the card and the choices stay in memory and never go through an address.
 */

/**
 * @param {Document} document
 * @param {() => void} onChanged called when the new parts are in place
 */
export function switchLanguagesInPlace(document, onChanged) {
  document.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[hreflang]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    try {
      const response = await fetch(link.href, { credentials: "same-origin", cache: "no-store" });
      if (!response.ok) return;
      exchange(document, new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      return; // no connection: the page stays as it is, in the language it has
    }
    document.defaultView?.history.replaceState(null, "", link.href);
    onChanged();
  });
}

/**
 * @param {Document} document
 * @param {Document} other
 */
function exchange(document, other) {
  const { lang, dir } = other.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.title = other.title;
  for (const selector of [".skip-link", ".page-header", "main", ".page-footer"]) {
    const next = other.querySelector(selector);
    if (next !== null) document.querySelector(selector)?.replaceWith(document.adoptNode(next));
  }
}
