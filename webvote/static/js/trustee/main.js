// @ts-check
/** Starts a trustee's page. */
import { takeFragment } from "../booth/address.js";
import { switchLanguagesInPlace } from "../booth/language.js";
import { TrusteePage } from "./page.js";

const page = new TrusteePage(document, takeFragment(window));
page.mount();
switchLanguagesInPlace(document, () => page.remount());

window.addEventListener("beforeunload", (event) => {
  if (page.hasUnsavedKey) event.preventDefault();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
