// One continuation under way: chooses its pieces, holds back what is not certain, and knows when to end.
// A port of pandemonium.writing.stopping, slurs and lane, without banned phrases.
(function (P) {
  "use strict";

  const WORD_AT_END = P.pattern(`[${P.ALNUM}][^${P.SPACE}]*(?=\\n?$)`, "gu");

  /** Ends a continuation with a sentence, or soon after by force. */
  class SentenceStop {
    constructor(words, before = "") {
      this.words = words;
      this.limit = words + Math.max(1, Math.floor(words / 2));
      const tail = Array.from(before.slice(-4000)).slice(-2000).join("");
      this.text = tail.slice(tail.lastIndexOf("\n") + 1);
      this.start = this.counted = this.text.length;
      this.settledCount = 0;
    }

    add(text) {
      this.text += text;
      WORD_AT_END.lastIndex = this.counted;
      const match = WORD_AT_END.exec(this.text);
      const settled = match ? match.index : this.text.length;
      this.settledCount += P.countWords(this.text.slice(this.counted, settled));
      this.counted = settled;
    }

    get count() {
      return this.settledCount + P.countWords(this.text.slice(this.counted));
    }

    get atSentenceEnd() {
      return this.text.length > this.start && P.endsSentence(this.text);
    }

    get mayEnd() {
      const { count } = this;
      if (count < this.words || !this.atSentenceEnd) return false;
      return !P.hasOpenQuote(this.text) || count >= (this.words + this.limit) / 2;
    }

    get pressure() {
      return Math.min(1, Math.max(0, (this.count - this.words) / Math.max(1, this.limit - this.words)));
    }

    get mustEnd() {
      return this.count >= this.limit;
    }
  }

  const ENDS_LETTER = /\p{L}$/u;
  const PRESSURE = 6, WHOLE_WORD = Math.fround(Math.log(50)), FRESH = 64, MOST_BANNED = 100, HISTORY = 1024;
  const DOUBLED = Math.fround(Math.log(0.2)), STOP = 0.05;
  const GOES_ON = P.pattern(`[${P.ALNUM}',;:\\-\u2014]$`); // a sentence
  const CLOSED_QUOTE = P.pattern(`[${P.ALNUM}.!?,;]"$`); // what follows is parted from it
  const OPEN_ENDS = " \n,;:\u2014-";

  /** Those pieces that would make a slur of the word that `text` ends with: a port of pandemonium.writing.slurs. */
  function completing(text, pieces) {
    const begun = /(?<!\p{L})\p{L}{3,}$/u.exec(text.slice(-20))?.[0].toLowerCase();
    if (!begun || !P.SLURS.some((slur) => slur.startsWith(begun))) return [];
    return pieces.flatMap((piece, i) => P.SLURS.some((slur) => (begun + piece.toLowerCase()).startsWith(slur)) ? [i] : []);
  }

  class Lane {
    /**
     * @param {object} context from `prepare`
     * @param {string} before the document's last characters
     * @param {{hidden: Float32Array, state: Float32Array}} read where the voice has come to
     */
    constructor(context, before, read, memory, settings, pieces, paragraph, guard, balance) {
      Object.assign(this, { settings, pieces, memory, guard, balance, paragraph });
      this.hidden = read.hidden;
      this.state = read.state;
      this.seed = BigInt(settings.seed);
      this.done = false;
      this.tokens = 0;
      this.history = context.tokens.slice(-HISTORY);
      this.prefix = context.prefix;
      this.startsLine = context.startsLine;
      this.writer = new P.TypographyWriter(context.typography, before);
      this.before = context.tail;
      this.stop = new SentenceStop(settings.words, this.before);
      this.text = "";
      this.shown = 0;
      this.unfinished = "";
      this.trail = [];
      this.bannedHere = new Map();
      this.takenBack = 0;
      this.held = null;
      this.nearest = null; // where the sentence might have ended: { likely, length }
      this.ended = false; // by force: nothing follows but a quotation mark
      this.within = settings.newcomers > 0 ? this.movesWithin(context.tokens) : balance;
    }

    /** Chooses the next piece from the network's logits, or ends the lane with null. */
    choose(logits) {
      const token = this.next(logits);
      if (token === null) {
        this.done = true;
        return null;
      }
      this.tokens++;
      this.trail.push({
        token, state: this.state, hidden: this.hidden, unfinished: this.unfinished, prefix: this.prefix,
        length: this.text.length, memory: this.memory.count,
      });
      this.take(token);
      return token;
    }

    next(logits) {
      if (this.ended) return this.closingQuote();
      if (this.done || this.tokens - this.takenBack > 64 + this.pieces.perWord * this.stop.limit) return null;
      if (this.stop.mustEnd && this.stop.atSentenceEnd) return this.closingQuote();
      const token = this.draw(logits);
      if (token === null) return null;
      const opensWord = this.pieces.spaced[token];
      if (this.stop.mayEnd && opensWord) return this.closingQuote();
      if (this.stop.mustEnd && (opensWord || !this.continuesWord(token))) return this.endByForce();
      return token;
    }

    /** Takes over what the network says behind the piece just chosen, and takes the piece back if it must. */
    advance(hidden, state) {
      const place = this.trail[this.trail.length - 1];
      if (this.settings.memory > 0) this.memory.add(place.hidden, place.token);
      this.hidden = hidden;
      this.state = state;
      this.history.push(place.token);
      if (this.guard) this.rewindFromCopy();
    }

    /** What can be shown since the last call, in the document's typography. */
    popText() {
      let certain = P.trimRight(this.text).length;
      if (this.stop.pressure > 0) certain = Math.min(certain, P.trimEnd(this.text, OPEN_ENDS).length);
      if (this.nearest) certain = Math.min(certain, this.nearest.length);
      if (this.held !== null) certain = Math.min(certain, P.trimRight(this.text.slice(0, this.held)).length);
      return this.show(certain);
    }

    /** The last characters. */
    finish() {
      return this.show(P.trimRight(this.text).length) + this.writer.finish();
    }

    show(certain) {
      certain = Math.max(this.shown, certain);
      const fresh = this.text.slice(this.shown, certain);
      this.shown = certain;
      this.trail = this.trail.filter((place) => place.length >= certain);
      return this.writer.add(fresh.replaceAll("\n\n", this.paragraph));
    }

    draw(logits) {
      const { tokenizer } = this.pieces, fresh = Math.min(this.tokens - this.takenBack, FRESH);
      const misplaced = this.misplaced(logits);
      this.lookForAnEnd(logits);
      const mixed = this.memory.mix(logits, this.hidden, this.settings.memory, fresh);
      let moves = this.moves();
      if (moves && mixed !== logits) moves = P.moveOwn(moves, logits, mixed);
      logits = mixed.slice();
      logits[tokenizer.separator] = P.NEVER;
      for (const token of misplaced) logits[token] = P.NEVER;
      for (const token of this.bannedHere.get(this.text.length) || []) logits[token] = P.NEVER;
      for (const token of this.pieces.slurs) logits[token] = P.NEVER;
      for (const token of completing(this.stopText(), this.pieces.texts)) logits[token] = P.NEVER;
      if (!this.prefix && CLOSED_QUOTE.test(this.stopText())) {
        this.pieces.inside.forEach((inside, i) => { if (inside) logits[i] = P.NEVER; });
      }
      if (!this.text && !this.unfinished) {
        if (this.prefix) {
          logits = P.allowOnly(logits, tokenizer.spelling(this.prefix));
          const whole = tokenizer.ids.get(this.prefix);
          if (/[^ \t-\r]/.test(this.prefix) && whole !== undefined) logits[whole] += WHOLE_WORD;
        } else if (this.startsLine) {
          this.pieces.spaced.forEach((spaced, i) => { if (spaced) logits[i] = P.NEVER; });
        }
      }
      const { pressure } = this.stop;
      if (pressure > 0) for (const token of this.toPress()) logits[token] += Math.fround(PRESSURE * pressure);
      P.punishRepeats(logits, this.history, this.settings, this.pieces.breakers, this.pieces.stretch);
      if (P.maximum(logits) === P.NEVER) return null;
      if (this.prefix) logits = P.truncate(logits, this.settings);
      else if (ENDS_LETTER.test(this.stopText()) && !this.unfinished) {
        logits = P.spell(logits, this.pieces.inside, this.settings, moves);
      } else logits = P.truncate(P.balanced(logits, moves), this.settings);
      return P.draw(logits, this.settings.temperature, P.uniform(this.seed, this.tokens));
    }

    /** The balance as it is within a sentence: names that the text does not have yet come in less easily. */
    movesWithin(read) {
      const { names, tokenizer } = this.pieces, known = new Set(read);
      const moves = this.balance ? this.balance.slice() : new Float32Array(tokenizer.pieces.length);
      for (const name of names) if (!known.has(name)) moves[name] -= Math.fround(this.settings.newcomers);
      return moves;
    }

    /** What is added to the logits where a word is chosen: a sentence may begin with whatever it likes. */
    moves() {
      return GOES_ON.test(P.trimEnd(this.stopText(), " ")) ? this.within : this.balance;
    }

    /** The pieces that bring the text to its end: a sentence that is closed is not closed again ("...."). */
    toPress() {
      if (!this.stop.atSentenceEnd) {
        return P.hasOpenQuote(this.stopText()) ? this.pieces.closing : this.pieces.closingBare;
      }
      const quote = this.closingQuote();
      return quote === null ? [] : [quote];
    }

    /** What the network itself holds for too unlikely: the word just written once more, and a stop behind it. */
    misplaced(logits) {
      const likeliest = P.maximum(logits), found = [];
      for (const stops of this.pieces.stops) {
        if (stops.reduce((sum, stop) => sum + Math.exp(logits[stop] - likeliest), 0) < STOP) found.push(...stops);
      }
      if (!this.history.length) return found;
      const last = this.history[this.history.length - 1];
      const isWord = this.pieces.spaced[last] && ENDS_LETTER.test(this.pieces.texts[last]);
      if (isWord && logits[last] < Math.fround(likeliest + DOUBLED)) found.push(last);
      return found;
    }

    take(token) {
      if (this.within && this.within !== this.balance) this.within[token] = this.balance ? this.balance[token] : 0;
      let piece = this.pieces.tokenizer.pieces[token];
      if (this.prefix && !this.text && !this.unfinished) {
        [piece, this.prefix] = [piece.slice(this.prefix.length), this.prefix.slice(piece.length)];
      }
      const data = this.unfinished + piece, cut = complete(data);
      const text = P.decodeBytes(data.slice(0, cut));
      this.unfinished = data.slice(cut);
      this.text += text;
      this.stop.add(text);
    }

    continuesWord(token) {
      if (this.pieces.closing.has(token)) return true;
      const piece = this.pieces.texts[token].replace(/^'+/, "");
      return P.ENDS_ALNUM.test(this.stopText()) && P.STARTS_ALNUM.test(piece);
    }

    /** Remembers, once enough is written, where the network itself would soonest have ended the sentence. */
    lookForAnEnd(logits) {
      const text = this.stopText();
      if (this.stop.count < this.stop.words || this.unfinished) return;
      if (this.stop.atSentenceEnd) { // within a quotation that is still open
        this.nearest = { likely: Infinity, length: this.text.length };
      } else if (P.ENDS_ALNUM.test(text) && P.endsSentence(`${text.slice(-40)}.`)) {
        const likeliest = P.maximum(logits);
        let likely = 0;
        for (const token of this.toPress()) likely += Math.exp(logits[token] - likeliest);
        if (!this.nearest || likely >= this.nearest.likely) this.nearest = { likely, length: this.text.length };
      }
    }

    /** Ends the sentence where that was likeliest; what was written behind it was not shown yet, and is dropped. */
    endByForce() {
      this.ended = true;
      const end = this.nearest ? this.nearest.length : P.trimEnd(this.text, OPEN_ENDS).length;
      this.cut(Math.max(this.shown, end));
      this.unfinished = "";
      const closed = this.stop.atSentenceEnd || this.text.endsWith("."); // an abbreviation has its full stop
      return closed ? this.closingQuote() : this.pieces.fullStop;
    }

    closingQuote() {
      const text = this.stopText();
      return P.hasOpenQuote(text) && !text.endsWith('"') ? this.pieces.quote : null;
    }

    stopText() {
      return this.before + this.text;
    }

    rewindFromCopy() {
      this.held = null;
      const word = this.guard.look(this.stopText(), this.before.length);
      if (!word) return;
      const start = word.start - this.before.length;
      let place = null;
      for (const each of this.trail) if (each.length <= start) place = each.length;
      if (word.copies && place !== null && (this.bannedHere.get(place)?.size ?? 0) < MOST_BANNED) this.rewind(start);
      else if (word.grows) this.held = place;
    }

    /** Takes back every piece down to the one that wrote the character at `start`, and bans that one there. */
    rewind(start) {
      this.ended = false;
      while (this.trail.length) {
        const place = this.trail.pop();
        this.history.pop();
        this.takenBack++;
        if (place.length > start) continue;
        this.state = place.state;
        this.hidden = place.hidden;
        this.unfinished = place.unfinished;
        this.prefix = place.prefix;
        this.memory.truncate(place.memory);
        for (const at of [...this.bannedHere.keys()]) if (at > place.length) this.bannedHere.delete(at);
        if (!this.bannedHere.has(place.length)) this.bannedHere.set(place.length, new Set());
        this.bannedHere.get(place.length).add(place.token);
        this.cut(place.length);
        break;
      }
    }

    cut(length) {
      this.text = this.text.slice(0, length);
      if (this.nearest && this.nearest.length > length) this.nearest = null;
      this.stop = new SentenceStop(this.settings.words, this.before);
      this.stop.add(this.text);
    }
  }

  /** How many of `data`'s bytes are whole characters: all but an unfinished one at the end. */
  function complete(data) {
    for (let back = 1; back <= Math.min(4, data.length); back++) {
      const byte = data.charCodeAt(data.length - back);
      if (byte < 0x80) return data.length;
      if (byte >= 0xc0) {
        const width = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        return back >= width ? data.length : data.length - back;
      }
    }
    return data.length;
  }

  Object.assign(P, { SentenceStop, Lane, completing });
})((globalThis.Pandemonium ??= {}));
