// Plain text as the program sees it: white space, words, sentences, and cleaning into canonical prose.
// A port of pandemonium.text (cleaning, wrapping, sentences), tested against it line by line.
(function (P) {
  "use strict";

  // Python's white space, which differs from JavaScript's in a few characters.
  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const ALNUM = "\\p{L}\\p{N}";
  const END = "(?=\\n?$)"; // Python's `$`: the end, or before a newline that closes the text
  const pattern = (source, flags = "u") => new RegExp(source, flags);

  const RIGHT_SPACE = pattern(`[${SPACE}]+$`);
  const LEFT_SPACE = pattern(`^[${SPACE}]+`);
  const ANY_SPACE = pattern(`[${SPACE}]`);
  const STARTS_ALNUM = pattern(`^[${ALNUM}]`);
  const ENDS_ALNUM = pattern(`[${ALNUM}]$`);

  const trimRight = (text) => text.replace(RIGHT_SPACE, "");
  const trimLeft = (text) => text.replace(LEFT_SPACE, "");
  const trim = (text) => trimLeft(trimRight(text));
  const count = (text, part) => text.split(part).length - 1;
  const lengthOf = (text) => {
    let length = 0;
    for (const _ of text) length++;
    return length;
  };

  /** `text` without the characters of `set` at its end, as Python's rstrip. */
  function trimEnd(text, set) {
    let end = text.length;
    while (end > 0 && set.includes(text[end - 1])) end--;
    return text.slice(0, end);
  }

  // Words and sentences.

  const WORD = pattern(`[${ALNUM}]+(?:['\\u2019\\-][${ALNUM}]+)*`, "gu");
  const SENTENCE_END = pattern(
    `(?:[.!?\\u2026\\u3002\\uff01\\uff1f]|\\.\\.\\.)["'\\u201d\\u2019)\\]\\u300d\\u300f]*${END}`);
  const ABBREVIATION = pattern(
    `(?:^|[${SPACE}("'\\u201c\\u2018\\u2014])(?:[A-Z]|Mrs?|Ms|Dr|Prof|Rev|St|Hon|Capt|Col|Gen|Lieut?|Sergt?|Jr|Sr|` +
    `Messrs|Esq|No|vs|viz|etc|cf|i\\.e|e\\.g|[ap]\\.m|Co|Vol|Ch)\\.${END}`);

  // Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
  const UNSPACED = new RegExp("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff" +
    "\u{20000}-\u{3ffff}]+", "gu");
  const LETTERS_A_WORD = 2; // of those scripts, on average

  /** How many words `text` has. */
  function countWords(text) {
    let words = 0;
    const spaced = text.replace(UNSPACED, (run) => {
      words += Math.ceil(Array.from(run).length / LETTERS_A_WORD);
      return " ";
    });
    return words + (spaced.match(WORD) || []).length;
  }

  /** Tells whether `text` could end here as a whole sentence. */
  function endsSentence(text) {
    const tail = trimEnd(Array.from(text.slice(-80)).slice(-40).join(""), " ");
    return SENTENCE_END.test(tail) && !ABBREVIATION.test(tail);
  }

  /** Tells whether the last paragraph of `text` has a double quote that is not closed. */
  function hasOpenQuote(text) {
    const paragraph = text.slice(text.lastIndexOf("\n") + 1);
    return count(paragraph, '"') % 2 === 1 || count(paragraph, "\u201c") > count(paragraph, "\u201d");
  }

  // Hard-wrapped lines.

  const BLOCKS = pattern(`\\n[ ]*\\n[${SPACE}]*`);
  const OPENS_PARAGRAPH = pattern(`^(?:["'(\\[*_]*[A-Z0-9]|["'\\u2014])`);
  const ENDS_BLOCK_SENTENCE = pattern(`[.!?:;\\u2014][)"'\\]_*]*${END}`);

  function wrapWidth(text) {
    const lengths = text.split("\n").filter((line) => trim(line)).map((line) => lengthOf(trimRight(line)));
    lengths.sort((a, b) => a - b);
    if (lengths.length < 8) return null;
    const width = lengths[Math.floor(lengths.length * 0.9) - 1];
    const beyond = lengths.filter((length) => length > width * 1.6).length;
    if (width < 45 || width > 100 || beyond > lengths.length * 0.03) return null;
    const near = lengths.filter((length) => length >= width * 0.8).length;
    return near >= lengths.length * 0.4 ? width : null;
  }

  /** Tells whether each line of `text` is a paragraph of its own. */
  function linesAreParagraphs(text) {
    const breaks = count(text, "\n");
    const blank = text.split(BLOCKS).length - 1;
    if (breaks - 2 * blank <= 2 * blank) return false;
    return lengthOf(text) / (breaks - blank + 1) >= 60;
  }

  function isUpper(text) {
    return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
  }

  function startsParagraph(before, line, width, blankLinesPart) {
    if (blankLinesPart) return false;
    const indented = line !== trimLeft(line) && !before.startsWith(" ");
    const opens = OPENS_PARAGRAPH.test(trim(line));
    if (indented && opens) return true;
    const firstWord = trim(line).split(" ")[0];
    const fitted = lengthOf(trimRight(before)) + 1 + lengthOf(firstWord) <= width - 2;
    const closes = ENDS_BLOCK_SENTENCE.test(trimRight(before)) || isUpper(trim(before));
    return fitted && closes && opens;
  }

  function unwrapBlock(block, width, blankLinesPart) {
    const lines = block.split("\n").filter((line) => trim(line));
    if (!lines.length) return "";
    if (lines.length > 1 && Math.max(...lines.map((line) => lengthOf(trim(line)))) < width * 0.72) {
      return lines.map(trim).join("\n");
    }
    const paragraphs = [trim(lines[0])];
    for (let i = 1; i < lines.length; i++) {
      const line = trim(lines[i]);
      if (startsParagraph(lines[i - 1], lines[i], width, blankLinesPart)) {
        paragraphs.push(line);
      } else {
        const left = paragraphs[paragraphs.length - 1];
        const joined = left.endsWith("\u2014") || left.endsWith("--") ? left + line : `${left} ${line}`;
        paragraphs[paragraphs.length - 1] = joined;
      }
    }
    return paragraphs.join("\n\n");
  }

  function unwrap(text) {
    const width = wrapWidth(text);
    if (width === null) return text;
    const blankLinesPart = count(text, "\n\n") * 12 > count(text, "\n");
    return text.split(BLOCKS).map((block) => unwrapBlock(block, width, blankLinesPart)).filter(Boolean).join("\n\n");
  }

  // Canonical prose.

  const CHARACTERS = new Map();
  const put = (characters, to) => { for (const c of characters) CHARACTERS.set(c, to); };
  put("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\u301f\uff02", '"');
  put("\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02bc\uff07", "'");
  put("\u2010\u2011\u2043\ufe63\uff0d", "-");
  put("\u2012\u2013\u2014\u2015\u2e3a\u2e3b\ufe58", "\u2014");
  put("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ");
  put("\u00ad\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff", "");
  for (let c = 0; c < 32; c++) if (c !== 10) CHARACTERS.set(String.fromCharCode(c), "");
  for (let c = 0x7f; c < 0xa0; c++) CHARACTERS.set(String.fromCharCode(c), "");
  put("\t", " ");
  put("\x0b\x85\u2028", "\n");
  put("\x0c\u2029", "\n\n");
  const TRANSLATED = pattern(
    `[${[...CHARACTERS.keys()].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}]`, "gu");

  const RANGE_DASH = pattern("(?<=\\p{Nd})[ ]?\\u2014[ ]?(?=\\p{Nd})", "gu");
  const TYPED_DASH = /(?<![-!<])(?:-{2,4}|- -)(?![->])/gu;
  const SPACED_HYPHEN = pattern(`(?<=[^${SPACE}\\p{Nd}\\-]) - (?=[^${SPACE}\\p{Nd}\\-])`, "gu");
  const LINE_BREAK = /(?<!\n)\n(?!\n)/;

  /** `text` with every lone surrogate as U+FFFD. */
  const replaceSurrogates = (text) => text.replace(/\p{Cs}/gu, "\ufffd");

  function cleanOnce(text, unwrapped) {
    text = text.replace(TRANSLATED, (c) => CHARACTERS.get(c));
    if (!unwrapped) {
      text = unwrap(text);
      if (linesAreParagraphs(text)) text = text.replaceAll("\n", "\n\n");
    }
    text = text.replace(/ {2,}/g, " ").replace(/``|''/g, '"').replace(TYPED_DASH, "\u2014");
    text = text.replace(SPACED_HYPHEN, "\u2014").replace(RANGE_DASH, "-").replace(/[ ]*\u2014[ ]*/g, "\u2014");
    text = text.replace(/ *\n */g, "\n").replace(/\n{2,}/g, "\n\n");
    return trim(text).normalize("NFC");
  }

  /** Gives canonical prose for `text`; `unwrapped`: its line breaks are meant. */
  function clean(text, unwrapped = false) {
    text = replaceSurrogates(text.replaceAll("\r\n", "\n").replaceAll("\r", "\n")).normalize("NFC");
    let cleaned = cleanOnce(text, unwrapped);
    while (!unwrapped && LINE_BREAK.test(cleaned)) {
      text = cleaned;
      cleaned = cleanOnce(cleaned, unwrapped);
      if (cleaned === text) break;
    }
    return cleaned;
  }

  Object.assign(P, {
    SPACE, ALNUM, ANY_SPACE, STARTS_ALNUM, ENDS_ALNUM, pattern, trimRight, trimLeft, trim, trimEnd, count, countWords,
    endsSentence, hasOpenQuote, linesAreParagraphs, replaceSurrogates, clean,
  });
})((globalThis.Pandemonium ??= {}));
