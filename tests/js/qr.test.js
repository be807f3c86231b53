import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { qrMatrix, qrPath } from "../../webvote/static/js/lib/qr.js";
import { root } from "./helpers.js";

const inEnvironment = join(root, ".venv/bin/python");
const python = existsSync(inEnvironment) ? inEnvironment : "python3";
const hasReader = spawnSync(python, ["-c", "import zxingcpp, PIL"]).status === 0;

// The last length of each version and the first of the next.
const lengths = [1, 14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106, 107, 122, 123, 152, 153, 180, 181, 213];
const texts = [
  ...lengths.map((length) => "Aa0~".repeat(60).slice(0, length)),
  "https://valg.norddjurs.dk/e/dialogforum-2026/box#9XENPVF2FhK4GtpE8MB9OntGFHF5efLEMuCXdUZzfFU",
  "https://valg.norddjurs.dk/v/dialogforum-2026#5Au-bVf-TRL-fK4-rxn",
  "æøå ط ✓",
];

const READER = `
import json, sys, zxingcpp
from PIL import Image
found = []
for rows in json.load(sys.stdin):
    side = len(rows) + 8
    image = Image.new("L", (side, side), 255)
    for r, row in enumerate(rows):
        for c, dark in enumerate(row):
            if dark:
                image.putpixel((c + 4, r + 4), 0)
    codes = zxingcpp.read_barcodes(image.resize((4 * side, 4 * side), Image.NEAREST))
    found.append([[code.text, code.ec_level] for code in codes])
json.dump(found, sys.stdout)
`;

test("another program reads every code", { skip: !hasReader && "python with zxing-cpp and pillow is not here" }, () => {
  const output = execFileSync(python, ["-c", READER], { input: JSON.stringify(texts.map(qrMatrix)), encoding: "utf8" });
  assert.deepEqual(JSON.parse(output), texts.map((text) => [[text, "M"]]));
});

test("a text that is too long is refused", () => assert.throws(() => qrMatrix("x".repeat(214)), RangeError));

test("the path has one square for each dark module, inside the quiet zone", () => {
  const matrix = qrMatrix("A");
  const { size, path } = qrPath(matrix);
  assert.equal(size, 21 + 8);
  assert.equal(path.split("M").length - 1, matrix.flat().filter(Boolean).length);
  assert.ok(path.startsWith("M4 4h1v1h-1z"));
});
