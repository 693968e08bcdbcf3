// Choosing the next piece: from logits to logits, then one draw. A port of pandemonium.writing.sampling.
// Logits are Float32Arrays; what is impossible is -Infinity.
(function (P) {
  "use strict";

  const RAISED = Math.fround(1e-3);
  const NEVER = -Infinity;
  const MASK = (1n << 64n) - 1n;

  /**
   * The `counter`-th number in [0, 1) of `seed`: SplitMix64 (Steele et al. 2014) at that place.
   * @param {bigint} seed
   * @param {number} counter from 0
   */
  function uniform(seed, counter) {
    let z = (seed * 0xd1342543de82ef95n + BigInt(counter + 1) * 0x9e3779b97f4a7c15n) & MASK;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return Number((z ^ (z >> 31n)) >> 11n) * 2 ** -53;
  }

  function maximum(values) {
    let most = NEVER;
    for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i];
    return most;
  }

  function softmax(logits) {
    const most = maximum(logits), result = new Float64Array(logits.length);
    let sum = 0;
    for (let i = 0; i < logits.length; i++) sum += result[i] = Math.exp(logits[i] - most);
    for (let i = 0; i < result.length; i++) result[i] /= sum;
    return result;
  }

  function allowOnly(logits, tokens) {
    const allowed = new Float32Array(logits.length).fill(NEVER);
    for (const token of tokens) allowed[token] = logits[token];
    return allowed;
  }

  function keepTopK(logits, k) {
    if (k <= 0 || k >= logits.length) return logits;
    const least = Float32Array.from(logits).sort()[logits.length - k];
    return logits.map((value) => (value >= least ? value : NEVER));
  }

  /** Ids by falling probability, at least as many as sum to `mass`. */
  function likeliestFirst(probabilities, mass) {
    for (const floor of [1e-4, 1e-6, 0]) {
      const ids = [];
      let sum = 0;
      for (let i = 0; i < probabilities.length; i++) {
        if (probabilities[i] >= floor) {
          ids.push(i);
          sum += probabilities[i];
        }
      }
      if (sum >= mass || floor === 0) return ids.sort((a, b) => probabilities[b] - probabilities[a] || a - b);
    }
  }

  /** How many of `order` sum to `mass`, the one that reaches it included. */
  function reach(probabilities, order, mass) {
    let sum = 0, kept = 0;
    for (; kept < order.length; kept++) if ((sum += probabilities[order[kept]]) >= mass) break;
    return order.slice(0, kept + 1);
  }

  function keepTopP(logits, p) {
    if (p >= 1) return logits;
    const probabilities = softmax(logits);
    return allowOnly(logits, reach(probabilities, likeliestFirst(probabilities, p), p));
  }

  function keepMinP(logits, share) {
    if (share <= 0) return logits;
    const least = Math.fround(maximum(logits) + Math.fround(Math.log(share)));
    return logits.map((value) => (value >= least ? value : NEVER));
  }

  function keepTypical(logits, mass) {
    if (mass >= 1) return logits;
    const probabilities = softmax(logits), order = [];
    let entropy = 0;
    probabilities.forEach((p, i) => {
      if (p > 0) {
        order.push(i);
        entropy -= p * Math.log(p);
      }
    });
    const distance = (i) => Math.abs(-Math.log(probabilities[i]) - entropy);
    order.sort((a, b) => distance(a) - distance(b) || a - b);
    return allowOnly(logits, reach(probabilities, order, mass));
  }

  /** Moves that touch only the model's own share of a piece, not what the memory recalls. */
  function moveOwn(moves, logits, mixed) {
    let least = Infinity;
    for (let i = 0; i < logits.length; i++) least = Math.min(least, Math.fround(mixed[i] - logits[i]));
    return moves.map((move, i) => {
      const gain = Math.fround(Math.fround(mixed[i] - logits[i]) - least);
      return gain > RAISED ? Math.log1p(Math.exp(-gain) * Math.expm1(move)) : move;
    });
  }

  const truncate = (logits, s) =>
    keepTypical(keepMinP(keepTopP(keepTopK(logits, s.top_k), s.top_p), s.min_p), s.typical);

  /**
   * Truncates where a word stands unfinished: strictly what spells it on, and as ever what follows it.
   * @param {boolean[]} inside pieces that spell on
   * @param {Float32Array | null} balance is added to the logits of what does not
   */
  function spell(logits, inside, s, balance) {
    if (s.spelling <= 0) return truncate(balanced(logits, balance), s);
    const probabilities = softmax(logits), within = [];
    let sum = 0, likeliest = 0;
    for (let i = 0; i < logits.length; i++) {
      if (!inside[i]) continue;
      sum += probabilities[i];
      likeliest = Math.max(likeliest, probabilities[i]);
    }
    const ends = 1 - sum, least = s.spelling * Math.max(likeliest, ends);
    for (let i = 0; i < logits.length; i++) if (inside[i] && probabilities[i] >= Math.max(least, 1e-12)) within.push(i);
    const freely = () => truncate(balanced(logits, balance).map((value, i) => (inside[i] ? NEVER : value)), s);
    if (!within.length) return freely();
    let result;
    if (ends > 1e-6 && ends >= s.spelling * sum) {
      const free = freely().map((value) => value / s.temperature), most = maximum(free);
      let total = 0;
      for (const value of free) total += Math.exp(value - most);
      const shift = Math.log(ends) - most - Math.log(total);
      result = free.map((value) => value + shift);
    } else {
      result = new Float32Array(logits.length).fill(NEVER);
    }
    for (const i of within) result[i] = Math.log(probabilities[i]);
    return result.map((value) => value * s.temperature);
  }

  function balanced(logits, balance) {
    if (!balance) return logits;
    const result = logits.slice();
    for (let i = 0; i < result.length; i++) result[i] += balance[i];
    return result;
  }

  function runLength(recent, end, breakers) {
    const tail = recent.length - 1;
    let run = 0;
    while (run <= end && run < 50 && recent[end - run] === recent[tail - run] && !breakers.has(recent[tail - run])) run++;
    return run;
  }

  /** Makes a piece that would lengthen a repeated run less likely (DRY, pew 2024); changes `logits`. */
  function punishRepeats(logits, history, s, breakers, stretch) {
    const allowed = s.dry_allowed * stretch, base = s.dry_base ** (1 / stretch);
    const last = history[history.length - 1];
    if (s.dry_multiplier <= 0 || history.length <= allowed || breakers.has(last)) return logits;
    const longest = new Map();
    for (let end = 0; end < history.length - 1; end++) {
      const follower = history[end + 1];
      if (history[end] !== last || breakers.has(follower)) continue;
      const run = runLength(history, end, breakers);
      if (run >= allowed) longest.set(follower, Math.max(run, longest.get(follower) || 0));
    }
    for (const [token, run] of longest) {
      logits[token] -= Math.fround(s.dry_multiplier * base ** Math.min(run - allowed, 50));
    }
    return logits;
  }

  /** Draws an id at `temperature` with `chance` in [0, 1); the likeliest lie first. */
  function draw(logits, temperature, chance) {
    const possible = [];
    for (let i = 0; i < logits.length; i++) if (Number.isFinite(logits[i])) possible.push(i);
    if (possible.length === 1) return possible[0];
    const heat = Math.max(temperature, 1e-4);
    const values = possible.map((i) => logits[i] / heat), most = maximum(values);
    const weights = values.map((value) => Math.exp(value - most));
    const order = possible.map((_, i) => i).sort((a, b) => weights[b] - weights[a] || a - b);
    let sum = 0;
    const sums = order.map((i) => (sum += weights[i]));
    const place = sums.findIndex((each) => each > chance * sum);
    return possible[order[place < 0 ? order.length - 1 : place]];
  }

  Object.assign(P, { NEVER, uniform, maximum, softmax, allowOnly, truncate, balanced, moveOwn, spell, punishRepeats, draw });
})((globalThis.Pandemonium ??= {}));
