// @ts-check
/** Decrypting: check the tally against the public record, ask the trustee, and use the key on it. */
import { systemRng } from "../crypto/bytes.js";
import { getBytes, getJson } from "../lib/api.js";
import { find, textFor } from "../lib/dom.js";
import { checkTally } from "./check.js";
import { decryptShare, partialDecryptionToJson } from "./decryption.js";
import { rememberTally } from "./memory.js";

/** @typedef {import("./page.js").TrusteePage} TrusteePage */
/** @typedef {import("./check.js").CheckedTally} CheckedTally */

export class Decrypting {
  /** @type {{privateKey: bigint, checked: CheckedTally} | null} what waits for the trustee's word */
  #asking = null;

  /** @param {TrusteePage} page */
  constructor(page) {
    this.page = page;
  }

  mount() {
    find(this.page.root, "#open-button").addEventListener("click", () => void this.#useKey());
    if (this.#asking !== null) this.#showAsking(this.#asking.checked);
  }

  async begin() {
    const { page } = this;
    try {
      const privateKey = await page.readPrivateKey();
      page.show("screen-checking");
      const checked = await this.#check(privateKey);
      this.#asking = { privateKey, checked };
      this.#showAsking(checked);
    } catch (error) {
      return page.showFault(error, "screen-begin");
    }
    page.show("screen-asking");
  }

  /**
   * @param {bigint} privateKey
   * @returns {Promise<CheckedTally>}
   */
  async #check(privateKey) {
    const { electionUrl, recordUrl, tallyUrl } = this.page.root.dataset;
    // The tally comes first: the record that is read afterwards then holds it.
    const asked = await getJson(tallyUrl ?? "");
    const published = await getBytes(electionUrl ?? "");
    const record = await getBytes(recordUrl ?? "");
    const claims = { record, published, asked };
    return checkTally(claims, privateKey, (done, total) => this.page.progress(done, total));
  }

  /** @param {CheckedTally} checked */
  #showAsking({ election, ballots, replaced, cards }) {
    const { root } = this.page;
    find(root, "#asking-words").textContent = textFor(root, "asking", { ballots, cards });
    find(root, "#asking-replaced").textContent = String(replaced);
    find(root, "#asking-fingerprint").textContent = election.fingerprint;
  }

  async #useKey() {
    if (this.#asking === null) return;
    const { privateKey, checked } = this.#asking;
    const { page } = this;
    page.show("screen-working");
    try {
      rememberTally(checked.election.fingerprint, checked.tallyHash);
      await this.#decrypt(privateKey, checked);
    } catch (error) {
      return page.showFault(error, "screen-asking");
    }
    this.#asking = null;
    page.forgetKey();
    page.show("screen-decryption-done");
  }

  /**
   * @param {bigint} privateKey
   * @param {CheckedTally} checked
   */
  async #decrypt(privateKey, { election, task }) {
    /** @type {import("../ballot/ballot.js").OnStep} */
    const onStep = (done, total) => this.page.progress(done, total);
    const share = await decryptShare(election, task, privateKey, onStep, systemRng);
    const message = { partial_decryption: partialDecryptionToJson(share) };
    await this.page.send(this.page.root.dataset.decryptionUrl ?? "", message);
  }
}
