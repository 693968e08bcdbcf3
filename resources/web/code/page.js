// The page: its text, its buttons and sliders, and what it says. Everything else is continuer.js.
(function (P) {
  "use strict";

  const find = (id) => document.getElementById(id);
  const text = find("text"), status = find("status"), arrived = find("arrived");
  const KEPT = "pandemonium-text-" + location.pathname;
  const SLIDERS = { temperature: 0.05, words: 5 };
  const MOST = { words: 400 };
  const NUMBERS = ["top_p", "min_p", "memory", "dry_multiplier"];
  const PAINT = 40; // ms between two looks at what has come

  let continuer = null;
  let writing = false, stopping = false;
  let last = null; // {before, after, text, settings}: the continuation that Again and Take back are about

  const say = (sentence, wrong = false) => {
    status.textContent = sentence;
    status.classList.toggle("wrong", wrong);
  };

  // The text is kept in this browser; where it may not be, the page works without.
  const keep = () => {
    try { localStorage.setItem(KEPT, text.value); } catch { /* private windows have no such place */ }
  };
  try { text.value = localStorage.getItem(KEPT) || ""; } catch { /* as above */ }

  /** A new seed, as large as every language's numbers hold. */
  const newSeed = () => {
    const [high, low] = crypto.getRandomValues(new Uint32Array(2));
    return String((high % 2 ** 17) * 2 ** 32 + low + 1);
  };

  /** Lets the browser paint and take clicks; costs far less than a timer. */
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()();
  const breathe = () => new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(0);
  });

  function showSettings() {
    find("temperature-value").textContent = Number(find("temperature").value).toFixed(2);
    find("words-value").textContent = `${find("words").value} words`;
    find("temperature").setAttribute("aria-valuetext", find("temperature-value").textContent);
    find("words").setAttribute("aria-valuetext", find("words-value").textContent);
  }

  function resetSettings() {
    const declared = continuer.voice.settings;
    for (const [name, step] of Object.entries(SLIDERS)) {
      const slider = find(name);
      Object.assign(slider, { min: name === "words" ? step : declared[name].low, step });
      slider.max = Math.min(declared[name].high, MOST[name] ?? Infinity);
      slider.value = declared[name].default;
    }
    for (const name of NUMBERS) {
      Object.assign(find(name), { min: declared[name].low, max: declared[name].high, step: "any" });
      find(name).value = declared[name].default;
      find(name).title = declared[name].meaning;
    }
    find("copy_guard").checked = declared.copy_guard.default;
    find("copy_guard").disabled = !continuer.guard;
    find("seed").value = "";
    showSettings();
  }

  /** The settings as they stand, or null where one is impossible (which is said). */
  function readSettings() {
    const settings = {};
    for (const [name, each] of Object.entries(continuer.voice.settings)) settings[name] = each.default;
    for (const name of [...Object.keys(SLIDERS), ...NUMBERS]) {
      const field = find(name);
      if (field.value === "" || !field.validity.valid) {
        say(`${field.labels[0].textContent} must lie between ${field.min} and ${field.max}.`, true);
        field.focus();
        return null;
      }
      settings[name] = Number(field.value);
    }
    settings.copy_guard = find("copy_guard").checked;
    const seed = find("seed").value.trim();
    if (seed && (!/^[1-9][0-9]{0,18}$/.test(seed) || BigInt(seed) >= 2n ** 63n)) {
      say("A seed is a whole number between 1 and 9223372036854775807.", true);
      find("seed").focus();
      return null;
    }
    settings.seed = seed || newSeed();
    return settings;
  }

  function setButtons() {
    find("continue").hidden = writing;
    find("stop").hidden = !writing;
    find("continue").disabled = !continuer;
    find("again").disabled = find("back").disabled = writing || !last || !standsStill();
    find("reset").disabled = writing || !continuer;
    text.readOnly = writing;
  }

  /** Nothing has changed since the voice wrote. */
  const standsStill = () => last && text.value === last.before + last.text + last.after;

  /** Puts `value` on the page, with the cursor at `at`; stays at the end where the reader was there. */
  function put(value, at) {
    const atEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 40;
    const { scrollTop } = text;
    text.value = value;
    text.setSelectionRange(at, at);
    text.scrollTop = atEnd ? text.scrollHeight : scrollTop;
  }

  /** Hands whole sentences to screen readers, once each. */
  function announcer() {
    let open = "";
    return (fresh, final = false) => {
      open += fresh;
      const match = final ? [open] : /^[^]*[.!?\u2026]["'\u201d\u2019)]*\s/.exec(open);
      if (!match || !match[0].trim()) return;
      const line = document.createElement("p");
      line.textContent = match[0].trim();
      arrived.append(line);
      while (arrived.childElementCount > 50) arrived.firstElementChild.remove();
      open = open.slice(match[0].length);
    };
  }

  async function write(before, after, settings) {
    writing = true;
    stopping = false;
    setButtons();
    const hadFocus = document.activeElement === find("continue") || document.activeElement === find("again");
    if (hadFocus) find("stop").focus();
    say(before ? "Reading …" : "Writing …");
    const announce = announcer();
    let written = "", shown = 0, painted = performance.now();
    const paint = () => {
      if (written.length === shown) return;
      shown = written.length;
      put(before + written + after, before.length + shown);
      if (status.textContent !== "Writing …") say("Writing …");
    };
    const pause = async () => {
      if (performance.now() - painted > PAINT) {
        paint();
        painted = performance.now();
      }
      await breathe();
      return stopping;
    };
    const show = (fresh) => {
      written += fresh;
      announce(fresh);
    };
    try {
      const result = await continuer.write(before, after, settings, show, pause);
      paint();
      last = { before, after, text: written, settings };
      const seconds = Math.max(0.001, result.seconds - result.readSeconds);
      P.measured = {
        characters: Array.from(written).length, seconds: result.seconds, readSeconds: result.readSeconds,
        writeSeconds: seconds, tokens: result.tokens,
      };
      const pace = Math.round(P.measured.characters / seconds);
      const stopped = result.stopped ? "Stopped. " : "";
      say(`${stopped}${P.measured.characters} characters at ${pace} a second, with seed ${settings.seed}.`);
    } catch (error) {
      last = { before, after, text: written, settings };
      console.error(error);
      paint();
      say(`The voice gave up: ${error.message} What it wrote has been kept; load the page again to go on.`, true);
    } finally {
      announce("", true);
      writing = false;
      keep();
      setButtons();
      if (document.activeElement === document.body || document.activeElement === find("stop")) {
        (hadFocus ? find("continue") : text).focus();
      }
    }
  }

  function goOn() {
    if (!continuer || writing) return;
    const settings = readSettings();
    if (!settings) return;
    const at = text.selectionEnd;
    write(text.value.slice(0, at), text.value.slice(at), settings);
  }

  function again() {
    if (writing || !standsStill()) return;
    const settings = readSettings();
    if (!settings) return;
    put(last.before + last.after, last.before.length);
    write(last.before, last.after, settings);
  }

  function takeBack() {
    if (writing || !standsStill()) return;
    put(last.before + last.after, last.before.length);
    last = null;
    keep();
    setButtons();
    say("Taken back.");
    text.focus();
  }

  function stop() {
    stopping = true;
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.select();
      document.execCommand("copy");
    }
    say("The text is on the clipboard.");
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text.value], { type: "text/plain;charset=utf-8" }));
    link.download = "text.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say("The text was handed to the browser to save as text.txt.");
  }

  function showCard({ card, weights, program }) {
    const number = (value) => value.toLocaleString("en");
    const rows = [
      ["Goes on", card.description], ["Learned from", card.trained_on],
      ["Characters learned from", card.characters && number(card.characters)],
      ["Went on from the voice", card.base], ["Measured on", card.held_out],
      ["Bits a character there", card.bits_per_character && card.bits_per_character.toFixed(3)],
      ["Language", card.language], ["What it does badly", card.limits], ["Licence", card.licence],
      ["Trained", card.trained_at.slice(0, 10)], ["Size", `${number(weights)} weights`],
      ["Page made by", `Pandemonium ${program}`],
    ];
    const list = find("card").querySelector("dl");
    for (const [term, meaning] of rows) {
      if (!meaning) continue;
      list.append(Object.assign(document.createElement("dt"), { textContent: term }));
      list.append(Object.assign(document.createElement("dd"), { textContent: meaning }));
    }
  }

  find("continue").addEventListener("click", goOn);
  find("stop").addEventListener("click", stop);
  find("again").addEventListener("click", again);
  find("back").addEventListener("click", takeBack);
  find("reset").addEventListener("click", resetSettings);
  find("copy").addEventListener("click", copy);
  find("save").addEventListener("click", save);
  for (const name of Object.keys(SLIDERS)) find(name).addEventListener("input", showSettings);
  text.addEventListener("input", () => {
    keep();
    setButtons();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      goOn();
    } else if (event.key === "Escape" && writing) {
      event.preventDefault();
      stop();
    }
  });
  window.addEventListener("pagehide", keep);
  text.disabled = false; // one can write before the voice is there
  text.setSelectionRange(text.value.length, text.value.length);

  document.addEventListener("DOMContentLoaded", async () => {
    try {
      if (!globalThis.ort || !P.parts) throw new Error("its files are not all here. Export the voice again.");
      continuer = P.continuer = await P.Continuer.open(ort);
      document.documentElement.lang = "en";
      if (continuer.voice.card.language) text.lang = continuer.voice.card.language;
      resetSettings();
      showCard(continuer.voice);
      setButtons();
      say("Ready.");
    } catch (error) {
      console.error(error);
      const served = location.protocol === "file:"
        ? " If your browser refuses pages from the disk, README.txt in the page's folder tells how to serve it." : "";
      say(`The voice cannot be opened: ${error.message}${served}`, true);
    }
  });
})((globalThis.Pandemonium ??= {}));
