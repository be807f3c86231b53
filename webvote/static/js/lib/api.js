// @ts-check
/**
 * Requests to the server and the three ways they can end: an answer, a refusal with the server's reason, no connection.
 */

const TIMEOUT = 20_000;

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
 * @param {Request} [request]
 * @returns {Promise<Response>}
 * @throws {RefusedError} for an answer that is a problem of the server's contract
 * @throws {NoAnswerError} for no answer, or one that is not the application's
 */
async function send(address, { method = "GET", body } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang || "en" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT);
  let response;
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
  } catch (error) {
    throw new NoAnswerError(error);
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return response;
  throw (await problemOf(response)) ?? new NoAnswerError(response.status);
}

/** @param {Response} response */
async function problemOf(response) {
  if (response.status >= 500) return null;
  try {
    const { code, message } = await response.json();
    if (typeof code === "string" && typeof message === "string") {
      return new RefusedError(response.status, code, message);
    }
  } catch {
    return null;
  }
  return null;
}

/**
 * @param {string} address
 * @returns {Promise<Uint8Array>}
 */
export async function getBytes(address) {
  return readBody(await send(address), async (response) => new Uint8Array(await response.arrayBuffer()));
}

/**
 * @param {string} address
 * @returns {Promise<unknown>}
 */
export async function getJson(address) {
  return readBody(await send(address), (response) => response.json());
}

/**
 * @param {string} address
 * @param {string | Uint8Array} body JSON, already written
 * @returns {Promise<unknown>}
 */
export async function postJson(address, body) {
  return readBody(await send(address, { method: "POST", body }), (response) => response.json());
}

/**
 * @template T
 * @param {Response} response
 * @param {(response: Response) => Promise<T>} read
 * @returns {Promise<T>}
 */
async function readBody(response, read) {
  try {
    return await read(response);
  } catch (error) {
    throw new NoAnswerError(error);
  }
}
