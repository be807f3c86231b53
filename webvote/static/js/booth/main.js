// @ts-check
/** Starts the voter's page. */
import { takeFragment } from "./address.js";
import { Booth } from "./booth.js";
import { switchLanguagesInPlace } from "./language.js";

const code = takeFragment(window);
const booth = new Booth(document);
booth.mount();
switchLanguagesInPlace(document, () => booth.remount());
void booth.start(code);

// Another card scanned into the same page.
window.addEventListener("hashchange", () => {
  const next = takeFragment(window);
  if (next !== "") void booth.start(next);
});
window.addEventListener("online", () => booth.reconnected());
window.addEventListener("beforeunload", (event) => {
  if (booth.isSending) event.preventDefault();
});
// A page that comes back from the browser's memory starts anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
