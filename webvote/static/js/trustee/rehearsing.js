// @ts-check
/** Showing before voting opens that the key is at hand: the page decrypts a test that it computes itself. */
import { systemRng } from "../crypto/bytes.js";
import { belenios2048Group } from "../crypto/group.js";
import { getBytes, getJson } from "../lib/api.js";
import { KeyFileError } from "./keys.js";
import { answerTest, answerToJson, readTest } from "./rehearsal.js";

/** @typedef {import("./page.js").TrusteePage} TrusteePage */

export class Rehearsing {
  /** @param {TrusteePage} page */
  constructor(page) {
    this.page = page;
  }

  mount() {}

  async begin() {
    const { page } = this;
    const { trusteesUrl, testUrl, answerUrl, owner } = page.root.dataset;
    try {
      const privateKey = await page.readPrivateKey();
      const trustees = await getBytes(trusteesUrl ?? "");
      const test = await readTest(belenios2048Group(), await getJson(testUrl ?? ""), trustees);
      const answer = await answerTest(test, privateKey, systemRng);
      if (answer.owner !== Number(owner)) throw new KeyFileError("key-not-this-trustee");
      await page.send(answerUrl ?? "", { answer: answerToJson(answer) });
    } catch (error) {
      return page.showFault(error, "screen-begin");
    }
    page.forgetKey();
    page.show("screen-shown");
  }
}
