// @ts-check
/**
 * A trustee's page: make a key, save it, hand in its public half; later check the tally against the public record, ask
 * the trustee, and use the key on it. The private key is in this object while it is needed, in the file the trustee
 * saves, and in no request.
 */
import { FormatError, systemRng, utf8 } from "../crypto/bytes.js";
import { belenios2048Group } from "../crypto/group.js";
import { fingerprint } from "../crypto/hash.js";
import { NoAnswerError, RefusedError, getBytes, getJson, postJson } from "../lib/api.js";
import { ProofError } from "../crypto/proofs.js";
import { RecordError } from "../record/archive.js";
import { breathe, download, find, setFieldError, showScreen, textFor } from "../lib/dom.js";
import { checkTally } from "./check.js";
import { decryptShare, partialDecryptionToJson } from "./decryption.js";
import { KeyFileError, generateTrusteeKey, parsePrivateKey, privateKeyToFile, trusteePublicKeyToJson } from "./keys.js";
import { rememberTally } from "./memory.js";

/** @typedef {import("./check.js").CheckedTally} CheckedTally */
/** @typedef {import("./keys.js").TrusteePublicKey} TrusteePublicKey */

/** Faults of a tally that have a screen of their own. @type {Record<string, string>} */
const SCREENS = { "tally-of-one-ballot": "screen-one-ballot", "tally-changed": "screen-tally-changed" };

export class TrusteePage {
  /** @type {{privateKey: bigint, publicKey: TrusteePublicKey} | null} */
  #key = null;
  /** @type {{privateKey: bigint, checked: CheckedTally} | null} what waits for the trustee's word */
  #asking = null;
  #screen = "";
  /** @type {() => void} */
  #again = () => {};

  /**
   * @param {Document} document
   * @param {string} code the one-time code of the address, or an empty text
   */
  constructor(document, code) {
    this.document = document;
    this.code = code;
  }

