// @ts-check
/**
 * The chain of events (4.4): entries in, steps out, each step an event with the documents that it brought. Refuses a
 * wrong parent or height, an event out of order, and a document that comes twice, is missing or belongs to no event.
 */
import { parseCount, parseObject, parseString } from "../crypto/bytes.js";
import { RecordError, isText, readJson } from "./archive.js";

/** @typedef {import("./archive.js").Entry} Entry */
/** @typedef {keyof typeof DOCUMENTS} EventType */
/** @typedef {{type: EventType, documents: Entry[]}} Step */

/** How many documents each kind of event brings. */
const DOCUMENTS = { Setup: 4, Ballot: 1, EndBallots: 0, EncryptedTally: 2, PartialDecryption: 2, Result: 1 };
/** @type {Record<EventType | "", readonly EventType[]>} */
const NEXT = {
  "": ["Setup"],
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["PartialDecryption"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

/**
 * @param {AsyncIterable<Entry>} entries
 * @returns {AsyncGenerator<Step, void, undefined>}
 * @throws {RecordError | import("../crypto/bytes.js").FormatError}
 */
export async function* replay(entries) {
  /** @type {{hash: string | undefined, height: number, type: EventType | ""}} */
  let head = { hash: undefined, height: -1, type: "" };
  /** @type {Entry[]} */
  let waiting = [];
  const seen = new Set();
  for await (const entry of entries) {
    if (seen.has(entry.sha256)) throw new RecordError("record-entry-twice", entry.sha256);
    seen.add(entry.sha256);
    if (entry.kind === "data") {
      waiting.push(entry);
      continue;
    }
    const { parent, height, type, payload } = parseEvent(entry.content);
    if (parent !== head.hash) throw new RecordError("record-parent", height);
    if (height !== head.height + 1) throw new RecordError("record-height", height);
    if (!NEXT[head.type].includes(type)) throw new RecordError("record-order", height);
    if (waiting.length !== DOCUMENTS[type]) throw new RecordError("record-documents", height);
    if (payload !== waiting.at(-1)?.sha256) throw new RecordError("record-payload", height);
    head = { hash: entry.sha256, height, type };
    yield { type, documents: waiting };
    waiting = [];
  }
  if (waiting.length > 0 || head.type === "") throw new RecordError("record-dangling", waiting.length);
}

/** @param {Uint8Array} content */
function parseEvent(content) {
  const read = parseObject(readJson(content, "event"), ["parent?", "height", "type", "payload?"], "event");
  const type = parseString(read.type, "event.type");
  if (!Object.hasOwn(DOCUMENTS, type)) throw new RecordError("record-event-type", type.slice(0, 40));
  const event = {
    parent: read.parent === undefined ? undefined : parseString(read.parent, "event.parent"),
    height: parseCount(read.height, "event.height"),
    type: /** @type {EventType} */ (type),
    payload: read.payload === undefined ? undefined : parseString(read.payload, "event.payload"),
  };
  if (!isText(content, JSON.stringify(event))) throw new RecordError("record-event-not-canonical", event.height);
  return event;
}
