// @ts-check
/**
 * A trustee's page: what every step of it needs. Each state of the trustee has one step: making.js, rehearsing.js,
 * decrypting.js, or handing_in.js for a member of a group, who uses a key with a program of their own. The private key
 * is in a step while it is needed, in the file the trustee saves, and in no request.
 */
import { FormatError } from "../crypto/bytes.js";
import { belenios2048Group } from "../crypto/group.js";
import { ProofError } from "../crypto/proofs.js";
import { NoAnswerError, RefusedError, postJson } from "../lib/api.js";
import { breathe, find, setFieldError, showScreen, textFor } from "../lib/dom.js";
import { RecordError } from "../record/archive.js";
import { KeyFileError, parsePrivateKey } from "./keys.js";

/** Faults of a tally that have a screen of their own. @type {Record<string, string>} */
const SCREENS = { "tally-of-one-ballot": "screen-one-ballot", "tally-changed": "screen-tally-changed" };

/**
 * @typedef {object} Step
 * @property {() => void} mount joins the step to the page; again after the language changed
 * @property {() => Promise<void>} begin what happens once there is a code
 * @property {boolean} [hasUnsavedKey] whether a key would be lost with the page
 */

export class TrusteePage {
  /** @type {Step | null} */
  #step = null;
  /** @type {string | undefined} */
  #state;
  #screen = "";
  /** @type {() => void} */
  #again = () => {};

  /**
   * @param {Document} document
   * @param {string} code the one-time code of the address, or an empty text
   * @param {(page: TrusteePage) => Step | null} makeStep
   */
  constructor(document, code, makeStep) {
    this.document = document;
    this.code = code;
    this.makeStep = makeStep;
  }

  get root() {
    return find(this.document, "#trustee");
  }

  get hasUnsavedKey() {
    return this.#step?.hasUnsavedKey ?? false;
  }

  /** Joins this object to the page; again after the language changed. */
  mount() {
    const { root } = this;
    for (const button of root.querySelectorAll(".try-again")) button.addEventListener("click", () => this.#again());
    const { state } = root.dataset;
    // It may have gone on since the page was fetched in the other language.
    if (state !== this.#state) this.#step = this.makeStep(this);
    this.#state = state;
    const step = this.#step;
    if (step === null) return;
    if (this.code !== "") find(root, "#code-field").hidden = true;
    find(root, "#begin-form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#readCode()) void step.begin();
    });
    step.mount();
  }

  /** The language changed: the same screen, in the new words. */
  remount() {
    this.mount();
    if (this.#screen !== "" && this.root.querySelector(`#${this.#screen}`)) this.show(this.#screen);
  }

  #readCode() {
    if (this.code === "") {
      const typed = /** @type {HTMLInputElement} */ (find(this.root, "#code-input")).value;
      this.code = typed.slice(typed.lastIndexOf("#") + 1).trim();
    }
    setFieldError(find(this.root, "#code-field"), this.code === "" ? textFor(this.root, "code-missing") : "");
    return this.code !== "";
  }

  get keyText() {
    return /** @type {HTMLTextAreaElement} */ (find(this.root, "#key-text"));
  }

  get #keyFile() {
    return /** @type {HTMLInputElement} */ (find(this.root, "#key-file"));
  }

  /**
   * The private key of the file that was chosen, or of what was pasted.
   * @throws {KeyFileError}
   */
  async readPrivateKey() {
    const file = this.#keyFile.files?.[0];
    const text = file !== undefined && file.size < 10_000 ? await file.text() : this.keyText.value;
    const privateKey = parsePrivateKey(belenios2048Group(), text);
    setFieldError(find(this.root, "#key-field"), "");
    return privateKey;
  }

  forgetKey() {
    this.keyText.value = "";
    this.#keyFile.value = "";
  }

  /**
   * @param {string} address
   * @param {Record<string, unknown>} message goes along with the code
   */
  async send(address, message) {
    await postJson(address, JSON.stringify({ code: this.code, ...message }));
  }

  /**
   * @param {number} done
   * @param {number} total
   */
  async progress(done, total) {
    const bar = find(this.root, `#${this.#screen} progress`);
    /** @type {HTMLProgressElement} */ (bar).value = total === 0 ? 1 : done / total;
    // The timers of a hidden page run once a second, later once a minute.
    if (!this.document.hidden) await breathe();
  }

  /**
   * @param {unknown} error
   * @param {string} back the screen from which to try again
   */
  showFault(error, back) {
    const { root } = this;
    this.#again = () => {
      if (!(error instanceof RefusedError) || error.code !== "trustee-code-wrong") return this.show(back);
      // It can be corrected, and a key that was made stays.
      this.code = "";
      find(root, "#code-field").hidden = false;
      this.show("screen-begin");
    };
    if (error instanceof KeyFileError) {
      this.show(back);
      return setFieldError(find(root, "#key-field"), textFor(root, error.code));
    }
    if (error instanceof NoAnswerError) return this.show("screen-offline");
    if (error instanceof RefusedError) {
      find(root, "#screen-problem .server-message").textContent = error.message;
      return this.show("screen-problem");
    }
    if (error instanceof RecordError || error instanceof FormatError || error instanceof ProofError) {
      const screen = error instanceof RecordError ? SCREENS[error.code] : undefined;
      find(root, "#mismatch-detail").textContent = error instanceof RecordError ? error.message : error.what;
      return this.show(screen ?? "screen-mismatch");
    }
    throw error;
  }

  /** @param {string} id */
  show(id) {
    this.#screen = id;
    showScreen(this.root, id);
  }
}