  get #root() {
    return find(this.document, "#trustee");
  }

  get hasUnsavedKey() {
    return this.#key !== null;
  }

  /** Joins this object to the page; again after the language changed. */
  mount() {
    const root = this.#root;
    for (const button of root.querySelectorAll(".try-again")) button.addEventListener("click", () => this.#again());
    const { state } = root.dataset;
    if (state !== "key_needed" && state !== "decryption_needed") return;
    if (this.code !== "") find(root, "#code-field").hidden = true;
    find(root, "#begin-form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.#readCode()) return;
      void (state === "key_needed" ? this.#makeKey() : this.#readKeyAndCheck());
    });
    if (state === "key_needed") this.#mountSaving();
    else this.#mountAsking();
  }

  #mountSaving() {
    const root = this.#root;
    find(root, "#save-key-button").addEventListener("click", () => this.#saveKey());
    find(root, "#hand-in-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const { checked } = /** @type {HTMLInputElement} */ (find(root, "#saved-tick"));
      setFieldError(find(root, "#saved-field"), checked ? "" : textFor(root, "not-saved"));
      if (checked) void this.#handIn();
    });
    if (this.#key !== null) this.#keyText.value = privateKeyToFile(this.#key.privateKey);
  }

  #mountAsking() {
    find(this.#root, "#open-button").addEventListener("click", () => void this.#useKey());
    if (this.#asking !== null) this.#showAsking(this.#asking.checked);
  }

  /** The language changed: the same screen, in the new words. */
  remount() {
    this.mount();
    if (this.#screen !== "" && this.#root.querySelector(`#${this.#screen}`)) this.#show(this.#screen);
  }

  get #keyText() {
    return /** @type {HTMLTextAreaElement} */ (find(this.#root, "#key-text"));
  }

  #readCode() {
    if (this.code === "") {
      const typed = /** @type {HTMLInputElement} */ (find(this.#root, "#code-input")).value;
      this.code = typed.slice(typed.lastIndexOf("#") + 1).trim();
    }
    setFieldError(find(this.#root, "#code-field"), this.code === "" ? textFor(this.#root, "code-missing") : "");
    return this.code !== "";
  }

  async #makeKey() {
    this.#key ??= await generateTrusteeKey(belenios2048Group(), systemRng);
    this.#keyText.value = privateKeyToFile(this.#key.privateKey);
    this.#show("screen-save");
  }

  #saveKey() {
    if (this.#key === null) return;
    const blob = new Blob([privateKeyToFile(this.#key.privateKey)], { type: "application/octet-stream" });
    download(this.document, blob, this.#root.dataset.fileName ?? "key.privkey");
  }

  async #handIn() {
    if (this.#key === null) return;
    const publicKey = trusteePublicKeyToJson(this.#key.publicKey);
    try {
      await postJson(this.#root.dataset.keyUrl ?? "", JSON.stringify({ code: this.code, public_key: publicKey }));
    } catch (error) {
      return this.#showFault(error, "screen-save");
    }
    this.#key = null;
    this.#keyText.value = "";
    find(this.#root, "#key-fingerprint").textContent = await fingerprint(utf8(JSON.stringify(publicKey)));
    this.#show("screen-key-done");
  }

  async #readKeyAndCheck() {
    const root = this.#root;
    const input = /** @type {HTMLInputElement} */ (find(root, "#key-file"));
    const file = input.files?.[0];
    try {
      const text = file !== undefined && file.size < 10_000 ? await file.text() : this.#keyText.value;
      const privateKey = parsePrivateKey(belenios2048Group(), text);
      setFieldError(find(root, "#key-field"), "");
      this.#show("screen-checking");
      const checked = await this.#check(privateKey);
      this.#asking = { privateKey, checked };
      this.#showAsking(checked);
    } catch (error) {
      return this.#showFault(error, "screen-begin");
    }
    this.#show("screen-asking");
  }

  /**
   * @param {bigint} privateKey
   * @returns {Promise<CheckedTally>}
   */
  async #check(privateKey) {
    const { electionUrl, recordUrl, tallyUrl } = this.#root.dataset;
    // The tally comes first: the record that is read afterwards then holds it.
    const asked = await getJson(tallyUrl ?? "");
    const published = await getBytes(electionUrl ?? "");
    const record = await getBytes(recordUrl ?? "");
    return checkTally({ record, published, asked }, privateKey, (done, total) => this.#progress(done, total));
  }

  /** @param {CheckedTally} checked */
  #showAsking({ election, ballots, replaced, cards }) {
    const root = this.#root;
    find(root, "#asking-words").textContent = textFor(root, "asking", { ballots, cards });
    find(root, "#asking-replaced").textContent = String(replaced);
    find(root, "#asking-fingerprint").textContent = election.fingerprint;
  }

  async #useKey() {
    if (this.#asking === null) return;
    const { privateKey, checked } = this.#asking;
    this.#show("screen-working");
    try {
      rememberTally(checked.election.fingerprint, checked.tallyHash);
      await this.#decrypt(privateKey, checked);
    } catch (error) {
      return this.#showFault(error, "screen-asking");
    }
    this.#asking = null;
    this.#keyText.value = "";
    /** @type {HTMLInputElement} */ (find(this.#root, "#key-file")).value = "";
    this.#show("screen-decryption-done");
  }

  /**
   * @param {bigint} privateKey
   * @param {CheckedTally} checked
   */
  async #decrypt(privateKey, { election, task }) {
    /** @type {import("../ballot/ballot.js").OnStep} */
    const onStep = (done, total) => this.#progress(done, total);
    const share = await decryptShare(election, task, privateKey, onStep, systemRng);
    const body = { code: this.code, partial_decryption: partialDecryptionToJson(share) };
    await postJson(this.#root.dataset.decryptionUrl ?? "", JSON.stringify(body));
  }

  /**
   * @param {number} done
   * @param {number} total
   */
  async #progress(done, total) {
    const bar = find(this.#root, `#${this.#screen} progress`);
    /** @type {HTMLProgressElement} */ (bar).value = total === 0 ? 1 : done / total;
    // The timers of a hidden page run once a second, later once a minute.
    if (!this.document.hidden) await breathe();
  }

  /**
   * @param {unknown} error
   * @param {string} back the screen from which to try again
   */
  #showFault(error, back) {
    const root = this.#root;
    this.#again = () => {
      if (!(error instanceof RefusedError)) return this.#show(back);
      // It may have been the code: it can be corrected, and a key that was made stays.
      this.code = "";
      find(root, "#code-field").hidden = false;
      this.#show("screen-begin");
    };
    if (error instanceof KeyFileError) {
      this.#show(back);
      return setFieldError(find(root, "#key-field"), textFor(root, error.code));
    }
    if (error instanceof NoAnswerError) return this.#show("screen-offline");
    if (error instanceof RefusedError) {
      find(root, "#screen-problem .server-message").textContent = error.message;
      return this.#show("screen-problem");
    }
    if (error instanceof RecordError || error instanceof FormatError || error instanceof ProofError) {
      const screen = error instanceof RecordError ? SCREENS[error.code] : undefined;
      find(root, "#mismatch-detail").textContent = error instanceof RecordError ? error.message : error.what;
      return this.#show(screen ?? "screen-mismatch");
    }
    throw error;
  }

  /** @param {string} id */
  #show(id) {
    this.#screen = id;
    showScreen(this.#root, id);
  }
}
