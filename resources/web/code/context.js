// From a document and a cursor to what the voice reads. A port of pandemonium.writing.context.
(function (P) {
  "use strict";

  const MOST_CHARACTERS = 12000, STEP = 4000, TAIL = 2000, WORD = 8;
  const LINE_ENDS = /[\n\r\v\f\x85\u2028\u2029]/;

  function cut(before) {
    const characters = Array.from(before);
    if (characters.length <= MOST_CHARACTERS) return before;
    const start = Math.floor((characters.length - MOST_CHARACTERS) / STEP) * STEP + STEP;
    const find = (sign) => {
      const at = characters.indexOf(sign, start);
      return at < start + STEP ? at : -1;
    };
    let at = find("\n");
    if (at < 0) at = find(" ");
    return characters.slice(at >= 0 ? at + 1 : start).join("");
  }

  /** The pieces of the word that ends `pieces`; none if no letter ends it. */
  function lastWord(pieces) {
    for (let start = pieces.length - 1; start >= 0; start--) {
      if (!/[A-Za-z]$/.test(pieces[start])) return pieces.slice(start + 1);
      if (pieces[start].startsWith(" ")) return pieces.slice(start);
    }
    return pieces;
  }

  /** What is read before the first piece is written. */
  function prepare(before, tokenizer, paragraph) {
    const typography = P.typographyOf(before);
    const text = cut(before);
    let content = P.trimRight(text);
    const trailing = text.slice(content.length);
    if (paragraph === "\n") content = content.replaceAll("\n", "\n\n");
    let canonical = P.clean(content, paragraph === "\n");
    const startsLine = !canonical || LINE_ENDS.test(trailing);
    if (canonical && startsLine) canonical += "\n\n";
    let ids = tokenizer.encode(canonical);
    let prefix = "";
    if (!startsLine && trailing) {
      prefix = canonical.endsWith("\u2014") ? "" : " ";
    } else if (!startsLine) {
      const word = lastWord(ids.slice(-WORD).map((i) => tokenizer.pieces[i]));
      prefix = word.join("");
      ids = ids.slice(0, ids.length - word.length);
    }
    const tail = Array.from(canonical).slice(-TAIL).join("") + (prefix === " " ? " " : "");
    return { tokens: [tokenizer.separator, ...ids], prefix, typography, startsLine, tail };
  }

  Object.assign(P, { prepare });
})((globalThis.Pandemonium ??= {}));
