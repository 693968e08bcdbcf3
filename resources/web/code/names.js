// Who is spoken of: the people that a passage names, and the pronoun of the last. A port of pandemonium.writing.sampling.names.
(function (P) {
  "use strict";

  const PASSAGE_WORDS = 110, RECENT_WORDS = 14;
  const WORD = /[\p{L}\p{Nl}\p{No}]+(?:['\u2019][\p{L}\p{Nl}\p{No}]+)*\.?/gu;
  const set = (words) => new Set(words.split(" "));
  const TITLES = set("Mr Mrs Miss Ms Dr Professor Prof Captain Capt Lieutenant Sir Lady Lord Father Mother Uncle Aunt");
  const PLACE = set("in at to from near of toward towards through across above beyond around into on over");
  const PARTS = set("Street Road Hill Avenue Bay River University Place Square Station Court Terrace Heights Harbour " +
    "Harbor Creek Island Mountain Mountains College Museum Library Hotel Castle Abbey Cemetery");
  const NO_NAMES = set(
    "I God Heaven Hell Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June " +
    "July August September October November December Christmas Yuletide English American French German Latin Greek " +
    "Lane Valley Church House North South East West");
  // First names that tell "she" from "he" (pandemonium.text.first_names).
  const FIRST = set(
    "Aaron Abel Abigail Abraham Ada Adam Adela Adelaide Adrian Agatha Agnes Ahmed Aisha Alan Albert Alessandro " +
    "Alexander Alfred Alice Alma Amanda Ambrose Amelia Amy Andrew Angela Anita Anna Annabel Anne Annette Annie " +
    "Anthony Antonia Antonio Archibald Arnold Arthur Audrey August Augustus Barbara Barnaby Bartholomew Basil " +
    "Beatrice Bella Ben Benjamin Bernard Bertha Bertram Bess Bessie Betsy Betty Bill Bob Brenda Bridget Bruce Camilla " +
    "Carla Carlo Carlos Carmen Carol Carolina Caroline Catharine Catherine Cecil Cecilia Celia Charles Charley " +
    "Charlotte Chiara Chloe Christina Christopher Clara Clarissa Clement Clive Conrad Constance Cora Cordelia " +
    "Cuthbert Cynthia Cyril Daisy Daniel David Deborah Denis Derek Diana Dick Dolly Donald Dora Doris Dorothea " +
    "Dorothy Duncan Ebenezer Edgar Edith Edmund Edward Edwin Effie Eileen Elaine Eleanor Elena Elfride Eliza " +
    "Elizabeth Ella Ellen Elsa Elsie Emilia Emily Emma Enrico Eric Ernest Esther Ethel Eugene Eugenia Eva Eve Everard " +
    "Fanny Fatima Felicity Felix Ferdinand Fiona Flora Florence Frances Francesca Francesco Frank Franz Fred Freda " +
    "Freddy Frederick Geoffrey George Georgiana Gerald Geraldine Gertrude Gilbert Giovanni Gisela Giulia Giuseppe " +
    "Gladys Godfrey Gordon Grace Graham Gregory Greta Guy Gwen Hannah Hans Harold Harriet Harry Hector Heidi Helen " +
    "Helena Henri Henrietta Henry Herbert Herman Hermann Hester Hilda Horace Howard Hubert Hugh Humphrey Ida Imogen " +
    "Ingrid Irene Isaac Isabel Isabella Ivan Jack Jacob Jacques James Jane Janet Jasper Jenny Jeremy Jessica Jim Joan " +
    "Joanna Joe Johann John Johnny Jonathan Jorge Joseph Josephine Joshua Juan Judith Julia Julian Juliet Karl Kate " +
    "Katharine Katherine Kathleen Kenneth Kevin Kitty Kurt Lancelot Laura Laurence Lavinia Lawrence Leonard Leonora " +
    "Leopold Lewis Liam Lillian Lily Linda Lionel Lizzie Louis Louisa Louise Lucia Lucy Luigi Luke Lydia Mabel Maggie " +
    "Malcolm Manuel Marcella Marcus Margaret Maria Marianne Marie Mark Marta Martha Martin Mary Mathilda Matilda " +
    "Matthew Maud Maurice Meg Michael Miguel Mildred Miles Millicent Milly Minnie Miranda Miriam Mohammed Molly " +
    "Monica Nancy Naomi Natalie Nathaniel Neil Nell Nellie Nelly Nicholas Nicolas Nigel Nina Noah Nora Norman Olga " +
    "Oliver Olivia Ophelia Oscar Otto Owen Patricia Patrick Paul Paula Pauline Pedro Penelope Percy Peter Philip " +
    "Philippa Phoebe Phyllis Pierre Polly Priscilla Prudence Rachel Ralph Randolph Raymond Rebecca Reginald Rhoda " +
    "Richard Robert Roderick Roger Roland Rosa Rosalind Rosamond Rose Rudolf Rupert Ruth Sally Samuel Sarah Septimus " +
    "Sibyl Silas Simon Sofia Sonia Sophia Sophie Stanley Stefan Stella Stephen Steven Susan Susanna Sylvia Ted Teresa " +
    "Tess Theodora Theodore Theophilus Theresa Thomas Timothy Tobias Tom Tommy Umberto Ursula Vera Veronica Victor " +
    "Victoria Vincent Viola Violet Virginia Walter Wilfred Wilhelm William Winifred Xavier Yvonne Zoe");
  // Words that name nobody (pandemonium.text.function_words), and those of them that stand behind who does something.
  const AUXILIARIES = set(
    "am are be been being can could did do does done had has have having is may might must shall should was were will " +
    "would");
  const SMALL = set(
    "a about above across after again against all along also although am amid among an and another any anybody anyone " +
    "anything are around as at be because been before behind being below beneath beside besides between beyond both " +
    "but by can concerning could despite did do does done down during each either even ever every everybody everyone " +
    "everything except few for from had has have having he her here hers herself him himself his how i if in inside " +
    "into is it its itself just like many may me might mine more most much must my myself near neither never nobody " +
    "none nor not nothing of off on one oneself only onto or other our ours ourselves out outside over past per shall " +
    "she should since so some somebody someone something still such than that the thee their theirs them themselves " +
    "then there these they thine this those thou through throughout thy till to too toward towards under underneath " +
    "until unto up upon us very via was we were what when where which while who whom whose why will with within " +
    "without would yet you your yours yourself yourselves");
  const HE = ["he", "him", "himself", "his"], SHE = ["her", "hers", "herself", "she"];
  const OPENS = `[${P.SPACE}]*["'\u201c\u2018(]*$`;
  const ENDS = P.pattern(`[.!?\u2026]["'\u201d\u2019)]*${OPENS}|(?:^|\\n)${OPENS}`);
  const bare = (word) => word.replace(/\.$/, "");

  /** Who the last words of `text` speak of: { people, recent, pronoun }. */
  function findCast(text, words = PASSAGE_WORDS) {
    text = Array.from(text.slice(-24 * words)).slice(-12 * words).join("");
    const found = [...text.matchAll(WORD)].slice(-words);
    const named = new Map(), sure = new Set(), acting = new Set(), again = new Set();
    found.forEach((match, number) => {
      if (!/^\p{Lu}/u.test(match[0])) return;
      const whole = bare(match[0]), word = whole.replace(/['\u2019]s$/, "");
      if (Array.from(word).length < 3 || word === word.toUpperCase()) return;
      if (NO_NAMES.has(word) || PARTS.has(word) || TITLES.has(word)) return;
      const before = number ? bare(found[number - 1][0]) : "";
      const opens = ENDS.test(text.slice(Math.max(0, match.index - 8), match.index)) && !TITLES.has(before);
      const following = number + 1 < found.length ? bare(found[number + 1][0]) : "";
      if ((PLACE.has(before) && word === whole) || PARTS.has(following)) return;
      if (named.has(word)) again.add(word);
      named.set(word, number);
      if (!opens) sure.add(word);
      if (AUXILIARIES.has(following)) acting.add(word);
    });
    const written = new Set(found.map((match) => bare(match[0])));
    for (const word of named.keys()) {
      const small = word.toLowerCase();
      const acts = again.has(word) && acting.has(word) && !/['\u2019]/.test(word) && !SMALL.has(small);
      if (!written.has(small) && (acts || FIRST.has(word))) sure.add(word);
    }
    const people = [...named.keys()].filter((name) => sure.has(name)).sort((a, b) => named.get(b) - named.get(a));
    const spoken = new Set([...written].map((word) => word.toLowerCase()));
    const he = HE.some((word) => spoken.has(word)), she = SHE.some((word) => spoken.has(word));
    const recent = people.filter((name) => named.get(name) >= found.length - RECENT_WORDS);
    return { people, recent, pronoun: he && !she ? "he" : she && !he ? "she" : "" };
  }

  const LONGEST = 8; // pieces of a name
  const LONGEST_TITLE = 16; // characters, with what stands before it
  // Behind one of these some name must come.
  const BEHIND_TITLE = new RegExp(
    "(?<![\\p{L}\\p{Nl}\\p{No}])(?:(?:Mr|Mrs|Ms|Dr|Prof|Capt)\\.|" +
    "Mr|Mrs|Miss|Ms|Dr|Doctor|Professor|Captain|Lieutenant|Lady|Lord) ?$", "u");

  const LETTERS = /[\p{L}\p{Nl}\p{No}]+$/u, LONGEST_WORD = 40;

  /** The letters that a text ends in. */
  const begunWord = (text) => LETTERS.exec(text.slice(-LONGEST_WORD))?.[0] ?? "";

  /**
   * How the names of a text go on, letter by letter: "Mir" to "Miriam", where no Mirah was named; and which of them a
   * title may stand before.
   */
  class NameSpellings {
    /** `tokens`: of the text, behind a separator. */
    constructor(tokens, pieces) {
      this.pieces = pieces;
      this.words = new Set();
      this.surnames = new Set();
      const begins = new Set(pieces.names), { inside, texts } = pieces, separator = tokens[0];
      let word = [], opens = true, last = separator, tail = "";
      const learn = () => {
        const spelled = word.map((token) => texts[token]).join("").trim();
        const name = /^[\p{L}\p{Nl}\p{No}]*/u.exec(spelled)[0];
        if (name) this.words.add(name);
        word = [];
      };
      for (const token of tokens) {
        if (begins.has(token)) {
          if ((word.length && !opens) || last === separator || BEHIND_TITLE.test(tail)) this.surnames.add(token);
          const stands = tail.replace(/^[ "]+|[ "]+$/g, "");
          opens = !stands || ".!?\n".includes(stands[stands.length - 1]);
          learn();
          word = [token];
        } else if (word.length && inside[token] && word.length < LONGEST) {
          word.push(token);
        } else {
          learn();
        }
        tail = (tail + texts[token]).slice(-LONGEST_TITLE);
        last = token;
      }
      learn();
    }

    /**
     * What would make of the beginning of a name of the text's another's; none behind any other word. Where the text's
     * own names go on from there, its end is such, too: "Grey", where only Greywater was named.
     */
    strange(word) {
      const rests = this.rests(word), { lettered, unlettered, tokenizer } = this.pieces;
      if (!rests.length) return [];
      const spelled = new Set();
      for (const rest of rests)
        for (let end = 1; end <= rest.length; end++) spelled.add(tokenizer.ids.get(P.bytesOf(rest.slice(0, end))));
      const strange = lettered.filter((token) => !spelled.has(token));
      return rests.includes("") ? strange : [...strange, ...unlettered];
    }

    /** The same where a piece of `ids` is still to spell `begun`, the word's end, which stands in the document. */
    strangeRests(word, begun, ids) {
      const rests = this.rests(word), { pieces } = this.pieces.tokenizer;
      if (!rests.length) return [];
      return ids.filter((token) => {
        const more = P.decodeBytes(pieces[token].slice(begun.length));
        return more && !rests.some((rest) => rest.startsWith(more));
      });
    }

    /** What begins names, but none of those that the text has a title or a first name before; none without such. */
    strangeBehindTitle() {
      return this.surnames.size ? this.pieces.names.filter((token) => !this.surnames.has(token)) : [];
    }

    rests(word) {
      return word ? [...this.words].filter((name) => name.startsWith(word)).map((name) => name.slice(word.length)) : [];
    }
  }

  const WHOLE = -4; // what goes on behind a whole name

  /** The pieces that names and pronouns are written with. */
  class NameTokens {
    constructor(tokenizer) {
      this.tokenizer = tokenizer;
      this.hyphens = tokenizer.pieces.flatMap((piece, i) => (piece.startsWith("-") ? [i] : []));
    }

    /** A word as a sentence, or a line, begins with it. */
    opening(word) {
      const capital = word.slice(0, 1).toUpperCase() + word.slice(1);
      return [this.tokenizer.encode(` ${capital}`), this.tokenizer.encode(capital)];
    }

    /**
     * Who may be named where a sentence would begin with "He" or "She": pieces, each with the pronoun's. It is whoever
     * was named last, but for the last words, where the passage has that one pronoun alone.
     */
    forPronoun(cast, history) {
      const name = cast.people[0];
      if (!cast.pronoun || !name || cast.recent.includes(name)) return [];
      const names = [this.tokenizer.encode(` ${name}`), this.tokenizer.encode(name)];
      const pronouns = this.opening(cast.pronoun);
      const pairs = names.flatMap((tokens, i) => (pronouns[i].length === 1 ? [[tokens[0], pronouns[i][0]]] : []));
      return pairs.some(([token]) => history.includes(token)) ? [] : pairs;
    }

    /** Which pieces gain by the cast, and how much; a name that `history` has begun is finished. */
    raised(cast, history) {
      const gains = new Map();
      let finished = null, whole = false;
      const ends = (tokens) => tokens.every((token, i) => token === history[history.length - tokens.length + i]);
      for (const name of cast.people) {
        const tokens = this.tokenizer.encode(` ${name}`);
        // Within one long sentence a name would come again and again.
        if (!cast.recent.includes(name)) gains.set(tokens[0], history.includes(tokens[0]) ? 0 : 1);
        for (let length = 1; length < tokens.length && !finished; length++) {
          if (ends(tokens.slice(0, length))) finished = [tokens[length], 2];
        }
        whole ||= ends(tokens) || ends(this.tokenizer.encode(name));
      }
      for (const word of { he: SHE, she: HE }[cast.pronoun] ?? []) {
        const tokens = this.tokenizer.encode(` ${word}`);
        if (tokens.length === 1) gains.set(tokens[0], -1);
      }
      // One that is whole is no part of another word: "Hale-eyed".
      if (finished) return [...gains, finished];
      return whole ? [...gains, ...this.hyphens.map((token) => [token, WHOLE])] : [...gains];
    }
  }

  Object.assign(P, { BEHIND_TITLE, begunWord, findCast, NameSpellings, NameTokens });
})((globalThis.Pandemonium ??= {}));
