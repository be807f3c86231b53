// @ts-check
/**
 * The voter's page as a state machine: card → choose → sealing → check → sending → receipt, and a screen for each thing
 * that can go wrong. A ballot is sealed and its mark is shown before the voter says whether it is cast or tested, so the
 * machine cannot know when it seals. Words, names and screens come from the server's page; keys and choices live in this
 * object and nowhere else, and the code of the card not even here once it is read.
 */
import { prepareBallot } from "../ballot/ballot.js";
import { parseElection } from "../ballot/contest.js";
import { CredentialError, deriveCredential, parseCredential } from "../ballot/credential.js";
import { checkOpening, openBallot, openedEntry } from "../ballot/opening.js";
import { systemRng } from "../crypto/bytes.js";
import { belenios2048Group } from "../crypto/group.js";
import { RefusedError, getBytes, postJson } from "../lib/api.js";
import { breathe, find, showScreen, textFor } from "../lib/dom.js";
import { clearChoices, openChoices, readVote, showMissing } from "./choose.js";
import { emptyCode, showCodeError } from "./code.js";
import { verifyPage } from "./definition.js";
import { deliver } from "./delivery.js";
import { faultScreen } from "./faults.js";
import { clearReceipt, fillReceipt, savePicture } from "./receipt.js";
import { fillLines, linesOf } from "./shown.js";
import { clearOpened, fillOpened, fillSealedMark, saveOpened } from "./testing.js";

/** @typedef {import("../ballot/ballot.js").Vote} Vote */
/** @typedef {import("../ballot/ballot.js").PreparedBallot} PreparedBallot */
/** @typedef {import("../ballot/ballot.js").SealedBallot} SealedBallot */
/** @typedef {import("../ballot/contest.js").Election} Election */
/** @typedef {import("../ballot/credential.js").Credential} Credential */
/** @typedef {import("./testing.js").Opened} Opened */

const SENDING = 0.5; // of the bar
const LAST_WORD = 700; // milliseconds for which "In the box" is seen

export class Booth {
  /** @type {Credential | null} */
  #credential = null;
  /** @type {Election | null} */
  #election = null;
  /** @type {Vote | null} */
  #vote = null;
  /** Sealed; the voter has not said yet what becomes of it. @type {PreparedBallot | null} */
  #prepared = null;
  /** On its way into the box, or there. @type {SealedBallot | null} */
  #sealed = null;
  /** Tested: it can never be cast. @type {Opened | null} */
  #opened = null;
  #lost = false;
  #screen = "screen-wait";
  /** @type {{error: unknown, noAnswer: string} | null} */
  #fault = null;
  /** @type {(() => Promise<void>) | null} */
  #again = null;

  /** @param {Document} document */
  constructor(document) {
    this.document = document;
  }

