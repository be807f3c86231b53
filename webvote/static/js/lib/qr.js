// @ts-check
/**
 * A QR encoder (ISO/IEC 18004) for what this application shows: byte mode, error correction level M, versions 1 to 10.
 * Gives the modules as a matrix of booleans, or as the path of an SVG.
 */
import { utf8 } from "../crypto/bytes.js";

/** For each version: error correction codewords a block, then the data codewords of each block (level M). */
const BLOCKS = [
  { correction: 10, data: [16] },
  { correction: 16, data: [28] },
  { correction: 26, data: [44] },
  { correction: 18, data: [32, 32] },
  { correction: 24, data: [43, 43] },
  { correction: 16, data: [27, 27, 27, 27] },
  { correction: 18, data: [31, 31, 31, 31] },
  { correction: 22, data: [38, 38, 39, 39] },
  { correction: 22, data: [36, 36, 36, 37, 37] },
  { correction: 26, data: [43, 43, 43, 43, 44] },
];
const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const LEVEL_M = 0;

/** @type {((row: number, column: number) => boolean)[]} */
const MASKS = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

/** @typedef {{size: number, dark: boolean[][], reserved: boolean[][]}} Grid */

/**
 * @param {string} text
 * @returns {boolean[][]} rows of modules, dark is true; without the quiet zone
 * @throws {RangeError} when the text is too long for version 10
 */
export function qrMatrix(text) {
  const bytes = utf8(text);
  const version = smallestVersion(bytes.length);
  const codewords = withCorrection(version, dataCodewords(version, bytes));
  const grid = functionPatterns(version);
  placeData(grid, codewords);
  const candidates = MASKS.map((_, mask) => masked(grid, mask));
  const scores = candidates.map(penalty);
  return candidates[scores.indexOf(Math.min(...scores))];
}

/**
 * @param {boolean[][]} matrix
 * @param {number} [quiet] modules of white around it
 * @returns {{size: number, path: string}} the side of the square view box, and the path's `d`
 */
export function qrPath(matrix, quiet = 4) {
  const path = matrix.flatMap((row, r) => row.flatMap((dark, c) => (dark ? [`M${c + quiet} ${r + quiet}h1v1h-1z`] : [])));
  return { size: matrix.length + 2 * quiet, path: path.join("") };
}

