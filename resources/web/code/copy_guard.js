// Keeps the voice from copying: no run of eight words of its training text is written.
// A port of pandemonium.writing.sampling.copy_guard, voice.bloom and text.ngrams.
(function (P) {
  "use strict";

  const SHORT_RUN = 5, LONG_RUN = 8;
  const WORD = P.pattern(`[${P.ALNUM}]+(?:['\\u2019][${P.ALNUM}]+)*`, "gu");
  const MASK = (1n << 64n) - 1n, MULTIPLIER = 0x9e3779b97f4a7c15n;

  // BLAKE2b (RFC 7693), eight bytes of it, for words: one block is 128 bytes.
  const IV = [
    0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
    0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
  ];
  const SIGMA = [
    "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
    "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0",
    "0123456789abcdef", "ea489fd61c02b753",
  ].map((row) => Array.from(row, (c) => parseInt(c, 16)));
  const MIXES = [
    [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
    [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
  ];
  const rotate = (value, by) => ((value >> by) | (value << (64n - by))) & MASK;

  function blake2b8(bytes) {
    const h = IV.slice();
    h[0] ^= 0x01010000n ^ 8n;
    const blocks = Math.max(1, Math.ceil(bytes.length / 128));
    const padded = new Uint8Array(blocks * 128);
    padded.set(bytes);
    const view = new DataView(padded.buffer);
    for (let block = 0; block < blocks; block++) {
      const last = block === blocks - 1;
      const m = Array.from({ length: 16 }, (_, i) => view.getBigUint64(block * 128 + i * 8, true));
      const v = [...h, ...IV];
      v[12] ^= BigInt(last ? bytes.length : (block + 1) * 128);
      if (last) v[14] ^= MASK;
      for (const row of SIGMA) {
        MIXES.forEach(([a, b, c, d], i) => {
          v[a] = (v[a] + v[b] + m[row[2 * i]]) & MASK;
          v[d] = rotate(v[d] ^ v[a], 32n);
          v[c] = (v[c] + v[d]) & MASK;
          v[b] = rotate(v[b] ^ v[c], 24n);
          v[a] = (v[a] + v[b] + m[row[2 * i + 1]]) & MASK;
          v[d] = rotate(v[d] ^ v[a], 16n);
          v[c] = (v[c] + v[d]) & MASK;
          v[b] = rotate(v[b] ^ v[c], 63n);
        });
      }
      for (let i = 0; i < 8; i++) h[i] ^= v[i] ^ v[i + 8];
    }
    return h[0];
  }

  const utf8 = new TextEncoder();

  /** A word as runs are compared: case-folded as Python does, its apostrophes straight. */
  function fold(word, folding) {
    return Array.from(word, (c) => folding[c] ?? c.toLowerCase()).join("").replaceAll("\u2019", "'");
  }

  function gramHash(hashes) {
    return hashes.reduce((value, each) => (value * MULTIPLIER + each) & MASK, 0n);
  }

  /** A set of hashes in few bits (see voice/bloom.py). */
  class BloomFilter {
    constructor(bits, probes) {
      Object.assign(this, { bits, probes });
    }

    has(value) {
      const size = 8 * this.bits.length;
      let low = Number(value & 0xffffffffn), high = Number(value >> 32n);
      if (high % 2 === 0) high += 1;
      for (let i = 0; i < this.probes; i++, low += high) {
        const place = low % size;
        if (!((this.bits[Math.floor(place / 8)] >> (place % 8)) & 1)) return false;
      }
      return true;
    }
  }

  class CopyGuard {
    constructor(grams5, grams8, folding) {
      Object.assign(this, { short: grams5, long: grams8, folding, hashes: new Map() });
    }

    hash(word) {
      let known = this.hashes.get(word);
      if (known === undefined) {
        if (this.hashes.size > 4096) this.hashes.clear();
        this.hashes.set(word, known = blake2b8(utf8.encode(fold(word, this.folding))));
      }
      return known;
    }

    /** The last word of `text` where it could complete a run and begins behind `written`, else null. */
    look(text, written) {
      const words = lastWords(text);
      if (words.length < LONG_RUN || words[words.length - 1].start < written) return null;
      const hashes = words.map(({ word }) => this.hash(word));
      for (let end = LONG_RUN - 1; end >= SHORT_RUN; end--) {
        if (!this.short.has(gramHash(hashes.slice(end - SHORT_RUN, end)))) return null;
      }
      const copies = this.short.has(gramHash(hashes.slice(-SHORT_RUN))) && this.long.has(gramHash(hashes));
      const { start, word } = words[words.length - 1];
      return { start, copies, grows: /^['\u2019]?$/.test(text.slice(start + word.length)) };
    }
  }

  function lastWords(text) {
    for (let reach = 80; ; reach *= 4) {
      const cut = Math.max(0, text.length - reach);
      const words = Array.from(text.slice(cut).matchAll(WORD), (match) => ({ start: cut + match.index, word: match[0] }));
      if (cut === 0 || words.length > LONG_RUN) return words.slice(-LONG_RUN);
    }
  }

  Object.assign(P, { BloomFilter, CopyGuard, blake2b8, gramHash });
})((globalThis.Pandemonium ??= {}));
