// @ts-check
/** Making a key: it is made here, saved by the trustee, and then its public half is handed in. */
import { systemRng, utf8 } from "../crypto/bytes.js";
import { belenios2048Group } from "../crypto/group.js";
import { fingerprint } from "../crypto/hash.js";
import { download, find, setFieldError, textFor } from "../lib/dom.js";
import { generateTrusteeKey, privateKeyToFile, trusteePublicKeyToJson } from "./keys.js";

/** @typedef {import("./page.js").TrusteePage} TrusteePage */
/** @typedef {import("./keys.js").TrusteePublicKey} TrusteePublicKey */

export class KeyMaking {
  /** @type {{privateKey: bigint, publicKey: TrusteePublicKey} | null} */
  #key = null;

  /** @param {TrusteePage} page */
  constructor(page) {
    this.page = page;
  }

  get hasUnsavedKey() {
    return this.#key !== null;
  }

  mount() {
    const { root } = this.page;
    find(root, "#save-key-button").addEventListener("click", () => this.#saveKey());
    find(root, "#hand-in-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const { checked } = /** @type {HTMLInputElement} */ (find(root, "#saved-tick"));
      setFieldError(find(root, "#saved-field"), checked ? "" : textFor(root, "not-saved"));
      if (checked) void this.#handIn();
    });
    if (this.#key !== null) this.page.keyText.value = privateKeyToFile(this.#key.privateKey);
  }

  async begin() {
    this.#key ??= await generateTrusteeKey(belenios2048Group(), systemRng);
    this.page.keyText.value = privateKeyToFile(this.#key.privateKey);
    this.page.show("screen-save");
  }

  #saveKey() {
    if (this.#key === null) return;
    const blob = new Blob([privateKeyToFile(this.#key.privateKey)], { type: "application/octet-stream" });
    download(this.page.document, blob, this.page.root.dataset.fileName ?? "key.privkey");
  }

  async #handIn() {
    if (this.#key === null) return;
    const { root } = this.page;
    const publicKey = trusteePublicKeyToJson(this.#key.publicKey);
    try {
      await this.page.send(root.dataset.keyUrl ?? "", { public_key: publicKey });
    } catch (error) {
      return this.page.showFault(error, "screen-save");
    }
    this.#key = null;
    this.page.keyText.value = "";
    find(root, "#key-fingerprint").textContent = await fingerprint(utf8(JSON.stringify(publicKey)));
    this.page.show("screen-key-done");
  }
}
