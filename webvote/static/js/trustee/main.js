// @ts-check
/** Starts a trustee's page. */
import { takeFragment } from "../booth/address.js";
import { switchLanguagesInPlace } from "../booth/language.js";
import { Decrypting } from "./decrypting.js";
import { HandingIn } from "./handing_in.js";
import { KeyMaking } from "./making.js";
import { TrusteePage } from "./page.js";
import { Rehearsing } from "./rehearsing.js";

const ANSWER = { name: "answer", fields: ["owner", "decryption_factor", "proof"] };
const SHARE = { name: "partial_decryption", fields: ["decryption_factors", "decryption_proofs"] };

/** What is asked of the trustee now, if anything. @param {TrusteePage} page */
function stepOf(page) {
  const { state, member, answerUrl = "", decryptionUrl = "" } = page.root.dataset;
  if (state === "key_needed") return new KeyMaking(page);
  if (state === "rehearsal_needed") {
    return member ? new HandingIn(page, { ...ANSWER, address: answerUrl }) : new Rehearsing(page);
  }
  if (state === "decryption_needed") {
    return member ? new HandingIn(page, { ...SHARE, address: decryptionUrl }) : new Decrypting(page);
  }
  return null;
}

const page = new TrusteePage(document, takeFragment(window), stepOf);
page.mount();
switchLanguagesInPlace(document, () => page.remount());

window.addEventListener("beforeunload", (event) => {
  if (page.hasUnsavedKey) event.preventDefault();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
