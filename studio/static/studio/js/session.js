// The session as this device knows it: what the server said, and over it what still waits here.

import { get } from "../../cms/js/api.js";

export class Session extends EventTarget {
  prompts = [];

  constructor(id, outbox) {
    super();
    Object.assign(this, { id, outbox });
    outbox.addEventListener("kept", ({ detail }) => this.#kept(detail));
    outbox.addEventListener("change", () => this.#say());
  }

  /** Ask the server for the prompts. Rejects with an ApiError. */
  async load() {
    await this.outbox.ready;
    const known = new Map(this.prompts.map((prompt) => [prompt.id, prompt]));
    const found = await get(`studio/sessions/${this.id}/`);
    // Sound that was recorded in this page is heard from here: the server may still be preparing it.
    for (const prompt of found.prompts)
      for (const take of prompt.takes)
        take.local = known.get(prompt.id)?.takes.find((one) => one.id === take.id)?.local;
    this.prompts = found.prompts;
    this.#say();
  }

  get firstOpen() {
    const place = this.prompts.findIndex((prompt) => this.stateOf(prompt).state === "waiting");
    return place < 0 ? this.prompts.length : place;
  }

  /** Return the place of the next prompt that waits after `place`; the number of prompts if none does. */
  nextOpen(place) {
    const isOpen = (prompt) => this.stateOf(prompt).state === "waiting";
    const after = this.prompts.findIndex((prompt, other) => other > place && isOpen(prompt));
    return after < 0 ? this.firstOpen : after;
  }

  /** Return where a prompt stands, with what waits on this device: { state, reason }. */
  stateOf(prompt) {
    const waiting = this.outbox.entries(this.id).filter((entry) => entry.prompt === prompt.id && !entry.refusal);
    const last = waiting.at(-1);
    if (!last) return prompt;
    return last.kind === "take" ? { state: "recorded", reason: "" } : { state: "skipped", reason: last.body.reason };
  }

  /** Return the takes of a prompt: those on the server, then those that wait here. */
  takesOf(prompt) {
    const waiting = this.outbox.entries(this.id).filter((entry) => entry.kind === "take" && entry.prompt === prompt.id);
    // What waits takes the place of what it was recorded instead of.
    const replaced = (take) => take.review === "open" && waiting.some(({ pace, refusal }) => pace === take.pace && !refusal);
    return [
      ...prompt.takes.filter((take) => !replaced(take)),
      ...waiting.map(({ id, pace, bytes, type, refusal }) => ({ id, pace, local: { bytes, type }, waits: true, refusal })),
    ];
  }

  /** Return what the server did not accept for a prompt. */
  refusalsOf(prompt) {
    return this.outbox.entries(this.id).filter((entry) => entry.prompt === prompt.id && entry.refusal);
  }

  /** Throw a take away, wherever it lies. Rejects with an ApiError. */
  async discard(prompt, take) {
    if (take.waits) return this.outbox.drop(take.id);
    await this.outbox.discard(this.id, take.id);
    prompt.takes = prompt.takes.filter(({ id }) => id !== take.id);
    if (!prompt.takes.length && prompt.state === "recorded") prompt.state = "waiting";
    return this.#say();
  }

  #kept({ entry, reply }) {
    const prompt = this.prompts.find(({ id }) => id === entry.prompt);
    if (entry.session !== this.id || !prompt) return;
    if (entry.kind === "prompt") {
      Object.assign(prompt, { state: reply.state, reason: reply.reason, said_form: reply.said_form });
      return this.#say();
    }
    prompt.takes = prompt.takes.filter((take) => take.id !== entry.id && (take.pace !== entry.pace || take.review !== "open"));
    const { id, pace, bytes, type } = entry;
    if (reply.recording) prompt.takes.push({ id, pace, status: "ready", review: "open", sources: [], local: { bytes, type } });
    Object.assign(prompt, { state: "recorded", reason: "" });
    return this.#say();
  }

  #say() { this.dispatchEvent(new Event("change")); }
}
