// A voice at work: opens it out of the page's own files and continues texts. Knows nothing of the page itself.
// The continuing is a port of pandemonium.writing.continuer, for one alternative.
(function (P) {
  "use strict";

  /** The bytes of one of the page's files: base64 of gzip, in a script, so that no browser refuses to read it. */
  async function part(name) {
    const packed = P.parts[name];
    if (packed === undefined) throw new Error(`The page's file '${name}' is missing. Export the voice again.`);
    delete P.parts[name];
    const text = atob(packed), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  const floats = (bytes) => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);

  /** Points ONNX Runtime Web at the page's own copy of itself; nothing is fetched. */
  async function prepareRuntime(ort) {
    const { wasm } = ort.env;
    // Several threads need a memory that threads share: only a server that isolates the page gives it.
    const cores = Math.floor((navigator.hardwareConcurrency || 2) / 2); // the others are the reader's
    wasm.numThreads = globalThis.crossOriginIsolated ? Math.min(4, Math.max(1, cores)) : 1;
    wasm.wasmBinary = await part("onnxruntime.wasm");
    const script = new Blob([await part("onnxruntime.mjs")], { type: "text/javascript" });
    wasm.wasmPaths = { mjs: URL.createObjectURL(script) };
  }

  class Continuer {
    /** Opens the voice that lies in `P.parts`. */
    static async open(ort) {
      const continuer = new Continuer();
      const voice = JSON.parse(new TextDecoder().decode(await part("voice.json")));
      continuer.voice = voice;
      const tokenizer = new P.PieceTokenizer(voice.tokenizer);
      continuer.pieces = new P.PieceTable(tokenizer, voice.per_word, voice.stretch, voice.families);
      continuer.names = new P.NameTokens(tokenizer);
      await prepareRuntime(ort);
      const scales = floats(await part("scales"));
      const runtime = await P.Runtime.open(
        ort, { architecture: voice.architecture, scales }, await part("layers"), await part("head"), await part("embedding"));
      continuer.runtime = runtime;
      // The browser compiles the network faster the more often it has run: the first words should not wait for that.
      for (let i = 0; i < 12; i++) {
        const { outputs } = await runtime.read([tokenizer.separator], runtime.zeroState());
        await runtime.logits(outputs[0]);
      }
      continuer.reader = new P.Reader(runtime);
      if (voice.balanced) continuer.balance = floats(await part("balance"));
      if (voice.grams) {
        const grams5 = new P.BloomFilter(await part("grams5"), voice.grams[0]);
        const grams8 = new P.BloomFilter(await part("grams8"), voice.grams[1]);
        continuer.guard = new P.CopyGuard(grams5, grams8, voice.folding);
      }
      return continuer;
    }

    /** The bias of the voice's logits, as strong as the settings say. */
    balanceFor(settings) {
      const strength = Math.fround(settings.balance);
      return this.balance && strength ? this.balance.map((move) => strength * move) : null;
    }

    /**
     * Continues `before`.
     * @param {object} settings the desktop's, by its names; `seed` from 1
     * @param {(text: string) => void} show is called with each piece of text
     * @param {() => Promise<boolean>} pause is awaited between two pieces; true ends the writing
     * @returns {Promise<{text: string, tokens: number, seconds: number, readSeconds: number, stopped: boolean}>}
     */
    async write(before, after, settings, show, pause) {
      const started = performance.now();
      const paragraph = P.linesAreParagraphs(before) ? "\n" : "\n\n";
      const context = P.prepare(before, this.pieces.tokenizer, paragraph);
      const read = await this.reader.read(context.tokens, pause);
      const readSeconds = (performance.now() - started) / 1000;
      const tail = Array.from(before.slice(-8000)).slice(-4000).join("");
      const guard = settings.copy_guard ? this.guard : null;
      const sequence = new P.DecodingSequence(
        context, tail, read, new P.Phrases(context.tokens, this.pieces.stretch), settings, this.pieces, this.names, paragraph, guard,
        this.balanceFor(settings), this.voice);
      let text = "";
      const give = (fresh) => {
        text += fresh;
        if (fresh) show(fresh);
      };
      while (!(await pause()) && !sequence.done) {
        const token = sequence.choose(await this.runtime.logits(sequence.hidden));
        if (token !== null) {
          const { outputs, state } = await this.runtime.read([token], sequence.state);
          sequence.advance(outputs[0], state);
        }
        give(sequence.popText());
      }
      give(sequence.finish(!sequence.done));
      if (text && P.STARTS_ALNUM.test(after) && !P.ANY_SPACE.test(text[text.length - 1])) give(" ");
      return { text, tokens: sequence.tokens, seconds: (performance.now() - started) / 1000, readSeconds, stopped: !sequence.done };
    }
  }

  Object.assign(P, { Continuer });
})((globalThis.Pandemonium ??= {}));
