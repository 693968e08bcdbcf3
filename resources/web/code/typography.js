// The document's own typography: read off a text, and put back on what the voice writes.
// A port of pandemonium.text.typography.
(function (P) {
  "use strict";

  const DASHES = P.pattern(`( ?)(\\u2014|\\u2013|(?<!-)--(?!-))( ?)(?=[^${P.SPACE}])`, "gu");
  const ELISIONS = ["tis", "twas", "twill", "twere", "em", "neath", "round", "bout", "cause", "n'"];
  const LONGEST_WAIT = 6;
  const isAlpha = (characters) => characters.length > 0 && characters.every((c) => /^\p{L}$/u.test(c));
  const isDigit = (c) => c !== undefined && /^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]$/u.test(c);

  /** How `text` writes quotes, dashes and dots; what does not occur stays canonical. */
  function typographyOf(text) {
    text = text.slice(-40000);
    const curly = ["\u2018", "\u2019", "\u201c", "\u201d"].reduce((sum, c) => sum + P.count(text, c), 0);
    const straight = P.count(text, '"') + P.count(text, "'");
    const dashes = new Map();
    for (const match of text.matchAll(DASHES)) {
      const dash = match[1] && match[3] ? ` ${match[2]} ` : match[2];
      if (dash !== "\u2013") dashes.set(dash, (dashes.get(dash) || 0) + 1);
    }
    let dash = "\u2014", most = 0;
    for (const [each, times] of dashes) if (times > most) [dash, most] = [each, times];
    const ellipsis = P.count(text, "\u2026") > P.count(text, "...") ? "\u2026" : "...";
    return { curly: curly > straight, dash, ellipsis };
  }

  /** Puts a typography on canonical prose that arrives in pieces. */
  class TypographyWriter {
    constructor(typography, before = "") {
      this.typography = typography;
      this.held = [];
      this.last = Array.from(before.slice(-2)).pop() || "";
      const tail = Array.from(before.slice(-8000)).slice(-4000).join("");
      this.open = P.hasOpenQuote(tail);
    }

    add(text) {
      this.held.push(...text);
      return this.take(false);
    }

    finish() {
      return this.take(true);
    }

    take(final) {
      let out = "";
      const text = this.held;
      this.held = [];
      for (let i = 0; i < text.length;) {
        const character = text[i], rest = text.slice(i + 1, i + 1 + LONGEST_WAIT);
        if (!final && this.waits(character, rest)) {
          this.held = text.slice(i);
          break;
        }
        const dots = character === "." && this.typography.ellipsis !== "..." && rest[0] === "." && rest[1] === ".";
        const width = dots ? 3 : 1;
        out += dots ? this.typography.ellipsis : this.form(character, rest);
        this.last = text[i + width - 1];
        i += width;
      }
      return out;
    }

    waits(character, rest) {
      if (character === "." && this.typography.ellipsis !== "...") {
        return rest.length < 2 && rest.every((c) => c === ".");
      }
      if (character === "\u2014" && this.typography.dash.endsWith(" ")) return !rest.length;
      if (character === "'" && this.typography.curly && this.opensWord()) {
        return !rest.length || (rest.length < LONGEST_WAIT && isAlpha(rest.filter((c) => c !== "'")));
      }
      return false;
    }

    opensWord() {
      return !P.trim(this.last) || "([{\u2018\u201c\u2014".includes(this.last) || (this.last === '"' && this.open);
    }

    form(character, rest) {
      if (character === "\u2014") return this.dash(rest);
      if (character === "\n") {
        this.open = false;
      } else if (character === '"') {
        this.open = this.last === "\u2014" ? !this.open : this.opensWord();
        if (this.typography.curly) return this.open ? "\u201c" : "\u201d";
      } else if (character === "'" && this.typography.curly) {
        const opens = this.opensWord() && (this.last !== "\u2014" || this.open);
        return opens && !isElision(rest) ? "\u2018" : "\u2019";
      }
      return character;
    }

    dash(rest) {
      let dash = this.typography.dash;
      if (!P.trim(this.last) || (this.last === '"' && this.open)) dash = dash.replace(/^ +/, "");
      const closes = rest[0] === '"' && this.open;
      return closes || rest[0] === "\n" || rest[0] === " " ? dash.replace(/ +$/, "") : dash;
    }
  }

  function isElision(rest) {
    const lower = rest.join("").toLowerCase();
    if (isDigit(rest[0])) return true;
    return ELISIONS.some((word) => lower.startsWith(word) && !/^\p{L}/u.test(lower.slice(word.length)));
  }

  Object.assign(P, { typographyOf, TypographyWriter });
})((globalThis.Pandemonium ??= {}));
