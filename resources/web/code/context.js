// From a document and a cursor to what the voice reads. A port of pandemonium.writing.reading.reader.context.
(function (P) {
  "use strict";

  const MOST_CHARACTERS = 6000, STEP = 3000, LINE_START = 48, TAIL = 2000, WORD = 8, TITLE_WORDS = 12;
  const LINE_ENDS = /[\n\r\v\f\x85\u2028\u2029]/;
  const SPELLED = { "\u0153": "oe", "\u0152": "Oe", "\u00e6": "ae", "\u00c6": "Ae", "\u00df": "ss", "\u00f8": "o", "\u0142": "l" };
  const utf8 = new TextEncoder();

  /** The checksum of a line's first characters, as zlib's crc32. */
  function checksum(characters, start) {
    let sum = -1;
    for (const byte of utf8.encode(characters.slice(start, start + LINE_START).join(""))) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
  }

  function cut(before) {
    const characters = Array.from(before);
    if (characters.length <= MOST_CHARACTERS) return before;
    const low = characters.length - MOST_CHARACTERS, high = low + STEP;
    let start = Math.ceil(low / STEP) * STEP;
    for (const sign of ["\n", " "]) {
      let least = Infinity;
      for (let at = low; at < high; at++) {
        if (characters[at - 1] !== sign) continue;
        const sum = checksum(characters, at);
        if (sum < least) [least, start] = [sum, at];
      }
      if (least < Infinity) break;
    }
    return characters.slice(start).join("");
  }

  /** The pieces of the word that ends `pieces`, or of one with an apostrophe behind it; none if no letter ends it. */
  function lastWord(pieces) {
    const last = pieces.length - 1;
    if (last > 0 && pieces[last] === "'" && /[A-Za-z]$/.test(pieces[last - 1])) {
      return [...lastWord(pieces.slice(0, last)), "'"];
    }
    for (let start = last; start >= 0; start--) {
      if (!/[A-Za-z]$/.test(pieces[start])) return pieces.slice(start + 1);
      if (pieces[start].startsWith(" ")) return pieces.slice(start);
    }
    return pieces;
  }

  /** The part of a canonical text that a voice knows, and the signs that were left out. */
  function readKnown(canonical, tokenizer) {
    const bytes = (text) => String.fromCharCode(...utf8.encode(text));
    const knows = (c) => c <= "\x7f" || tokenizer.ids.has(bytes(c)) || tokenizer.ids.has(bytes(` ${c}`));
    const table = new Map();
    let unknown = "";
    const inOrder = [...new Set(canonical)].sort((a, b) => a.codePointAt(0) - b.codePointAt(0));
    for (const character of inOrder) {
      if (character === "\u2014" || knows(character)) continue; // whatever it has seen, a dash is written so
      const plain = (SPELLED[character] ?? character.normalize("NFKD")).replace(/\p{M}/gu, (mark) => (/\p{Mn}/u.test(mark) ? "" : mark));
      if (plain && plain !== character && [...plain].every(knows)) {
        table.set(character, plain);
        continue;
      }
      table.set(character, "");
      if (!/[\p{Mn}\p{C}]/u.test(character)) unknown += character;
    }
    if (!table.size) return [canonical, ""];
    const read = Array.from(canonical, (c) => table.get(c) ?? c).join("").split("\n");
    const lines = read.map((line) => P.trimEnd(line.replace(/ {2,}| +(?=[,.;:!?])/g, " "), " ").replace(/^ +/, ""));
    return [P.trimRight(lines.join("\n").replace(/ +(?=[,.;:!?])/g, "").replace(/\n{3,}/g, "\n\n")).replace(/^\n+/, ""), unknown];
  }

  const isUpper = (text) => /\p{L}/u.test(text) && text === text.toUpperCase() && text !== text.toLowerCase();

  /** Nothing but a title in capitals. */
  function isTitle(canonical) {
    return isUpper(canonical) && (canonical.match(/\p{L}/gu) ?? []).length > 1
      && canonical.split(/\s+/).length <= TITLE_WORDS && !canonical.includes("\n") && P.ENDS_ALNUM.test(canonical)
      && !/[.!?] /.test(canonical);
  }

  /** A text in capitals as it would stand in small letters, which a voice has read more of. */
  function inSentenceCase(canonical) {
    const lower = canonical.toLowerCase().replace(/[^.!?\n]+[.!?\n]*/g,
      (sentence) => sentence.replace(/\p{L}/u, (letter) => letter.toUpperCase()));
    return lower.replace(/(?<![\p{L}\p{N}_])i(?![\p{L}\p{N}_])(?!\.)/gu, "I");
  }

  /** What is read before the first piece is written. */
  function prepare(before, tokenizer, paragraph) {
    const typography = P.typographyOf(before);
    const text = cut(before);
    let content = P.trimRight(text);
    const trailing = text.slice(content.length);
    if (paragraph === "\n") content = content.replaceAll("\n", "\n\n");
    let [canonical, unknown] = readKnown(P.clean(content, paragraph === "\n"), tokenizer);
    let startsLine = !canonical || LINE_ENDS.test(trailing), lead = "";
    const titled = isTitle(canonical);
    if (titled) {
      lead = startsLine ? "" : "\n\n";
      startsLine = true;
    } else if (isUpper(canonical) && /\S\s+\S/.test(canonical)) canonical = inSentenceCase(canonical);
    if (canonical && startsLine) {
      // Blank lines part the paragraphs, and one line end stands already.
      if (paragraph === "\n\n" && trailing.split("\n").length === 2) lead = "\n";
      canonical += "\n\n";
    }
    const begins = !/\S\s+\S/.test(canonical) && !P.endsSentence(canonical.replaceAll("...", "")), opening = begins || titled;
    // Where a tale begins, a title stands before it: the voice is to write what comes behind.
    let ids = tokenizer.encode(begins && !titled ? `\n\n${canonical}` : canonical);
    let prefix = "";
    if (!startsLine && trailing) {
      prefix = canonical.endsWith("\u2014") ? "" : " ";
    } else if (!startsLine) {
      const word = lastWord(ids.slice(-WORD).map((i) => tokenizer.pieces[i]));
      prefix = word.join("");
      ids = ids.slice(0, ids.length - word.length);
    }
    const tail = Array.from(canonical).slice(-TAIL).join("") + (prefix === " " ? " " : "");
    const words = Array.from(tail).slice(-600).join("").match(/(?<!\p{L})\p{L}{2,}(?!\p{L})/gu) ?? [];
    const capitals = lead !== "\n\n" && words.some(isUpper) && !words.every(isUpper);
    return {
      tokens: [tokenizer.separator, ...ids], prefix, typography, startsLine, tail, lead, opening, unknown, capitals,
    };
  }

  Object.assign(P, { prepare });
})((globalThis.Pandemonium ??= {}));
