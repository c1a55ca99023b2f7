// Takes and skipped prompts on their way to the server. Each lies on the device until the server has it, and carries
// a number of its own, so that sending one twice changes nothing. One is sent at a time, in the order of recording.
//
//   { id, kind: "take", session, prompt, pace, bytes, type, seconds, time }
//   { id, kind: "prompt", session, prompt, body, time }
//
// Says what happens by events: "change" (something waits, or does not any more), "kept" (entry, reply),
// "refused" (entry), "away" (no connection, or a server that is busy), "signedout".

import { ApiError, put, remove, upload } from "../../cms/js/api.js";
import { meaning, pause, uuid } from "../../progress/js/queue.js";
import { Shelf } from "./shelf.js";

const PATIENCE = 120000;
const ALONE = "studio-outbox"; // of several windows one sends

export class Outbox extends EventTarget {
  #entries = [];
  #failures = 0;
  #timer = 0;
  #running = null;
  #sending = null;
  #again = false;

  /** How the last sending went: "", "away" or "signedout". */
  standing = "";

  constructor(shelf = new Shelf()) {
    super();
    this.shelf = shelf;
    this.ready = this.#load();
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.flush(); });
    this.flush();
  }

  async #load() {
    const before = new Set(this.#entries.map((entry) => entry.id));
    const found = await this.shelf.all();
    // What was added while the device was asked is not among what it found.
    const known = new Set(found.map((entry) => entry.id));
    this.#entries = [...found, ...this.#entries.filter(({ id }) => !before.has(id) && !known.has(id))];
    this.#say("change");
  }

  /** Return what waits, of one session or of all. */
  entries(session) { return this.#entries.filter((entry) => !session || entry.session === session); }

  /** Keep something on the device; it is safe once this resolves. It takes the place of what it makes needless. */
  async add(given) {
    await this.ready;
    const last = Math.max(Date.now(), (this.#entries.at(-1)?.number ?? 0) + 1);
    const entry = { id: uuid(), number: last, time: new Date().toISOString(), refusal: null, ...given };
    await this.shelf.put(entry);
    const needless = this.#entries.filter((one) => one.id !== this.#sending && isSame(one, entry));
    this.#entries.push(entry);
    for (const one of needless) await this.drop(one.id);
    this.#say("change");
    this.flush();
    return entry;
  }

  /** Try again what was refused. */
  async retry(id) {
    const entry = this.#entries.find((one) => one.id === id);
    if (!entry) return;
    entry.refusal = null;
    await this.shelf.put(entry);
    this.#say("change");
    this.flush();
  }

  /** Forget what waits. */
  async drop(id) {
    await this.shelf.remove(id);
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    this.#say("change");
  }

  /** Throw away a take that the server has. Rejects with an ApiError; nothing is kept for later. */
  discard(session, id) { return remove(`studio/sessions/${session}/takes/${id}/`, { signal: AbortSignal.timeout(15000) }); }

  /** Send what waits. Two calls at once are one; what was added meanwhile is sent too. */
  flush() {
    if (this.#running) this.#again = true;
    this.#running ??= this.#alone(() => this.#send()).finally(() => {
      this.#running = null;
      if (this.#again && !this.standing) this.flush();
      this.#again = false;
    });
    return this.#running;
  }

  #alone(action) { return navigator.locks ? navigator.locks.request(ALONE, action) : action(); }

  async #send() {
    clearTimeout(this.#timer);
    await this.ready;
    // Another window may have added or sent something.
    await this.#load();
    for (let entry = this.#next(); entry; entry = this.#next()) {
      this.#sending = entry.id;
      try {
        const reply = await this.#deliver(entry);
        this.#failures = 0;
        this.standing = "";
        await this.drop(entry.id);
        this.#say("kept", { entry, reply });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!(await this.#goesOn(error, entry))) return;
      } finally {
        this.#sending = null;
      }
    }
    this.standing = "";
    this.#say("change");
  }

  #next() { return this.#entries.find((entry) => !entry.refusal); }

  #deliver(entry) {
    const root = `studio/sessions/${entry.session}/`;
    const options = { signal: AbortSignal.timeout(PATIENCE) };
    if (entry.kind === "prompt") return put(`${root}prompts/${entry.prompt}/`, entry.body, options);
    const form = new FormData();
    form.append("prompt", entry.prompt);
    form.append("pace", entry.pace);
    form.append("file", new Blob([entry.bytes], { type: entry.type }), `take.${ending(entry.type)}`);
    return upload(`${root}takes/${entry.id}/`, form, options);
  }

  /** Say what a failure means; true if the others can go on without this one. */
  async #goesOn(error, entry) {
    const meant = meaning(error);
    if (meant === "refused") {
      // Asking again would not change it. It stays on the device until somebody has decided what to do.
      const said = Object.values(error.problem?.errors ?? {}).flat().join(" ") || error.problem?.detail || "";
      entry.refusal = { status: error.status, fields: Object.keys(error.problem?.errors ?? {}), said };
      await this.shelf.put(entry);
      this.#say("refused", { entry });
      this.#say("change");
      return true;
    }
    this.standing = meant;
    if (meant === "away") {
      this.#failures += 1;
      this.#timer = setTimeout(() => this.flush(), pause(this.#failures));
    }
    this.#say(meant);
    this.#say("change");
    return false;
  }

  #say(name, detail = {}) { this.dispatchEvent(new CustomEvent(name, { detail })); }
}

/** Say whether an entry makes an earlier one needless: the same prompt said again, or decided again. */
const isSame = (one, entry) =>
  one.session === entry.session && one.prompt === entry.prompt && one.kind === entry.kind && one.pace === entry.pace;

const ending = (type) => (type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm");
