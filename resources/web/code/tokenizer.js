// Text to piece numbers and back, out of the JSON of the `tokenizers` library: byte-level BPE or a table of words.
// Bytes are kept as strings of characters below 256, which slice and compare as bytes do.
(function (P) {
  "use strict";

  const GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  const utf8 = new TextEncoder();
  const strict = (bytes) => Uint8Array.from(bytes, (c) => c.charCodeAt(0));
  const decode = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(strict(bytes));

  /** The printable character that the library writes for each byte (after GPT-2's byte encoder). */
  function characterOfByte() {
    const plain = (b) => (b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
    const table = [];
    let next = 256;
    for (let b = 0; b < 256; b++) table.push(String.fromCharCode(plain(b) ? b : next++));
    return table;
  }

  /** The library's regular expressions are Oniguruma's: white space is Unicode's there. */
  function compile(source) {
    return new RegExp(source.replaceAll("\\s", "\\p{White_Space}").replaceAll("\\S", "\\P{White_Space}"), "gu");
  }

  function refuse(what) {
    throw new Error(`This page cannot read the voice's tokenizer: ${what}.`);
  }

  /** A function from a text to the parts that are encoded apart, and whether they are spelled in byte characters. */
  function preTokenizer(definition) {
    const steps = [];
    let bytes = false;
    const take = (part) => {
      if (part === null || part === undefined) return;
      if (part.type === "Sequence") return part.pretokenizers.forEach(take);
      if (part.type === "Split") {
        if (part.behavior !== "Isolated" || part.invert) refuse(`it splits in a way that is unknown (${part.behavior})`);
        const source = "Regex" in part.pattern ? part.pattern.Regex
          : part.pattern.String.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&");
        steps.push(compile(source));
      } else if (part.type === "ByteLevel") {
        if (part.add_prefix_space) refuse("it puts a space before each text");
        if (part.use_regex) steps.push(compile(GPT2));
        bytes = true;
      } else refuse(`its splitting '${part.type}' is unknown`);
    };
    take(definition);
    const split = (text) => steps.reduce((parts, step) => parts.flatMap((part) => isolate(part, step)), [text]);
    return { split, bytes };
  }

  /** Matches of `step` and what lies between them, all of `text`. */
  function isolate(text, step) {
    const parts = [];
    let at = 0;
    for (const match of text.matchAll(step)) {
      if (!match[0]) continue;
      if (match.index > at) parts.push(text.slice(at, match.index));
      parts.push(match[0]);
      at = match.index + match[0].length;
    }
    if (at < text.length) parts.push(text.slice(at));
    return parts;
  }

  /** A voice's tokenizer; `separator` is the one id behind the learned pieces. */
  class PieceTokenizer {
    constructor(json) {
      const definition = JSON.parse(json);
      const model = definition.model;
      if (definition.normalizer) refuse(`it changes texts before it reads them (${definition.normalizer.type})`);
      if (definition.added_tokens && definition.added_tokens.length) refuse("it has pieces of its own beside its model");
      const { split, bytes } = preTokenizer(definition.pre_tokenizer);
      if (!bytes) refuse("it does not read bytes");
      this.split = split;
      this.vocabulary = new Map(Object.entries(model.vocab));
      this.separator = this.vocabulary.size;
      this.size = this.separator + 1;
      this.characters = characterOfByte();
      const byteOf = new Map(this.characters.map((c, b) => [c, String.fromCharCode(b)]));
      this.pieces = new Array(this.size).fill("");
      for (const [piece, id] of this.vocabulary) {
        this.pieces[id] = Array.from(piece, (c) => byteOf.get(c) ?? refuse(`the piece '${piece}' is no bytes`)).join("");
      }
      this.cache = new Map();
      if (model.type === "BPE") {
        if (model.unk_token || model.byte_fallback || model.continuing_subword_prefix || model.end_of_word_suffix) {
          refuse("its pieces have marks that are unknown");
        }
        this.ranks = new Map(model.merges.map((m, i) => [Array.isArray(m) ? m.join(" ") : m, i]));
        this.encodePart = (part) => model.ignore_merges && this.vocabulary.has(part)
          ? [this.vocabulary.get(part)] : this.merge(part);
      } else if (model.type === "WordLevel") {
        this.encodePart = (part) => {
          const id = this.vocabulary.get(part) ?? this.vocabulary.get(model.unk_token);
          return id === undefined ? [] : [id];
        };
      } else refuse(`its model '${model.type}' is unknown`);
      this.ids = new Map(this.pieces.map((piece, i) => [piece, i]).filter(([piece]) => piece));
    }

    /** The ids of `text`. */
    encode(text) {
      const ids = [];
      for (const part of this.split(P.replaceSurrogates(text))) {
        let known = this.cache.get(part);
        if (!known) {
          known = this.encodePart(Array.from(utf8.encode(part), (b) => this.characters[b]).join(""));
          if (this.cache.size > 20000) this.cache.clear();
          this.cache.set(part, known);
        }
        for (const id of known) ids.push(id);
      }
      return ids;
    }

    /** The text of `ids`. */
    decode(ids) {
      return decode(ids.map((i) => this.pieces[i]).join(""));
    }

    /** The ids that `prefix` can be spelled with. */
    spelling(prefix) {
      const matching = [];
      for (let i = 0; i < this.size; i++) {
        if (this.pieces[i] && prefix.startsWith(this.pieces[i].slice(0, prefix.length))) matching.push(i);
      }
      return matching;
    }

    /** Byte pair encoding: the pair that was learned first is joined first, the leftmost where it stands twice. */
    merge(word) {
      const symbols = Array.from(word).filter((c) => this.vocabulary.has(c));
      while (symbols.length > 1) {
        let best = Infinity, at = -1;
        for (let i = 0; i + 1 < symbols.length; i++) {
          const rank = this.ranks.get(`${symbols[i]} ${symbols[i + 1]}`);
          if (rank !== undefined && rank < best) [best, at] = [rank, i];
        }
        if (at < 0) break;
        symbols.splice(at, 2, symbols[at] + symbols[at + 1]);
      }
      return symbols.map((symbol) => this.vocabulary.get(symbol));
    }
  }

  const NAME = /^ \p{Lu}\p{L}*$/u; // or another word that is written with a capital
  const SLURS = ["nigger"]; // never written: pandemonium.writing.sampling.slurs
  const SLUR = P.pattern(`(?<!\\p{L})(?:${SLURS.join("|")})`, "iu");

  /** What the writing must know of each piece; a port of pandemonium.writing.sampling.token_table. */
  class PieceTable {
    /**
     * `perWord` and `stretch`: how much shorter than sub-words the pieces are.
     * `families`: the ids of words with a meaning of their own, those of one stem together.
     */
    constructor(tokenizer, perWord, stretch, families) {
      Object.assign(this, { tokenizer, perWord, stretch });
      const { pieces } = tokenizer;
      const strip = (piece) => piece.replace(/^[ \t-\r]+|[ \t-\r]+$/g, "");
      this.spaced = pieces.map((piece) => /^[ \t-\r]/.test(piece));
      this.texts = pieces.map((piece) => decode(piece).replaceAll("\ufffd", ""));
      this.inside = this.texts.map((text) => P.STARTS_ALNUM.test(text.replace(/^'+/, "")));
      this.names = this.texts.flatMap((text, i) => (NAME.test(text) && text !== " I" ? [i] : []));
      this.families = new Map(families.flatMap((family) => family.map((id) => [id, family])));
      const written = new Set(this.texts);
      this.beginnings = new Set(this.texts.filter((text) => /^ \p{Ll}+$/u.test(text)).flatMap(
        (text) => Array.from(text.slice(1), (_, end) => text.slice(1, end + 2))));
      this.onlyNames = this.names.filter((i) => !written.has(this.texts[i].toLowerCase()));
      this.slurs = this.texts.flatMap((text, i) => (SLUR.test(text) ? [i] : []));
      const mark = P.pattern(`[${P.ALNUM}${P.SPACE}]`);
      this.closing = new Set();
      this.breakers = new Set();
      pieces.forEach((piece, i) => {
        const text = this.texts[i];
        if (text && !mark.test(text) && P.endsSentence(`word${text}`)) this.closing.add(i);
        if (piece.includes("\n") || strip(piece) === '"') this.breakers.add(i);
      });
      this.closingBare = new Set([...this.closing].filter((i) => !this.texts[i].includes('"')));
      this.fullStop = tokenizer.encode(".")[0];
      const begun = (stop) => pieces.flatMap((_, i) => (this.texts[i].startsWith(stop) && !mark.test(this.texts[i]) ? [i] : []));
      this.stops = stretch > 1 ? [] : [begun(","), begun(".")];
      this.quote = tokenizer.encode('"')[0];
      const where = (holds) => pieces.flatMap((piece, i) => (holds(this.texts[i], piece) ? [i] : []));
      this.lineBreaks = where((text, piece) => piece.includes("\n"));
      this.spacedIds = where((text, piece) => /^[ \t-\r]/.test(piece));
      this.goingOn = this.inside.flatMap((inside, i) => (inside ? [i] : []));
      this.notGoingOn = this.inside.flatMap((inside, i) => (inside ? [] : [i]));
      this.lettered = where((text) => /^\p{L}/u.test(text));
      this.unlettered = where((text) => !/^\p{L}/u.test(text));
      this.capitals = where((text) => /\p{Lu}.*\p{Lu}/su.test(text) && !/[\p{Ll}\p{Lt}]/u.test(text));
      this.singleCapitals = where((text) => /^\p{Lu}$/u.test(text));
      this.notGoingOnCharacter = where((text, piece) => !/^[\x80-\xbf]/.test(piece));
      const controls = where((text) => /[\x00-\x09\x0b-\x1f\x7f]/.test(text) || text.includes("\ufffd"));
      const broken = where((text, piece) => decode(piece).includes("\ufffd"));
      const foreign = where((text) => /(?=[^\x00-\x7f])\p{L}/u.test(text)).length;
      const parts = foreign + broken.length - 160 < 0.1 * pieces.length ? broken : []; // a script may be spelled in them
      this.never = [...new Set([tokenizer.separator, ...this.slurs, ...controls, ...parts])].sort((a, b) => a - b);
    }
  }

  const bytesOf = (text) => String.fromCharCode(...utf8.encode(text));

  Object.assign(P, { SLURS, PieceTokenizer, PieceTable, bytesOf, decodeBytes: decode });
})((globalThis.Pandemonium ??= {}));
