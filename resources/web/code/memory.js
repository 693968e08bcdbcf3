// Memory of the draft: a neural cache (Grave, Joulin and Usunier 2016). A port of pandemonium.writing.memory.
(function (P) {
  "use strict";

  const SIZE = 1024;
  const SHARPNESS = 2;

  // Outputs of plain LSTM layers are about so long; a residual stream, which is not bounded, is brought to that.
  const LENGTH = 2.1;

  /** One of the network's outputs as a key of the memory. */
  function keyOf(output, architecture) {
    if (architecture.kind !== "residual") return output;
    const length = Math.max(Math.sqrt(output.reduce((sum, value) => sum + value * value, 0)), 1e-6);
    return output.map((value) => value * (LENGTH / length));
  }

  class DraftMemory {
    constructor(hidden, size = SIZE) {
      this.hidden = hidden;
      this.size = size;
      this.keys = new Float32Array(size * hidden);
      this.followers = new Int32Array(size);
      this.count = 0;
    }

    /** Remembers that at the output `hidden` came `follower`. */
    add(hidden, follower) {
      const place = this.count++ % this.size;
      this.keys.set(hidden, place * this.hidden);
      this.followers[place] = follower;
    }

    /** Forgets what came behind the first `count` places. */
    truncate(count) {
      this.count = count;
    }

    /** Log-probabilities in which the memory has up to `share`; the `fresh` newest places are not called back. */
    mix(logits, hidden, share, fresh = 0) {
      const used = Math.min(this.count, this.size);
      if (used <= fresh || share <= 0) return logits;
      share *= Math.min(1, used / 256);
      const likeness = new Float64Array(used), width = this.hidden, keys = this.keys;
      let most = -Infinity;
      for (let place = 0, at = 0; place < used; place++) {
        let a = 0, b = 0, c = 0, d = 0, i = 0;
        for (; i + 3 < width; i += 4, at += 4) {
          a += keys[at] * hidden[i];
          b += keys[at + 1] * hidden[i + 1];
          c += keys[at + 2] * hidden[i + 2];
          d += keys[at + 3] * hidden[i + 3];
        }
        for (; i < width; i++, at++) a += keys[at] * hidden[i];
        likeness[place] = a + b + c + d;
      }
      for (let back = 1; back <= fresh; back++) likeness[(this.count - back + this.size) % this.size] = -Infinity;
      for (const each of likeness) if (each > most) most = each;
      const recalled = new Map();
      let sum = 0;
      for (let place = 0; place < used; place++) {
        const weight = Math.exp(SHARPNESS * (likeness[place] - most)), follower = this.followers[place];
        recalled.set(follower, (recalled.get(follower) || 0) + weight);
        sum += weight;
      }
      const highest = P.maximum(logits);
      let total = 0;
      for (let i = 0; i < logits.length; i++) total += Math.exp(logits[i] - highest);
      const shift = Math.log1p(-share) - Math.log(total) - highest;
      const mixed = logits.map((value) => value + shift);
      for (const [token, weight] of recalled) {
        const remembered = (share * weight) / sum;
        if (remembered > 0) mixed[token] = Math.log(Math.exp(logits[token] + shift) + remembered);
      }
      return mixed;
    }
  }

  Object.assign(P, { DraftMemory, keyOf });
})((globalThis.Pandemonium ??= {}));
