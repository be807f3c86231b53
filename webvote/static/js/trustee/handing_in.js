// @ts-check
/**
 * A member of a group uses the key with a program of their own, and hands in the file that it wrote: the answer to the
 * test, or the share of the tally. The server checks it. A file that is neither goes nowhere: it may be the key.
 */
import { FormatError, parseObject } from "../crypto/bytes.js";
import { find, setFieldError, textFor } from "../lib/dom.js";

/** @typedef {import("./page.js").TrusteePage} TrusteePage */

const LARGEST_FILE = 1_000_000;

export class HandingIn {
  /**
   * @param {TrusteePage} page
   * @param {{name: string, fields: string[], address: string}} what the field of the message, what the file holds, and
   *   where it goes
   */
  constructor(page, { name, fields, address }) {
    this.page = page;
    this.name = name;
    this.fields = fields;
    this.address = address;
  }

  mount() {}

  async begin() {
    const { page } = this;
    const { root } = page;
    const input = /** @type {HTMLInputElement} */ (find(root, "#made-file"));
    const message = await readMade(input.files?.[0], this.fields);
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
 * @param {Blob | undefined} file
 * @param {string[]} fields of the message
 * @returns {Promise<object | null>} nothing where no such message is
 */
export async function readMade(file, fields) {
  if (file === undefined || file.size > LARGEST_FILE) return null;
  const [line] = (await file.text()).trim().split("\n");
  try {
    return parseObject(JSON.parse(line), fields, "file");
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof FormatError) return null;
    throw error;
  }
}
