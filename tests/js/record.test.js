// The archive and the chain: good records of belenios-tool and of Python are read, each fault is refused with its code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { readArchive, tarHeader } from "../../webvote/static/js/record/archive.js";
import { replay } from "../../webvote/static/js/record/chain.js";
import { HEADER, archiveOf, fileOf, json, stepsOf, tarOf } from "./forging.js";

const ofPython = readFileSync(new URL("vectors/record-of-python.bel", import.meta.url));
const ofTheTool = readFileSync(new URL("../election/vectors/4S92PJQYHSkk7n.bel", import.meta.url));

/** @type {any[]} */ let steps;
before(async () => (steps = await stepsOf(ofPython)));

async function read(archive) {
  const found = [];
  for await (const step of replay(readArchive(archive))) found.push(step.type);
  return found;
}
const refuses = (archive, code) => assert.rejects(read(archive), (error) => (assert.equal(error.code, code), true));

/** The archive with one byte flipped. */
function flipped(place) {
  const bytes = Buffer.from(ofPython);
  bytes[place] ^= 1;
  return bytes;
}

describe("good records", () => {
  test("of belenios-tool", async () => {
    assert.deepEqual(await read(ofTheTool), [
      "Setup", "Ballot", "Ballot", "Ballot", "EndBallots", "EncryptedTally", "PartialDecryption", "PartialDecryption", "Result",
    ]);
  });

  test("of Python", async () => {
    assert.deepEqual(await read(ofPython), [
      "Setup", "Ballot", "Ballot", "Ballot", "Ballot", "EndBallots", "EncryptedTally",
    ]);
  });

  test("put together by the tests, byte for byte", () => assert.deepEqual(archiveOf(steps), ofPython));
});

describe("the archive", () => {
  const document = utf8("{}");
  const [name] = fileOf("data", document);

  test("cut anywhere inside an entry", async () => {
    await refuses(ofPython.subarray(0, -1), "archive-cut");
    await refuses(ofPython.subarray(0, 1024 + 512), "archive-cut");
    await refuses(ofPython.subarray(0, 1024 + 511), "archive-unreadable");
    await refuses(ofPython.subarray(0, 0), "archive-unreadable");
  });
  test("cut between an event's documents", () => refuses(tarOf([HEADER, fileOf("data", document)]), "record-dangling"));
  test("without any event", () => refuses(ofPython.subarray(0, 1024), "record-dangling"));
  test("with a document changed", () => refuses(flipped(1024 + 512 + 20), "archive-hash"));
  test("with a header changed", async () => {
    for (const place of [101, 110, 130, 140, 150, 156, 160, 511]) await refuses(flipped(1024 + place), "archive-unreadable");
  });
  test("with something in the padding", () => refuses(flipped(ofPython.length - 1), "archive-cut"));
  test("with the two empty blocks of a later tar", () =>
    refuses(Buffer.concat([ofPython, Buffer.alloc(1024)]), "archive-unreadable"));
  test("of another time in one entry", () =>
    refuses(Buffer.concat([tarOf([HEADER]), tarOf([[name, document]], 1)]), "archive-time"));
  test("with a name in another form", async () => {
    for (const other of [name.toUpperCase(), `./${name}`, name.replace("data", "note"), name.slice(1), `${name}.json`]) {
      await refuses(tarOf([HEADER, [other, document]]), "archive-name");
    }
  });
  test("with another header", async () => {
    await refuses(tarOf([["BELENIOT", HEADER[1]]]), "archive-header");
    await refuses(tarOf([[HEADER[0], json({ version: 2, timestamp: "1795362704" })]]), "archive-version");
    await refuses(tarOf([[HEADER[0], json({ version: 1, timestamp: "1795362705" })]]), "archive-version");
  });
  test("a header is 512 characters long", () => assert.equal(tarHeader("x", 5, 7).length, 512));
});

describe("the chain", () => {
  /** @type {(height: number, change: object) => (event: any) => any} */
  const bend = (height, change) => (event) => (event.height === height ? { ...event, ...change } : event);
  const without = (place) => [...steps.slice(0, place), ...steps.slice(place + 1)];

  test("with a wrong parent", async () => {
    await refuses(archiveOf(steps, bend(2, { parent: "0".repeat(64) })), "record-parent");
    await refuses(archiveOf(steps, bend(2, { parent: undefined })), "record-parent");
    await refuses(archiveOf(steps, bend(0, { parent: "0".repeat(64) })), "record-parent");
  });
  test("with a wrong height", () => refuses(archiveOf(steps, bend(3, { height: 4 })), "record-height"));
  test("with an event out of order", async () => {
    await refuses(archiveOf(without(0)), "record-order");
    await refuses(archiveOf(without(5)), "record-order");
    await refuses(archiveOf([...steps, steps[6]].map((step) => step)), "record-entry-twice");
    await refuses(archiveOf([...steps, { type: "Ballot", documents: [utf8("{}")] }]), "record-order");
    await refuses(archiveOf([...steps, { type: "EncryptedTally", documents: [utf8("1"), utf8("2")] }]), "record-order");
    await refuses(archiveOf([...steps, { type: "Result", documents: [utf8("{}")] }]), "record-order");
  });
  test("with a ballot twice", () => refuses(archiveOf([...steps.slice(0, 2), ...steps.slice(1)]), "record-entry-twice"));
  test("with a payload that is not the last document", () =>
    refuses(archiveOf(steps, bend(1, { payload: "0".repeat(64) })), "record-payload"));
  test("with documents that no event asks for", () =>
    refuses(archiveOf(steps.map((step, i) => (i === 5 ? { ...step, documents: [utf8("{}")] } : step))), "record-documents"));
  test("with an event of another kind", () => refuses(archiveOf(steps, bend(5, { type: "Shuffle" })), "record-event-type"));
  test("with an event in another spelling", () =>
    refuses(archiveOf(steps, ({ parent, height, ...rest }) => ({ height, parent, ...rest })), "record-event-not-canonical"));
});
