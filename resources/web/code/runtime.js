// The network in ONNX Runtime Web, and what it has read of one text, with checkpoints to go back to.
// `Reader` is a port of pandemonium.writing.reading.reader.reader.
(function (P) {
  "use strict";

  const CHECKPOINT = 64;

  class Runtime {
    /**
     * @param {object} ort onnxruntime-web
     * @param {{architecture: object, scales: Float32Array}} voice
     */
    static async open(ort, voice, layers, head, embedding) {
      const runtime = new Runtime();
      const { architecture } = voice;
      Object.assign(runtime, { ort, embedding, scales: voice.scales, architecture });
      const options = { executionProviders: ["wasm"], logSeverityLevel: 3 };
      runtime.layers = await ort.InferenceSession.create(layers, options);
      const externalData = [{ path: "embedding.values", data: embedding }];
      runtime.head = await ort.InferenceSession.create(head, { ...options, externalData });
      return runtime;
    }

    /** The state before any text: h and c of each layer in turn, [2 * layers * hidden]. */
    zeroState() {
      return new Float32Array(2 * this.architecture.layers * this.architecture.hidden);
    }

    /** Reads `tokens` in one call: each place's output [output width] and the state behind the last. */
    async read(tokens, state) {
      const { embedding: width, hidden, layers } = this.architecture;
      const x = new Float32Array(tokens.length * width);
      tokens.forEach((token, row) => {
        const scale = this.scales[token];
        for (let i = 0; i < width; i++) x[row * width + i] = this.values(token * width + i) * scale;
      });
      const results = await this.layers.run({
        x: new this.ort.Tensor("float32", x, [tokens.length, 1, width]),
        state: new this.ort.Tensor("float32", state, [2 * layers, 1, hidden]),
      });
      const y = results.y.data;
      const outputs = this.outputWidth;
      return {
        outputs: tokens.map((_, row) => y.slice(row * outputs, (row + 1) * outputs)),
        state: results.state_out.data,
      };
    }

    /** The width of what `read` gives for each place. */
    get outputWidth() {
      return this.architecture.width ?? this.architecture.hidden;
    }

    /** The embedding's int8 value at a place of its bytes. */
    values(place) {
      return (this.embedding[place] << 24) >> 24;
    }

    /** The output layer: [output width] to [vocabulary]. */
    async logits(hidden) {
      const results = await this.head.run({ y: new this.ort.Tensor("float32", hidden, [1, hidden.length]) });
      return results.logits.data;
    }
  }

  class Reader {
    constructor(runtime) {
      this.runtime = runtime;
      this.tokens = [];
      this.checkpoints = new Map([[0, runtime.zeroState()]]);
    }

    /**
     * Reads the whole context, of which only what is new costs time.
     * @param {() => Promise<boolean>} pause is awaited between two stretches; true ends the reading there
     */
    async read(tokens, pause) {
      let shared = 0;
      while (shared < this.tokens.length && shared < tokens.length - 1 && this.tokens[shared] === tokens[shared]) shared++;
      let start = Math.max(...[...this.checkpoints.keys()].filter((place) => place <= shared));
      this.tokens = tokens.slice(0, start);
      for (const place of [...this.checkpoints.keys()]) if (place > start) this.checkpoints.delete(place);
      let state = this.checkpoints.get(start), read = 0, hidden = null;
      while (start < tokens.length && !(read && (await pause()))) {
        let end = Math.min(tokens.length, (Math.floor(start / CHECKPOINT) + 1) * CHECKPOINT);
        if (end === tokens.length && end - start > 1) end--;
        const part = await this.runtime.read(tokens.slice(start, end), state);
        state = part.state;
        hidden = part.outputs[part.outputs.length - 1];
        this.tokens.push(...tokens.slice(start, end));
        this.checkpoints.set(end, state);
        read += end - start;
        start = end;
      }
      const beside = [...this.checkpoints.keys()].filter((place) => place % CHECKPOINT).sort((a, b) => a - b);
      for (const place of beside.slice(0, -8)) this.checkpoints.delete(place);
      return { hidden, state };
    }
  }

  Object.assign(P, { Runtime, Reader });
})((globalThis.Pandemonium ??= {}));
