// The chain of samplers: from the network's logits to the piece that is drawn. A port of pandemonium.writing.sampling
// (chain, samplers, name_samplers, in_word, truncation, presence, dry, drawing). Logits are Float32Arrays; what is
// impossible is -Infinity. `Samplers` has one function for each name of the desktop's chain, in whose order
// (voice.json's "samplers") they are called with the logits, which they may change, what is known of the sequence
// (`row`), the settings and the kinds of pieces.
(function (P) {
  "use strict";

  const FRAME = 7, FRAME_REACH = 240, THIRD_TIME = 1.5, PRESENCE = 1.25, KIN = 0.5, REACH = 17;
  const CONJUNCTIONS = [" and", " or"], GROWS = /(?:er|s)$/;
  const PRESSURE = 6, STOP = 0.05, WHOLE_WORD = Math.fround(Math.log(50)), DOUBLED = Math.fround(Math.log(0.2));
  const STRANGE_SPELLING = 3; // times as much as for a stranger's first piece
  const STRANGE_LETTER = 3, FEW_LETTERS = 3, MANY_LETTERS = 9; // and so much more for each further letter
  const ENDS_LETTER = /\p{L}$/u;
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

  const possible = (logits) => maximum(logits) > NEVER;
  const add = (logits, token, value) => { logits[token] = Math.fround(logits[token] + Math.fround(value)); };
  const forbid = (logits, tokens) => { for (const token of tokens) logits[token] = NEVER; };

  const Samplers = {
    draft_memory(logits, row, s) {
      const found = row.memory.mix(logits, s.memory, row.history);
      if (!found) return logits.slice();
      row.recalled = found.recalled;
      return found.mixed;
    },

    repetition_filter(logits, row, s, pieces) {
      const { network, last } = row, likeliest = maximum(network);
      for (const stops of pieces.stops) {
        if (stops.reduce((sum, stop) => sum + Math.exp(network[stop] - likeliest), 0) < STOP) forbid(logits, stops);
      }
      if (last >= 0 && pieces.spaced[last] && ENDS_LETTER.test(pieces.texts[last])
          && network[last] < Math.fround(likeliest + DOUBLED)) logits[last] = NEVER;
      return logits;
    },

    bans(logits, row, s, pieces) {
      forbid(logits, pieces.never);
      for (const tokens of row.bans) forbid(logits, tokens);
      return logits;
    },

    prefix(logits, row) {
      if (!row.allowed) return logits;
      const [tokens, whole] = row.allowed;
      logits = allowOnly(logits, tokens);
      if (whole !== null) add(logits, whole, WHOLE_WORD);
      return logits;
    },

    sentence_end(logits, row) {
      const [tokens, strength] = row.ending;
      if (strength > 0) for (const token of tokens) add(logits, token, PRESSURE * strength);
      return logits;
    },

    presence_penalty(logits, row, s, pieces) {
      if (s.dry_multiplier <= 0 || row.spelled) return logits;
      const said = new Set(row.history.slice(-REACH).filter((token) => pieces.families.has(token)));
      const kin = new Set([...said].flatMap((token) => pieces.families.get(token)));
      for (const token of kin) add(logits, token, -PRESENCE * s.dry_multiplier * (said.has(token) ? 1 : KIN));
      const [word, last] = row.history.slice(-2); // "steep and steep", but "deeper and deeper"
      if (CONJUNCTIONS.includes(pieces.texts[last]) && pieces.families.has(word) && !GROWS.test(pieces.texts[word]))
        logits[word] = NEVER;
      return logits;
    },

    dry: (logits, row, s, pieces) => punishRepeats(logits, row.history, s, pieces.breakers, pieces.stretch),

    names_kept(logits, row, s) {
      if (s.names <= 0 || row.spelled) return logits;
      for (const [name, pronoun] of row.forPronoun) logits[name] = Math.max(logits[name], logits[pronoun]);
      for (const [token, gain] of row.raised) add(logits, token, s.names * gain);
      return logits;
    },

    /** What the writer wants to read gains; the page has no such list yet. */
    words_wanted(logits, row) {
      if (!row.spelled) for (const [token, gain] of row.wanted || []) add(logits, token, gain);
      return logits;
    },

    /** Where a name of the text was begun, another that begins alike comes in less easily; so it is behind a title. */
    new_name_spelling(logits, row, s) {
      if (s.newcomers <= 0) return logits;
      const more = Math.min(MANY_LETTERS, Math.max(FEW_LETTERS, row.nameLetters)) - FEW_LETTERS;
      const penalty = Math.fround((STRANGE_SPELLING + STRANGE_LETTER * more) * s.newcomers);
      for (const token of row.strangeSpellings) add(logits, token, -penalty);
      return logits;
    },

    /** Truncates where a word stands unfinished: strictly what spells it on; what follows it stays for the others. */
    in_word_filter(logits, row, s, pieces) {
      row.spelledOn = null;
      if (s.spelling <= 0 || !row.inWord || !possible(logits)) return logits;
      const most = maximum(logits);
      let all = 0, sum = 0, likeliest = 0;
      const weights = logits.map((value, i) => {
        const weight = Math.exp(value - most);
        all += weight;
        if (pieces.inside[i]) {
          sum += weight;
          likeliest = Math.max(likeliest, weight);
        }
        return weight;
      });
      const ends = Math.max(0, all - sum), least = Math.max(s.spelling * Math.max(likeliest, ends), 1e-12), kept = [];
      for (let i = 0; i < logits.length; i++) {
        if (!pieces.inside[i]) continue;
        if (weights[i] >= least) kept.push([i, Math.log(weights[i])]);
        logits[i] = NEVER;
      }
      if (kept.length) row.spelledOn = { kept, ends: ends > 1e-6 && ends >= s.spelling * sum ? Math.log(ends) : NEVER };
      return logits;
    },

    logit_bias(logits, row) {
      if (!row.bias || row.spelled) return logits;
      for (let i = 0; i < logits.length; i++) add(logits, i, row.bias[i]);
      // What the memory recalls is not moved, or a rare word of the draft would be called back twice.
      for (const [token, share] of row.recalled ?? []) {
        add(logits, token, Math.log1p(share * Math.expm1(row.bias[token])) - row.bias[token]);
      }
      return logits;
    },

    new_name_penalty(logits, row, s) {
      if (s.newcomers > 0 && !row.spelled) {
        for (const token of row.unknownNames) add(logits, token, -s.newcomers);
      }
      return logits;
    },

    top_k(logits, row, { top_k: k }) {
      if (k <= 0 || k >= logits.length) return logits;
      const least = Float32Array.from(logits).sort()[logits.length - k];
      return logits.map((value) => (value >= least ? value : NEVER));
    },

    top_p(logits, row, { top_p: p }) {
      if (p >= 1 || !possible(logits)) return logits;
      const probabilities = softmax(logits);
      return allowOnly(logits, reach(probabilities, likeliestFirst(probabilities, p), p));
    },

    min_p(logits, row, { min_p: share }) {
      if (share <= 0) return logits;
      const least = Math.fround(maximum(logits) + Math.fround(Math.log(share)));
      return logits.map((value) => (value >= least ? value : NEVER));
    },

    typical(logits, row, { typical: mass }) {
      if (mass >= 1 || !possible(logits)) return logits;
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
    },

    temperature: (logits, row, s) => logits.map((value) => value / Math.max(s.temperature, 1e-4)),

    /** Gives back what spells a word on, beside what may follow if the word ends here. */
    in_word_join(logits, row) {
      if (!row.spelledOn) return logits;
      const { kept, ends } = row.spelledOn, most = maximum(logits);
      if (ends > NEVER && most > NEVER) {
        let total = 0;
        for (const value of logits) total += Math.exp(value - most);
        const shift = ends - most - Math.log(total);
        logits = logits.map((value) => value + shift);
      } else logits = new Float32Array(logits.length).fill(NEVER);
      for (const [token, weight] of kept) logits[token] = weight;
      return logits;
    },
  };

  /** The logits to draw from. */
  function runChain(names, network, row, settings, pieces) {
    row.network = network;
    let logits = network.slice();
    for (const name of names) logits = Samplers[name](logits, row, settings, pieces);
    return logits;
  }

  function runLength(recent, end, breakers) {
    const tail = recent.length - 1;
    let run = 0;
    while (run <= end && run < 50 && recent[end - run] === recent[tail - run] && !breakers.has(recent[tail - run])) run++;
    return run;
  }

  /** How many pieces equal those up to the end with one other between them; `run` are equal up to it. */
  function frameLength(recent, end, run, breakers) {
    const behind = recent.length - run - 2, there = end - run - 1;
    if (there < 0 || breakers.has(recent[behind + 1]) || there + run >= behind) return 0;
    const more = runLength(recent.slice(0, behind + 1), there, breakers);
    return more >= 2 ? run + more : 0;
  }

  /** The pieces that would make three pieces stand there again, each with how often they do; from twice on. */
  function thirdTimes(history, breakers) {
    const recent = history.slice(-FRAME_REACH), counts = new Map();
    const [one, two] = recent.slice(-2);
    if (recent.length < 3 || breakers.has(one) || breakers.has(two)) return [];
    for (let i = 0; i + 2 < recent.length; i++) {
      if (recent[i] === one && recent[i + 1] === two && !breakers.has(recent[i + 2])) {
        counts.set(recent[i + 2], (counts.get(recent[i + 2]) || 0) + 1);
      }
    }
    return [...counts].filter(([, count]) => count > 1);
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
      let run = runLength(history, end, breakers);
      if (end >= history.length - FRAME_REACH && run >= 2) {
        run = Math.max(run, frameLength(history, end, run, breakers) - (FRAME * stretch - allowed));
      }
      if (run >= allowed) longest.set(follower, Math.max(run, longest.get(follower) || 0));
    }
    for (const [token, run] of longest) {
      logits[token] -= Math.fround(s.dry_multiplier * base ** Math.min(run - allowed, 50));
    }
    if (stretch === 1) {
      for (const [token, count] of thirdTimes(history, breakers)) {
        logits[token] -= Math.fround(THIRD_TIME * s.dry_multiplier * (count - 1));
      }
    }
    return logits;
  }

  /** Draws an id with `chance` in [0, 1); the likeliest lie first. Null where nothing is possible. */
  function draw(logits, chance) {
    const ids = [];
    for (let i = 0; i < logits.length; i++) if (logits[i] > NEVER) ids.push(i);
    if (ids.length < 2) return ids.length ? ids[0] : null;
    const values = ids.map((i) => logits[i]), most = maximum(values);
    const weights = values.map((value) => Math.exp(value - most));
    const order = ids.map((_, i) => i).sort((a, b) => weights[b] - weights[a] || a - b);
    let sum = 0;
    const sums = order.map((i) => (sum += weights[i]));
    const place = sums.findIndex((each) => each > chance * sum);
    return ids[order[place < 0 ? order.length - 1 : place]];
  }

  Object.assign(P, { NEVER, Samplers, uniform, maximum, runChain, draw });
})((globalThis.Pandemonium ??= {}));
