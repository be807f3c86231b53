import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { NoAnswerError, RefusedError, getBytes, getJson, postJson } from "../../webvote/static/js/lib/api.js";

const SILENCE = 150;
const json = { "Content-Type": "application/json" };

/** What the server does at each address. @type {Record<string, (answer: import("node:http").ServerResponse) => unknown>} */
const servers = {
  "/whole": (answer) => answer.end('{"a":1}'),
  "/empty": (answer) => answer.end(),
  "/drips": async (answer) => {
    for (const piece of ["{", '"a"', ":", "1", "}"]) {
      answer.write(piece);
      await sleep(SILENCE / 2);
    }
    answer.end();
  },
  "/silent": () => {},
  "/stalls": (answer) => answer.writeHead(200, { "Content-Length": "100" }).write('{"a":'),
  "/breaks": (answer) => {
    answer.writeHead(200, { "Content-Length": "100" }).write('{"a":');
    setTimeout(() => answer.destroy(), 20);
  },
  "/half": (answer) => answer.end('{"a":'),
  "/refuses": (answer) => answer.writeHead(409, json).end('{"code":"x","message":"Not now."}'),
  "/proxy": (answer) => answer.writeHead(502).end("<html>"),
  "/hotel": (answer) => answer.writeHead(403).end("<html>"),
  "/fault": (answer) => answer.writeHead(500, json).end('{"code":"server-fault","message":"x"}'),
  "/away": (answer) => answer.writeHead(302, { Location: "/whole" }).end(),
};
const server = createServer(({ url = "" }, answer) => servers[url](answer));
let base = "";
before(async () => {
  Object.assign(globalThis, { document: { documentElement: { lang: "da" } } });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  base = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

describe("an answer", () => {
  test("is taken whole, however slowly it comes, as long as something comes", async () => {
    for (const name of ["/whole", "/drips"]) {
      assert.equal(new TextDecoder().decode(await getBytes(base + name, SILENCE)), '{"a":1}');
    }
    assert.deepEqual(await getJson(`${base}/whole`), { a: 1 });
    assert.deepEqual(await postJson(`${base}/whole`, "{}"), { a: 1 });
    assert.equal((await getBytes(`${base}/empty`, SILENCE)).length, 0);
  });

  test("that does not come, or stops or breaks on its way, is none", async () => {
    for (const name of ["/silent", "/stalls", "/breaks"]) {
      await assert.rejects(getBytes(base + name, SILENCE), NoAnswerError, name);
    }
  });

  test("of somebody else is none", async () => {
    for (const name of ["/half", "/empty", "/proxy", "/hotel", "/fault", "/away"]) {
      await assert.rejects(getJson(base + name), NoAnswerError, name);
    }
  });

  test("that is a refusal says why", async () => {
    await assert.rejects(postJson(`${base}/refuses`, "{}"), (error) => {
      assert.ok(error instanceof RefusedError);
      assert.deepEqual([error.status, error.code, error.message], [409, "x", "Not now."]);
      return true;
    });
  });
});
