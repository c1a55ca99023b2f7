// Answers on their way to the server. Each lies on the device until the server has said what became of it,
// so that a lost connection, a closed tab or a server that is away costs nothing. Sending one twice is
// harmless: it carries an id of its own, and the server knows it again.

import { post, put } from "../../cms/js/api.js";

const PATIENCE = 15000;
const LONGEST_PAUSE = 60000;
const OLDEST = 90 * 24 * 3600 * 1000;
const ANSWER = "answer:";
const HANDED_IN = "handed-in:";

/** A store that lasts as long as the browser allows: its own, or at least this page. */
export function storage() {
  try {
    const probe = "answer-probe";
    localStorage.setItem(probe, probe);
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    const kept = new Map();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
      key: (place) => [...kept.keys()][place] ?? null,
      get length() { return kept.size; },
    };
  }
}

/** A random UUID, also where the page is not served over https. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Return what a failure means for what waits: "signedout", "refused" (asking again would not change it), or "away". */
export function meaning({ status }) {
  if (status === 401 || status === 403) return "signedout";
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status) ? "refused" : "away";
}

/** Return how long to wait after so many failures in a row; never exactly as long as another device. */
export const pause = (failures) => Math.min(LONGEST_PAUSE, 1000 * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);

/**
 * The answers of one attempt that wait. Says what happens by events:
 * "kept" (entry, reply), "refused" (entry, error), "away" (no connection, or a server that is busy),
 * "signedout", "clear" (nothing waits any more), "submitted" (reply).
 */
export class Queue extends EventTarget {
  #store = storage();
  #aside = new Set(); // ids that this page tries no more
  #failures = 0;
  #timer = 0;
  #running = null;

  constructor(attempt) {
    super();
    this.attempt = attempt;
    this.#sweep();
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.flush(); });
  }

  /** Keep an answer on the device, then send it. */
  add(exercise, answer) {
    const last = this.entries().at(-1)?.number ?? 0;
    const entry = { id: uuid(), exercise, answer, number: last + 1, time: new Date().toISOString() };
    this.#store.setItem(this.#key(entry), JSON.stringify(entry));
    this.flush();
    return entry;
  }

  /** Hand the attempt in as soon as every answer has arrived. */
  handIn() {
    this.#store.setItem(HANDED_IN + this.attempt, new Date().toISOString());
    return this.flush();
  }

  get isHandedIn() { return this.#store.getItem(HANDED_IN + this.attempt) !== null; }

  /** Return what waits, in the order in which it was answered. */
  entries() {
    return this.#read(`${ANSWER}${this.attempt}:`).map(([, entry]) => entry)
      .filter((entry) => entry?.id).sort((a, b) => a.number - b.number);
  }

  /** Send what waits. Two calls at once are one. */
  flush() {
    this.#running ??= this.#send().finally(() => { this.#running = null; });
    return this.#running;
  }

  async #send() {
    clearTimeout(this.#timer);
    let sent = 0;
    let refused = 0;
    const tried = new Set();
    for (let entry = this.#next(tried); entry; entry = this.#next(tried)) {
      tried.add(entry.id);
      try {
        const reply = await put(`attempts/${this.attempt}/responses/${entry.exercise}/`,
          { id: entry.id, answer: entry.answer, device_time: entry.time }, this.#options());
        this.#store.removeItem(this.#key(entry));
        this.#failures = 0;
        sent += 1;
        this.#say("kept", { entry, reply });
      } catch (error) {
        if (!this.#goesOn(error, entry)) return;
        refused += 1;
      }
    }
    if (sent && !refused) this.#say("clear", { sent });
    if (this.isHandedIn) await this.#submit();
  }

  #next(tried) { return this.entries().find((entry) => !tried.has(entry.id) && !this.#aside.has(entry.id)); }

  async #submit() {
    try {
      const reply = await post(`attempts/${this.attempt}/submit/`, {}, this.#options());
      this.#store.removeItem(HANDED_IN + this.attempt);
      this.#say("submitted", { reply });
    } catch (error) {
      if (this.#goesOn(error, null)) this.#store.removeItem(HANDED_IN + this.attempt);
    }
  }

  /** Say what a failure means; true if the rest of the queue can go on without this one. */
  #goesOn(error, entry) {
    if (error.status === undefined) throw error;
    const meant = meaning(error);
    if (meant === "signedout") {
      this.#say("signedout", {});
      return false;
    }
    if (meant === "refused") {
      // Asking again would not change it. Out of the way, so that the others arrive. What is unknown (404) stays on
      // the device for another visit: on a shared device somebody else may just be signed in.
      if (entry) this.#aside.add(entry.id);
      if (entry && error.status !== 404) this.#store.removeItem(this.#key(entry));
      this.#say("refused", { entry, error });
      return true;
    }
    this.#failures += 1;
    this.#timer = setTimeout(() => this.flush(), pause(this.#failures));
    this.#say("away", { error });
    return false;
  }

  #options() { return { signal: AbortSignal.timeout(PATIENCE), keepalive: true }; }
  #key(entry) { return `${ANSWER}${this.attempt}:${entry.id}`; }
  #say(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }

  #read(prefix) {
    const keys = Array.from({ length: this.#store.length }, (_, place) => this.#store.key(place));
    return keys.filter((key) => key?.startsWith(prefix)).map((key) => [key, parsed(this.#store.getItem(key))]);
  }

  /** Forget what nobody has come back for. */
  #sweep() {
    for (const [key, entry] of this.#read(ANSWER))
      if (!entry || Date.now() - Date.parse(entry.time) > OLDEST) this.#store.removeItem(key);
  }
}

function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}
