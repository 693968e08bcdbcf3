// One continuation under way: chooses its pieces, holds back what is not certain, and knows when to end.
// A port of pandemonium.writing.decoding.stopping, slurs and sequence, without banned phrases and without candidates.
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
  const MOST_BANNED = 100, HISTORY = 1024;
  const TYPED = 3; // letters that those of a name count more which stand before the cursor
  const TELLING_LETTERS = 4; // of a name that begins a sentence
  const JUST_NAMED = 32; // pieces back, within which a name that was written gains nothing
  const GOES_ON = P.pattern(`[${P.ALNUM}',;:\\-\u2014]$`); // a sentence

  /** Tells whether a sentence is under way at the end of a text. */
  function goesOn(text) {
    const last = text.slice(-2).replace(/ +$/, "");
    return last.endsWith(".") ? P.BEHIND_TITLE.test(text) : GOES_ON.test(last);
  }

  const LONE_CAPITAL = /\n([A-Z])$/, WORDS_OF_A_LETTER = "IAO";
  const CLOSED_QUOTE = P.pattern(`[${P.ALNUM}.!?,;]"$`); // what follows is parted from it
  const OPEN_WORD = P.pattern(`[${P.ALNUM}]+(?:['-][${P.ALNUM}]*)*$`); // part of a word is not shown
  const OPEN_ENDS = " \n,;:\u2014-";

  /** Those pieces that would make a slur of the word that `text` ends with: a port of pandemonium.writing.sampling.slurs. */
  function completing(text, pieces) {
    const begun = /(?<!\p{L})\p{L}{3,}$/u.exec(text.slice(-20))?.[0].toLowerCase();
    if (!begun || !P.SLURS.some((slur) => slur.startsWith(begun))) return [];
    return pieces.flatMap((piece, i) => P.SLURS.some((slur) => (begun + piece.toLowerCase()).startsWith(slur)) ? [i] : []);
  }

  class DecodingSequence {
    /**
     * @param {object} context from `prepare`
     * @param {string} before the document's last characters
     * @param {{hidden: Float32Array, state: Float32Array}} read where the voice has come to
     */
    constructor(context, before, read, memory, settings, pieces, names, paragraph, guard, bias, voice) {
      Object.assign(this, { settings, pieces, names, memory, guard, bias, paragraph });
      this.chain = voice.samplers;
      this.architecture = voice.architecture;
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
      this.text = context.lead;
      this.lead = context.lead.length;
      this.stop.add(this.text);
      this.capitals = context.capitals;
      this.opening = context.opening;
      this.sentences = 0; // how often the text could have ended
      this.cast = null; // who is spoken of where the sentence begins
      this.shown = 0;
      this.unfinished = "";
      this.trail = [];
      this.bannedHere = new Map();
      this.takenBack = 0;
      this.held = null;
      this.nearest = null; // where the sentence might have ended: { likely, length }
      this.ended = false; // by force: nothing follows but a quotation mark
      const known = new Set(context.tokens);
      this.unknownNames = new Set(pieces.names.filter((name) => !known.has(name)));
      this.spellings = new P.NameSpellings(context.tokens, pieces);
    }

    /** Chooses the next piece from the network's logits, or ends the sequence with null. */
    choose(logits) {
      const token = this.next(logits);
      if (token === null) {
        this.done = true;
        return null;
      }
      this.tokens++;
      this.trail.push({
        token, state: this.state, hidden: this.hidden, unfinished: this.unfinished, prefix: this.prefix,
        length: this.text.length,
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
      this.hidden = hidden;
      this.state = state;
      this.history.push(place.token);
      if (this.text.slice(place.length).includes("\ufffd")) this.rewind(place.length);
      else if (this.guard) this.rewindFromCopy();
    }

    /** What can be shown since the last call, in the document's typography. */
    popText() {
      let certain = P.trimRight(this.text).length;
      if (this.stop.pressure > 0) certain = Math.min(certain, P.trimEnd(this.text, OPEN_ENDS).length);
      if (this.nearest) certain = Math.min(certain, this.nearest.length);
      if (this.held !== null) certain = Math.min(certain, P.trimRight(this.text.slice(0, this.held)).length);
      const word = !this.done && certain === this.text.length && OPEN_WORD.exec(this.text.slice(-60));
      if (word) certain = P.trimRight(this.text.slice(0, certain - word[0].length)).length;
      return this.show(certain);
    }

    /** The last characters; of a sequence that was stopped only whole words. */
    finish(stopped = false) {
      if (stopped && !this.done) return this.popText() + this.writer.finish();
      return this.show(P.trimRight(this.text).length) + this.writer.finish();
    }

    show(certain) {
      certain = Math.max(this.shown, certain);
      const fresh = this.text.slice(this.shown, certain);
      this.shown = certain;
      this.trail = this.trail.filter((place) => place.length >= certain);
      return this.writer.add(fresh.replaceAll("\n\n", this.paragraph));
    }

    draw(network) {
      this.lookForAnEnd(network);
      const text = this.stopText(), { pressure } = this.stop;
      const row = {
        inWord: !this.prefix && !this.unfinished && ENDS_LETTER.test(text),
        spelled: Boolean(this.prefix),
        ...this.strangeSpellings(text),
        memory: this.memory,
        last: this.history.length ? this.history[this.history.length - 1] : -1,
        bans: this.bans(text),
        allowed: this.allowed(),
        ending: pressure > 0 ? [this.toPress(), pressure] : [[], 0],
        history: this.history,
        unknownNames: this.strangers(text),
        raised: this.raised(),
        forPronoun: this.forPronoun(),
        bias: this.bias,
      };
      const logits = P.runChain(this.chain, network, row, this.settings, this.pieces);
      return P.draw(logits, P.uniform(this.seed, this.tokens));
    }

    /** What would begin a stranger's name; a sentence begins with a capital whatever its first word is. */
    strangers(text) {
      return goesOn(text) ? this.unknownNames : this.pieces.onlyNames.filter((name) => this.unknownNames.has(name));
    }

    /** What stands of a name, and what would make a stranger's of it, or of one that a title asks for. */
    strangeSpellings(text) {
      const none = { nameLetters: 0, strangeSpellings: [] };
      if (P.BEHIND_TITLE.test(text)) return { ...none, strangeSpellings: this.spellings.strangeBehindTitle() };
      const word = this.unfinished ? "" : P.begunWord(text);
      const isName = /^\p{Lu}/u.test(word) && (goesOn(text.slice(0, -word.length)) ||
        (word.length >= TELLING_LETTERS && !this.pieces.beginnings.has(word.toLowerCase())));
      if (!isName) return none;
      const allowed = this.allowed();
      const strange = allowed ? this.spellings.strangeRests(word, this.prefix, allowed[0]) : this.spellings.strange(word);
      return { nameLetters: word.length + (word.length > this.text.length ? TYPED : 0), strangeSpellings: strange };
    }

    /** What must not come here. */
    bans(text) {
      const { pieces } = this, banned = [];
      if (this.bannedHere.has(this.text.length)) banned.push(this.bannedHere.get(this.text.length));
      banned.push(completing(text, pieces.texts));
      if (this.unfinished) banned.push(pieces.notGoingOnCharacter);
      if (this.prefix) return banned;
      if (CLOSED_QUOTE.test(text)) banned.push(pieces.goingOn);
      if (this.startsLine && this.text.length === this.lead && !this.unfinished) banned.push(pieces.spacedIds);
      if (this.opening && !this.sentences) banned.push(pieces.lineBreaks); // a title is not what is wanted
      if (!this.capitals) {
        banned.push(pieces.capitals);
        if (/\p{Lu}$/u.test(text) && !/\p{Ll}.$/su.test(text)) banned.push(pieces.singleCapitals);
        banned.push(this.numbering());
      }
      return banned;
    }

    /** What would make a chapter's number of the line's first letter: "V" begins a word, and "I" a sentence. */
    numbering() {
      const number = LONE_CAPITAL.exec((this.startsLine ? "\n" : "") + this.text.slice(-2));
      if (!number) return [];
      return WORDS_OF_A_LETTER.includes(number[1]) ? this.pieces.lineBreaks : this.pieces.notGoingOn;
    }

    /** The only pieces that may come, and the one that is a whole word; null where any may. */
    allowed() {
      if (!this.prefix || this.text || this.unfinished) return null;
      const { tokenizer } = this.pieces;
      const whole = P.ENDS_ALNUM.test(this.prefix) ? tokenizer.ids.get(this.prefix) ?? null : null;
      return [tokenizer.spelling(this.prefix), whole];
    }

    /** Pieces that gain by who is spoken of, and how much. */
    raised() {
      return this.settings.names > 0 ? this.names.raised(this.currentCast(), this.history.slice(-JUST_NAMED)) : [];
    }

    /** Names that may stand where "He" or "She" would, each with that; every other sequence, by its seed, has them. */
    forPronoun() {
      if (this.settings.names <= 0 || !(this.seed & 1n)) return [];
      return this.names.forPronoun(this.currentCast(), this.history.slice(-JUST_NAMED));
    }

    /** Who is spoken of where the sentence begins. */
    currentCast() {
      if (!this.cast) {
        // The writer's people: a name that the voice made up itself must not breed.
        const now = P.findCast(this.stopText());
        this.cast = { ...now, people: P.findCast(this.before).people };
      }
      return this.cast;
    }

    /** The pieces that bring the text to its end: a sentence that is closed is not closed again ("...."). */
    toPress() {
      if (!this.stop.atSentenceEnd) {
        return P.hasOpenQuote(this.stopText()) ? this.pieces.closing : this.pieces.closingBare;
      }
      const quote = this.closingQuote();
      return quote === null ? [] : [quote];
    }

    take(token) {
      this.unknownNames.delete(token); // whoever has come in is known
      let piece = this.pieces.tokenizer.pieces[token];
      if (this.prefix && !this.text && !this.unfinished) {
        [piece, this.prefix] = [piece.slice(this.prefix.length), this.prefix.slice(piece.length)];
      }
      const data = this.unfinished + piece, cut = complete(data);
      const text = P.decodeBytes(data.slice(0, cut));
      this.unfinished = data.slice(cut);
      this.text += text;
      this.stop.add(text);
      if (this.stop.atSentenceEnd) {
        this.cast = null;
        this.sentences++;
      }
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

  Object.assign(P, { SentenceStop, DecodingSequence, completing });
})((globalThis.Pandemonium ??= {}));