/** @param {number} length in bytes */
function smallestVersion(length) {
  const index = BLOCKS.findIndex(({ data }, i) => {
    const header = 4 + (i + 1 < 10 ? 8 : 16);
    return header + 8 * length <= 8 * sum(data);
  });
  if (index === -1) throw new RangeError("text");
  return index + 1;
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/**
 * @param {number} version
 * @param {Uint8Array} bytes
 */
function dataCodewords(version, bytes) {
  const capacity = sum(BLOCKS[version - 1].data);
  let bits = "0100" + bytes.length.toString(2).padStart(version < 10 ? 8 : 16, "0");
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  bits += "0".repeat(Math.min(4, 8 * capacity - bits.length));
  bits += "0".repeat((8 - (bits.length % 8)) % 8);
  const words = (bits.match(/.{8}/g) ?? []).map((word) => parseInt(word, 2));
  for (let pad = 0xec; words.length < capacity; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/**
 * Blocks with their Reed-Solomon words, interleaved.
 * @param {number} version
 * @param {number[]} words
 */
function withCorrection(version, words) {
  const { correction, data } = BLOCKS[version - 1];
  let start = 0;
  const blocks = data.map((length) => words.slice(start, (start += length)));
  const corrections = blocks.map((block) => reedSolomon(block, correction));
  /** @type {(lists: number[][]) => number[]} */
  const interleave = (lists) =>
    Array.from({ length: Math.max(...lists.map((list) => list.length)) }).flatMap((_, i) =>
      lists.filter((list) => i < list.length).map((list) => list[i]),
    );
  return [...interleave(blocks), ...interleave(corrections)];
}

/**
 * A product in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1.
 * @param {number} left
 * @param {number} right
 */
function product(left, right) {
  let result = 0;
  for (let bit = 7; bit >= 0; bit--) {
    result = (result << 1) ^ ((result >> 7) * 0x11d);
    if ((right >> bit) & 1) result ^= left;
  }
  return result;
}

/**
 * @param {number[]} block
 * @param {number} degree
 */
function reedSolomon(block, degree) {
  let generator = [1];
  for (let i = 0, root = 1; i < degree; i++, root = product(root, 2)) {
    const next = [...generator, 0];
    generator.forEach((coefficient, j) => (next[j + 1] ^= product(coefficient, root)));
    generator = next;
  }
  const rest = Array(degree).fill(0);
  for (const word of block) {
    const factor = word ^ rest[0];
    rest.shift();
    rest.push(0);
    for (let j = 0; j < degree; j++) rest[j] ^= product(generator[j + 1], factor);
  }
  return rest;
}

/**
 * @param {number} version
 * @returns {Grid}
 */
function functionPatterns(version) {
  const size = 17 + 4 * version;
  const dark = Array.from({ length: size }, () => Array(size).fill(false));
  const reserved = Array.from({ length: size }, () => Array(size).fill(false));
  const grid = { size, dark, reserved };
  /** @type {(row: number, column: number, value: boolean) => void} */
  const set = (row, column, value) => {
    if (row < 0 || column < 0 || row >= size || column >= size) return;
    dark[row][column] = value;
    reserved[row][column] = true;
  };
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) {
    for (let r = -4; r <= 4; r++) {
      for (let c = -4; c <= 4; c++) {
        const ring = Math.max(Math.abs(r), Math.abs(c));
        set(row + r, column + c, ring !== 2 && ring !== 4);
      }
    }
  }
  const places = ALIGNMENT[version - 1];
  const last = places[places.length - 1];
  for (const row of places) {
    for (const column of places) {
      if ((row === 6 && (column === 6 || column === last)) || (row === last && column === 6)) continue;
      for (let r = -2; r <= 2; r++) {
        for (let c = -2; c <= 2; c++) set(row + r, column + c, Math.max(Math.abs(r), Math.abs(c)) !== 1);
      }
    }
  }
  setFormat(set, size, 0);
  if (version >= 7) setVersion(set, size, version);
  return grid;
}

/**
 * The remainder of a BCH code.
 * @param {number} value
 * @param {number} generator
 * @param {number} degree
 */
function bch(value, generator, degree) {
  let rest = value << degree;
  for (let bit = rest.toString(2).length - 1; bit >= degree; bit--) {
    if ((rest >> bit) & 1) rest ^= generator << (bit - degree);
  }
  return (value << degree) | rest;
}

/**
 * @param {(row: number, column: number, value: boolean) => void} set
 * @param {number} size
 * @param {number} mask
 */
function setFormat(set, size, mask) {
  const bits = bch((LEVEL_M << 3) | mask, 0x537, 10) ^ 0x5412;
  for (let i = 0; i < 15; i++) {
    const value = ((bits >> i) & 1) === 1;
    const near = i < 6 ? i : i < 8 ? i + 1 : size - 15 + i;
    set(near, 8, value);
    const along = i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i;
    set(8, along, value);
  }
  set(size - 8, 8, true);
}

/**
 * @param {(row: number, column: number, value: boolean) => void} set
 * @param {number} size
 * @param {number} version
 */
function setVersion(set, size, version) {
  const bits = bch(version, 0x1f25, 12);
  for (let i = 0; i < 18; i++) {
    const value = ((bits >> i) & 1) === 1;
    const near = Math.floor(i / 3);
    const far = size - 11 + (i % 3);
    set(near, far, value);
    set(far, near, value);
  }
}

/**
 * Two columns at a time from the right, up and down in turn, past the timing column.
 * @param {Grid} grid
 * @param {number[]} codewords
 */
function placeData({ size, dark, reserved }, codewords) {
  let index = 0;
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (reserved[row][column]) continue;
        const word = codewords[index >> 3] ?? 0;
        dark[row][column] = ((word >> (7 - (index & 7))) & 1) === 1;
        index++;
      }
    }
    upwards = !upwards;
  }
}

/**
 * @param {Grid} grid
 * @param {number} mask
 */
function masked({ size, dark, reserved }, mask) {
  const matrix = dark.map((row, r) => row.map((value, c) => (reserved[r][c] ? value : value !== MASKS[mask](r, c))));
  setFormat((row, column, value) => (matrix[row][column] = value), size, mask);
  return matrix;
}

/**
 * The four penalties by which the mask is chosen.
 * @param {boolean[][]} matrix
 */
function penalty(matrix) {
  const size = matrix.length;
  const rows = matrix.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
  const columns = matrix.map((_, c) => matrix.map((row) => (row[c] ? "1" : "0")).join(""));
  let score = 0;
  for (const line of [...rows, ...columns]) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) score += run.length - 2;
    for (let i = 0; i + 11 <= size; i++) {
      const part = line.slice(i, i + 11);
      if (part === "10111010000" || part === "00001011101") score += 40;
    }
  }
  for (let r = 1; r < size; r++) {
    for (let c = 1; c < size; c++) {
      const value = matrix[r][c];
      if (value === matrix[r - 1][c] && value === matrix[r][c - 1] && value === matrix[r - 1][c - 1]) score += 3;
    }
  }
  const share = (100 * rows.join("").replaceAll("0", "").length) / (size * size);
  return score + 10 * Math.floor(Math.abs(share - 50) / 5);
}
