// @ts-check
/**
 * Requests to the server and the three ways they can end: an answer, a refusal with the server's reason, no connection.
 */

const SILENCE = 20_000; // milliseconds

/** The server said no, and why, in the language of the page. */
export class RefusedError extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.name = "RefusedError";
    this.status = status;
    this.code = code;
  }
}

/** No answer came, so nothing is known of what the server did. */
export class NoAnswerError extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super("no answer");
    this.name = "NoAnswerError";
    this.cause = cause;
  }
}

/**
 * @typedef {object} Request
 * @property {"GET" | "POST"} [method]
 * @property {string | Uint8Array} [body]
 */

/**
 * No cookie goes along: nothing a voter or a trustee sends is joined to a session. The language goes as a header.
 * @param {string} address
 * @param {Request} request
 * @param {number} silence milliseconds in which nothing came, after which the connection is taken for lost
 * @returns {Promise<Uint8Array>}
 * @throws {RefusedError} for an answer that is a problem of the server's contract
 * @throws {NoAnswerError} for no answer, half of one, or one that is not the application's
 */
async function ask(address, { method = "GET", body }, silence) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang || "en" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), silence);
  };
  heard();
  let response, bytes;
  try {
    response = await fetch(address, {
      method,
      headers,
      body: /** @type {BodyInit | null} */ (body ?? null),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: controller.signal,
    });
    bytes = await readAll(response.body, heard);
  } catch (error) {
    throw new NoAnswerError(error);
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return bytes;
  throw problemOf(response.status, bytes) ?? new NoAnswerError(response.status);
}

/**
 * @param {ReadableStream<Uint8Array> | null} body
 * @param {() => void} heard called whenever something came
 */
async function readAll(body, heard) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  const reader = body?.getReader();
  for (let piece = await reader?.read(); piece?.value !== undefined; piece = await reader?.read()) {
    heard();
    pieces.push(piece.value);
  }
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (pieces)).arrayBuffer());
}

/**
 * @param {number} status
 * @param {Uint8Array} bytes
 */
function problemOf(status, bytes) {
  if (status >= 500) return null;
  try {
    const { code, message } = parse(bytes);
    if (typeof code === "string" && typeof message === "string") return new RefusedError(status, code, message);
  } catch {
    return null;
  }
  return null;
}

/** @param {Uint8Array} bytes */
function parse(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * @param {string} address
 * @param {number} [silence]
 * @returns {Promise<Uint8Array>}
 */
export async function getBytes(address, silence = SILENCE) {
  return ask(address, {}, silence);
}

/**
 * @param {string} address
 * @returns {Promise<unknown>}
 */
export async function getJson(address) {
  return parsed(await ask(address, {}, SILENCE));
}

/**
 * @param {string} address
 * @param {string | Uint8Array} body JSON, already written
 * @returns {Promise<unknown>}
 */
export async function postJson(address, body) {
  return parsed(await ask(address, { method: "POST", body }, SILENCE));
}

/**
 * @param {Uint8Array} bytes
 * @returns {unknown}
 */
function parsed(bytes) {
  try {
    return parse(bytes);
  } catch (error) {
    throw new NoAnswerError(error);
  }
}
