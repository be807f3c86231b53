// @ts-check
/**
 * The group of the election: arithmetic modulo p in the subgroup of order q (5.1), and what may enter it.
 *
 * Numbers are BigInt, whose running time depends on their values. That is good enough on the voter's own machine
 * and no promise against somebody who measures it there.
 */
import { FormatError, bigIntFromBytes, parseDecimal } from "./bytes.js";

/** @typedef {import("./bytes.js").Rng} Rng */

const WINDOW = 5;

/**
 * base^exponent modulo p, with windows of four bits, for a base used once.
 * @param {bigint} base
 * @param {bigint} exponent not negative
 * @param {bigint} modulus
 */
export function modPow(base, exponent, modulus) {
  if (exponent < 0n) throw new RangeError("exponent");
  const powers = [1n, base % modulus];
  for (let i = 2; i < 16; i++) powers.push((powers[i - 1] * powers[1]) % modulus);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    for (let i = 0; i < 4; i++) result = (result * result) % modulus;
    const value = parseInt(digit, 16);
    if (value !== 0) result = (result * powers[value]) % modulus;
  }
  return result;
}

/**
 * The representative of `value` in 0 … modulus-1.
 * @param {bigint} value
 * @param {bigint} modulus
 */
export function mod(value, modulus) {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** A base used many times: a table of base^(d · 32^row), so that a power costs some fifty products. */
export class FixedBase {
  /**
   * @param {bigint} element
   * @param {bigint} p
   * @param {bigint} q
   */
  constructor(element, p, q) {
    this.element = element;
    this.p = p;
    this.q = q;
    /** @type {bigint[][]} */
    this.table = [];
    const rows = Math.ceil(q.toString(2).length / WINDOW);
    for (let row = 0, unit = element; row < rows; row++) {
      const powers = [1n];
      for (let i = 1; i < 1 << WINDOW; i++) powers.push((powers[i - 1] * unit) % p);
      unit = (powers[powers.length - 1] * unit) % p;
      this.table.push(powers);
    }
    Object.freeze(this);
  }

  /**
   * @param {bigint} exponent any integer; taken modulo q
   * @returns {bigint}
   */
  pow(exponent) {
    const bits = mod(exponent, this.q).toString(2);
    let result = 1n;
    for (let row = 0, end = bits.length; end > 0; row++, end -= WINDOW) {
      const digit = parseInt(bits.slice(Math.max(0, end - WINDOW), end), 2);
      if (digit !== 0) result = (result * this.table[row][digit]) % this.p;
    }
    return result;
  }
}

/** Parameters, the table of the generator, and the gate through which received numbers come in. */
export class Group {
  /**
   * @param {string} name
   * @param {{p: bigint, q: bigint, g: bigint}} parameters
   */
  constructor(name, { p, q, g }) {
    this.name = name;
    this.p = p;
    this.q = q;
    this.g = new FixedBase(g, p, q);
    Object.freeze(this);
  }

  /**
   * @param {bigint} left
   * @param {bigint} right
   */
  multiply(left, right) {
    return (left * right) % this.p;
  }

  /**
   * @param {bigint} base
   * @param {bigint} exponent taken modulo q, so a negative one inverts
   */
  pow(base, exponent) {
    return modPow(base, mod(exponent, this.q), this.p);
  }

  /** @param {bigint} element */
  fixedBase(element) {
    return new FixedBase(element, this.p, this.q);
  }

  /**
   * A received group element: canonical, in range, in the subgroup of order q, and not the identity.
   * @param {unknown} value
   * @param {string} what
   * @throws {FormatError}
   */
  parseElement(value, what) {
    const element = parseDecimal(value, what);
    if (element <= 1n || element >= this.p) throw new FormatError(what);
    if (modPow(element, this.q, this.p) !== 1n) throw new FormatError(what);
    return element;
  }

  /**
   * A received scalar: canonical and below q.
   * @param {unknown} value
   * @param {string} what
   * @throws {FormatError}
   */
  parseScalar(value, what) {
    const scalar = parseDecimal(value, what);
    if (scalar >= this.q) throw new FormatError(what);
    return scalar;
  }

  /**
   * Uniform in 0 … q-1: a draw that is not below q is thrown away whole, so no value is likelier than another.
   * @param {Rng} rng
   */
  randomScalar(rng) {
    const bits = this.q.toString(2).length;
    const bytes = new Uint8Array(Math.ceil(bits / 8));
    for (;;) {
      rng(bytes);
      const value = BigInt.asUintN(bits, bigIntFromBytes(bytes));
      if (value < this.q) return value;
    }
  }
}

/** @type {Group | undefined} */
let belenios2048;

/** The group of ordinary contests (5.1). Its table is built at the first call. */
export function belenios2048Group() {
  belenios2048 ??= new Group("BELENIOS-2048", { p: P, q: Q, g: G });
  return belenios2048;
}

const P = BigInt(
  "2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433" +
    "8129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049" +
    "0811670993105358677809800307904916540637771737641986785272734744763418356000356983051931442845617019" +
    "1100078673730733356412397173289791324047457883446826065232797464795113767265869358218004631792207366" +
    "8860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201" +
    "3204811188524087310770141516662001623131771693721892480785077118278423174980732765988288251691831031" +
    "25680162072880719",
);
const Q = BigInt("78571733251071885079927659812671450121821421258408794611510081919805623223441");
const G = BigInt(
  "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678" +
    "7996946682987493890950838965734256019006010684771644917354741372831046104586813145117816467554005274" +
    "0288984613986453266121505579709716201616827031288643245666383486363578210615491841998253431518974065" +
    "8186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982" +
    "6651036068224066350766977640253462537730851331734951942489677540525736590494924776314759915751987751" +
    "7771148149092045660020547812705472823814097251863985833411570056835369555342378147558249189605029668" +
    "0037745308460627",
);
