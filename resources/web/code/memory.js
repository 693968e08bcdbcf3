// Memory of the draft: what has followed the same pieces before. A port of pandemonium.writing.reading.reader.phrases.
(function (P) {
  "use strict";

  const RUNS = [1, 2, 3], WEIGHTS = [0.5, 1, 1];
  const VARIETY = 4, FRESH = 64, MOST = 0.9;

  class Phrases {
    /** @param {number[]} tokens of the text; `stretch` of them say as much as one sub-word */
    constructor(tokens, stretch = 1, fresh = FRESH) {
      this.tokens = tokens;
      this.lengths = RUNS.map((run) => run * stretch);
      const last = tokens.length - fresh * stretch - 1;
      this.runs = this.lengths.map((length) => {
        const found = new Map();
        for (let end = length; end <= last; end++) {
          const run = tokens.slice(end - length, end).join();
          if (!found.has(run)) found.set(run, new Map());
          const followers = found.get(run), follower = tokens[end];
          followers.set(follower, (followers.get(follower) || 0) + 1);
        }
        return found;
      });
    }

    /**
     * Log-probabilities in which the memory has a part, and each piece that was raised with the share of its probability
     * that is still the model's own; null where nothing was raised.
     */
    mix(logits, share, history) {
      let own = 1;
      const shares = new Map();
      for (let order = 0; order < WEIGHTS.length; order++) {
        const length = this.lengths[order];
        const followers = history.length < length ? null : this.runs[order].get(history.slice(-length).join());
        if (!followers) break; // a longer run does not stand there either
        let total = 0;
        for (const count of followers.values()) total += count;
        const part = (Math.min(MOST, WEIGHTS[order] * share) * total) / (total + VARIETY * followers.size);
        own *= 1 - part;
        for (const [token, gained] of shares) shares.set(token, gained * (1 - part));
        for (const [token, count] of followers) shares.set(token, (shares.get(token) || 0) + (part / total) * count);
      }
      if (share <= 0 || !shares.size) return null;
      const highest = P.maximum(logits);
      let total = 0;
      for (let i = 0; i < logits.length; i++) total += Math.exp(logits[i] - highest);
      const shift = Math.fround(Math.fround(Math.log(own)) - Math.fround(highest + Math.log(total)));
      const mixed = logits.map((value) => Math.fround(value + shift));
      const recalled = [];
      for (const [token, gained] of shares) {
        const kept = Math.exp(mixed[token]);
        recalled.push([token, kept / (kept + gained)]);
        mixed[token] = Math.log(kept + gained);
      }
      return { mixed, recalled };
    }
  }

  Object.assign(P, { Phrases });
})((globalThis.Pandemonium ??= {}));