  get #root() {
    return find(this.document, "#booth");
  }

  get #most() {
    return Number(this.#root.dataset.maxMarks);
  }

  /** Joins this object to the page; again after the language changed. */
  mount() {
    const root = this.#root;
    /** @type {(selector: string, act: () => unknown) => void} */
    const onClick = (selector, act) => find(root, selector).addEventListener("click", () => act());
    find(root, "#code-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const input = /** @type {HTMLInputElement} */ (find(root, "#code-input"));
      void this.arrive(input.value);
    });
    openChoices(root, this.#most, this.#vote);
    onClick("#start-button", () => this.#show("screen-choose"));
    onClick("#review-button", () => this.#review());
    onClick("#change-button", () => this.#change());
    onClick("#cast-button", () => this.#cast());
    onClick("#test-button", () => this.#show("screen-test"));
    onClick("#no-test-button", () => this.#show("screen-check"));
    onClick("#open-ballot-button", () => this.#openBallot());
    onClick("#save-opened-button", () => this.#opened && saveOpened(root, this.#opened));
    for (const button of root.querySelectorAll(".new-ballot")) button.addEventListener("click", () => this.#change());
    onClick("#save-button", () => this.#sealed && savePicture(root, this.#sealed.tracker));
    onClick("#finish-button", () => this.finish());
    onClick("#next-voter-button", () => this.#show("screen-code"));
    for (const button of root.querySelectorAll(".try-again")) button.addEventListener("click", () => void this.#again?.());
    for (const button of root.querySelectorAll(".other-card")) {
      button.addEventListener("click", () => {
        this.#forget();
        this.#show("screen-code");
      });
    }
    if (this.#vote !== null) this.#fillCheck(this.#vote);
    if (this.#prepared !== null) fillSealedMark(root, this.#prepared.tracker);
    if (this.#opened !== null) fillOpened(root, this.#opened, this.#answers);
    if (this.#sealed !== null) fillReceipt(root, this.#sealed.tracker);
  }

  /** The language changed: the same screen, in the new words. */
  remount() {
    this.mount();
    const screen = this.#screen;
    try {
      if (this.#election !== null) verifyPage(this.#election, this.#root);
    } catch (error) {
      return this.#showFault(error, screen);
    }
    if (this.#fault !== null) return this.#showFault(this.#fault.error, this.#fault.noAnswer);
    this.#show(screen);
  }

  /**
   * Begins, with the code of the card's address if there was one.
   * @param {string} code
   */
  async start(code) {
    // Another card that is scanned while a ballot is on its way would take the receipt from the first voter.
    if (this.isSending) return;
    const { phase } = this.#root.dataset;
    if (phase === "not_open") return this.#show("screen-not-open");
    if (phase === "closed") return this.#show("screen-closed");
    if (code === "") return this.#show("screen-code");
    return this.arrive(code);
  }

  /**
   * A card has come: reads it, forgets its code, and asks whether it may vote.
   * @param {string} code
   */
  async arrive(code) {
    this.#forget();
    let parsed;
    try {
      parsed = parseCredential(code);
    } catch (error) {
      if (!(error instanceof CredentialError)) throw error;
      this.#show("screen-code");
      showCodeError(this.#root, code, error);
      return;
    }
    emptyCode(this.#root);
    this.#show("screen-wait");
    await breathe();
    const credential = await deriveCredential(belenios2048Group(), parsed, this.#root.dataset.uuid ?? "");
    this.#credential = credential;
    await this.#admit(credential);
  }

  /** @param {Credential} credential */
  async #admit(credential) {
    this.#again = () => this.#admit(credential);
    this.#show("screen-wait");
    try {
      if (this.#election === null) {
        const election = await parseElection(await getBytes(this.#root.dataset.electionUrl ?? ""));
        verifyPage(election, this.#root);
        this.#election = election;
      }
      await this.#askForCard(credential);
    } catch (error) {
      if (this.#credential === credential) this.#showFault(error, "screen-offline");
      return;
    }
    if (this.#credential === credential) this.#show("screen-card");
  }

  /**
   * Also tells, before anything is sealed, that the box can be reached and is open.
   * @param {Credential} credential
   */
  async #askForCard({ publicKey }) {
    const body = JSON.stringify({ credential: publicKey.toString() });
    await postJson(this.#root.dataset.cardUrl ?? "", body);
  }

  #review() {
    this.#vote = readVote(this.#root);
    showMissing(this.#root, this.#vote === null);
    if (this.#vote === null) return;
    void this.#seal();
  }

  /** @param {Vote} vote */
  #fillCheck(vote) {
    fillLines(find(this.#root, "#chosen-list"), linesOf(this.#root, this.#answers, vote));
  }

  get #answers() {
    return this.#election?.question.answers ?? [];
  }

  /** Seals a new ballot, with randomness that no other has, and shows what was chosen. */
  async #seal() {
    this.#again = () => this.#seal();
    const [election, credential, vote] = [this.#election, this.#credential, this.#vote];
    if (election === null || credential === null || vote === null) return;
    this.#dropBallots();
    this.#show("screen-sealing");
    /** @type {import("../ballot/ballot.js").OnStep} */
    const onStep = (done, total) => {
      this.#progress("words-sealing", done / total);
      return breathe();
    };
    try {
      this.#prepared = await prepareBallot(election, credential, vote, onStep, systemRng);
    } catch (error) {
      this.#showFault(error, "screen-broken");
      return;
    }
    this.#fillCheck(vote);
    fillSealedMark(this.#root, this.#prepared.tracker);
    this.#show("screen-check");
  }

  /** Back to the choices; a ballot that was sealed or tested is forgotten. */
  #change() {
    this.#dropBallots();
    this.#show("screen-choose");
  }

  async #cast() {
    this.#again = () => this.#cast();
    const [credential, prepared] = [this.#credential, this.#prepared];
    if (credential === null || prepared === null) return;
    this.#show("screen-sealing");
    this.#progress("words-sending", 0);
    try {
      await this.#askForCard(credential);
    } catch (error) {
      this.#showFault(error, "screen-not-counted");
      return;
    }
    // The randomness is forgotten: nobody can open this ballot any more.
    this.#prepared = null;
    this.#sealed = { bytes: prepared.bytes, tracker: prepared.tracker };
    await this.#send(this.#sealed);
  }

  /** From here on the ballot can only be tested: its randomness is about to be told. */
  async #openBallot() {
    const [election, prepared] = [this.#election, this.#prepared];
    if (election === null || prepared === null) return;
    this.#prepared = null;
    const bytes = openedEntry(prepared.bytes, openBallot(election, prepared));
    this.#opened = { bytes, tracker: prepared.tracker, vote: null };
    await this.#sendOpened(election, this.#opened);
  }

  /**
   * The server is told first, so that it takes the ballot no more, whatever the voter does with the opening.
   * @param {Election} election
   * @param {Opened} opened
   */
  async #sendOpened(election, opened) {
    this.#again = () => this.#sendOpened(election, opened);
    this.#show("screen-sealing");
    this.#progress("words-opening", SENDING);
    try {
      await deliver(this.#root.dataset.openedUrl ?? "", opened, () => this.#progress("words-asking", SENDING));
      opened.vote = (await checkOpening(election, opened.bytes)).vote;
    } catch (error) {
      this.#showFault(error, "screen-not-tested");
      return;
    }
    fillOpened(this.#root, opened, this.#answers);
    this.#show("screen-tested");
  }

  /** @param {SealedBallot} ballot */
  async #send(ballot) {
    this.#again = () => this.#send(ballot);
    this.#show("screen-sealing");
    this.#progress("words-sending", SENDING);
    const onLost = () => {
      this.#lost = true;
      this.#progress("words-asking", SENDING);
    };
    try {
      await deliver(this.#root.dataset.ballotsUrl ?? "", ballot, onLost);
    } catch (error) {
      this.#showFault(error, "screen-no-answer");
      return;
    }
    this.#progress("words-in-the-box", 1);
    await new Promise((resolve) => setTimeout(resolve, LAST_WORD));
    this.#credential = null;
    this.#vote = null;
    clearChoices(this.#root, this.#most);
    find(this.#root, "#chosen-list").replaceChildren();
    fillSealedMark(this.#root, "");
    fillReceipt(this.#root, ballot.tracker);
    this.#show("screen-receipt");
  }

  /** Clears everything, so that the next person at this machine sees nothing of this one. */
  finish() {
    this.#forget();
    this.#show("screen-finished");
  }

  /** The connection came back: what waits for it goes on by itself. */
  reconnected() {
    if (["screen-no-answer", "screen-offline", "screen-not-tested"].includes(this.#screen)) void this.#again?.();
  }

  /** Whether leaving now would leave the voter without an answer. */
  get isSending() {
    return this.#screen === "screen-sealing" || this.#screen === "screen-no-answer";
  }

  #forget() {
    this.#credential = null;
    this.#vote = null;
    this.#lost = false;
    this.#again = null;
    this.#dropBallots();
    clearChoices(this.#root, this.#most);
    clearReceipt(this.#root);
    emptyCode(this.#root);
    find(this.#root, "#chosen-list").replaceChildren();
  }

  #dropBallots() {
    this.#prepared = null;
    this.#sealed = null;
    this.#opened = null;
    fillSealedMark(this.#root, "");
    clearOpened(this.#root);
  }

  /**
   * @param {unknown} error
   * @param {string} noAnswer the screen for a lost connection at this point
   */
  #showFault(error, noAnswer) {
    if (error instanceof RefusedError) this.#showRefusal(error);
    else this.#show(faultScreen(this.#root, error, noAnswer));
    this.#fault = { error, noAnswer };
  }

  /** @param {RefusedError} error */
  #showRefusal(error) {
    const sending = this.#sealed !== null;
    const casting = sending || this.#vote !== null; // asked for the card once more, just before sealing
    this.#again = () => this.#seal();
    if (error.code.endsWith("too-early")) return this.#show("screen-not-open");
    if (error.code.endsWith("too-late")) return this.#show(casting ? "screen-closed-meanwhile" : "screen-closed");
    const answered = sending ? "screen-refused" : "screen-unknown-card";
    const screen = this.#opened === null ? answered : "screen-test-refused";
    find(this.#root, `#${screen} .server-message`).textContent = error.message;
    this.#show(screen);
  }

  /**
   * @param {string} words
   * @param {number} share
   */
  #progress(words, share) {
    /** @type {HTMLProgressElement} */ (find(this.#root, "#progress-bar")).value = share;
    const place = find(this.#root, "#progress-words");
    const text = textFor(this.#root, words);
    if (place.textContent !== text) place.textContent = text;
  }

  /** @param {string} id */
  #show(id) {
    this.#screen = id;
    this.#fault = null;
    find(this.#root, "#was-lost").hidden = !this.#lost;
    showScreen(this.#root, id);
  }
}
