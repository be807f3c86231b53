// @ts-check
/**
 * A member of a group uses the key with a program of their own, and hands in the file that it wrote: the answer to the
 * test, or the share of the tally. The server checks it.
 */
import { find, setFieldError, textFor } from "../lib/dom.js";

/** @typedef {import("./page.js").TrusteePage} TrusteePage */

const LARGEST_FILE = 1_000_000;

export class HandingIn {
  /**
   * @param {TrusteePage} page
   * @param {{name: string, address: string}} where the field of the message, and where it goes
   */
  constructor(page, { name, address }) {
    this.page = page;
    this.name = name;
    this.address = address;
  }

  mount() {}

  async begin() {
    const { page } = this;
    const { root } = page;
    const input = /** @type {HTMLInputElement} */ (find(root, "#made-file"));
    const message = await firstLine(input.files?.[0]);
    setFieldError(find(root, "#made-field"), message === null ? textFor(root, "not-made") : "");
    if (message === null) return;
    try {
      await page.send(this.address, { [this.name]: message });
    } catch (error) {
      return page.showFault(error, "screen-begin");
    }
    page.show("screen-handed-in");
  }
}

/**
 * The message on the first line of a file; belenios-tool and our command write whose it is on a second.
 * @param {File | undefined} file
 * @returns {Promise<object | null>} nothing where no such message is
 */
async function firstLine(file) {
  if (file === undefined || file.size > LARGEST_FILE) return null;
  try {
    const message = JSON.parse((await file.text()).trim().split("\n")[0]);
    return typeof message === "object" ? message : null;
  } catch {
    return null;
  }
}
